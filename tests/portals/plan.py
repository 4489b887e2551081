"""Which case each unit of the fleet shows for each criterion: drawn once, from a seed.

A *case* names a way in which content comes about (``late``, ``placeholder`` …); beside it stands the
place of the level it is meant to give, counted from the best (0), None for unresolved. The meaning
is only an intention: the truth is computed from the content, and a test compares the two.
"""

from __future__ import annotations

import random

from tests.portals.content import Kind

Case = tuple[str, int | None]

_NOTHING: tuple[Case, ...] = (
    ("missing", 1),
    ("placeholder", 1),
    ("soft404", 1),
    ("login", 1),
    ("empty", 1),
    ("error", None),
)
_PRESENCE: tuple[Case, ...] = (("posts", 0), ("page", 0), ("flaky", 0), ("unlisted", 0), *_NOTHING)
_PETITIONS: tuple[Case, ...] = (
    ("on_time", 0),
    ("none_due", 0),
    ("no_own", 0),
    ("own_login", 0),
    ("five_of_six", 1),
    ("four_of_five", 1),
    ("half", 2),
    ("three_of_four", 2),
    ("one_of_three", 3),
    ("all_late", 3),
    ("unanswered", 4),
    ("error", None),
)
_SEARCH: tuple[Case, ...] = (
    ("get", 0),
    ("post", 0),
    ("none", 1),
    ("dead", 1),
    ("everything", 1),
    ("script", None),
)
_TOOLS: tuple[Case, ...] = (("both", 0), ("no_save", 1), ("no_print", 1), ("one_bare", 1))
_ACCESS: tuple[Case, ...] = (("all", 0), ("some", 1), ("missing", 2), ("placeholder", 2), ("error", None))
_PARTS: tuple[Case, ...] = (
    ("all", 0),
    ("one_page", 0),
    ("some", 1),
    ("missing", 2),
    ("placeholder", 2),
    ("error", None),
)
_CONTACT: tuple[Case, ...] = (("footer", 0), ("page", 0), ("part", 1), ("private_mail", 1), ("none", 2))
_OFFICER: tuple[Case, ...] = (("all", 0), ("some", 1), ("none", 2))
_PROCEDURES: tuple[Case, ...] = (("list", 0), ("national", 0), *_NOTHING[:3])
_SERVICES: tuple[Case, ...] = (("menu", 0), ("page", 0), ("banner", 0), ("missing", 1), ("outdated", 1))
_FINANCE: tuple[Case, ...] = (("posts", 0), ("recent_year", 0), ("stale", 1), *_NOTHING)
_SCHEDULE: tuple[Case, ...] = (
    ("weeks", 0),
    ("table", 0),
    ("edge_week", 0),
    ("old_weeks", 1),
    ("next_weeks", 1),
    *_NOTHING[:2],
)
_DOCUMENTS: tuple[Case, ...] = (
    ("full", 0),
    ("full_holidays", 0),
    ("full_others_late", 0),
    ("late", 1),
    ("no_file", 1),
    ("file_gone", 1),
    ("file_is_page", 1),
    ("no_search", 1),
    ("no_issuer", 1),
    ("old_only", 2),
    ("missing", 2),
    ("placeholder", 2),
    ("unposted", None),
    ("error", None),
)
_NO_NEWS: tuple[Case, ...] = (
    ("old_only", 3),
    ("missing", 3),
    ("placeholder", 3),
    ("soft404", 3),
    ("error", None),
)

DEPARTMENT: dict[str, tuple[str, tuple[Case, ...]]] = {
    "organisation": ("PL1.1.1", _PARTS),
    "history": ("PL1.1.2", (*_PRESENCE, ("short", 1))),
    "contact": ("PL1.1.3", _CONTACT),
    "officer": ("PL1.1.4", _OFFICER),
    "news": ("PL1.2", (("10", 0), ("12", 0), ("23", 0), ("9", 1), ("5", 1), ("4", 2), ("1", 2), *_NO_NEWS)),
    "documents": (
        "PL1.3",
        (*(case for case in _DOCUMENTS if case[0] != "full_others_late"), ("others_late", 1)),
    ),
    "procedures": ("PL1.4.1", _PROCEDURES),
    "services": ("PL1.4.2", _SERVICES),
    "law": ("PL1.5", (("5", 0), ("7", 0), ("4", 1), ("2", 1), ("1", 2), *_NO_NEWS)),
    "strategy": ("PL1.6.1", _PRESENCE),
    "projects": ("PL1.6.2", _PRESENCE),
    "finance": ("PL1.7.1", _FINANCE),
    "statistics": ("PL1.7.2", _PRESENCE),
    "petitions": ("PL1.8", _PETITIONS),
    "drafts": ("PL1.9", _PRESENCE),
    "schedule": ("PL1.10", _SCHEDULE),
    "rewards": ("PL1.11", _PRESENCE),
    "search": ("PL1.12.1", _SEARCH),
    "links": (
        "PL1.12.2",
        (("all", 0), ("no_province", 1), ("no_government", 1), ("few", 1), ("outdated", 1)),
    ),
    "tools": ("PL1.12.3", _TOOLS),
    "access": ("PL1.13", _ACCESS),
}

COMMUNE: dict[str, tuple[str, tuple[Case, ...]]] = {
    "organisation": ("PL2.1.1", _PARTS),
    "contact": ("PL2.1.2", _CONTACT),
    "officer": ("PL2.1.3", _OFFICER),
    "culture": ("PL2.1.4", (*_PRESENCE, ("short", 1))),
    "news": ("PL2.2", (("5", 0), ("8", 0), ("14", 0), ("4", 1), ("2", 1), ("1", 2), *_NO_NEWS)),
    "radio": (
        "PL2.3",
        (("1", 0), ("3", 0), *((case, 1 if place else place) for case, place in _NO_NEWS), ("refused", None)),
    ),
    "documents": ("PL2.4", _DOCUMENTS),
    "procedures": ("PL2.5.1", _PROCEDURES),
    "services": ("PL2.5.2", _SERVICES),
    "law": (
        "PL2.6",
        (
            ("3", 0),
            ("6", 0),
            ("2", 1),
            ("1", 1),
            *((case, 2 if place else place) for case, place in _NO_NEWS),
        ),
    ),
    "finance": ("PL2.7.1", _FINANCE),
    "statistics": ("PL2.7.2", _PRESENCE),
    "plans": ("PL2.8", _PRESENCE),
    "petitions": ("PL2.9", _PETITIONS),
    "schedule": ("PL2.10", _SCHEDULE),
    "search": ("PL2.11.1", _SEARCH),
    "links": (
        "PL2.11.2",
        (("all", 0), ("no_province", 1), ("few_departments", 1), ("few", 1), ("outdated", 1)),
    ),
    "tools": ("PL2.12", _TOOLS),
    "access": ("PL2.13", _ACCESS),
}


def criteria(kind: Kind) -> dict[str, tuple[str, tuple[Case, ...]]]:
    """Topic → (leaf, its cases) for a kind of unit; nothing for the province, which is not scored."""
    return {"department": DEPARTMENT, "commune": COMMUNE}.get(kind, {})


def draw(kind: Kind, unit_ids: list[str], seed: int) -> dict[str, dict[str, Case]]:
    """A case for each unit and topic: every case once if there are units enough, mostly good ones else."""
    plans: dict[str, dict[str, Case]] = {unit_id: {} for unit_id in unit_ids}
    for topic, (_, cases) in criteria(kind).items():
        rng = random.Random(f"{seed}/{kind}/{topic}")
        order = rng.sample(unit_ids, len(unit_ids))
        good = [case for case in cases if case[1] == 0]
        for place, unit_id in enumerate(order):
            plans[unit_id][topic] = cases[place] if place < len(cases) else rng.choice(good)
    return plans


def flawless(kind: Kind) -> dict[str, Case]:
    """The first, best case of every topic."""
    return {topic: cases[0] for topic, (_, cases) in criteria(kind).items()}
