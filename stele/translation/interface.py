"""Catalogs of the templates in, gettext functions out whose every answer is safe to print in HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from stele.diagnostics import Diagnostic, Location
from stele.sources import fragments
from stele.translation.pieces import percent_fields
from stele.translation.review.patterns import unusable
from stele.translation.store import catalog_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stele.language.tags import Language
    from stele.translation.messages import Message
    from stele.translation.po.catalog import Catalog
    from stele.translation.po.entry import Entry
    from stele.translation.po.plural_forms import PluralForms

_NAMED = 8  # of the missing messages
_PERCENT = re.compile(r"%%|%(?!\(\w+\)s)")  # as gettext asks for it, and as people write it


class Interface:
    """Speaks the templates' messages from the first catalog that has them, or as the template has them.

    Jinja marks what gettext returns as safe. So a translation is escaped here, unless its msgid has markup; then it
    passes the same allow-list as content does.
    """

    def __init__(self, catalogs: Sequence[Catalog]) -> None:
        self._catalogs = [(catalog, catalog.plural_forms) for catalog in catalogs]
        self._known: dict[tuple[str | None, str], tuple[Entry, PluralForms | None] | None] = {}

    def __getstate__(self) -> list[Catalog]:
        """Return what tells it from others: its catalogs, not what was looked up in them so far."""
        return [catalog for catalog, _ in self._catalogs]

    def __setstate__(self, catalogs: Sequence[Catalog]) -> None:
        self.__init__(catalogs)  # type: ignore[misc]

    def gettext(self, message: str) -> str:  # noqa: D102 (these four are the functions of gettext)
        return self._speak(None, message, None, 1)

    def pgettext(self, context: str, message: str) -> str:  # noqa: D102
        return self._speak(context, message, None, 1)

    def ngettext(self, singular: str, plural: str, n: int) -> str:  # noqa: D102
        return self._speak(None, singular, plural, n)

    def npgettext(self, context: str, singular: str, plural: str, n: int) -> str:  # noqa: D102
        return self._speak(context, singular, plural, n)

    def unspoken(self, messages: Sequence[Message], language: Language) -> tuple[Diagnostic, ...]:
        """Return one line when some of `messages` would be spoken in the language of the templates, not `language`."""
        missing = [item.msgid for item in messages if self.lacks(item, language.tag)]
        if not missing:
            return ()
        where = Location(catalog_path(language.tag, "interface"))
        more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
        message = f"messages of the templates without a translation: {', '.join(missing[:_NAMED])}{more}"
        return (Diagnostic("untranslated", message, where, "run: python build.py update, then translate them there"),)

    def lacks(self, message: Message, tag: str) -> bool:
        """Say whether a message would be spoken in the language of the templates, English, and not in that of `tag`."""
        return self._find(message.context, message.msgid) is None and tag.partition("-")[0] != "en"

    def _speak(self, context: str | None, message: str, plural: str | None, n: int) -> str:
        found = self._find(context, message)
        if found is None:
            return _safe(message if n == 1 or plural is None else plural, message)
        entry, forms = found
        form = min(forms.index(n), len(entry.msgstr) - 1) if plural and forms else 0
        return _safe(entry.msgstr[form], message)

    def _find(self, context: str | None, message: str) -> tuple[Entry, PluralForms | None] | None:
        key = (context, message)
        if key not in self._known:
            self._known[key] = self._look_for(context, message)
        return self._known[key]

    def _look_for(self, context: str | None, message: str) -> tuple[Entry, PluralForms | None] | None:
        for catalog, forms in self._catalogs:
            entry = catalog.find(message, context)
            if entry is not None and entry.translated and not lost_placeholders(entry) and not unusable(entry):
                return entry, forms
        return None


def _safe(text: str, message: str) -> Markup:
    text = _PERCENT.sub("%%", text)
    return Markup(fragments.sanitize(text)) if "<" in message else escape(text)  # noqa: S704 (it was just made safe)


def lost_placeholders(entry: Entry) -> tuple[str, ...]:
    """Return the placeholders that a translation drops or invents."""
    # A singular may leave the number out ("one message"), so only the union of all forms is compared.
    wanted = {*percent_fields(entry.msgid), *percent_fields(entry.plural or "")}
    return tuple(sorted(wanted.symmetric_difference(name for form in entry.msgstr for name in percent_fields(form))))
