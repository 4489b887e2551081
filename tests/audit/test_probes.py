"""Search probes and required links."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pages.model import Item, Link, PageReading, SearchForm
from rubric.model import Register, Unit
from tests.audit.build import HOME, PROVINCE, SO, SYT, XA, Portal, item, judge_leaf, wall

WANTED = item("Hội nghị tổng kết công tác chuyển đổi số năm 2026", url="http://so.test/bai/7")
OTHER = item("Tin khác", url="http://so.test/bai/8")
FACTS = {
    "phrase": "tổng kết công tác chuyển đổi số",
    "expect_url": WANTED.url or "",
    "expect_title": WANTED.title,
}


def results(*items: Item, frame: tuple[Link, ...] = ()) -> PageReading:
    links = frame + tuple(Link(one.title, one.url or "") for one in items)
    return PageReading(kind="search_results", items=tuple(items), links=links)


def probed(positive: PageReading, nonsense: PageReading) -> Portal:
    portal = Portal().section("search", positive, facts={"probe": "positive", **FACTS})
    return portal.section("search", nonsense, facts={"probe": "nonsense", "phrase": "zxqv"})


FRAME = (Link("Tin mới", "http://so.test/bai/7"),)


@pytest.mark.parametrize(
    ("positive", "nonsense", "level", "code"),
    [
        (results(WANTED), results(), "yes", "search.works"),
        (results(WANTED, OTHER), wall("empty"), "yes", "search.works"),
        (results(OTHER), results(), "no", "search.misses"),
        (results(), results(), "no", "search.misses"),
        (wall("error_body"), wall("error_body"), "no", "search.misses"),
        (results(WANTED), results(WANTED), "no", "search.finds_nonsense"),
        (results(WANTED), results(item("Bịa", url="http://so.test/bai/9")), "no", "search.finds_nonsense"),
        (results(frame=FRAME), results(frame=FRAME), "no", "search.misses"),
        (results(item("Khác", url="http://so.test/bai/1"), frame=FRAME), results(), "yes", "search.works"),
    ],
)
def test_probes(positive: PageReading, nonsense: PageReading, level: str, code: str) -> None:
    finding = judge_leaf("PL1.12.1", probed(positive, nonsense))
    assert (finding.level, finding.reason_code) == (level, code)
    assert len({citation.url for citation in finding.evidence}) == 2, "both captures are the evidence"


def test_the_item_under_another_address_is_known_by_its_title() -> None:
    again = replace(WANTED, url="http://so.test/-/details/7?redirect=x")
    cut = replace(again, title="Hội nghị tổng kết công tác chuyển…")
    assert judge_leaf("PL1.12.1", probed(results(again), results())).level == "yes"
    assert judge_leaf("PL1.12.1", probed(results(cut), results())).level == "yes"
    assert judge_leaf("PL1.12.1", probed(results(replace(again, title="Hội nghị…")), results())).level == "no"


def test_a_probe_that_failed_says_nothing() -> None:
    portal = Portal().section("search", results(WANTED), facts={"probe": "positive", **FACTS})
    portal.section("search", wall("bot_wall"), facts={"probe": "nonsense"})
    finding = judge_leaf("PL1.12.1", portal)
    assert (finding.level, finding.reason_code, finding.values["why"]) == (None, "search.unseen", "bot_wall")


@pytest.mark.parametrize(
    ("kind", "level", "code"),
    [
        ("script_only", None, "search.script_only"),
        ("form", None, "search.not_probed"),
        ("none", "no", "search.none"),
    ],
)
def test_without_probes(kind: str, level: str | None, code: str) -> None:
    finding = judge_leaf("PL1.12.1", Portal(replace(HOME, search=SearchForm(kind))))  # type: ignore[arg-type]
    assert (finding.level, finding.reason_code) == (level, code)


def test_no_search_on_a_home_page_that_was_not_seen_is_open() -> None:
    assert judge_leaf("PL1.12.1", Portal(home=None).broken("home").section("news")).level is None


GOVERNMENT = Link("Chính phủ", "https://www.chinhphu.vn/")
TINH = Link("Cổng tỉnh", "http://tinh.test/")


def linking(*links: Link) -> Portal:
    return Portal(replace(HOME, links=links))


def departments(count: int, attested: int) -> Register:
    others = [
        Unit(
            f"so{n}",
            f"Sở {n}",
            "department",
            f"http://so{n}.test/",
            host_status="attested" if n < attested else "guessed",
        )
        for n in range(count)
    ]
    return Register((PROVINCE, SO, *others))


def to(*numbers: int) -> list[Link]:
    return [Link(f"Sở {n}", f"https://www.so{n}.test/trang-chu") for n in numbers]


@pytest.mark.parametrize(("linked", "level"), [(10, "yes"), (9, "yes"), (8, "no"), (0, "no")])
def test_nine_tenths_of_the_other_departments(linked: int, level: str) -> None:
    portal = linking(GOVERNMENT, TINH, *to(*range(linked)))
    finding = judge_leaf("PL1.12.2", portal, register=departments(10, 10))
    assert (finding.level, finding.values["linked"]) == (level, linked + 2)


def test_the_unit_itself_is_not_required_and_guessed_addresses_are_not() -> None:
    finding = judge_leaf("PL1.12.2", linking(GOVERNMENT, TINH, *to(0, 1)), register=departments(4, 2))
    assert finding.level == "yes"


def test_a_group_with_fewer_than_half_attested_is_open_unless_another_fails() -> None:
    assert (
        judge_leaf("PL1.12.2", linking(GOVERNMENT, TINH), register=departments(4, 1)).reason_code
        == "links.register_unsure"
    )
    finding = judge_leaf("PL1.12.2", linking(TINH), register=departments(4, 1))
    assert (finding.level, finding.values["groups"]) == ("no", ["government"])


def test_an_outdated_address_is_not_the_current_one() -> None:
    old = linking(GOVERNMENT, Link("Cổng tỉnh", "http://tinh-cu.test/"), *to(*range(10)))
    assert judge_leaf("PL1.12.2", old, register=departments(10, 10)).level == "no"


def test_a_portal_below_a_path_is_not_its_host() -> None:
    below = Unit("snv", "Sở Nội vụ", "department", "http://tinh.test/web/snv/")
    register = Register((PROVINCE, SO, below))
    only_below = linking(GOVERNMENT, Link("Sở Nội vụ", "http://tinh.test/web/snv"))
    assert judge_leaf("PL1.12.2", only_below, register=register).level == "no", "the province is missing"
    both = linking(GOVERNMENT, TINH, Link("Sở Nội vụ", "http://tinh.test/web/snv/trang-chu"))
    assert judge_leaf("PL1.12.2", both, register=register).level == "yes"
    near = linking(GOVERNMENT, TINH, Link("Sở Nội vụ", "http://tinh.test/web/snv2"))
    assert judge_leaf("PL1.12.2", near, register=register).level == "no"


def test_home_page_not_seen() -> None:
    assert judge_leaf("PL1.12.2", Portal(home=None).broken("home")).reason_code == "links.unseen"
    assert judge_leaf("PL1.12.2", Portal(home=wall("bot_wall"))).level is None


def test_ports_tell_portals_apart() -> None:
    register = Register((replace(PROVINCE, url="http://127.0.20.1:8700/"), SO))
    assert (
        judge_leaf(
            "PL1.12.2", linking(GOVERNMENT, Link("Tỉnh", "http://127.0.20.1:8700/")), register=register
        ).level
        == "yes"
    )
    assert (
        judge_leaf(
            "PL1.12.2", linking(GOVERNMENT, Link("Tỉnh", "http://127.0.20.1/")), register=register
        ).level
        == "no"
    )


def test_communes_link_to_departments_and_communes() -> None:
    links = (
        TINH,
        Link("Sở", "http://so.test/"),
        Link("Y tế", "http://syt.test/"),
        Link("P", "http://phuong.test/"),
    )
    assert judge_leaf("PL2.11.2", linking(*links), unit=XA).level == "yes"
    assert judge_leaf("PL2.11.2", linking(*links[:-1]), unit=XA).values["groups"] == ["communes"]
    assert SYT.host_status == "attested"
