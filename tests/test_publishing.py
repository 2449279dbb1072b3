"""The output folder is replaced whole or not at all, and never another's."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess

import pytest
from conftest import SILENCE, codes, request_for

from stele import pipeline, report
from stele.artifacts import Artifact
from stele.diagnostics import Diagnostic, Stage
from stele.publishing import publish, refusal


def contents(folder) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_folder_holds_exactly_what_was_made(tmp_path):
    publish([Artifact("old.html", b"old"), Artifact("a/b.html", b"old")], tmp_path / "output")
    publish([Artifact("a/b.html", b"new")], tmp_path / "output")
    assert contents(tmp_path) == {"output/a/b.html": b"new"}


def test_a_file_that_did_not_change_keeps_its_time(tmp_path):
    output = tmp_path / "output"
    publish([Artifact("same.html", b"same"), Artifact("other.html", b"old")], output)
    for path in output.iterdir():
        os.utime(path, (0, 0))
    publish([Artifact("same.html", b"same"), Artifact("other.html", b"new"), Artifact("more.html", b"old")], output)
    assert contents(output) == {"same.html": b"same", "other.html": b"new", "more.html": b"old"}
    assert [path.name for path in output.iterdir() if path.stat().st_mtime == 0] == ["same.html"]


def test_a_link_that_somebody_put_there_becomes_a_file(tmp_path):
    output, elsewhere = tmp_path / "output", tmp_path / "page.html"
    publish([Artifact("page.html", b"same")], output)
    elsewhere.write_bytes(b"same")
    (output / "page.html").unlink()
    (output / "page.html").symlink_to(elsewhere)
    publish([Artifact("page.html", b"same")], output)
    assert ((output / "page.html").is_symlink(), elsewhere.stat().st_nlink) == (False, 1)


def test_a_publication_that_fails_leaves_the_old_output(tmp_path):
    publish([Artifact("a.html", b"old")], tmp_path / "output")
    with pytest.raises(ValueError, match="would leave the output folder"):
        publish([Artifact("a.html", b"new"), Artifact("../escaped.html", b"x")], tmp_path / "output")
    assert contents(tmp_path) == {"output/a.html": b"old"}


def test_a_folder_of_somebody_else_is_refused(tmp_path):
    (tmp_path / "letter.txt").write_text("dear all")
    assert refusal(tmp_path).code == "foreign-output"


def test_a_report_alone_does_not_make_a_folder_ours(tmp_path):
    (tmp_path / "report.json").write_text("{}")
    assert refusal(tmp_path).code == "foreign-output"


def test_a_file_that_a_page_offers_is_published(project):
    folder = project({"content/page.md": "# Page\n\n[The map](a%20map.pdf)\n", "content/a map.pdf": "%PDF"})
    pipeline.build(request_for(folder), SILENCE)
    page = (folder / "output/site/en/page/index.html").read_text()
    published = (folder / "output/site/assets/content/a map.pdf").read_bytes()
    assert ('href="../../assets/content/a%20map.pdf"' in page, published) == (True, b"%PDF")


def test_a_build_does_not_touch_a_folder_of_somebody_else(project):
    folder = project({"content/page.md": "# Page\n"})
    (folder / "output").mkdir()
    (folder / "output" / "letter.txt").write_text("dear all")
    outcome = pipeline.build(request_for(folder), SILENCE)
    assert (codes(outcome), contents(folder / "output")) == ({"foreign-output"}, {"letter.txt": b"dear all"})


@pytest.mark.parametrize(
    ("story", "occupied"), [(pipeline.build, "shelf"), (pipeline.update_catalogs, "locales/page.pot/x")]
)
def test_a_place_that_cannot_be_written_is_a_diagnostic(project, story, occupied):
    folder = project({"content/page.md": "# Page\n", occupied: "in the way"})
    outcome = story(request_for(folder, output=folder / "shelf" / "output"), SILENCE)
    assert codes(outcome) == {"unwritable-file"}


def test_checksums_are_what_sha256sum_reads(project):
    folder = project({"content/page.md": "# Page\n"})
    pipeline.build(request_for(folder), SILENCE)
    command = ["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"]
    done = subprocess.run(command, cwd=folder / "output", capture_output=True, text=True, check=False)
    listed = {line.split("  ")[1] for line in (folder / "output" / "SHA256SUMS").read_text().splitlines()}
    assert (done.returncode, done.stdout, listed | {"SHA256SUMS"}) == (0, "", set(contents(folder / "output")))


def test_an_artifact_knows_its_hash():
    assert Artifact("x", b"stele").sha256 == hashlib.sha256(b"stele").hexdigest()


def test_a_folder_that_holds_nothing_but_our_review_is_ours(tmp_path):
    publish([Artifact("az.pdf", b""), Artifact("report.json", b"{}"), Artifact("SHA256SUMS", b"")], tmp_path / "review")
    ours = refusal(tmp_path)
    (tmp_path / "letter.txt").write_text("dear all")
    assert (ours, refusal(tmp_path).code) == (None, "foreign-output")


@pytest.mark.parametrize("found", [(), (Diagnostic("closed-font", "a “font”"), Diagnostic("no-pango", "none"))])
def test_a_report_has_each_file_and_each_diagnostic_on_a_line(found):
    artifacts = [Artifact("b.html", b"b"), Artifact("a.html", b"")]
    text = report.write(artifacts, found, Stage.DRAFT).data.decode()
    told = json.loads(text)
    rows = [json.loads(line.strip().rstrip(",")) for line in text.splitlines() if line.startswith("  ")]
    assert [*told["artifacts"], *told["diagnostics"]] == rows
    assert ([item["path"] for item in told["artifacts"]], len(told["diagnostics"])) == (
        ["a.html", "b.html"],
        len(found),
    )
