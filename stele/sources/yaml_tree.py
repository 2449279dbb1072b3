"""The text of a YAML file in, its strings, lists and mappings out, and the line of each: the safe half of YAML.

Nothing is read as a date, a number or a truth value, and nothing twice: an alias could multiply itself without end.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Path = tuple[str | int, ...]

_ADVICE = "put a text that holds : # * & [ ] { } , or quotation marks in single quotes"


@dataclass(frozen=True, slots=True)
class Branch:
    """A field at the top of a file: its strings, lists and mappings, and the line of each by its path below it."""

    name: str
    line: int
    value: Any
    lines: Mapping[Path, int]


class Misread(Exception):
    """A text that is no YAML of this kind: the `problem` in words, its `line` from 1, and a `hint`."""

    def __init__(self, problem: str, line: int | None, hint: str | None = _ADVICE) -> None:
        super().__init__(problem)
        self.problem, self.line, self.hint = problem, line, hint


class _Loader(yaml.BaseLoader):
    """Builds strings, lists and mappings only, and nothing twice: a record that multiplies itself is refused."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            problem, note = "an alias (*) is not allowed here", "write out what it stands for"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark, note=note)
        return super().compose_node(parent, index)


def compose(text: str) -> yaml.Node | None:
    """Return the root of `text`, None where it is empty; raise `Misread`."""
    try:
        return yaml.compose(text, Loader=_Loader)
    except RecursionError as error:
        raise Misread("lists are nested too deep", None, None) from error
    except (ValueError, OverflowError) as error:  # PyYAML gives an escape as "\UFFFFFFFF" to chr() unread
        raise Misread("not valid YAML: an escape is no character", None, "write the character itself") from error
    except yaml.YAMLError as error:
        problem = getattr(error, "problem", None) or "a character is not allowed"
        raise Misread(f"not valid YAML: {problem}", _line(error, text), _note(error)) from error


def _line(error: yaml.YAMLError, text: str) -> int | None:
    if isinstance(error, yaml.reader.ReaderError):
        return text.count("\n", 0, error.position) + 1
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else None


def _note(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.reader.ReaderError):
        return "take it out: it cannot be seen"
    return getattr(error, "note", None) or _ADVICE


def branches(text: str) -> Iterator[Branch | Misread]:
    """Yield what `text` has at its top, or why it cannot be used; raise `Misread` where that holds for all of it.

    White space in a text is folded, its letters are composed (NFC). A field that stands twice is an error: one of the
    two would be lost. What stands twice at the top is yielded twice.
    """
    root = compose(text)
    if root is not None and not isinstance(root, yaml.MappingNode):
        raise Misread("the file must hold records, each under its id", 1, "like: fall: {date: 1992-02-26}")
    for key, node in root.value if root else ():
        lines: dict[Path, int] = {}
        try:
            yield Branch(_name(key), key.start_mark.line + 1, _value(node, (), lines), lines)
        except Misread as error:
            yield error


def _name(key: yaml.Node) -> str:
    return str(key.value) if isinstance(key, yaml.ScalarNode) else ""


def _value(node: yaml.Node, path: Path, lines: dict[Path, int]) -> Any:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, index), lines) for index, item in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return unicodedata.normalize("NFC", " ".join(str(node.value).split()))
    made: dict[str, Any] = {}
    for key, value in node.value:
        name, line = _name(key), key.start_mark.line + 1
        if name in made:
            first = lines[(*path, name)]
            raise Misread(f"{name!r} stands here twice, first in line {first}", line, "join the two, or rename one")
        lines[(*path, name)] = line
        made[name] = _value(value, (*path, name), lines)
    return made
