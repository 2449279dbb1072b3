"""An update that is killed leaves every catalog whole, old or new; tests/scripts/kill_updates.py kills more of them."""

from __future__ import annotations

import pytest
from scripts.kill_updates import kill_in


@pytest.mark.slow
def test_killed_updates_leave_every_catalog_old_or_new(tmp_path):
    tally = kill_in(tmp_path, kills=4, documents=1, languages=12)
    assert tally.sound, str(tally)
