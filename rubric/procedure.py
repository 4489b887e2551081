"""Parameters of a whole edition: the deadlines of its procedure, each block with a note on its source."""

from __future__ import annotations

from collections.abc import Mapping

from rubric.yamlsource import Node

# block → its whole numbers, each with the least it may be
BLOCKS: Mapping[str, Mapping[str, int]] = {
    "objections": {"file_days": 1, "answer_days": 1},
    "changes": {"grace_hours": 0},
}


def read_procedure(node: Node | None) -> Mapping[str, Mapping[str, int | str]]:
    """The blocks of an edition's ``params``; none when there are no such parameters.

    ``objections``: working days after the draft in which a unit may object, and after an objection in
    which it is answered. ``changes``: hours after a deadline's last day in which a night's crawl still
    shows that day. Raises :class:`errors.InputError` for an unknown block or field, a missing number or
    note.
    """
    if node is None:
        return {}
    return {name: _block(name, block) for name, block in node.fields(tuple(BLOCKS)).items()}


def _block(name: str, node: Node) -> Mapping[str, int | str]:
    numbers = BLOCKS[name]
    fields = node.fields((*numbers, "note"), required=(*numbers, "note"))
    found: dict[str, int | str] = {field: fields[field].integer(least) for field, least in numbers.items()}
    return found | {"note": fields["note"].text()}
