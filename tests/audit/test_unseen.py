"""Losing pages never turns one verdict into another: it only opens it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from audit.auditors import KINDS
from audit.model import Finding
from pages.model import Contact, Item, Link, MenuEntry, Officer, PageReading, ScheduleRange
from tests.audit.build import EDITION, HOME, Portal, article, context, day, item, listing, question, row, wall

DAYS = st.sampled_from([None, "01/02", "22/04", "23/04", "05/05", "22/05", "23/05"])
TOOLS = "PL1.12.3"
ISSUED = st.sampled_from(
    [
        ("05/05", "06/05"),
        ("05/05", "20/05"),
        ("05/05", None),
        ("01/02", "02/02"),
        ("01/02", "06/05"),
        ("20/04", "22/04"),
    ]
)


@st.composite
def portals(draw: st.DrawFn) -> Portal:
    """A department's portal with a few pages of everything."""
    contact = draw(st.sampled_from([Contact(), Contact("Số 1", "0222", None, None, False)]))
    portal = Portal(
        replace(
            HOME,
            contact=contact,
            links=(Link("DVC", "https://dichvucong.gov.vn/"),) * draw(st.integers(0, 1)),
        )
    )
    if draw(st.booleans()):
        portal.section(
            "sitemap",
            PageReading(kind="sitemap", menu=(MenuEntry("Tin", "http://so.test/tin-tuc", ("news",)),)),
        )
    for section in ("news", "law_guidance", "organisation", "finance_report", "schedule"):
        if draw(st.integers(0, 3)):
            _posts(draw, portal, section)
    if draw(st.integers(0, 3)):
        _documents(draw, portal)
    if draw(st.integers(0, 3)):
        _petitions(draw, portal)
    for section in ("history", "contact", "online_services"):
        officer = Officer(name="A", position=draw(st.sampled_from([None, "B"])))
        page = draw(
            st.sampled_from(
                [wall("placeholder"), article(text="x" * 300), PageReading(kind="contact", officer=officer)]
            )
        )
        portal.section(section, page)
    return portal


def _posts(draw: st.DrawFn, portal: Portal, section: str) -> None:
    pages = []
    for page in range(draw(st.integers(1, 2))):
        items: list[Item] = []
        for n in range(draw(st.integers(0, 3))):
            posted, url = draw(DAYS), f"http://so.test/bai/{section}-{page}-{n}"
            items.append(item(f"{section} {page} {n}", posted, url=url))
            own = draw(DAYS) if posted is None else posted
            weeks = (ScheduleRange(day("18/05"), day("22/05"), "18/05 - 22/05"),) * draw(st.integers(0, 1))
            words = draw(st.sampled_from(["Ngắn", "Cơ cấu tổ chức", "Sở có chức năng tham mưu"]))
            tools = {"print_control": "In", "save_control": draw(st.sampled_from([None, "Lưu"]))}
            portal.page(url, article(own, words, schedule=weeks, **tools), role="article")
        pages.append(listing(*items))
    portal.section(section, *pages)


def _documents(draw: st.DrawFn, portal: Portal) -> None:
    rows = []
    for n in range(draw(st.integers(0, 3))):
        issued, posted = draw(ISSUED)
        whole = row(f"{n}/QĐ-SKHCN", issued, posted, url=f"http://so.test/vb/{n}")
        shown = draw(st.sampled_from([whole, replace(whole, abstract=None), replace(whole, posted=None)]))
        rows.append(shown)
        portal.page(f"vb/{n}", PageReading(kind="document", documents=(whole,)), role="document")
        portal.files(*whole.file_urls)
    portal.section(
        "documents",
        PageReading(kind="document_list", documents=tuple(rows), document_search=draw(st.booleans())),
    )


def _petitions(draw: st.DrawFn, portal: Portal) -> None:
    rows = []
    for n in range(draw(st.integers(0, 3))):
        whole = question(
            "20/04",
            draw(st.sampled_from([None, "05/05", "12/05"])),
            ref=f"r{n}",
            url=f"http://so.test/hoi/{n}",
        )
        rows.append(draw(st.sampled_from([whole, replace(whole, answered=None, answered_flag=None)])))
        portal.page(f"hoi/{n}", PageReading(kind="qa_list", questions=(whole,)), role="petition")
    portal.section("petitions_qa", PageReading(kind="qa_list", questions=tuple(rows)))


def lose(portal: Portal, lost: set[int]) -> Portal:
    """The same portal where some exchanges failed; a list is not read past a page that failed."""
    cut = Portal(home=None)
    cut.readings = portal.readings
    cut.captures = [
        replace(capture, status=None, error="timeout", body=b"") if place in lost else capture
        for place, capture in enumerate(portal.captures)
    ]
    for trail in portal.trails:
        first = next((n for n, place in enumerate(trail.captures) if place in lost), None)
        if first is None:
            cut.trails.append(trail)
        else:
            kept = trail.captures[: first + 1]
            cut.trails.append(replace(trail, captures=kept, state="failed", reason="timeout"))
    return cut


def _lost_a_section(portal: Portal, lost: set[int]) -> bool:
    return any(trail.captures[0] in lost for trail in portal.trails)


def findings(portal: Portal) -> dict[str, Finding]:
    province = Portal(base="http://tinh.test/").section("petitions_qa", PageReading(kind="qa_list"))
    asked = context(portal, province=province)
    return {leaf.id: KINDS[leaf.kind](asked, leaf) for leaf in EDITION.groups["department"].leaves}


@settings(max_examples=150, deadline=None, derandomize=True)
@given(portals(), st.data())
def test_losing_pages_only_opens(portal: Portal, data: st.DataObject) -> None:
    others = range(1, len(portal.captures))  # without its home page everything is open anyway
    lost = data.draw(st.sets(st.sampled_from(others), max_size=12)) if others else set()
    whole, cut = findings(portal), findings(lose(portal, lost))
    for leaf, before in whole.items():
        if leaf == TOOLS and _lost_a_section(portal, lost):
            continue  # its sample does not wait for a section of which nothing was seen
        after = cut[leaf]
        might = {before.level} if before.level else set(before.possible)
        still = {after.level} if after.level else set(after.possible)
        gone = [portal.captures[place].url for place in sorted(lost)]
        assert might <= still, (
            f"{leaf}: {before.reason_code} {might} became {after.reason_code} {still} without {gone}"
        )
