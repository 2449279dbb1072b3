"""A subject in, the HTML that a webmaster pastes out. Nothing in it needs a style that a strict policy would refuse."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from stele.web import addresses
from stele.web.embeds import scripts

if TYPE_CHECKING:
    from stele.web.embeds.subjects import Subject

# In CSS pixels. The lowest frame that holds every card of the sample, and a page of a text that can be scrolled.
CARD_WIDTH, CARD_HEIGHT, WHOLE_HEIGHT = 600, 320, 560
# A frame may run our script and lead its reader to us when told to, and nothing else.
_SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"


def pasted(subject: Subject) -> str:
    """Return what stands where the address of a page was pasted: a link, and the card that takes its place.

    WordPress cuts everything to these elements and attributes, and hides the frame until its script has answered.
    # wp-includes/embed.php, wp_filter_oembed_result
    """
    frame = (
        f'<iframe sandbox="{_SANDBOX}" src="{escape(subject.card)}" width="{CARD_WIDTH}" height="{CARD_HEIGHT}" '
        f'title="{escape(subject.plain_title)}" frameborder="0" marginwidth="0" marginheight="0"></iframe>'
    )
    return f"<blockquote>{_link(subject)}</blockquote>{frame}"


def card(subject: Subject) -> str:
    """Return the card in a frame."""
    return _frame(subject, subject.card, CARD_HEIGHT)


def whole(subject: Subject) -> str:
    """Return the whole text in a frame that grows with it, or that scrolls where no script may run."""
    return f"{_frame(subject, subject.whole, WHOLE_HEIGHT)}\n{_script(subject)}"


def element(subject: Subject) -> str:
    """Return the text as an element of the host page, with a link in its place until the script has brought it."""
    return f'<stele-memorial src="{escape(subject.styled)}">{_link(subject)}</stele-memorial>\n{_script(subject)}'


def amp(subject: Subject) -> str:
    """Return the whole text in a frame for AMP, which wants to know what a reader touches to see more of it."""
    more = f'<div overflow tabindex="0" role="button"{_speaking(subject)}>{escape(subject.plain_title)}</div>'
    return (
        f'<amp-iframe src="{escape(subject.whole)}" title="{escape(subject.plain_title)}" layout="fixed-height" '
        f'height="{WHOLE_HEIGHT}" sandbox="{_SANDBOX}" frameborder="0" resizable>{more}</amp-iframe>'
    )


def _frame(subject: Subject, address: str, height: int) -> str:
    return (
        f'<iframe class="stele" src="{escape(address)}" title="{escape(subject.plain_title)}"{_speaking(subject)} '
        f'width="100%" height="{height}" style="border: 0" loading="lazy"></iframe>'
    )


def _link(subject: Subject) -> str:
    return f'<a href="{escape(subject.page)}"{_speaking(subject)}>{escape(subject.plain_title)}</a>'


def _speaking(subject: Subject) -> str:
    return f' lang="{subject.language.tag}" dir="{subject.language.direction}"'


def _script(subject: Subject) -> str:
    file = scripts.element()
    address = addresses.absolute(subject.address, file.path)
    hashed = scripts.integrity(file.data)
    return f'<script src="{escape(address)}" integrity="{hashed}" crossorigin="anonymous" defer></script>'
