"""Which notice is told: the draft, the final one, as it was published, its erratum."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cli import judging
from cli.objecting import check_not_final
from cli.options import Session
from cli.output import notes
from errors import InputError
from i18n import Words
from pipeline import Job
from report.disputes import FINAL
from report.notice.answer import (
    letter_answer,
    notice_answer,
    notice_from,
    notice_of_scores,
    signing_answer,
    signing_from,
)
from report.notice.build import build_notice
from report.notice.erratum import Difference, cells_of, difference_answer, differences
from report.notice.letter import Letter
from report.notice.model import Notice
from report.notice.wording import Signing, erratum_letter, letter_of
from rubric.names import type_on
from storage.records import Publication
from storage.store import Store

ERRATUM = "erratum"

# The letter is an official text: it is Vietnamese whatever language the person's screen speaks.
LETTER_WORDS = Words("vi")


class Unresolved(StrEnum):
    """How a final notice counts leaves that nobody could settle."""

    LOWEST = "lowest"
    HIGHEST = "highest"


@dataclass(frozen=True, slots=True)
class Said:
    """What goes into the files: the letter, its JSON, and whether something in it is open."""

    letter: Letter
    answer: dict[str, Any]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which notice is meant: the job, how open leaves count, units left out, items of the month before."""

    job: Job
    unresolved: Unresolved | None
    left_out: tuple[str, ...]
    previous_items: int | None

    def build(self, store: Store, *, final: bool = False) -> Notice:
        """The notice of what is stored now."""
        return build_notice(
            store,
            self.job.register,
            self.job.period,
            self.job.edition,
            LETTER_WORDS,
            state="final" if final else "draft",
            policy=self.unresolved.value if self.unresolved else None,
            left_out=self.left_out,
            previous_items=self.previous_items,
        )


def letter_said(found: Notice, signing: Signing, digest: str = "", **more: Any) -> Said:
    """A notice with its letter."""
    letter = letter_of(found, signing, digest)
    answer = notice_answer(found) | {"digest": digest or None, **more, "letter": letter_answer(letter)}
    return Said(letter, answer, bool(found.open_rows))


def draft_said(session: Session, store: Store, wanted: Wanted, signing: Signing) -> Said:
    """The draft of what is stored now."""
    found = wanted.build(store)
    check_any(store, wanted, found)
    if final_of(store, wanted.job.period.id):
        notes().print(session.words("The final notice of this period is published; --published shows it."))
    return letter_said(found, signing)


def final_said(session: Session, store: Store, wanted: Wanted, signing: Signing, author: str) -> Said:
    """Publish the final notice and give it."""
    job = wanted.job
    check_not_final(store, job.period.id)
    found = wanted.build(store, final=True)
    check_any(store, wanted, found)
    check_settled(store, wanted, found)
    content = judging.answer_of(session, job, store) | {
        "notice": notice_answer(found),
        "left_out": list(wanted.left_out),
        "signing": signing_answer(signing),
    }
    kept = store.publish(
        period=job.period.id, edition=job.edition.id, kind=FINAL, by=author, content=content, at=job.as_of
    )
    return letter_said(found, signing, kept.digest, by=author)


def check_any(store: Store, wanted: Wanted, found: Notice) -> None:
    """Raise InputError when no unit of the notice was judged."""
    if not any(row.judged for row in found.rows):
        raise InputError("nothing is stored for period {period}", period=wanted.job.period.id)


def check_settled(store: Store, wanted: Wanted, found: Notice) -> None:
    """Raise InputError when objections wait, a unit was not judged, or a leaf is open and nothing says how
    it counts."""
    period = wanted.job.period.id
    waiting = [str(each.id) for each in store.objections(period) if each.answer is None]
    if waiting:
        raise InputError("objections {ids} wait for an answer", ids=", ".join(waiting))
    absent = [row.unit or row.name for row in found.rows if not row.judged]
    if absent:
        raise InputError(
            "nothing is stored for {units}; judge them, or name them with --leave-out",
            units=", ".join(absent),
        )
    unsettled = [f"{row.unit} {note.leaf}" for row in found.rows for note in row.open_leaves]
    if unsettled:
        raise InputError(
            "unresolved: {leaves}; decide them, or say with --unresolved how they count",
            leaves=", ".join(unsettled),
        )


def final_of(store: Store, period: str) -> Publication | None:
    """The published final notice of a period, if there is one."""
    return next((each for each in reversed(store.publications(period)) if each.kind == FINAL), None)


def published_notice(store: Store, wanted: Wanted) -> tuple[Publication, Notice]:
    """What was published; raises InputError when nothing was."""
    job = wanted.job
    kept = final_of(store, job.period.id)
    if kept is None:
        raise InputError("no final notice of period {period} is published", period=job.period.id)
    told = kept.content.get("notice")
    if told is not None:
        return kept, notice_from(told)
    province = job.register.province
    kind = type_on(province, job.period.closes) if province else None
    return kept, notice_of_scores(kept.content, job.edition, kind)


def published_said(session: Session, store: Store, wanted: Wanted, signing: Signing) -> Said:
    """The notice as published; what differs now is told beside it."""
    kept, found = published_notice(store, wanted)
    changed = [difference_answer(each) for each in later(session, store, wanted, kept, found)]
    if changed:
        notes().print(
            session.words("{count} things differ now; --erratum lists them.", count=len(changed)),
            markup=False,
        )
    given = signing_from(kept.content.get("signing", {}), signing)
    return letter_said(found, given, kept.digest, by=kept.author, erratum=changed)


def erratum_said(
    session: Session, store: Store, wanted: Wanted, signing: Signing, author: str | None
) -> Said:
    """What differs from the published notice, as a letter; kept when an author publishes it."""
    kept, found = published_notice(store, wanted)
    changed = later(session, store, wanted, kept, found)
    letter = erratum_letter(found, signing, [cells_of(each) for each in changed], kept.digest)
    told = [difference_answer(each) for each in changed]
    answer = {"period": wanted.job.period.id, "of": kept.digest, "differences": told, "digest": None}
    if author is not None:
        job = wanted.job
        made = store.publish(
            period=job.period.id, edition=kept.edition, kind=ERRATUM, by=author, content=answer, at=job.as_of
        )
        answer["digest"] = made.digest
    return Said(letter, answer | {"letter": letter_answer(letter)})


def later(
    session: Session, store: Store, wanted: Wanted, kept: Publication, found: Notice
) -> tuple[Difference, ...]:
    """Differences between what was published and what is stored now, open leaves counted alike."""
    policy = Unresolved(found.policy) if found.policy else None
    left_out = tuple(kept.content.get("left_out", ()))
    now = Wanted(wanted.job, policy, left_out, wanted.previous_items).build(store)
    scores = judging.answer_of(session, wanted.job, store)
    return differences(found, kept.content, now, scores, wanted.job.edition)
