"""YAML read with its line numbers, so that every fault names file, line and the offending value.

Scalars stay the text that stands in the file until a typed accessor asks for them: ``no`` is not
false, ``07333`` is not octal, ``2026-13-01`` is not a crash but a fault with a line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from errors import InputError

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,9}(\.[0-9]{1,6})?\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_NULLS = frozenset({"", "null", "~"})


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a YAML file together with where it stands."""

    file: str
    node: yaml.Node

    @property
    def place(self) -> str:
        """``file:line`` of the value."""
        return f"{self.file}:{self.node.start_mark.line + 1}"

    def fault(self, message: str, **values: object) -> InputError:
        """The error to raise about this value; ``message`` says what is wrong and what to do."""
        return InputError("{place}: " + message, place=self.place, **values)

    @property
    def raw(self) -> str:
        """The scalar's own text; a list or a mapping is a fault."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.fault("one value is expected here, not a list or a block; write a single value")
        return str(self.node.value)

    @property
    def quoted(self) -> bool:
        """True for text in quotes or in a block, which is never a number, a flag or null."""
        return isinstance(self.node, yaml.ScalarNode) and self.node.style is not None

    @property
    def is_null(self) -> bool:
        """True for an empty plain scalar, ``null`` or ``~``."""
        return isinstance(self.node, yaml.ScalarNode) and not self.quoted and self.node.value in _NULLS

    def text(self) -> str:
        """Non-empty text."""
        if self.is_null or not (value := self.raw.strip()):
            raise self.fault("a text is missing here; write one")
        return value

    def choice(self, known: Iterable[str]) -> str:
        """Text that is one of ``known``."""
        value = self.text()
        if value not in (choices := tuple(known)):
            raise self.fault(
                "unknown value '{value}'; use one of {known}", value=value, known=", ".join(choices)
            )
        return value

    def flag(self) -> bool:
        """``true`` or ``false``."""
        return self.choice(("true", "false")) == "true"

    def integer(self, least: int = 0) -> int:
        """A whole number not below ``least``."""
        value = self.text()
        if not _INTEGER.match(value) or len(value) > 9 or int(value) < least:
            raise self.fault("'{value}' is no whole number from {least} up", value=value, least=least)
        return int(value)

    def decimal(self) -> Decimal:
        """An exact decimal number, such as ``10`` or ``8.5``."""
        value = self.text()
        if not _DECIMAL.match(value):
            raise self.fault("'{value}' is no number; write it like 10 or 8.5", value=value)
        return Decimal(value)

    def day(self) -> date:
        """A calendar date ``YYYY-MM-DD``."""
        value = self.text()
        try:
            if _DAY.match(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise self.fault("'{value}' is no date; write it as YYYY-MM-DD", value=value)

    def items(self) -> tuple[Node, ...]:
        """The members of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.fault("a list is expected here; write its members with '-' or in [ ]")
        return tuple(Node(self.file, child) for child in self.node.value)

    def entries(self, known: Sequence[str] | None = None) -> dict[str, Node]:
        """All fields of a mapping; one given twice, or not in ``known``, is a fault."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.fault("fields like 'name: value' are expected here")
        found: dict[str, Node] = {}
        for key_node, value_node in self.node.value:
            key = Node(self.file, key_node)
            self._check_key(key, found, known)
            found[key.raw] = Node(self.file, value_node)
        return found

    def fields(self, known: Sequence[str] | None = None, required: Sequence[str] = ()) -> dict[str, Node]:
        """The fields that hold something (null ones left out); each of ``required`` must."""
        found = {name: value for name, value in self.entries(known).items() if not value.is_null}
        for name in required:
            if name not in found:
                raise self.fault("field '{field}' is missing; add it", field=name)
        return found

    @staticmethod
    def _check_key(key: Node, seen: Collection[str], known: Sequence[str] | None) -> None:
        if key.raw in seen:
            raise key.fault("field '{field}' is given twice; keep one", field=key.raw)
        if known is not None and key.raw not in known:
            raise key.fault(
                "unknown field '{field}'; known are {known}", field=key.raw, known=", ".join(known)
            )

    def plain(self) -> Any:
        """The value as plain Python: dict, list, str, int, bool or None. Quoted scalars are text."""
        if isinstance(self.node, yaml.MappingNode):
            return {key: value.plain() for key, value in self.entries().items()}
        if isinstance(self.node, yaml.SequenceNode):
            return [item.plain() for item in self.items()]
        return self._plain_scalar()

    def _plain_scalar(self) -> str | int | bool | None:
        value = self.raw
        if self.quoted:
            return value
        if value in _NULLS:
            return None
        if value in ("true", "false"):
            return value == "true"
        return int(value) if _INTEGER.match(value) else value


def read_yaml(path: Path) -> Node:
    """The root of the YAML file at ``path``; raises :class:`InputError` when it cannot be read."""
    try:
        source = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise InputError("{file}: cannot be read ({reason})", file=path, reason=reason) from error
    try:
        root = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise _syntax_error(path, error) from error
    if root is None:
        raise InputError("{file}:1: the file is empty", file=path)
    return Node(str(path), root)


def _syntax_error(path: Path, error: yaml.YAMLError) -> InputError:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable character"
    line = mark.line + 1 if mark else 1
    return InputError("{place}: bad YAML: {problem}", place=f"{path}:{line}", problem=problem)
