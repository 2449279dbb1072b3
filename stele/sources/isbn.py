"""An ISBN as an editor writes it in, its thirteen digits out, or what is wrong with it."""

from __future__ import annotations

PREFIXES = ("978", "979")


def thirteen_digits(isbn: str) -> str:
    """Return the digits of an ISBN, which are those of its barcode. Hyphens and spaces may stand anywhere.

    Raises ValueError with the reason where it is none (ISO 2108:2017; ISBN Users' Manual, Structure of an ISBN).
    """
    digits = isbn.replace("-", "").replace(" ", "")
    if not (digits.isascii() and digits.isdecimal() and len(digits) == 13):
        raise ValueError(f"{isbn!r} is no ISBN: it has 13 digits, with hyphens or spaces between them")
    if not digits.startswith(PREFIXES):
        raise ValueError(f"{isbn!r} is no ISBN: it begins with {' or '.join(PREFIXES)}")
    if (right := check_digit(digits[:12])) != digits[12]:
        raise ValueError(f"{isbn!r} has a wrong digit: with the others as they are, the last would be {right}")
    return digits


def check_digit(digits: str) -> str:
    """Return what makes the sum of thirteen digits, weighed 1 and 3 in turn, a multiple of ten (ISO 2108:2017)."""
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return str(-weighed % 10)
