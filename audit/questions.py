"""Petitions to one unit: from its own section and from the province's, each counted once.

RULEBOOK "Petitions". Who asked is never read; what leaves this module are references and dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from audit.address import canonical
from audit.names import whose
from audit.walk import Seen, Walk
from pages.model import Question
from pages.text import label_key
from rubric.model import Register, Unit


@dataclass(frozen=True, slots=True)
class Petition:
    """One petition. ``ours`` is None when it may be addressed to the unit, but that is not sure.

    ``answered`` is None when the page does not say; ``sources`` are the pages that show it.
    """

    question: Question
    ours: bool | None
    sources: tuple[Seen, ...]
    places: frozenset[str]

    @property
    def asked(self) -> date | None:
        """The day of receipt."""
        return self.question.asked.date if self.question.asked else None

    @property
    def answered_on(self) -> date | None:
        """The day of the answer."""
        return self.question.answered.date if self.question.answered else None

    @property
    def answered(self) -> bool | None:
        """Whether it was answered, None when the page does not say."""
        return True if self.question.answered else self.question.answered_flag

    @property
    def quote(self) -> str:
        """Words on the page that name no person: the dates."""
        asked = self.question.asked
        answered = self.question.answered
        return (answered.quote if answered else "") or (asked.quote if asked else "")


def collect_petitions(
    own: Sequence[tuple[Walk, Seen]],
    province: Sequence[tuple[Walk, Seen]],
    unit: Unit,
    register: Register,
    on: date,
) -> tuple[tuple[Petition, ...], int]:
    """The unit's petitions, oldest first, and how many on the province's portal name no office.

    On the unit's own pages everything is the unit's unless it surely names another; on the province's
    only what names the unit.
    """
    at_home = _distinct(_petition(walk, seen, q, "own", unit, register, on) for walk, seen, q in _rows(own))
    away = _distinct(
        _petition(walk, seen, q, "province", unit, register, on) for walk, seen, q in _rows(province)
    )
    unaddressed = sum(not petition.question.addressee for petition in away)
    joined = _joined([p for p in at_home if p.ours is not False], [p for p in away if p.ours is not False])
    return tuple(sorted(joined, key=_order)), unaddressed


def _rows(pages: Sequence[tuple[Walk, Seen]]) -> Iterable[tuple[Walk, Seen, Question]]:
    for walk, seen in pages:
        for question in seen.reading.questions:
            yield walk, seen, question


def _petition(
    walk: Walk, seen: Seen, question: Question, place: str, unit: Unit, register: Register, on: date
) -> Petition:
    detail = walk.at(question.url) if question.url else None
    sources: tuple[Seen, ...] = (seen,)
    if detail is not None and detail.position != seen.position and not detail.holds_nothing:
        question = _with_detail(question, detail)
        sources = (seen, detail)
    at_home = place == "own"
    named = whose(question.addressee, unit, register, on, at_home)
    ours = {"own": True, "other": False, "unknown": None, "nobody": at_home}[named]
    if at_home and ours is None:
        ours = True
    return Petition(question, ours, sources, frozenset({place}))


def _with_detail(question: Question, detail: Seen) -> Question:
    """The question completed with what its own page states."""
    others = [other for other in detail.reading.questions if _same(question, other)]
    if not others and len(detail.reading.questions) == 1:
        others = list(detail.reading.questions)
    return _filled(question, others[0]) if len(others) == 1 else question


def _same(first: Question, second: Question) -> bool:
    """True when two rows are one petition: one reference, or one subject asked on one day."""
    if first.ref and second.ref and label_key(first.ref) == label_key(second.ref):
        return True
    return bool(first.subject and second.subject and first.asked and second.asked) and (
        label_key(first.subject or "") == label_key(second.subject or "")
        and first.asked is not None
        and second.asked is not None
        and first.asked.date == second.asked.date
    )


def _filled(first: Question, second: Question) -> Question:
    """What two sights of one petition state together; the earlier answer counts, and any answer does."""
    answers = [one.answered for one in (first, second) if one.answered]
    flags = {first.answered_flag, second.answered_flag}
    return Question(
        ref=first.ref or second.ref,
        url=first.url or second.url,
        subject=first.subject or second.subject,
        addressee=first.addressee or second.addressee,
        asked=first.asked or second.asked,
        answered=min(answers, key=lambda stated: stated.date) if answers else None,
        answered_flag=True if True in flags else (False if False in flags else None),
    )


def _distinct(petitions: Iterable[Petition]) -> list[Petition]:
    """Each petition of one place once: listings of several entries show the same rows."""
    kept: dict[tuple[str, ...], Petition] = {}
    for petition in petitions:
        question = petition.question
        name: tuple[str, ...]
        if question.ref:
            name = ("ref", label_key(question.ref))
        elif question.url:
            name = ("url", canonical(question.url))
        else:
            name = ("words", label_key(question.subject or question.quote), str(petition.asked))
        kept.setdefault(name, petition)
    return list(kept.values())


def _joined(own: list[Petition], away: list[Petition]) -> list[Petition]:
    """Petitions of both places, those shown in both once."""
    joined = list(own)
    free = set(range(len(own)))
    for petition in away:
        twin = next((i for i in sorted(free) if _same(own[i].question, petition.question)), None)
        if twin is None:
            joined.append(petition)
            continue
        free.discard(twin)
        first = joined[twin]
        joined[twin] = replace(
            first,
            question=_filled(first.question, petition.question),
            ours=True,
            sources=first.sources + petition.sources,
            places=first.places | petition.places,
        )
    return joined


def _order(petition: Petition) -> tuple[str, str, str]:
    question = petition.question
    return (str(petition.asked or ""), question.ref or "", question.url or "")
