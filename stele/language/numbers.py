"""Digits in, the digits of a language's own script out."""

from __future__ import annotations

# CLDR, default numbering systems: arabext for Persian, arab for Arabic.
_DIGITS = {
    "fa": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
    "ar": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
}


def native_digits(text: str, tag: str) -> str:
    """Return `text` with its European digits as the language of `tag` writes them."""
    digits = _DIGITS.get(tag.partition("-")[0])
    return text.translate(digits) if digits else text
