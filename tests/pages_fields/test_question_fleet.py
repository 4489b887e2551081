"""Question pages of every skin of the fleet: all that is public reads right, nobody's name does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qsl, urlsplit

import pytest

from pages import read
from pages.capture import Capture
from pages.model import Question, Stated
from tests.portals.content import Question as Truth
from tests.portals.content import Section
from tests.portals.model import World, build
from tests.portals.skins import SKINS, dress
from tests.portals.skins.base import Ask, Skin

NOW = datetime(2026, 5, 23, 10, tzinfo=timezone(timedelta(hours=7)))
DETAILS = 12
# What a skin's lists leave to the pages of the single questions.
LATER = {"wordpress": ("answered", "flag")}


@pytest.fixture(scope="module")
def world() -> World:
    return build()


@pytest.mark.parametrize("skin", sorted(SKINS))
def test_lists_and_single_pages(world: World, skin: str) -> None:
    secrets = {text for _, s in sections(world) for q in s.questions for text in (q.person, q.phone, q.home)}
    pages = 0
    for dressed, section in sections(world):
        if dressed.portal.skin != skin or section.state != "ok" or dressed.portal.fault != "none":
            continue
        for url, rows, alone in shown(dressed, section):
            found = seen(dressed, url)
            said = str([asdict(question) for question in found])
            assert not [secret for secret in secrets if secret in said], url
            left = () if alone else LATER.get(skin, ())
            assert [told(q, left) for q in found] == [true(row, left) for row in rows], url
            pages += 1
    assert pages


def sections(world: World) -> Iterator[tuple[Skin, Section]]:
    for portal in world.portals.values():
        dressed = dress(portal)
        for section in portal.walk():
            if section.kind == "questions" and section.questions:
                yield dressed, section


def shown(skin: Skin, section: Section) -> Iterator[tuple[str, list[Truth], bool]]:
    """Every page of the list, and the pages of the first questions."""
    size = section.per_page
    for at in range(0, len(section.questions), size):
        first = skin.section_path(section)
        url = skin.page_url(section, at // size + 1) if at else first
        yield url, section.questions[at : at + size], False
    for row in section.questions[:DETAILS]:
        yield skin.question_path(section, row), [row], True


def seen(skin: Skin, url: str) -> tuple[Question, ...]:
    parts = urlsplit(url)
    path = parts.path.removeprefix(skin.prefix)
    reply = skin.reply(Ask(path, dict(parse_qsl(parts.query))))
    where = skin.absolute(path) + (f"?{parts.query}" if parts.query else "")
    headers = (("content-type", reply.kind),)
    capture = Capture("x", where, NOW, NOW, reply.status, headers=headers, body=reply.body)
    return read(capture).questions


def told(question: Question, left: tuple[str, ...]) -> dict[str, object]:
    values = {
        "asked": day(question.asked),
        "answered": day(question.answered),
        "flag": question.answered_flag,
    }
    return {name: value for name, value in values.items() if name not in left} | {"subject": question.subject}


def true(row: Truth, left: tuple[str, ...]) -> dict[str, object]:
    answered = row.answered.date() if row.answered else None
    values = {"asked": row.asked.date(), "answered": answered, "flag": row.answered is not None}
    return {name: value for name, value in values.items() if name not in left} | {"subject": row.subject}


def day(stated: Stated | None) -> object:
    return stated.date if stated else None
