"""A folder in, its address on a web server out: Apache on loopback, set up as hosts of volunteers are."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = "/usr/sbin/apache2"
_MODULES = ("mpm_event", "authz_core", "alias", "dir", "mime", "filter", "deflate", "headers")
_CONFIGURATION = """
ServerRoot {folder}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/errors
{modules}
TypesConfig /dev/null
AddType text/html .html
AddType text/css .css
AddType application/xml .xml
Alias {path} {folder}/site
<Directory {folder}/site>
AllowOverride FileInfo
DirectoryIndex index.html
</Directory>
{user}
"""


@contextmanager
def served(site: Path, path: str) -> Iterator[str]:
    """Yield the address at which the folder `site` is served below `path`, by the rules of its own ``.htaccess``."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), _free_port()
        folder.chmod(0o755)  # Apache gives up the rights of root before it reads anything
        shutil.copytree(site, folder / "site")
        (folder / "configuration").write_text(
            _CONFIGURATION.format(
                folder=folder,
                port=port,
                path=path,
                modules="\n".join(
                    f"LoadModule {item}_module /usr/lib/apache2/modules/mod_{item}.so" for item in _MODULES
                ),
                user="" if os.geteuid() else "User www-data\nGroup www-data",
            )
        )
        server = subprocess.Popen([PROGRAM, "-f", str(folder / "configuration"), "-D", "FOREGROUND"])
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}{path}"
        finally:
            server.terminate()
            server.wait()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def _wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("Apache does not answer")
