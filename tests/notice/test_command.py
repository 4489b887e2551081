"""The command: drafts with ranges, a final notice that freezes, errata, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.app import main
from storage.store import open_store
from tests.notice.build import DATA, REGISTER_YAML, UNITS, keep

KHCN, YTE, NOIVU, KEP = UNITS


@pytest.fixture
def place(tmp_path):
    """A folder with a register and results: one unit below 100, one with an open leaf, one complete."""
    (tmp_path / "register.yml").write_text(REGISTER_YAML, encoding="utf-8")
    with open_store(tmp_path / "data") as store:
        keep(store, KHCN, 5)
        keep(store, YTE, 3, {"PL1.2": None})
        keep(store, NOIVU, 7, {"PL1.8": "on_time_50_80"})
        keep(store, KEP, 4)
    return tmp_path


@pytest.fixture
def run(place, capsys):
    """Run ``notice`` here: status, the JSON written, what was said on standard error."""

    def call(*words, command="notice", file="out.json", period="2026-05"):
        target = place / file
        target.unlink(missing_ok=True)
        out = ["-o", str(target)] if command == "notice" else []
        common = [
            "--period",
            period,
            "--register",
            str(place / "register.yml"),
            "--data",
            str(place / "data"),
        ]
        status = main([command, *map(str, words), *out, *common, "--lang", "en"])
        answer = (
            json.loads(target.read_text("utf-8")) if target.suffix == ".json" and target.exists() else None
        )
        return status, answer, capsys.readouterr().err

    return call


def rows(answer, kind="department"):
    (group,) = [group for group in answer["groups"] if group["kind"] == kind]
    return {row["unit"]: row for row in group["rows"]}


def settle(run):
    assert run("soyte", "PL1.2", "at_least_10", "--by", "A", "--reason", "R", command="decide")[0] == 0


def test_a_draft_shows_ranges_and_the_places_they_leave_open(run):
    status, answer, _ = run()
    assert (status, answer["state"]) == (1, "draft")
    found = rows(answer)
    assert (found["soyte"]["low"], found["soyte"]["high"], found["soyte"]["points"]) == (90, 100, None)
    assert [(found[unit]["best"], found[unit]["worst"]) for unit in ("sokhcn", "soyte", "sonoivu")] == [
        (1, 1), (2, 3), (2, 3),
    ]  # fmt: skip
    assert found["soyte"]["rank"] is None
    assert answer["letter"]["mark"]
    assert "Có từ 2 đến 3/4 đơn vị đạt 100 điểm." in " ".join(answer["letter"]["text"])


def test_the_reasons_of_lost_points_are_told(run):
    _, answer, _ = run()
    (lost,) = rows(answer)["sonoivu"]["leaves"]
    assert (lost["leaf"], lost["points"], lost["max"]) == ("PL1.8", 7, 15)
    assert lost["label"] == "Từ 50 % đến dưới 80% PAKN được trả lời đúng hạn"


def test_a_final_notice_refuses_what_is_open(run):
    status, answer, said = run("--final", "--by", "A")
    assert (status, answer) == (2, None)
    assert "soyte PL1.2" in said
    assert run("--published")[0] == 2


@pytest.mark.parametrize(("policy", "points", "column"), [("lowest", 90, "none"), ("highest", 100, "full")])
def test_a_policy_says_how_open_leaves_count(run, policy, points, column):
    before = rows(run()[1])["soyte"][column]
    status, answer, _ = run("--final", "--by", "A", "--unresolved", policy)
    assert status == 0
    row = rows(answer)["soyte"]
    assert (row["points"], row["unresolved"], row[column]) == (points, 0, before + 1)
    assert row["leaves"][0]["assumed"]
    assert "01 chuyên mục không đủ căn cứ" in " ".join(answer["letter"]["text"])


def test_a_final_notice_is_kept_with_its_hash_and_only_once(run, place):
    settle(run)
    status, answer, _ = run("--final", "--by", "A", "--number", "05", "--date", "2026-05-25", "--signer", "B")
    assert (status, answer["state"], answer["unresolved"]) == (0, "final", 0)
    assert answer["letter"]["number"] == "Số: 05/BBT-CTTĐT"
    assert answer["letter"]["place"] == "Bắc Ninh, ngày 25 tháng 5 năm 2026"
    assert [row["rank"] for row in rows(answer).values()] == [1, 2, 3]
    with open_store(place / "data") as store:
        (kept,) = store.publications("2026-05")
    assert (kept.kind, kept.digest) == ("notice", answer["digest"])
    assert run("--final", "--by", "A")[0] == 2


def test_what_was_published_stays_and_differences_are_an_erratum(run, place):
    settle(run)
    first = run("--final", "--by", "A", "--signer", "B")[1]
    assert run("--erratum")[1]["differences"] == []
    with open_store(place / "data") as store:
        keep(store, KHCN, 6, {"PL1.2": "none"})
    status, again, said = run("--published")
    assert (status, again["groups"], again["digest"]) == (0, first["groups"], first["digest"])
    assert again["letter"] == first["letter"]
    assert "3 things differ now" in said
    status, erratum, _ = run("--erratum", "--final", "--by", "A")
    found = [(each["leaf"], each["published"], each["now"]) for each in erratum["differences"]]
    assert status == 0
    assert found == [(None, "100", "90"), (None, "5", "6"), ("PL1.2", "Tin, bài ≥ 10", "Không cập nhật")]
    with open_store(place / "data") as store:
        assert [each.kind for each in store.publications("2026-05")] == ["notice", "erratum"]


def test_a_result_published_without_a_letter_has_one_all_the_same(run):
    settle(run)
    assert run("final", "--by", "A", command="publish")[0] == 0
    status, answer, _ = run("--published")
    assert status == 0
    assert [(unit, row["rank"], row["points"]) for unit, row in rows(answer).items()] == [
        ("sokhcn", 1, 100), ("soyte", 2, 100), ("sonoivu", 3, 92),
    ]  # fmt: skip
    assert run("--erratum")[1]["differences"] == []


def test_the_month_before_is_compared_when_all_its_units_are_stored(run, place):
    assert run()[1]["change"] is None
    with open_store(place / "data") as store:
        for unit in UNITS[:3]:
            keep(store, unit, 2, period="2026-04")
        assert run()[1]["change"] is None
        keep(store, KEP, 2, period="2026-04")
    assert run()[1]["change"] == 5 + 3 + 7 + 4 - 8
    assert run("--previous-items", 20)[1]["change"] == -1


def test_items_nobody_could_count_are_not_zero(run, place):
    with open_store(place / "data") as store:
        keep(store, YTE, 0, {"PL1.2": None}, coverage="none")
        keep(store, KEP, 4, coverage="partial")
    status, _, _ = run(file="out.html")
    page = (place / "out.html").read_text("utf-8")
    assert status == 1
    assert "<td>–</td>" in page
    assert "<td>≥ 4</td>" in page
    assert "ít nhất 16 tin, bài, video" in page


def test_a_unit_never_judged_stops_the_final_notice_unless_left_out(run, place):
    settle(run)
    text = REGISTER_YAML + "  - {id: moi, name: Sở Mới, kind: department, url: 'http://127.0.0.1:9/'}\n"
    (place / "register.yml").write_text(text, encoding="utf-8")
    assert rows(run()[1])["moi"]["high"] == 100
    status, _, said = run("--final", "--by", "A", "--unresolved", "lowest")
    assert status == 2
    assert "moi" in said
    status, answer, _ = run("--final", "--by", "A", "--leave-out", "moi")
    assert (status, answer["units"]) == (0, 4)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--table", DATA / "2026-05.tsv", "--final"], "not stored"),
        (["--published", "--final"], "--published"),
        (["--leave-out", "nowhere"], "nowhere"),
        (["-o", "letter.odt"], "letter.odt"),
        (["-o", "no/such/folder/letter.pdf"], "no/such/folder"),
        (["--date", "2026-02-30"], "2026-02-30"),
        (["--table", DATA / "absent.tsv"], "absent.tsv"),
    ],
)
def test_what_cannot_be_is_one_line_and_status_2(run, words, said):
    status, answer, told = run(*words)
    assert (status, answer) == (2, None)
    assert said in told
    assert len(told.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("department\tA\t21\t20\t0\t0\t5\t100\t100", "add up to 21"),
        ("department\tA\t21\t21\t0\t0\tnhiều\t100\t100", "nhiều"),
        ("department\tA\t21\t21\t0\t0\t5\t100\t101", "101"),
        ("ward\tA\t21\t21\t0\t0\t5\t100\t100", "ward"),
    ],
)
def test_a_wrong_table_names_its_line(run, tmp_path, line, said):
    head = "group\tname\trequired\tfull\tpartial\tnone\titems\tself_score\treviewed_score"
    good = "department\tB\t21\t21\t0\t0\t5\t100\t100"
    (tmp_path / "t.tsv").write_text(f"{head}\n{good}\n{line}\n", encoding="utf-8")
    status, _, told = run("--table", tmp_path / "t.tsv")
    assert status == 2
    assert "t.tsv:3" in told
    assert said in told


def test_every_format_is_written(run, place):
    for ending in ("docx", "xlsx", "pdf", "html", "json"):
        assert run(file=f"n.{ending}")[0] == 1
        assert Path(place / f"n.{ending}").stat().st_size > 2000
    assert not list(place.glob(".*part"))
