"""Petitions to one unit: from its own section and from the province's, each counted once.

RULEBOOK "Petitions". Who asked is never read; what leaves this module are references and dates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from audit.address import canonical
from audit.names import whose
from audit.walk import Seen, Walk
from pages.model import Question
from pages.text import label_key
from rubric.model import Register, Unit

_CUT = ("…", "...")
_MIN_CUT = 20  # characters of a shortened title that still tell one petition


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
        for question in seen.reading.questions or _behind_posts(walk, seen):
            yield walk, seen, question


def _behind_posts(walk: Walk, seen: Seen) -> Iterable[Question]:
    """Questions of a list that only links to them: each from its own page, unknown where that failed."""
    for item in seen.reading.items:
        detail = walk.at(item.url) if item.url else None
        if detail is not None and detail.position != seen.position and not detail.holds_nothing:
            found = _own(Question(url=item.url, subject=item.title), detail)
            if found is not None:
                yield replace(found, url=item.url, asked=found.asked or item.posted)
        elif item.url and walk.missed(item.url):
            yield Question(url=item.url, subject=item.title, asked=item.posted)


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
    own = _own(question, detail)
    return _filled(question, own) if own is not None else question


def _own(question: Question, detail: Seen) -> Question | None:
    """What the page of ``question`` says of it, not of others it shows; None when that cannot be told."""
    found = detail.reading.questions
    for fitting in (
        [other for other in found if _same(question, other)],
        [other for other in found if _one_subject(question, other) and not _apart(question, other)],
        [other for other in found if other.url and canonical(other.url) in _addresses(question, detail)],
    ):
        if len(fitting) == 1:
            return fitting[0]
    return found[0] if len(found) == 1 and found[0].url is None else None


def _addresses(question: Question, detail: Seen) -> set[str]:
    return {canonical(url) for url in (question.url, detail.capture.url) if url}


def _apart(first: Question, second: Question) -> bool:
    return bool(first.asked and second.asked) and first.asked != second.asked and not _one_day(first, second)


def _one_day(first: Question, second: Question) -> bool:
    return first.asked is not None and second.asked is not None and first.asked.date == second.asked.date


def _one_subject(first: Question, second: Question) -> bool:
    """The same public title; one of them may have been shortened."""
    if not first.subject or not second.subject:
        return False
    keys = sorted((label_key(first.subject), label_key(second.subject)), key=len)
    cut = any(subject.rstrip().endswith(_CUT) for subject in (first.subject, second.subject))
    return keys[0] == keys[1] or (cut and len(keys[0]) >= _MIN_CUT and keys[1].startswith(keys[0]))


def _same(first: Question, second: Question) -> bool:
    """True when two rows are one petition: one reference, or one subject asked on one day; where a title
    is missing, one minute."""
    if first.ref and second.ref and label_key(first.ref) == label_key(second.ref):
        return not _apart(first, second)
    if not _one_day(first, second):
        return False
    if first.subject and second.subject:
        return _one_subject(first, second)
    times = {stated.time for stated in (first.asked, second.asked) if stated is not None}
    return len(times) == 1 and None not in times


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
        quote=first.quote or second.quote,
    )


def _distinct(petitions: Iterable[Petition]) -> list[Petition]:
    """Each petition of one place once: listings of several entries show the same rows. Rows of one page
    that only say the same are several petitions."""
    kept: dict[tuple[str, ...], Petition] = {}
    turns: Counter[tuple[object, ...]] = Counter()
    for petition in petitions:
        question = petition.question
        name: tuple[str, ...]
        if question.ref:
            name = ("ref", label_key(question.ref))
        elif question.url:
            name = ("url", canonical(question.url))
        else:
            words = ("words", label_key(question.subject or question.quote), str(petition.asked))
            turn = (petition.sources[0].position, *words)
            turns[turn] += 1
            name = (*words, str(turns[turn]))
        first = kept.get(name)
        kept[name] = petition if first is None else _twice(first, petition)
    return list(kept.values())


def _twice(first: Petition, second: Petition) -> Petition:
    """One petition that two pages show: what both state together."""
    ours = first.ours if first.ours is not None else second.ours
    sources = tuple({seen.position: seen for seen in (*first.sources, *second.sources)}.values())
    return replace(first, question=_filled(first.question, second.question), ours=ours, sources=sources)


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
