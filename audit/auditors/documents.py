"""Kind ``documents``: the document records of the period (RULEBOOK "Documents").

Each record is in order, at fault, or undetermined. Undetermined ones keep the leaf open only when the
level depends on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from audit.context import Context
from audit.files import file_captures, file_downloads
from audit.model import Citation, Finding, Value
from audit.names import Whose, whose, whose_number
from audit.records import Record
from audit.walk import Cover, cite
from rubric.model import Leaf

_MAX_CITED = 10
_FIELDS = ("number", "type", "issuer", "issued", "effective", "abstract")


@dataclass(frozen=True, slots=True)
class _Checked:
    """One record with its verdict. ``faults`` are what is surely wrong (``late``, ``file``, or the name
    of a missing field), ``doubts`` what cannot be told; neither binds another issuer's record that the
    leaf sets no deadline for."""

    record: Record
    origin: Whose
    deadline: date | None
    faults: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def ok(self) -> bool | None:
        """True when in order, False when at fault, None when that cannot be told."""
        if self.faults:
            return False
        return None if self.doubts else True


def audit_documents(context: Context, leaf: Leaf) -> Finding:
    """Full, partial or none, from the records of the period, their order and the document search."""
    params = leaf.params
    cover = context.walk.cover(params["sections"])
    longest = max(params["own_days"], params["scope_days"] or 0)
    records = context.records(params["sections"], longest)
    inside = [_check(context, leaf, record) for record in records if record.in_period is True]
    maybe = [_check(context, leaf, record) for record in records if record.in_period is None]
    searchable = _searchable(context, leaf, cover)
    possible = _possible(leaf, inside, maybe, searchable, cover)
    values = _values(inside, maybe, searchable)
    evidence = _evidence(context, inside, maybe)
    if len(possible) == 1:
        code = _code(leaf, possible[0], cover)
        return context.found(leaf, possible[0], code, values, evidence or context.absence(cover))
    if not _closed(cover):
        return context.unseen(leaf, cover, possible, values, evidence)
    return context.open(leaf, "documents.undetermined", possible, values, evidence)


def _closed(cover: Cover) -> bool:
    return cover.exact or cover.complete


def _code(leaf: Leaf, level: str, cover: Cover) -> str:
    if level == leaf.params["full"]:
        return "documents.full"
    if level == leaf.params["partial"]:
        return "documents.partial"
    return "documents.none" if cover.trails else "documents.no_section"


def _searchable(context: Context, leaf: Leaf, cover: Cover) -> bool | None:
    """Whether the section offers a document search; None when not all of the section was seen."""
    if not leaf.params["needs_search"]:
        return True
    pages = context.section_pages(leaf.params["sections"])
    if any(seen.reading.document_search for _, seen in pages):
        return True
    return False if _closed(cover) else None


def _possible(
    leaf: Leaf, inside: Sequence[_Checked], maybe: Sequence[_Checked], searchable: bool | None, cover: Cover
) -> list[str]:
    """The levels that the evidence allows."""
    closed, tolerated = _closed(cover), leaf.params["tolerated"]
    sure = sum(record.ok is False for record in inside)
    if not inside and maybe and closed:
        sure = min(int(record.ok is False) for record in maybe)
    worst = sum(record.ok is not True for record in [*inside, *maybe])
    some = bool(inside or maybe) or not closed
    levels = []
    if some and searchable is not False and sure <= tolerated:
        levels.append(leaf.params["full"])
    if some and (searchable is not True or worst > tolerated or not closed):
        levels.append(leaf.params["partial"])
    if not inside:
        levels.append(leaf.params["none"])
    return levels


def _check(context: Context, leaf: Leaf, record: Record) -> _Checked:
    """What binds the record by its origin, and how it stands. One whose origin is unknown is at fault
    (or in order) only when it would be so either way."""
    origin = _origin(context, record)
    as_own = _own_standing(context, leaf, record)
    as_other = _timely(context, record, leaf.params["scope_days"])
    if origin == "own":
        faults, doubts, days = *as_own, leaf.params["own_days"]
    elif origin == "unknown":
        faults = tuple(fault for fault in as_own[0] if fault in as_other[0])
        doubts = tuple(sorted({*as_own[0], *as_own[1], *as_other[0], *as_other[1]} - set(faults)))
        days = leaf.params["own_days"]
    else:
        faults, doubts, days = *as_other, leaf.params["scope_days"]
    return _Checked(record, origin, _deadline(context, record, days), faults, doubts)


def _origin(context: Context, record: Record) -> Whose:
    """Whose document it is: by the issuer's name, else by the issuer's abbreviation in its number."""
    day = context.period.closes
    if record.row.issuer:
        named = whose(record.row.issuer, context.unit, context.register, day, at_home=True)
        if named != "unknown":
            return named
        numbered = whose_number(record.row.number, context.unit, context.register, day)
        return "own" if numbered == "own" else "unknown"
    numbered = whose_number(record.row.number, context.unit, context.register, day)
    if numbered == "unknown" and not record.legal:
        # No issuer is stated and the number fits the unit: on its own portal that is its own document.
        return "own"
    return "unknown" if numbered == "nobody" else numbered


def _own_standing(context: Context, leaf: Leaf, record: Record) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Faults and doubts of the unit's own record: its fields, its file, its deadline."""
    faults, doubts = _timely(context, record, leaf.params["own_days"])
    required = [*leaf.params["required"], *(leaf.params["required_vbqppl"] if record.legal else ())]
    lacking = tuple(name for name in _FIELDS if name in required and not getattr(record.row, name))
    if record.detail_unread:
        doubts += lacking
    else:
        faults += lacking
    if "file" in required:
        good = _file(context, record)
        faults += ("file",) if good is False else ()
        doubts += ("file",) if good is None else ()
    return faults, doubts


def _file(context: Context, record: Record) -> bool | None:
    """Whether the record's file downloads; None when that cannot be told."""
    if record.row.file_urls:
        return file_downloads(context.walk, record.row.file_urls)
    return None if record.row.has_file or record.detail_unread else False


def _timely(context: Context, record: Record, days: int | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Late for sure, or perhaps late: the days between which it was posted against the deadline."""
    if days is None or record.row.issued is None:
        return (), ()
    deadline = context.calendar.add_working_days(record.row.issued.date, days)
    if record.last is not None and record.last <= deadline:
        return (), ()
    known = record.bounded_by is not None and record.first is not None
    return (("late",), ()) if known and record.first and record.first > deadline else ((), ("late",))


def _deadline(context: Context, record: Record, days: int | None) -> date | None:
    if days is None or record.row.issued is None:
        return None
    return context.calendar.add_working_days(record.row.issued.date, days)


def _values(
    inside: Sequence[_Checked], maybe: Sequence[_Checked], searchable: bool | None
) -> dict[str, Value]:
    checked = [*inside, *maybe]
    return {
        "records": len(inside),
        "own": sum(one.origin == "own" for one in inside),
        "late": sum("late" in one.faults for one in inside),
        "incomplete": sum(any(fault in _FIELDS for fault in one.faults) for one in inside),
        "no_file": sum("file" in one.faults for one in inside),
        "undetermined": sum(one.ok is None for one in inside) + len(maybe),
        "search": searchable,
        "at_fault": [_fault(one) for one in inside if one.faults][:_MAX_CITED],
        "in_doubt": [_doubt(one) for one in checked if one.ok is None or one in maybe][:_MAX_CITED],
    }


def _fault(one: _Checked) -> str:
    """One record and what is wrong with it, in machine words (number; faults; posted; deadline)."""
    row = one.record.row
    posted = f" {one.record.first}>{one.deadline}" if "late" in one.faults else ""
    return f"{row.number or row.abstract or row.url or '-'}: {', '.join(one.faults)}{posted}"


def _doubt(one: _Checked) -> str:
    row = one.record.row
    what = ", ".join(one.doubts) or "posted"
    return f"{row.number or row.abstract or row.url or '-'}: {what}"


def _evidence(
    context: Context, inside: Iterable[_Checked], maybe: Iterable[_Checked]
) -> tuple[Citation, ...]:
    """Records at fault first, then doubtful ones, then the rest; a bad file with its own exchange."""
    order = {False: 0, None: 1, True: 2}
    cited: dict[Citation, None] = {}
    for one in sorted([*inside, *maybe], key=lambda one: order[one.ok]):
        row = one.record.row
        cited[one.record.source.cite(row.quote or row.number or row.abstract or "")] = None
        if "file" in one.faults:
            cited.update({cite(capture): None for capture in file_captures(context.walk, row.file_urls)})
    return tuple(cited)[:_MAX_CITED]
