"""What tests of pages share: how a browser is started, what axe is asked for, the Nu checker, a server on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
}
# WCAG 2.2 AA, and what axe holds for good practice besides.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIOLATIONS = {"runOnly": RULES, "resultTypes": ["violations"]}


# A few hundred pages are read before a better compiler of Java has paid for itself.
JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def nu_errors(pages: Iterable[Path]) -> list[tuple[str, str]]:
    """Return what the Nu checker says against files, each with its address."""
    jar = os.environ.get("STELE_VNU_JAR")
    if not jar:
        pytest.skip("STELE_VNU_JAR names no vnu.jar; .ci/test sets it")
    command = [*JAVA, "-Xss2m", "-jar", jar, "--errors-only", "--format", "json", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return [(item["url"], item["message"]) for item in json.loads(done.stderr)["messages"]]


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word, each with the same headers."""

    def __init__(self, *arguments, headers: dict[str, str], **options) -> None:
        self._headers = headers
        super().__init__(*arguments, **options)

    def end_headers(self) -> None:
        for name, value in self._headers.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path, **headers: str) -> Iterator[str]:
    """Yield the address of a folder, which may be made later; `headers` have _ for - in their names."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    with serving(partial(_Quiet, directory=folder, headers=sent)) as address:
        yield address


@contextmanager
def serving(handler) -> Iterator[str]:
    """Yield the address at which `handler` answers while the context lasts."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
