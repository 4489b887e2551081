"""Document registers and petitions: what was issued, posted, asked and answered, and when."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from tests.portals import words
from tests.portals.content import Document, Question, UnitInfo
from tests.portals.days import AS_OF, CLOSES, OPENS, after, is_working
from tests.portals.posts import Ids

LIMIT = 10
_TYPES = (("Quyết định", "QĐ"), ("Kế hoạch", "KH"), ("Thông báo", "TB"), ("Báo cáo", "BC"))


class DocumentMaker:
    """Documents of one unit."""

    def __init__(self, unit: UnitInfo, rng: random.Random, ids: Ids) -> None:
        self.unit = unit
        self._rng = rng
        self._ids = ids
        self._number = rng.randint(40, 300)

    def register(self, case: str) -> list[Document]:
        """The rows of one case, newest first."""
        rows = self._before_period()
        if case != "old_only":
            rows += self._in_period(case)
        if case == "unposted":
            rows = [replace(row, posted=None) for row in rows]
        return sorted(rows, key=lambda row: (row.posted or row.issued, row.id), reverse=True)

    def _in_period(self, case: str) -> list[Document]:
        own = [self._own(date(2026, 5, 5), 1), self._own(date(2026, 5, 12), 2)]
        if case == "full_holidays":
            # Friday 24/4, then Monday 27/4 off: posted on Wednesday 29/4, the second working day.
            own.append(self._own(date(2026, 4, 24), 2))
        if case in ("late", "others_late", "full_others_late"):
            late = self._late() if case == "late" else self._others(date(2026, 4, 24), 9)
            own.append(late)
        if case == "full":
            own.append(self._others(date(2026, 4, 24), 7))
        broken = {"no_file": "none", "file_gone": "missing", "file_is_page": "html"}.get(case)
        if broken:
            own[0] = replace(own[0], file=broken)  # type: ignore[arg-type]
        return own

    def _late(self) -> Document:
        """Issued on 24/4: the days off around 30/4 leave it one working day too late."""
        return self._own(date(2026, 4, 24), 4 if self.unit.kind == "commune" else 3)

    def _before_period(self) -> list[Document]:
        day, rows = date(2026, 4, 14), []
        for _ in range(self._rng.randint(4, 14)):
            rows.append(self._own(day, 1))
            day -= timedelta(days=self._rng.randint(5, 20))
            while not is_working(day):
                day -= timedelta(days=1)
        return rows

    def _own(self, issued: date, days: int) -> Document:
        self._number += 1
        kind, mark = self._rng.choice(_TYPES)
        topic = self._rng.choice(words.TOPICS)
        return Document(
            self._ids.next(),
            f"{self._number}/{mark}-{self.unit.abbreviation}",
            kind,
            self.unit.name,
            issued,
            f"{kind} về công tác {topic} năm {issued.year}",
            after(issued, days),
        )

    def _others(self, issued: date, days: int) -> Document:
        """A normative document of the province, in force ten days later."""
        number = f"{self._rng.randint(10, 60)}/2026/QĐ-UBND"
        topic = self._rng.choice(words.TOPICS)
        return Document(
            self._ids.next(),
            number,
            "Quyết định",
            "UBND tỉnh Bắc Ninh",
            issued,
            f"Ban hành Quy định về {topic} trên địa bàn tỉnh",
            after(issued, days),
            effective=issued + timedelta(days=10),
            own=False,
            normative=True,
        )


# Outcomes of due petitions: o = on time, l = late, n = not answered.
_DUE = {
    "on_time": "ooo",
    "no_own": "oo",
    "own_login": "o",
    "none_due": "",
    "five_of_six": "ooooon",
    "four_of_five": "ooool",
    "half": "on",
    "three_of_four": "oool",
    "one_of_three": "onn",
    "all_late": "ll",
    "unanswered": "nn",
    "error": "oo",
}


class PetitionMaker:
    """Petitions to one unit."""

    def __init__(self, unit: UnitInfo, rng: random.Random, ids: Ids) -> None:
        self.unit = unit
        self._rng = rng
        self._ids = ids
        self._subjects = [f"{subject} ({place})" for subject in words.SUBJECTS for place in words.PLACES]
        rng.shuffle(self._subjects)

    def petitions(self, case: str) -> list[Question]:
        """Due ones as the case wants them, among others whose limit lies outside the period."""
        due = [self._with_limit(outcome) for outcome in _DUE[case]]
        # Limit on 22/4: belongs to the period before, whatever became of it.
        before = [self._asked(date(2026, 4, 8), None), self._asked(date(2026, 3, 2), 3)]
        # Limit on 25/5: not due yet, answered or not.
        not_yet = [self._asked(date(2026, 5, 11), None), self._asked(date(2026, 5, 12), 2)]
        return due + before + not_yet

    def _with_limit(self, outcome: str) -> Question:
        asked = self._rng.choice(
            [day for day in _receipt_days() if outcome != "l" or after(day, LIMIT + 3) < AS_OF]
        )
        days = {"o": self._rng.choice((2, 6, LIMIT)), "l": LIMIT + 1, "n": None}[outcome]
        return self._asked(asked, days)

    def _asked(self, asked: date, answered_after: int | None) -> Question:
        answered = None
        if answered_after is not None:
            answered = datetime.combine(after(asked, answered_after), time(15, self._rng.randint(0, 59)))
        subject = self._subjects.pop()
        return Question(
            self._ids.next(),
            subject,
            f"{subject}. Kính mong cơ quan có thẩm quyền xem xét, trả lời để nhân dân được biết.",
            self.unit.id,
            self._rng.choice((self.unit.name, *self.unit.aliases)),
            datetime.combine(asked, time(self._rng.randint(7, 16), self._rng.randint(0, 59))),
            answered,
            " ".join(self._rng.choice(part) for part in (words.FAMILY, words.MIDDLE, words.GIVEN)),
            f"09{self._rng.randint(10_000_000, 99_999_999)}",
            f"Số nhà {self._rng.randint(101, 999)}, ngõ {self._rng.randint(11, 99)}, khu Đồng Thử",
        )


def _receipt_days() -> list[date]:
    """Days of receipt whose limit falls inside the period, its first and last day among them."""
    days = [OPENS - timedelta(days=n) for n in range(-30, 31)]
    return sorted(day for day in days if OPENS <= after(day, LIMIT) <= CLOSES)
