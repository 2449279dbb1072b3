"""A Plural-Forms header in, the form of a number out: C's arithmetic over ``n``, never evaluated as Python."""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Rule = Callable[[int], int]

# What follows the last semicolon is nobody's business; gettext does not look at it either.
_HEADER = re.compile(r"\s*nplurals\s*=\s*([1-9])\s*;\s*plural\s*=([^;]{1,600})(?:;|\Z)")
_TOKEN = re.compile(r"\d+|n|[!=<>]=|&&|\|\||[-+*/%<>!?:()]")

# C's levels of precedence, the loosest first (GNU gettext manual, Additional functions for plural forms).
_LEVELS = (("||",), ("&&",), ("==", "!="), ("<", ">", "<=", ">="), ("+", "-"), ("*", "/", "%"))
_OPERATORS: dict[str, Callable[[int, int], int]] = {
    "||": lambda left, right: bool(left or right),
    "&&": lambda left, right: bool(left and right),
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": lambda left, right: left // right if right else 0,
    "%": lambda left, right: left % right if right else 0,
}


@dataclass(frozen=True, slots=True)
class PluralForms:
    """How many plural forms a language has, and the expression in ``n`` that chooses among them."""

    count: int
    expression: str

    def index(self, number: int) -> int:
        """Return which form belongs to `number`: 0 for ``msgstr[0]``, and so on."""
        return int(_rule(self.expression)(abs(number)))


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
        highest = max(forms.index(number) for number in range(1001))
    except RecursionError as error:
        raise ValueError("its expression is nested too deep") from error
    if highest >= forms.count:
        raise ValueError(f"its expression asks for form {highest}, but forms end at {forms.count - 1}")
    return forms


@cache
def _rule(expression: str) -> Rule:
    tokens = _TOKEN.findall(expression)
    if "".join(tokens) != re.sub(r"\s+", "", expression):
        raise ValueError("its expression holds something else than n, numbers and operators")
    tokens.reverse()
    rule = _choice(tokens)
    if tokens:
        raise ValueError(f"its expression is not understood at {tokens[-1]!r}")
    return rule


def _choice(tokens: list[str]) -> Rule:
    test = _binary(tokens, 0)
    if not tokens or tokens[-1] != "?":
        return test
    tokens.pop()
    yes = _choice(tokens)
    _expect(tokens, ":")
    no = _choice(tokens)
    return lambda n: yes(n) if test(n) else no(n)


def _binary(tokens: list[str], level: int) -> Rule:
    if level == len(_LEVELS):
        return _unary(tokens)
    left = _binary(tokens, level + 1)
    while tokens and tokens[-1] in _LEVELS[level]:
        left = _joined(_OPERATORS[tokens.pop()], left, _binary(tokens, level + 1))
    return left


def _joined(calculate: Callable[[int, int], int], left: Rule, right: Rule) -> Rule:
    return lambda n: calculate(left(n), right(n))


def _unary(tokens: list[str]) -> Rule:
    symbol = tokens.pop() if tokens else "its end"
    if symbol == "!":
        operand = _unary(tokens)
        return lambda n: not operand(n)
    if symbol == "(":
        inner = _choice(tokens)
        _expect(tokens, ")")
        return inner
    if symbol == "n":
        return lambda n: n
    if symbol.isdecimal():
        number = int(symbol)
        return lambda _: number
    raise ValueError(f"its expression is not understood at {symbol!r}")


def _expect(tokens: list[str], wanted: str) -> None:
    if not tokens or tokens.pop() != wanted:
        raise ValueError(f"its expression lacks {wanted!r}")
