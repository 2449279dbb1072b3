"""A language and the key of a document in, where its page lies out: on the disk, from another page, on the web."""

from __future__ import annotations

from urllib.parse import quote

HOME = "index"
# The folder that is uploaded: its content lies at the address that site.toml states.
SITE = "site/"
ASSETS = "site/assets"
PICKER = "site/index.html"
LOST = "site/404.html"


def page(tag: str, key: str) -> str:
    """Return the path of a page below the output folder; different keys have different paths."""
    return f"{SITE}{tag}/index.html" if key == HOME else f"{SITE}{tag}/{key}/index.html"


def download(name: str) -> str:
    """Return the path of a file that readers may take home."""
    return f"{SITE}downloads/{name}"


def search(tag: str) -> str:
    """Return the path of the page that searches in a language."""
    return page(tag, "search")


def data(tag: str) -> str:
    """Return the path of the page that offers the ledger as data."""
    return page(tag, "data")


def embedding(tag: str, key: str = "") -> str:
    """Return the path of the page that says how to show a page elsewhere, or how to show the page `key`."""
    return page(tag, f"embedding/{key}" if key else "embedding")


def downloads(tag: str) -> str:
    """Return the path of the page that lists what readers may take home."""
    return page(tag, "downloads")


def atom(tag: str) -> str:
    """Return the path of the Atom feed in a language."""
    return f"{SITE}{tag}/atom.xml"


def json_feed(tag: str) -> str:
    """Return the path of the JSON Feed in a language."""
    return f"{SITE}{tag}/feed.json"


def embed(tag: str, key: str, name: str) -> str:
    """Return the path of a file with which other websites show a page."""
    return f"{SITE}embed/{tag}/{key}/{name}"


def oembed(tag: str, key: str) -> str:
    """Return the path of what oEmbed says of a page."""
    return embed(tag, key, "oembed.json")


def beside(path: str) -> str:
    """Return where a file of the folder site/ lies a second time, for who takes it without the site."""
    return path.removeprefix(SITE)


def relative(here: str, there: str) -> str:
    """Return the link from the file `here` to the file or folder `there`, both below the output folder."""
    *folders, _ = here.split("/")
    target = there.split("/")
    shared = 0
    for ours, theirs in zip(folders, target, strict=False):
        if ours != theirs:
            break
        shared += 1
    return "/".join([".."] * (len(folders) - shared) + target[shared:]) or "."


def absolute(address: str, path: str) -> str:
    """Return where the file `path` of the folder site/ is on the web, a page without its ``index.html``.

    `address` is that of the site, without a slash at its end; where nobody stated it, nothing has an address.
    """
    if not address:
        return ""
    return f"{address}/{quote(path.removeprefix(SITE).removesuffix('index.html'))}"


def home(address: str, tag: str) -> str:
    """Return where the site is in a language on the web, an empty text without an `address`."""
    return absolute(address, page(tag, HOME))
