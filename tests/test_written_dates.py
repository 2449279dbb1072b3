"""Dates in EDTF, as they are written in words: by patterns that translators may change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stele.language.date_patterns import fields, filled
from stele.language.date_writing import night, written
from stele.language.edtf import Interval, Moment, parse
from stele.sources.templating import Templates
from stele.sources.theme import BUILT_IN, Theme
from stele.translation.interface import Interface
from stele.translation.store import built_in_interface

if TYPE_CHECKING:
    import datetime


def patterns(tag: str) -> dict[str, str]:
    """Return the patterns of the theme as its catalog in a language has them."""
    catalog = built_in_interface(tag)
    return Templates(Theme((BUILT_IN,)), Interface([catalog] if catalog else []), tag).patterns()


ENGLISH = patterns("en")


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("1992-02-26", "26 February 1992"),
        ("1992-02", "February 1992"),
        ("1992", "1992"),
        ("1992-02-25/1992-02-26", "25–26 February 1992"),
        ("1992-02-29/1992-03-01", "29 February – 1 March 1992"),
        ("1991-12-31/1992-01-02", "31 December 1991 – 2 January 1992"),
        ("1992-02/1992-03", "February–March 1992"),
        ("1991-12/1992-01", "December 1991 – January 1992"),
        ("1988/1994", "1988–1994"),
        ("1992/1992", "1992"),
        ("199X", "the 1990s"),
        ("19XX", "between 1900 and 1999"),
        ("1992-02-XX", "a day in February 1992"),
        ("1992-XX", "a month of 1992"),
        ("1992-XX-XX", "a day in 1992"),
        ("1992-21", "spring 1992"),
        ("1992-24~", "about winter 1992"),
        ("1992-02-26/..", "from 26 February 1992"),
        ("1992-02/..", "from February 1992"),
        ("../1992", "until 1992"),
        ("1992/", "1992 – ?"),
        ("/1992-02-26", "? – 26 February 1992"),
        ("1992~/..", "about 1992 – ?"),
        ("1992-02-26?", "26 February 1992 (?)"),
        ("1992~", "about 1992"),
        ("1992-02%", "about February 1992 (?)"),
        ("1988/1992-02-26", "1988 – 26 February 1992"),
        ("1992-02?/1993~", "February 1992 (?) – about 1993"),
        ("-0043", "44 BC"),
        ("0000", "1 BC"),
    ],
)
def test_dates_in_english(edtf, expected):
    assert written(edtf, ENGLISH, "en") == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "the night of 25 to 26 February 1992"),
        ("az", "1992-ci il fevralın 25-dən 26-na keçən gecə"),
        ("ru", "ночь с 25 на 26 февраля 1992 года"),
        ("de", "die Nacht vom 25. auf den 26. Februar 1992"),
        ("fr", "la nuit du 25 au 26 février 1992"),
        ("fa", "شب ۲۵ به ۲۶ فوریهٔ ۱۹۹۲"),
        ("hy", "1992 թվականի փետրվարի 25-ի լույս 26-ի գիշերը"),
    ],
)
def test_the_night_between_two_days(tag, expected):
    assert night("1992-02-25/1992-02-26", patterns(tag), tag) == expected


@pytest.mark.parametrize(
    "edtf",
    [
        "", "abc", "92", "1992-13", "1992-00", "1992-02-30", "1900-02-29", "1992-2-6", "26.02.1992", "../..", "/",
        "1992/1991",
        "1992-02-26/1992-02-25", "199X-02", "1992-XX-03", "1992-21-03", "1992-25", "Y17000", "1992-02-26T10:00",
        "1992??",
        "1992-02-26/1992-02-27/1992-02-28", "１９９２", "1992\n", "9" * 10_000,
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(edtf):
    with pytest.raises(ValueError, match=r"\w"):
        parse(edtf)


def test_leap_days_before_christ_are_those_of_the_calendar():
    assert parse("0000-02-29") == Moment(0, 2, 29)


def test_open_and_unknown_ends_are_told_apart():
    assert (parse("1992/.."), parse("1992/")) == (
        Interval(Moment(1992), None, open=True),
        Interval(Moment(1992), None),
    )


@given(st.dates())
def test_every_day_is_read_back_as_it_was_written(day: datetime.date):
    assert parse(day.isoformat()) == Moment(day.year, day.month, day.day)


@given(st.text(alphabet="0123456789-X?~%./Y ", max_size=24))
def test_no_text_makes_more_trouble_than_a_refusal(text):
    try:
        words = written(text, ENGLISH, "en")
    except ValueError as error:
        words = str(error)
    assert words != ""


@pytest.mark.parametrize(
    ("tag", "pattern", "expected"),
    [
        ("en", "MMMM d, y", "February 26, 1992"),
        ("en", "dd.MM.y", "26.02.1992"),
        ("en", "'it''s' d", "it's 26"),
        ("es", "d 'de' MMMM 'de' y", "26 de febrero de 1992"),
        ("ru", "d MMMM y года", "26 февраля 1992 года"),
        ("ru", "LLLL y", "февраль 1992"),
        ("az", "y[-ci] 'il' d MMMM[dan]", "1992-ci il 26 fevraldan"),
        ("az-Cyrl", "y[-ҹи] ил d MMMM", "1992-ҹи ил 26 феврал"),
        ("ka", "y წლის d MMMM[ის]", "1992 წლის 26 თებერვლის"),
        ("fa", "d MMMM y", "۲۶ فوریهٔ ۱۹۹۲"),
        ("az-Arab", "d MMMM y", "۲۶ فوریه ۱۹۹۲"),
        ("ar", "d MMMM y", "٢٦ فبراير ١٩٩٢"),
        ("zh", "y年M月d日", "1992年2月26日"),
    ],
)
def test_patterns_of_cldr_and_suffixes(tag, pattern, expected):
    assert filled(pattern, tag, Moment(1992, 2, 26)) == expected


@pytest.mark.parametrize("pattern", ["d 'MMMM", "d mm y", "yy", "MMM", "d[", "y]", "ddd", "d d d", "EEEE d", "d' 'x"])
def test_a_pattern_that_cannot_be_read_is_refused(pattern):
    with pytest.raises(ValueError, match=r"\w"):
        fields(pattern)


@pytest.mark.parametrize(
    ("tag", "expected"), [("fr", "1er mars"), ("it", "1º marzo"), ("de", "1 März"), ("es", "1 marzo")]
)
def test_the_first_of_a_month_is_an_ordinal_where_editors_write_it_so(tag, expected):
    assert filled("d MMMM", tag, Moment(1992, 3, 1)) == expected


def test_a_pattern_cannot_show_what_a_date_has_not():
    with pytest.raises(ValueError, match="no day"):
        filled("d MMMM y", "en", Moment(1992, 2))


@pytest.mark.parametrize("edtf", ["1992-02-25", "1992-02/1992-03", "1992-02-25/.."])
def test_a_night_has_two_days(edtf):
    with pytest.raises(ValueError, match="night"):
        night(edtf, ENGLISH, "en")
