"""Self-assessment: the template as units get it, intake as they send it back, the differences."""

from __future__ import annotations

import json
import zipfile
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from cli.app import main
from report.selfscore.form import place
from storage.people import WHOLE
from storage.store import open_store
from tests.notice.build import EDITION, UNITS, keep

KHCN, YTE, NOIVU, KEP = UNITS
SHEET, LISTS = "Tự đánh giá", "Mức"
FIRST = 8  # the first unit's line, as Excel counts
LEAVES = EDITION.groups["department"].leaves
REGISTER = """units:
  - {id: sokhcn, name: Sở Khoa học và Công nghệ, kind: department, url: 'http://127.0.0.1:1/',
     aliases: [Sở KHCN]}
  - {id: soyte, name: Sở Y tế, kind: department, url: 'http://127.0.0.1:2/'}
  - {id: kep, name: UBND phường Kép, kind: commune, url: 'http://127.0.0.1:4/',
     types: [{type: thị trấn, until: 2025-06-30}, {type: xã, from: 2025-07-01, until: 2026-03-31},
             {type: phường, from: 2026-04-01}]}
"""


@pytest.fixture
def run(tmp_path, capsys):
    """Run ``selfscore`` here: status, JSON answer, standard error."""
    (tmp_path / "register.yml").write_text(REGISTER, encoding="utf-8")

    def call(*words):
        common = ["--period", "2026-05", "--register", str(tmp_path / "register.yml")]
        status = main(["selfscore", *map(str, words), *common, "--data", str(tmp_path / "data"), "--json",
                       "--lang", "en"])  # fmt: skip
        said = capsys.readouterr()
        return status, json.loads(said.out) if said.out else None, said.err

    return call


@pytest.fixture
def templates(run, tmp_path):
    """The two empty workbooks: departments, communes."""
    status, answer, _ = run("template", "-o", tmp_path / "out")
    assert status == 0
    return answer["files"]


@pytest.fixture
def filled(templates, tmp_path):
    """A workbook with the first department's line full, changed by ``change``, saved; its path."""

    def make(change=lambda sheet: None, group=0):
        book = load_workbook(templates[group])
        sheet, lists = book[SHEET], book[LISTS]
        for column in range(1, lists.max_column + 1):
            sheet.cell(FIRST, column + 2).value = lists.cell(2, column).value
        change(sheet)
        path = tmp_path / "filled.xlsx"
        book.save(path)
        return path

    return make


def stored(tmp_path):
    with open_store(tmp_path / "data") as store:
        return store.self_scores("2026-05")


def test_the_template_has_a_line_for_each_unit_and_a_drop_down_for_each_leaf(templates):
    sheet = load_workbook(templates[0])[SHEET]
    assert [sheet.cell(FIRST + n, 1).value for n in range(3)] == ["sokhcn", "soyte", None]
    assert [sheet.cell(6, 3 + n).value for n in range(21)] == [leaf.id for leaf in LEAVES]
    assert sheet["B2"].value == "2026-05"
    checks = {str(check.sqref): check for check in sheet.data_validations.dataValidation}
    assert len(checks) == 2 * 21
    assert all(check.type == "list" for check in checks.values())
    lists = load_workbook(templates[0])[LISTS]
    first = checks["C8"].formula1.partition("!")[2].replace("$", "")
    assert [cell.value for (cell,) in lists[first]] == [
        "3 điểm: Cập nhật đầy đủ", "2 điểm: Cập nhật không đầy đủ", "0 điểm: Không cập nhật",
    ]  # fmt: skip


def test_only_the_answers_can_be_written(templates):
    book = load_workbook(templates[0])
    sheet = book[SHEET]
    assert sheet.protection.sheet
    assert book[LISTS].protection.sheet
    assert not sheet["C8"].protection.locked
    assert all(sheet[cell].protection.locked for cell in ("A8", "B8", "B2", "C6", "A20"))
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def test_the_template_names_units_as_they_are_called_in_the_period(templates):
    assert load_workbook(templates[1])[SHEET].cell(FIRST, 2).value == "UBND phường Kép"


def test_a_filled_sheet_is_stored_leaf_by_leaf_and_in_all(run, filled, tmp_path):
    status, answer, _ = run(filled())
    assert (status, answer["taken"]) == (0, ["sokhcn"])
    points = stored(tmp_path)["sokhcn"]
    assert points[WHOLE] == Decimal(100)
    assert {leaf.id: points[leaf.id] for leaf in LEAVES} == {leaf.id: leaf.max_points for leaf in LEAVES}


def test_points_may_stand_as_numbers(run, filled, tmp_path):
    def numbers(sheet):
        for column, leaf in enumerate(LEAVES, start=3):
            sheet.cell(FIRST, column).value = int(leaf.levels[-1].points)

    assert run(filled(numbers))[0] == 0
    assert stored(tmp_path)["sokhcn"][WHOLE] == Decimal(0)


def put(cell, value):
    return lambda sheet: sheet.__setitem__(cell, value)


def copied(sheet):
    for column in range(1, 24):
        sheet.cell(FIRST + 4, column).value = sheet.cell(FIRST, column).value


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(put("A8", "khongco"), "A8: there is no unit 'khongco'", id="unknown unit"),
        pytest.param(put("B8", "Sở Không Có"), "B8: there is no unit 'Sở Không Có'", id="unknown name"),
        pytest.param(
            put("B8", "Sở Y tế"),
            "B8: 'Sở Y tế' is another unit than sokhcn",
            id="a name that is another unit's",
        ),
        pytest.param(put("B8", "Sở KHCN"), "B8: 'Sở KHCN' is a former or other name", id="other name"),
        pytest.param(put("B2", "2026-04"), "B2: '2026-04'", id="wrong period"),
        pytest.param(put("B3", "2024-02"), "B3: '2024-02'", id="wrong edition"),
        pytest.param(put("B4", "ward"), "B4: 'ward' is no group", id="wrong group"),
        pytest.param(put("C8", 7), "C8: no level of PL1.1.1 gives '7'", id="points that no level gives"),
        pytest.param(put("C8", "nhiều"), "C8: no level of PL1.1.1 gives 'nhiều'", id="not a level"),
        pytest.param(put("C8", True), "C8: ", id="a truth value"),
        pytest.param(put("D8", "=1+2"), "D8: a formula", id="formula"),
        pytest.param(put("E8", None), "E8: leaf PL1.1.3 is not filled in", id="not filled in"),
        pytest.param(put("C6", "PL9.9"), "C6: there is no leaf 'PL9.9'", id="unknown leaf"),
        pytest.param(put("D6", "PL1.1.1"), "D6: leaf PL1.1.1 stands here again", id="leaf twice"),
        pytest.param(copied, "A12: sokhcn has a line above already", id="duplicate rows"),
        pytest.param(lambda sheet: sheet.merge_cells("F8:G8"), "F8:G8: cells are merged", id="merged"),
    ],
)
def test_each_fault_is_named_by_its_cell_and_nothing_is_stored(run, filled, tmp_path, change, said):
    status, answer, told = run(filled(change))
    assert (status, answer) == (2, None)
    assert said in told
    assert len(told.strip().splitlines()) == 1
    assert stored(tmp_path) == {}


def test_a_former_name_is_answered_with_the_present_one(run, filled):
    status, _, told = run(filled(put("B8", "UBND xã Kép"), group=1))
    assert status == 2
    assert "B8: 'UBND xã Kép' is a former or other name; write 'UBND phường Kép'" in told


def test_the_present_name_may_be_written_short_and_in_any_case(run, filled):
    assert run(filled(put("B8", "Phường Kép"), group=1))[0] == 0


def test_all_faults_are_told_at_once(run, filled):
    def two(sheet):
        sheet["C8"], sheet["B2"] = 7, "2026-04"

    told = run(filled(two))[2]
    assert "2 faults" in told
    assert "B2: " in told
    assert "C8: " in told


def test_a_new_sheet_replaces_the_old_one(run, filled, tmp_path):
    assert run(filled())[0] == 0
    assert run(filled(put("C8", 2)))[0] == 0
    assert stored(tmp_path)["sokhcn"][WHOLE] == Decimal(99)


@pytest.mark.parametrize("name", ["absent.xlsx", "text.xlsx", "zip.xlsx", "empty"])
def test_what_is_no_workbook_is_one_line(run, tmp_path, name):
    (tmp_path / "text.xlsx").write_text("a,b")
    with zipfile.ZipFile(tmp_path / "zip.xlsx", "w") as packed:
        packed.writestr("a.txt", "b")
    (tmp_path / "empty").write_bytes(b"")
    status, answer, told = run(tmp_path / name)
    assert (status, answer) == (2, None)
    assert len(told.strip().splitlines()) == 1


def test_an_empty_template_is_nothing(run, templates, tmp_path):
    assert run(templates[0])[0] == 2
    assert stored(tmp_path) == {}


def test_differences_come_largest_first_and_scores_name_the_own_score(run, filled, tmp_path, capsys):
    with open_store(tmp_path / "data") as store:
        keep(store, KHCN, 5, {"PL1.1.1": "none"})
        keep(store, YTE, 5, {"PL1.8": "on_time_50_80", "PL1.2": None})

    def both(sheet):
        for column in range(3, 24):
            sheet.cell(FIRST + 1, column).value = sheet.cell(FIRST, column).value

    status, answer, _ = run(filled(both))
    assert status == 0
    found = [(each["unit"], each["self_score"], each["low"], each["high"], each["difference"])
             for each in answer["differences"]]  # fmt: skip
    assert found == [("soyte", 100, 82, 92, 8), ("sokhcn", 100, 97, 97, 3)]
    leaves = {leaf["leaf"]: leaf["points"] for leaf in answer["differences"][0]["leaves"]}
    assert leaves == {"PL1.2": None, "PL1.8": 7}
    assert run("differences")[1]["differences"] == answer["differences"]
    main(["scores", "--period", "2026-05", "--register", str(tmp_path / "register.yml"),
          "--data", str(tmp_path / "data"), "--json"])  # fmt: skip
    own = {unit["unit"]: unit["self_score"] for unit in json.loads(capsys.readouterr().out)["units"]}
    assert own == {"sokhcn": 100, "soyte": 100}


def test_cells_are_named_as_excel_names_them():
    assert [place(0, 0), place(7, 2), place(1, 25), place(1, 26), place(9, 701), place(9, 702)] == [
        "A1", "C8", "Z2", "AA2", "ZZ10", "AAA10",
    ]  # fmt: skip
