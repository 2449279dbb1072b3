"""A number in, its digits as a language writes them out: grouped, and in the digits of the language's own script."""

from __future__ import annotations

from stele.language.cldr import grouped_from, separators

# CLDR, numbering systems: arabext for Persian and for Azerbaijani in Iran, arab for Arabic.
_PERSIAN = str.maketrans("0123456789,.", "۰۱۲۳۴۵۶۷۸۹٬٫")
_ARABIC = str.maketrans("0123456789,.", "٠١٢٣٤٥٦٧٨٩٬٫")
_DIGITS = {"fa": _PERSIAN, "az-Arab": _PERSIAN, "ar": _ARABIC}
_MINUS = "\u2212"


def native_digits(text: str, tag: str) -> str:
    """Return `text` with its European digits as the language of `tag` writes them."""
    digits = _digits_of(tag)
    return "".join(char.translate(digits) if char.isdecimal() else char for char in text) if digits else text


def number(value: int, tag: str) -> str:
    """Return `value` in digits, grouped where the language groups so many: 1 275 in Russian, 1275 in Spanish."""
    size = abs(value)
    digits = _grouped(size, tag) if size >= grouped_from(tag) else str(size)
    if native := _digits_of(tag):
        digits = digits.translate(native)
    elif "," in digits:  # for most numbers no language is looked up
        digits = digits.replace(",", separators(tag)[0])
    return f"{_MINUS if value < 0 else ''}{digits}"


def measure(value: float, tag: str) -> str:
    """Return a number of at most two decimals, as short as it can be written: 0.25 is 0,25 in German."""
    whole, point, decimals = f"{abs(value):.2f}".rstrip("0").rstrip(".").partition(".")
    native = _digits_of(tag)
    fraction = (point + decimals).translate(native) if native else decimals and separators(tag)[1] + decimals
    return f"{_MINUS if value < 0 else ''}{number(int(whole), tag)}{fraction}"


def _grouped(size: int, tag: str) -> str:
    """Return the digits of a number with commas; India counts in hundreds above a thousand: 12,34,567 (CLDR, hi)."""
    if tag.partition("-")[0] != "hi":
        return f"{size:,}"
    above, thousand = divmod(size, 1000)
    pairs = [f"{above // 100**place % 100:02}" for place in range((len(str(above)) + 1) // 2)]
    return ",".join([*reversed(pairs), f"{thousand:03}"]).lstrip("0")


def _digits_of(tag: str) -> dict[int, int] | None:
    language, _, rest = tag.partition("-")
    return _DIGITS.get(f"{language}-{rest[:4]}") or _DIGITS.get(language)
