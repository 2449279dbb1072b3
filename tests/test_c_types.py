"""A name of a C type that is read faster means what it meant before."""

from __future__ import annotations

import pytest

from stele.engine import Task, run
from stele.print.mends import c_types

DEFINITIONS = (
    "typedef unsigned int code; typedef struct { code first; char *text; } entry; entry * found (code *, int);"
)
NAMES = ("code[74]", "entry", "entry *", "entry[3]", "char[]", "unsigned int *", "code (*)(entry *, int)")


def types() -> list[list[tuple[str, str]]]:
    """Return what names of types are read as, or why they are not, before and after the mend."""
    import cffi

    def read(name: str) -> tuple[str, str]:
        library = cffi.FFI()
        library.cdef(DEFINITIONS)
        library.cdef("typedef code codes[8]; entry * other (codes);")
        try:
            kind = library.typeof(name)
        except cffi.CDefError as error:
            return "error", str(error)
        return kind.kind, kind.cname

    def all_read() -> list[tuple[str, str]]:
        return [read(name) for name in (*NAMES, "codes *", "nobody", "nobody[3]")]

    before = all_read()
    c_types.mend()
    assert hasattr(cffi.cparser.Parser._parse, "__wrapped__")
    return [before, all_read()]


@pytest.fixture(scope="module")
def before_and_after():
    return run([Task("types", types, ())])[0]


def test_the_types_are_the_same(before_and_after):
    before, after = before_and_after
    assert after == before


def test_a_name_that_nothing_defines_is_told_of(before_and_after):
    assert [kind for kind, _ in before_and_after[1]][-2:] == ["error", "error"]
