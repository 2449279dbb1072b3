"""The text of a YAML file in, its strings, lists and mappings out, and the line of each: the safe half of YAML.

Nothing is read as a date, a number or a truth value, and nothing twice: an alias could multiply itself without end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    Path = tuple[str | int, ...]

_ADVICE = "put a text that holds : # * & [ ] { } , or quotation marks in single quotes"


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
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "a character is not allowed"
        raise Misread(f"not valid YAML: {problem}", mark.line + 1 if mark else None, _note(error)) from error


def _note(error: yaml.YAMLError) -> str:
    return getattr(error, "note", None) or _ADVICE


def plain(node: yaml.Node) -> tuple[Any, Mapping[Path, int]]:
    """Return the strings, lists and mappings of a tree, and the line of each by its path; raise `Misread`.

    White space in a text is folded. A field that stands twice is an error: one of the two would be lost.
    """
    lines: dict[Path, int] = {}
    return _value(node, (), lines), lines


def _value(node: yaml.Node, path: Path, lines: dict[Path, int]) -> Any:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, index), lines) for index, item in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return " ".join(str(node.value).split())
    made: dict[str, Any] = {}
    for key, value in node.value:
        name, line = str(key.value) if isinstance(key, yaml.ScalarNode) else "", key.start_mark.line + 1
        if name in made:
            first = lines[(*path, name)]
            raise Misread(f"{name!r} stands here twice, first in line {first}", line, "join the two, or rename one")
        lines[(*path, name)] = line
        made[name] = _value(value, (*path, name), lines)
    return made
