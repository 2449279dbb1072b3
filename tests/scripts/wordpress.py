"""The sample in a real WordPress: what its authors paste in, what their readers see out.

    uv run python tests/scripts/wordpress.py                    with Debian's packages on this machine
    uv run python tests/scripts/wordpress.py --chroot FOLDER    with those in a Debian below FOLDER, as root

It needs wordpress, wordpress-theme-twentytwentythree, php-cli, php-mysql and mariadb-server of Debian 12 (6.1, 8.2 and
10.11 when this was written), and chromium. Everything it makes lies in a temporary folder and listens on loopback only.
A WordPress refuses to ask its own machine, odd ports, and who signed his certificate himself; here it is told not to.

What is tried, as an author without the right to unfiltered HTML: the address of a page on a line of its own, pasted
into the editor and stored as such; the frame; each plain text, which must pass `wp_kses_post` byte for byte. Ends with
1 when something is otherwise than it should be.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]
TAGS = ("az", "fa")
KEY = "figures"
WORDPRESS, SITE = 8793, 8794
ADDRESS = f"https://127.0.0.1:{SITE}"  # the editor makes a card of no other scheme
AUTHOR, PASSWORD = "author", "correct horse battery staple"

CONFIG = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:%(socket)s'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HOME', 'http://127.0.0.1:%(port)d'); define('WP_SITEURL', WP_HOME);
define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true); define('WP_HTTP_BLOCK_EXTERNAL', false);
define('FS_METHOD', 'direct'); $table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
PLUGIN = """<?php
add_filter('http_request_host_is_external', fn($external, $host) => $external || $host === '127.0.0.1', 10, 2);
add_filter('http_allowed_safe_ports', fn($ports) => [...$ports, %(site)d]);
add_filter('https_ssl_verify', '__return_false');
"""
SETUP = """<?php
define('WP_INSTALLING', true); $_SERVER['HTTP_HOST'] = '127.0.0.1:%(port)d';
require 'wp-load.php'; require 'wp-admin/includes/upgrade.php';
wp_install('Host', 'admin', 'admin@example.org', false, '', '%(password)s');
wp_insert_user(['user_login' => '%(author)s', 'user_pass' => '%(password)s', 'role' => 'author']);
switch_theme('twentytwentythree');
"""
# The texts come as JSON on the standard input, by name; out go the addresses of the posts and what was stored.
POSTS = """<?php
$_SERVER['HTTP_HOST'] = '127.0.0.1:%(port)d'; require 'wp-load.php';
wp_set_current_user(get_user_by('login', '%(author)s')->ID); kses_init();
$made = [];
foreach (json_decode(file_get_contents('php://stdin'), true) as $name => $text) {
    $id = wp_insert_post(['post_title' => $name, 'post_content' => wp_slash($text), 'post_status' => 'publish']);
    $made[$name] = [get_permalink($id), get_post($id)->post_content, wp_kses_post($text)];
}
echo json_encode($made);
"""


def say(*words: object) -> None:
    print(*words, flush=True)  # noqa: T201 (a script that reports)


class Trial:
    """What was tried: each line is said as it comes, and `failed` counts those that are otherwise than they should."""

    def __init__(self) -> None:
        self.failed = 0

    def expect(self, what: str, actual: object, expected: object) -> None:
        good = actual == expected
        self.failed += not good
        say(f"{'  ok  ' if good else 'FAILED'} {what}: {actual!r}" + ("" if good else f", not {expected!r}"))


class Recorder(http.server.SimpleHTTPRequestHandler):
    """Serves our site and remembers who asked for what."""

    asked: list[tuple[str, str]] = []  # noqa: RUF012 (one server, one list)

    def log_message(self, *_: object) -> None:
        self.asked.append((self.headers.get("User-Agent", "").partition("/")[0], self.path))


class Server(http.server.ThreadingHTTPServer):
    """Bears it when WordPress hangs up: of a page it takes the first 150 KB."""

    def handle_error(self, *_: object) -> None:
        pass


def build(folder: Path) -> Path:
    """Build the sample's site in two languages and that of its source, for the address at which it is served."""
    for name in ("content", "locales", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    path = folder / "content" / "site.toml"
    text = path.read_text().partition("[[editions]]")[0]
    text = re.sub(r"^address = .*$", f'address = "{ADDRESS}"', text, flags=re.MULTILINE)
    path.write_text("editions = []\n" + text)
    command = [sys.executable, ROOT / "build.py", "--project", folder, "--jobs", "1"]
    languages = [part for tag in ("en", *TAGS) for part in ("--language", tag)]
    subprocess.run([*command, *languages], check=True, capture_output=True)
    return folder / "output" / "site"


def serve(site: Path, work: Path) -> None:
    """Serve our site until the end, with a certificate of its own."""
    key, certificate = work / "key.pem", work / "certificate.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-keyout", key, "-out", certificate]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    subprocess.run([*command, *subject], check=True, capture_output=True)
    server = Server(("127.0.0.1", SITE), functools.partial(Recorder, directory=site))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()


class Host:
    """A WordPress in the folder `work`, which lies below `chroot` where there is one."""

    def __init__(self, chroot: Path | None) -> None:
        self.prefix = ["chroot", str(chroot)] if chroot else []
        self.base = chroot or Path("/")
        self.work = Path(tempfile.mkdtemp(prefix="wordpress-", dir=self.base / "tmp"))
        self.inner = f"/{self.work.relative_to(self.base)}"
        self.values = {
            "socket": f"{self.inner}/socket",
            "port": WORDPRESS,
            "site": SITE,
            "author": AUTHOR,
            "password": PASSWORD,
        }

    def run(self, *command: str, text: str = "") -> str:
        done = subprocess.run([*self.prefix, *command], input=text, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{command[0]} ended with {done.returncode}: {done.stderr[-2000:]}{done.stdout[-2000:]}")
        return done.stdout

    def php(self, code: str, text: str = "") -> str:
        script = self.work / "site" / f"trial-{len(code)}.php"
        script.write_text(code % self.values)
        return self.run("sh", "-c", f"cd {self.inner}/site && php {script.name}", text=text)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Start a database and WordPress, and end both."""
        data, socket = f"--datadir={self.inner}/data", f"--socket={self.inner}/socket"
        self.run(
            "mariadb-install-db",
            data,
            "--user=root",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            "--force",
        )
        with self.started(
            "mariadbd",
            "--no-defaults",
            data,
            socket,
            "--user=root",
            "--skip-networking",
            f"--pid-file={self.inner}/pid",
        ):
            wait(lambda: (self.work / "socket").exists())
            self.run("mariadb", socket, "--user=root", "--execute=CREATE DATABASE wordpress CHARACTER SET utf8mb4")
            self.run("cp", "--recursive", "--dereference", "/usr/share/wordpress", f"{self.inner}/site")
            (self.work / "site" / "wp-config.php").write_text(CONFIG % self.values)
            plugins = self.work / "site" / "wp-content" / "mu-plugins"
            plugins.mkdir(parents=True)
            (plugins / "loopback.php").write_text(PLUGIN % self.values)
            self.php(SETUP)
            serve = f"cd {self.inner}/site && PHP_CLI_SERVER_WORKERS=3 exec php -S 127.0.0.1:{WORDPRESS} -q"
            with self.started("sh", "-c", serve):
                wait(lambda: answers(f"http://127.0.0.1:{WORDPRESS}/wp-login.php"))
                yield

    @contextmanager
    def started(self, *command: str) -> Iterator[None]:
        log = (self.work / f"{command[0]}.log").open("w")
        process = subprocess.Popen([*self.prefix, *command], stdout=log, stderr=log, start_new_session=True)
        try:
            yield
        finally:
            subprocess.run(["kill", "--", f"-{process.pid}"], check=False)
            process.wait(30)
            log.close()


def wait(is_so, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise SystemExit("waited too long")
        time.sleep(0.2)


def answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address).close()  # noqa: S310 (our own address)
    except (urllib.error.URLError, OSError):
        return False
    return True


def look_at_card(trial: Trial, context: BrowserContext, address: str, tag: str) -> None:
    """Visit a post as a reader, see the card at its height, and follow its link."""
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    frame = page.locator("iframe.wp-embedded-content")
    trial.expect(f"{tag}: frames in the post", frame.count(), 1)
    trial.expect(f"{tag}: sandbox", frame.get_attribute("sandbox"), "allow-scripts")
    card = next(item for item in page.frames if "card.html" in item.url)
    own = card.evaluate("Math.ceil(document.body.getBoundingClientRect().height)")
    trial.expect(f"{tag}: height of the card", int(frame.get_attribute("height")), max(own, 200))
    trial.expect(f"{tag}: the link is hidden", page.locator("blockquote.wp-embedded-content").is_visible(), False)
    trial.expect(f"{tag}: language", card.evaluate("document.documentElement.lang"), tag)
    page.screenshot(path=f"{tempfile.gettempdir()}/wordpress-{tag}.png")
    card.click("a")
    page.wait_for_url(f"**/{tag}/{KEY}/")
    trial.expect(f"{tag}: the link leads to our page", page.url, f"{ADDRESS}/{tag}/{KEY}/")
    page.close()


def look_without_scripts(trial: Trial, browser: Browser, address: str, tag: str) -> None:
    context = browser.new_context(java_script_enabled=False, ignore_https_errors=True)
    page = context.new_page()
    page.goto(address)
    link = page.locator("blockquote.wp-embedded-content a")
    seen = (link.is_visible(), link.get_attribute("href"))
    trial.expect(f"{tag}: the link without scripts", seen, (True, f"{ADDRESS}/{tag}/{KEY}/"))
    context.close()


def paste_into_editor(trial: Trial, page: Page) -> str:
    """Log in as the author, paste an address into the editor, publish, and return where the post is."""
    page.goto(f"http://127.0.0.1:{WORDPRESS}/wp-login.php")
    page.fill("#user_login", AUTHOR)
    page.fill("#user_pass", PASSWORD)
    page.click("#wp-submit")
    page.goto(f"http://127.0.0.1:{WORDPRESS}/wp-admin/post-new.php", wait_until="networkidle")
    page.click(".components-modal__header button")  # the welcome
    page.click(".wp-block-post-title")
    page.keyboard.type("Pasted")
    page.keyboard.press("Enter")
    page.evaluate("(text) => navigator.clipboard.writeText(text)", f"{ADDRESS}/az/{KEY}/")
    page.keyboard.press("Control+v")
    page.wait_for_selector("figure.wp-block-embed iframe", state="attached", timeout=30000)
    blocks = page.evaluate("wp.data.select('core/block-editor').getBlocks().map((block) => block.name)")
    trial.expect("the editor makes of a pasted address", blocks[:1], ["core/embed"])
    page.click(".editor-post-publish-panel__toggle")
    page.click(".editor-post-publish-panel .editor-post-publish-button")
    page.wait_for_selector(".post-publish-panel__postpublish")
    return str(page.evaluate("wp.data.select('core/editor').getPermalink()"))


def texts_for(site: Path) -> dict[str, str]:
    """Return what the author stores: addresses, the frame, and the plain text of every page."""
    texts = {tag: f"{ADDRESS}/{tag}/{KEY}/" for tag in TAGS}
    texts["frame"] = f'<iframe src="{ADDRESS}/embed/az/{KEY}/"></iframe>'
    plain = sorted((site / "embed").glob("*/*/fragment.html"))
    return texts | {"/".join(path.parts[-3:-1]): path.read_text().rstrip("\n") for path in plain}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--chroot", type=Path, help="the folder of a Debian that has the packages")
    host, trial = Host(parser.parse_args().chroot), Trial()
    with ExitStack() as stack:
        site = build(Path(stack.enter_context(tempfile.TemporaryDirectory())))
        serve(site, host.work)
        stack.callback(shutil.rmtree, host.work)
        stack.enter_context(host.running())
        say(host.run("sh", "-c", "php --version | head -1; mariadbd --version").strip())
        say("WordPress", host.php("<?php require 'wp-includes/version.php'; echo $wp_version;"))
        texts = texts_for(site)
        made = json.loads(host.php(POSTS, json.dumps(texts)))
        plain = {name for name in texts if "/" in name}
        changed = [name for name in sorted(plain) if made[name][2] != texts[name] or made[name][1] != texts[name]]
        trial.expect(f"of {len(plain)} plain texts an author's filter changes", changed, [])
        trial.expect("an author's frame becomes", made["frame"][1], "")
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(
            ignore_https_errors=True,
            permissions=["clipboard-read", "clipboard-write"],
            viewport={"width": 1000, "height": 900},
        )
        for tag in TAGS:
            look_at_card(trial, context, made[tag][0], tag)
            look_without_scripts(trial, browser, made[tag][0], tag)
        asked = sorted({path.partition("?")[0] for agent, path in Recorder.asked if agent.startswith("WordPress")})
        wanted = [f"/embed/{tag}/{KEY}/oembed.json" for tag in TAGS] + [f"/{tag}/{KEY}/" for tag in TAGS]
        trial.expect("WordPress asked us for", asked, sorted(wanted))
        look_at_card(trial, context, paste_into_editor(trial, context.new_page()), "az")
        browser.close()
    return int(trial.failed > 0)


if __name__ == "__main__":
    sys.exit(main())
