"""A Plural-Forms header in, the form of a number out: C's arithmetic over ``n``, compiled by Python's own gettext."""

from __future__ import annotations

import gettext
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_HEADER = re.compile(r"\s*nplurals\s*=\s*([1-9])\s*;\s*plural\s*=([^;]{1,600});?\s*\Z")


@dataclass(frozen=True, slots=True)
class PluralForms:
    """How many plural forms a language has, and the expression in ``n`` that chooses among them."""

    count: int
    expression: str

    def index(self, number: int) -> int:
        """Return which form belongs to `number`: 0 for ``msgstr[0]``, and so on."""
        return _rule(self.expression)(abs(number))


@cache
def parse_plural_forms(field: str) -> PluralForms:
    """Return the plural forms that `field` of the header describes; raise `ValueError` where it is wrong.

    As ``msgfmt -c`` does, the first thousand numbers are tried: each must have a form.
    """
    found = _HEADER.match(field)
    if found is None:
        raise ValueError("it is not of the form nplurals=2; plural=(n != 1);")
    forms = PluralForms(int(found[1]), found[2].strip())
    try:
        reached = {forms.index(number) for number in range(1001)}
    except (ArithmeticError, RecursionError) as error:
        raise ValueError("its expression cannot be worked out for every number") from error
    if wrong := sorted(reached - set(range(forms.count))):
        raise ValueError(f"its expression asks for form {wrong[-1]}, but forms end at {forms.count - 1}")
    return forms


@cache
def _rule(expression: str) -> Callable[[int], int]:
    # The compiler that gettext.GNUTranslations uses for the same header: it accepts nothing but arithmetic over n.
    try:
        return gettext.c2py(expression)
    except SyntaxError as error:  # its own fault, where C binds "!" closer than Python binds "not"
        raise ValueError("its expression is not understood") from error
