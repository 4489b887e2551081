"""The evaluation itself: what it counts on a page whose label is known, and what it says without data."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from pages.model import Item, MenuEntry, PageReading, Stated
from tests.evaluate import __main__ as command
from tests.evaluate.compare import compare
from tests.evaluate.dataset import DataMissingError, labelled_pages
from tests.evaluate.tally import Tally, merged

LABEL = {
    "file": "site__list.html",
    "url": "site.vn/tin",
    "cms": "x",
    "kind": "listing",
    "print": True,
    "search": "none",
    "items": [
        {"title": "Một", "posted": "2026-05-01", "url": "a.html"},
        {"title": "Hai", "posted": "2026-05-02", "url": "/b.html"},
        {"title": "Ba", "posted": None, "url": "c.html"},
        {"title": "Không địa chỉ", "posted": None, "url": None},
    ],
    "sections": {
        "news": [["Tin tức", "tin.html"], ["Thông báo", "thong-bao.html"]],
        "links": [["Liên kết", None]],
    },
    "image_only_sections": {"documents": ["van-ban.html"]},
}


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    pages = tmp_path / "real-pages" / "pages"
    pages.mkdir(parents=True)
    (pages / "site__list.html").write_text("<p>Tin</p>", "utf-8")
    (tmp_path / "real-pages" / "labels.jsonl").write_text(json.dumps(LABEL) + "\n", "utf-8")
    (tmp_path / "domain").mkdir()
    rows = "string\texpected(+07)\n22/5/2026\t2026-05-22\ntháng 5\t2026-05\n1 tháng trước\t2026-04-23\n"
    (tmp_path / "domain" / "dates.tsv").write_text(rows, "utf-8")
    monkeypatch.setenv("RASOAT_SHARED", str(tmp_path))
    return tmp_path


def counts(tally: Tally) -> tuple[int, int, int, int, int]:
    return tally.right, tally.absent, tally.missing, tally.wrong, tally.extra


def test_what_is_counted(shared: Path) -> None:
    (page,) = labelled_pages()
    reading = PageReading(
        kind="article",
        items=(
            Item("Một", "http://site.vn/a.html#x", Stated(date(2026, 5, 1))),
            Item("Hai", "http://site.vn/b.html", Stated(date(2026, 5, 3), quote="3/5")),
            Item("Ba", "http://site.vn/c.html", Stated(date(2026, 5, 9))),
            Item("Lạ", "http://site.vn/d.html"),
            Item("không địa chỉ", "http://site.vn/e.html"),
        ),
        menu=(
            MenuEntry("Tin tức", "http://site.vn/tin.html", ("news",)),
            MenuEntry("Văn bản", "http://site.vn/van-ban.html", ("documents",)),
            MenuEntry("Tin khác", "http://site.vn/x.html", ("news",)),
            MenuEntry("Liên hệ", "http://site.vn/lh.html", ("contact",)),
        ),
    )
    tallies = compare(page, reading)
    assert counts(tallies["kind"]) == (0, 0, 0, 1, 0)
    assert counts(tallies["items"]) == (3, 0, 0, 0, 1)
    assert counts(tallies["item dates"]) == (1, 0, 0, 1, 1)
    assert counts(tallies["sections"]) == (1, 0, 0, 0, 1)
    assert counts(tallies["sections unlabelled"]) == (0, 0, 0, 0, 1)
    assert counts(tallies["print"]) == (0, 0, 1, 0, 0)
    assert counts(tallies["search"]) == (1, 0, 0, 0, 0)
    assert tallies["items"].precision == 75.0 and tallies["items"].recall == 100.0
    assert counts(merged([tallies["items"], tallies["items"]])) == (6, 0, 0, 0, 2)


def test_the_command_prints_every_table_and_json(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([]) == 0
    text = capsys.readouterr().out
    assert "by site" in text and "dateparser" in text and "htmldate" in text and "site__list.html" in text
    assert command.main(["--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["pages"] == 1
    assert answer["dates"]["rasoat"]["right"] == 1 and answer["dates"]["rasoat"]["absent"] == 2
    assert answer["measures"]["items"]["missing"] == 3


def test_missing_data_are_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RASOAT_SHARED", str(tmp_path / "nowhere"))
    with pytest.raises(DataMissingError):
        labelled_pages()
    assert command.main([]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
