"""A gradient in RGB or grey in, the same gradient in the colours of a palette out.

Between two colours a gradient runs straight through RGB, which is no straight line through inks: what the function
gives is sampled, and each sample converted. A gradient of greys alone stays one of black ink; in any other, grey is
mixed like the colours beside it, lest a seam show where they meet.

ISO 32000-1, 7.10 Functions and 8.7.4.5 Shading types.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from stele.print.press.colours import is_neutral

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pikepdf import Object, Pdf

    from stele.print.press.colours import Palette, Values

# Samples between two stops: finer than a screen can print over the length of a page.
STEPS = 64
_AXIAL, _RADIAL = 2, 3
_SAMPLED, _EXPONENTIAL, _STITCHED = 0, 2, 3


def convert_shading(pdf: Pdf, shading: Object, space: str, palette: Palette) -> None:
    """Bring a shading whose colours are in `space` into those of `palette`, in place.

    Raises ValueError for a mesh or a function that is a program: the renderer makes none.
    """
    from pikepdf import Name

    if int(shading.ShadingType) not in (_AXIAL, _RADIAL):
        raise ValueError(f"a shading of type {int(shading.ShadingType)} cannot be converted")
    neutral = all(is_neutral(space, colour) for colour in _samples(shading.Function))
    mix = partial(palette.mix, space, neutral=neutral)
    shading.Function = _converted(pdf, shading.Function, mix)
    if "/Background" in shading:
        shading.Background = _array(mix(_numbers(shading.Background)))
    shading.ColorSpace = Name(f"/{palette.space}")


def evaluate(function: Object, at: float) -> Values:
    """Return the values of a function of one number, or of an array of such functions."""
    from pikepdf import Array

    if isinstance(function, Array):
        return tuple(evaluate(part, at)[0] for part in function)
    low, high = _numbers(function.Domain)
    at = min(max(at, low), high)
    return _EVALUATORS[_type(function)](function, at)


def _converted(pdf: Pdf, function: Object, mix: Callable[[Values], Values]) -> Object:
    """Return the function with its values mixed; a stitched one keeps its stops, however sharp."""
    from pikepdf import Array, Dictionary

    if isinstance(function, Array) or _type(function) != _STITCHED:
        return _sampled(pdf, function, mix)
    return Dictionary(
        FunctionType=_STITCHED,
        Domain=function.Domain,
        Bounds=function.Bounds,
        Encode=function.Encode,
        Functions=Array([_converted(pdf, part, mix) for part in function.Functions]),
    )


def _sampled(pdf: Pdf, function: Object, mix: Callable[[Values], Values]) -> Object:
    from pikepdf import Array

    low, high = _domain(function)
    samples = [mix(evaluate(function, at)) for at in _steps(low, high)]
    if len(set(samples)) == 1:
        samples = samples[:1] * 2
    parts = len(samples[0])
    data = b"".join(round(value * 0xFFFF).to_bytes(2, "big") for sample in samples for value in sample)
    stream = pdf.make_stream(data)
    stream.FunctionType = _SAMPLED
    stream.Domain = _array((low, high))
    stream.Range = Array([0, 1] * parts)
    stream.Size = Array([len(samples)])
    stream.BitsPerSample = 16
    return stream


def _samples(function: Object) -> Iterator[Values]:
    low, high = _domain(function)
    for at in _steps(low, high):
        yield evaluate(function, at)


def _steps(low: float, high: float) -> Iterator[float]:
    return (low + (high - low) * step / STEPS for step in range(STEPS + 1))


def _domain(function: Object) -> Values:
    from pikepdf import Array

    return _numbers((function[0] if isinstance(function, Array) else function).Domain)


def _exponential(function: Object, at: float) -> Values:
    starts = _numbers(function.get("/C0", [0]))
    ends = _numbers(function.get("/C1", [1]))
    power = at ** float(function.N)
    return tuple(start + power * (end - start) for start, end in zip(starts, ends, strict=True))


def _stitched(function: Object, at: float) -> Values:
    low, high = _numbers(function.Domain)
    limits = (low, *_numbers(function.Bounds), high)
    index = sum(at >= bound for bound in limits[1:-1])
    start, end = tuple(pairwise(limits))[index]
    first, last = _numbers(function.Encode)[2 * index : 2 * index + 2]
    part = (at - start) / (end - start) if end > start else 0.0
    return evaluate(function.Functions[index], first + part * (last - first))


def _table(function: Object, at: float) -> Values:
    low, high = _numbers(function.Domain)
    rows = _rows(function)
    first, last = _numbers(function.get("/Encode", [0, len(rows) - 1]))
    place = first + (at - low) / (high - low) * (last - first)
    before = min(int(place), len(rows) - 2)
    part = place - before
    return tuple(one + part * (other - one) for one, other in zip(rows[before], rows[before + 1], strict=True))


def _rows(function: Object) -> list[Values]:
    """Return the samples of a function, scaled to its range."""
    size = int(function.BitsPerSample) // 8
    if size not in (1, 2):
        raise ValueError(f"samples of {int(function.BitsPerSample)} bits cannot be converted")
    data, decode = function.read_bytes(), _numbers(function.get("/Decode", function.Range))
    parts, most = len(decode) // 2, 256**size - 1
    values = [int.from_bytes(data[at : at + size], "big") / most for at in range(0, len(data), size)]
    scaled = [
        decode[2 * (at % parts)] + value * (decode[2 * (at % parts) + 1] - decode[2 * (at % parts)])
        for at, value in enumerate(values)
    ]
    return [tuple(scaled[at : at + parts]) for at in range(0, len(scaled), parts)]


_EVALUATORS: dict[int, Callable[[Object, float], Values]] = {
    _SAMPLED: _table,
    _EXPONENTIAL: _exponential,
    _STITCHED: _stitched,
}


def _type(function: Object) -> int:
    kind = int(function.FunctionType)
    if kind not in _EVALUATORS:
        raise ValueError(f"a function of type {kind} cannot be converted")
    return kind


def _numbers(values: Any) -> Values:
    return tuple(map(float, values))


def _array(values: Values) -> Object:
    from pikepdf import Array

    return Array([round(value, 6) for value in values])
