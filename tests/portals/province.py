"""The province's own portal: leaders' news that every portal copies, and the petitions to all units."""

from __future__ import annotations

import random

from tests.portals import words
from tests.portals.content import Office, Para, Portal, Post, Question, Section, UnitInfo
from tests.portals.posts import Ids, PostMaker


def province_portal(
    unit: UnitInfo, direction: list[Post], petitions: list[Question], ids: Ids, seed: int
) -> Portal:
    """It is not scored, but other units' petitions and syndicated items are read from it."""
    posts = PostMaker("tỉnh Bắc Ninh", random.Random(f"{seed}/province"), ids)
    news = posts.inside(9, words.NEWS) + posts.outside(words.NEWS, 8)
    sections = [
        Section("overview", "Giới thiệu", "gioi-thieu", kind="page", blocks=(Para(words.FILLER),)),
        Section("news", "Tin tức - Sự kiện", "tin-tuc-su-kien", posts=news),
        Section("direction", "Thông tin chỉ đạo, điều hành", "chi-dao-dieu-hanh", posts=list(direction)),
        Section(
            "petitions",
            "Phản ánh, kiến nghị",
            "phan-anh-kien-nghi",
            kind="questions",
            questions=petitions,
            per_page=20,
        ),
        Section("contact", "Liên hệ", "lien-he", kind="page", blocks=(Para("Ban Biên tập Cổng TTĐT tỉnh."),)),
    ]
    office = Office(
        "Số 10, đường Phù Đổng Thiên Vương", "02223.822.492", None, "cttdt@bacninh.gov.vn", True, False
    )
    return Portal(unit, "bacninh", office, sections)
