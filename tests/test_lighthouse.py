"""What Lighthouse says of the sample's pages on a phone. Its clock is left out: tests share the processors."""

from __future__ import annotations

import os

import pytest
from benchmarks.lighthouse import look_at, scores, serving, shortfalls

pytestmark = pytest.mark.slow
# Bytes of a page, not packed, and of what it loads: a phone on a slow connection has them within two seconds.
BUDGET = {"Document": 60_000, "Stylesheet": 25_000, "Font": 180_000, "Script": 0}


@pytest.mark.parametrize("page", ["az/figures/", "fa/what-happened/"])
def test_a_page_is_accessible_well_made_findable_and_light(page, sample):
    if not os.environ.get("STELE_LIGHTHOUSE"):
        pytest.skip("STELE_LIGHTHOUSE names no program; .ci/test sets it")
    with serving(sample[0] / "output" / "site") as address:
        report = look_at(f"{address}/{page}")
    quality = {name: score for name, score in scores(report).items() if name != "performance"}
    assert (quality, shortfalls(report, quality)) == (dict.fromkeys(quality, 100), [])
    requests = report["audits"]["network-requests"]["details"]["items"]
    loaded = {kind: sum(item["resourceSize"] for item in requests if item["resourceType"] == kind) for kind in BUDGET}
    assert {kind: size for kind, size in loaded.items() if size > BUDGET[kind]} == {}
    assert [item["url"] for item in requests if not item["url"].startswith(address)] == []
    assert report["audits"]["cumulative-layout-shift"]["score"] == 1
