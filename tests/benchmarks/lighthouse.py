"""A folder that output/site/ lies in served as a host would, and what Lighthouse says of pages on a phone, out.

    source .ci/setup --test
    uv run python tests/benchmarks/lighthouse.py output/site az/index.html fa/figures/index.html

The pages are served with the headers of `_headers`, text packed, as hosts do. Each is looked at five times, ten seconds
a time, and the run with the median performance counts, as Lighthouse's authors advise: now and then Chromium's first
frame comes one or two seconds late, whatever is on the page.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

CHROMIUM = "/usr/bin/chromium"
PACKED = (".html", ".css", ".js", ".json", ".svg", ".txt", ".xml")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# Pages of every kind, in both directions.
PAGES = (
    "index.html",
    *(f"{tag}/{page}index.html" for tag in ("az", "fa") for page in ("", "what-happened/", "figures/", "unnamed/")),
)
RUNS = 5
TYPES = {".woff2": "font/woff2", ".avif": "image/avif", ".webp": "image/webp"}


class Host(SimpleHTTPRequestHandler):
    """Sends the files of a folder with the headers that its `_headers` asks for (Netlify's and Cloudflare's form)."""

    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | TYPES

    def end_headers(self) -> None:
        """Add the headers of every rule that is for the address."""
        for pattern, name, value in rules(Path(self.directory) / "_headers"):
            if pattern.fullmatch(self.path.partition("?")[0]):
                self.send_header(name, value)
        super().end_headers()

    def do_GET(self) -> None:
        """Send text packed, as hosts do; `.htaccess` asks Apache for it."""
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        if file.suffix not in PACKED or not file.is_file():
            super().do_GET()
            return
        packed = gzip.compress(file.read_bytes())
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(packed)))
        self.end_headers()
        self.wfile.write(packed)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def rules(file: Path) -> Iterator[tuple[re.Pattern[str], str, str]]:
    """Yield each header of a `_headers` file with the addresses that it is for."""
    pattern = re.compile("")
    for line in file.read_text().splitlines() if file.is_file() else ():
        if line.startswith("/"):
            pattern = re.compile(re.sub(r":\w+", "[^/]+", re.escape(line.strip()).replace(r"\*", ".*")))
        elif line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            yield pattern, name, value


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on the loopback while the context lasts; give its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def look_at(url: str) -> dict[str, Any]:
    """Return what Lighthouse reports of a page, on its profile of a phone with a slow connection."""
    command = [os.environ["STELE_LIGHTHOUSE"], url, "--output=json", "--quiet"]
    command += [f"--only-categories={','.join(CATEGORIES)}", "--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    environment = os.environ | {"CHROME_PATH": CHROMIUM}
    done = subprocess.run(command, capture_output=True, check=True, env=environment)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def looked_at_often(url: str) -> dict[str, Any]:
    """Return the report with the median performance of several."""
    reports = sorted((look_at(url) for _ in range(RUNS)), key=lambda report: scores(report)["performance"])
    return reports[RUNS // 2]


def scores(report: dict[str, Any]) -> dict[str, int]:
    """Return the scores of a report, of 100 by category."""
    return {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES}


def shortfalls(report: dict[str, Any], categories: Collection[str] = CATEGORIES) -> list[str]:
    """Return what keeps a page from 100 in some categories, audit by audit."""
    references = [item for name in categories for item in report["categories"][name]["auditRefs"] if item["weight"]]
    return [
        f"{audit['id']}: {audit['title']} {audit.get('displayValue', '')}".strip()
        for audit in (report["audits"][item["id"]] for item in references)
        if audit["score"] is not None and audit["score"] < 1
    ]


def main() -> None:
    """Print the scores of pages, and what they weigh over the wire."""
    folder, *pages = sys.argv[1:]
    with serving(Path(folder)) as address:
        for page in pages or PAGES:
            report = looked_at_often(f"{address}/{page.removesuffix('index.html')}")
            audits = {name: audit.get("numericValue") for name, audit in report["audits"].items()}
            weight, paint = audits["total-byte-weight"] / 1000, audits["largest-contentful-paint"]
            values = "  ".join(f"{value:3}" for value in scores(report).values())
            shift = audits["cumulative-layout-shift"]
            print(f"{values}  {weight:6.1f} kB  paint {paint:5.0f} ms  shift {shift:.3f}  {page}")  # noqa: T201
            for shortfall in shortfalls(report):
                print(f"    {shortfall}")  # noqa: T201


if __name__ == "__main__":
    main()
