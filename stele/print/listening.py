"""What WeasyPrint says while it works in, remarks on a booklet out."""

from __future__ import annotations

import logging
import re
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic
from stele.print import loading
from stele.print.preflight.flaws import Untold, flaw
from stele.sources import fonts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stele.print.preflight.flaws import Remark

REFUSED = "outside the project and the theme"  # what `fetching` says: it reports the address too
_NO_GLYPH = re.compile(r"\.notdef glyph .*\"(.)\" \(U\+", re.DOTALL)


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def listening() -> Iterator[list[str]]:
    """Give the list to which all is added that WeasyPrint says meanwhile, from warnings on.

    Fonts are loaded anew after it said something: a file that could not be read is to be told of again.
    """
    # That there is no font of the system is what `private_fonts` is for.
    warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")
    logger, listener = loading.weasyprint().LOGGER, _Listener()
    logger.handlers = [listener]
    logger.setLevel(logging.WARNING)
    try:
        yield listener.messages
    finally:
        logger.handlers = []
        if listener.messages:
            loading.forget_fonts()


def remarks(messages: Iterable[str], name: str) -> Iterator[Remark]:
    """Yield what the messages say of the booklet `name`."""
    for message in messages:
        if REFUSED in message:
            continue
        if lacking := _NO_GLYPH.search(message):
            yield Untold(name, flaw("missing-glyph", None, "character", character=fonts.named(lacking[1])))
        else:
            yield Diagnostic("print-warning", f"{name}: {_without_paths(message)}")


def _without_paths(message: str) -> str:
    """Return the message without folders of this machine, so that two machines report the same."""
    return re.sub(r"(?:file://)?/\S*/", "", message)
