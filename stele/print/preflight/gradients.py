"""The function of a gradient and a change of its colours in, a function that gives the changed colours out.

ISO 32000-2, 7.10 Functions: the change must be linear, as it is to take one ink from four; then it is enough to change
the colours between which a function runs, and the samples of one that has samples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from pikepdf import Object, Pdf

    Change = Callable[[tuple[float, ...]], list[float]]

_SAMPLED, _EXPONENTIAL, _STITCHED = 0, 2, 3


def pick_inks(pdf: Pdf, function: Any, change: Change) -> Object:
    """Return the function of one number with changed colours. One that is a program is grey: nobody makes such ones."""
    from pikepdf import Array, Dictionary

    kind = int(function.FunctionType)
    if kind == _STITCHED:
        parts = Array([pick_inks(pdf, part, change) for part in function.Functions])
        return Dictionary({**dict(function.items()), "/Functions": parts})
    if kind == _SAMPLED:
        return _resampled(pdf, function, change)
    starts = _numbers(function.get("/C0", [0.0]))
    ends = _numbers(function.get("/C1", [1.0])) if kind == _EXPONENTIAL else starts
    exponent = function.get("/N", 1)
    return Dictionary(
        FunctionType=_EXPONENTIAL, Domain=function.Domain, N=exponent, C0=Array(change(starts)), C1=Array(change(ends))
    )


def _resampled(pdf: Pdf, function: Object, change: Change) -> Object:
    from pikepdf import Array

    size = int(function.BitsPerSample) // 8
    most, parts = 256**size - 1, len(function.Range) // 2
    data = function.read_bytes()
    values = [int.from_bytes(data[at : at + size], "big") / most for at in range(0, len(data), size)]
    changed = [change(tuple(values[at : at + parts])) for at in range(0, len(values), parts)]
    stream = pdf.make_stream(bytes(round(255 * value) for row in changed for value in row))
    stream.FunctionType, stream.BitsPerSample = _SAMPLED, 8
    stream.Domain, stream.Size = function.Domain, function.Size
    stream.Range = Array([0, 1] * len(changed[0]))
    return stream


def _numbers(values: Object) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
