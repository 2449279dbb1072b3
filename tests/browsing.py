"""What tests of pages share: how the browser is started, what axe is asked for, and a web server on loopback."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
}
# WCAG 2.2 AA, and what axe holds for good practice besides.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIOLATIONS = {"runOnly": RULES, "resultTypes": ["violations"]}


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
