"""A call in, its outcome out, with the frames of all that it calls in one piece of memory.

CPython keeps frames in chunks of 16 KB (3.11 and later; `push_chunk` in Python/pystate.c). A call for which there is no
room takes a chunk from the system, and gives it back when it returns: in a loop at just that depth, again and again.
Layout is deep, and may take half as long again by this, or not, after any change to any function in between. A function
that asks for much room itself has a chunk that is twice as large, and what it calls has the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Arguments = ParamSpec("Arguments")
Value = TypeVar("Value")

_WORDS = 1 << 16  # as many stay free, for a thousand frames; nothing is written to them


def together(call: Callable[Arguments, Value], *args: Arguments.args, **kwargs: Arguments.kwargs) -> Value:
    """Return what a call returns."""
    return call(*args, **kwargs)


together.__code__ = together.__code__.replace(co_stacksize=_WORDS)
