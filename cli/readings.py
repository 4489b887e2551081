"""What the readers see on one page, for a person: each value with the words it was read from."""

from __future__ import annotations

from collections.abc import Iterator

from cli.options import Session
from cli.output import answers
from cli.tables import print_pairs
from i18n import Words, mark
from pages.model import PageReading, Stated

NOTHING = "–"

# Names of the contact's and the officer's parts, as their fields are called.
PARTS = {
    "name": mark("full name"),
    "position": mark("position"),
    "workplace": mark("workplace"),
    "address": mark("address"),
    "phone": mark("phone"),
    "fax": mark("fax"),
    "email": mark("e-mail"),
}


def print_reading(session: Session, reading: PageReading) -> None:
    """Everything a reader saw, in the order in which a person would check it."""
    print_pairs(dict(_facts(reading, session.words)))
    console = answers()
    for line in _records(reading):
        console.print(line, markup=False, highlight=False)


def _facts(reading: PageReading, words: Words) -> Iterator[tuple[str, str]]:
    yield words("kind of page"), reading.kind
    yield words("system"), reading.cms
    yield words("title"), reading.title or NOTHING
    yield words("posted"), _stated(reading.posted)
    yield words("paging"), f"{reading.paging} {reading.next.url if reading.next else ''}".strip()
    yield words("print control"), reading.print_control or NOTHING
    yield words("save control"), reading.save_control or NOTHING
    yield words("site search"), f"{reading.search.kind} {reading.search.quote}".strip()
    yield words("document search"), words("yes") if reading.document_search else words("no")
    yield words("contact"), _parts(reading.contact, words)
    yield words("contact officer"), _parts(reading.officer, words)
    yield (
        words("not the page itself"),
        f"{reading.wall.kind} ← {reading.wall.quote}" if reading.wall else NOTHING,
    )


def _parts(owner: object, words: Words) -> str:
    found = {name: getattr(owner, name, None) for name in PARTS}
    return "; ".join(f"{words(PARTS[name])}: {value}" for name, value in found.items() if value) or NOTHING


def _stated(stated: Stated | None) -> str:
    if stated is None:
        return NOTHING
    at = f" {stated.time:%H:%M}" if stated.time else ""
    return f"{stated.date}{at} ← {stated.quote}"


def _records(reading: PageReading) -> Iterator[str]:
    for item in reading.items:
        yield f"• {item.title}\n    {_stated(item.posted)}\n    {item.url}"
    for row in reading.documents:
        issued = row.issued.date if row.issued else NOTHING
        files = ", ".join(row.file_urls) or ("✓" if row.has_file else NOTHING)
        yield f"§ {row.number or NOTHING} | {issued} | {row.abstract or NOTHING}\n    {files}"
    for question in reading.questions:
        asked, answered = _stated(question.asked), _stated(question.answered)
        yield f"? {question.subject or NOTHING}\n    {asked} → {answered}  {question.addressee or NOTHING}"
    for span in reading.schedule:
        yield f"# {span.first} – {span.last} ← {span.quote}"
    for key, pairs in reading.sections.items():
        for label, url in pairs:
            yield f"[{key}] {label}\n    {url}"
    for note in reading.notes:
        yield f"! {note}"
