from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from errors import InputError
from rubric.model import Register, Unit
from rubric.names import name_on, names_of, type_on
from rubric.register import load_register, portal_key, units_on

NOTICE = Path(__file__).with_name("published") / "2026-05.tsv"
IN_MAY = date(2026, 5, 22)
NEW_WARDS = {
    "boha", "tiendu", "giabinh", "hiephoa", "chilang", "lucnam", "yenphong", "phulang", "langgiang",
    "luongtai", "nhanthang", "kep",
}  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> Register:
    return load_register()


def unit(register: Register, unit_id: str) -> Unit:
    found = register.get(unit_id)
    assert found is not None
    return found


def load(tmp_path: Path, text: str) -> Register:
    path = tmp_path / "register.yml"
    path.write_text(text, encoding="utf-8")
    return load_register(path)


# --- the register that is shipped ---------------------------------------------------------------


def test_it_holds_the_119_portals(shipped: Register) -> None:
    assert Counter(u.kind for u in shipped.units) == {"province": 1, "department": 19, "commune": 99}
    assert shipped.province is not None
    assert shipped.province.url == "https://www.bacninh.gov.vn/"
    assert not shipped.province.scored


def test_the_six_unnamed_departments_have_places_but_no_address_and_no_score(shipped: Register) -> None:
    for number in range(14, 20):
        place = unit(shipped, f"sobannganh-{number}")
        assert (place.kind, place.url, place.scored, place.host_status) == (
            "department",
            None,
            False,
            "unknown",
        )
    assert sum(u.scored for u in shipped.units) == 13 + 99


def test_every_commune_has_its_own_code_portal_and_dated_type(shipped: Register) -> None:
    communes = [u for u in shipped.units if u.kind == "commune"]
    assert len({u.admin_code for u in communes}) == 99
    for commune in communes:
        assert commune.admin_code is not None
        assert re.fullmatch(r"0[79]\d{3}", commune.admin_code)
        assert commune.url == f"https://{commune.id}.bacninh.gov.vn/"
        assert type_on(commune, date(2025, 7, 1)) in ("xã", "phường")


def test_twelve_communes_became_wards_with_the_same_code(shipped: Register) -> None:
    changed = {
        u.id
        for u in shipped.units
        if u.kind == "commune" and type_on(u, date(2026, 9, 19)) != type_on(u, date(2026, 9, 20))
    }
    assert changed == NEW_WARDS
    boha = unit(shipped, "boha")
    assert boha.admin_code == "07294"
    assert name_on(boha, date(2026, 9, 19)) == "Xã Bố Hạ"
    assert name_on(boha, date(2026, 9, 20)) == "Phường Bố Hạ"


def test_wards_and_communes_before_and_after(shipped: Register) -> None:
    communes = [u for u in shipped.units if u.kind == "commune"]
    assert Counter(type_on(u, IN_MAY) for u in communes) == {"xã": 66, "phường": 33}
    assert Counter(type_on(u, date(2026, 10, 1)) for u in communes) == {"xã": 54, "phường": 45}


def test_every_name_of_the_may_2026_notice_names_exactly_one_unit_in_its_order(shipped: Register) -> None:
    rows = [line.split("\t") for line in NOTICE.read_text(encoding="utf-8").splitlines()[1:]]
    called = {u.id: {name.casefold() for name in names_of(u, IN_MAY)} for u in shipped.units}
    found = [[i for i, names in called.items() if row[2].casefold() in names] for row in rows]
    assert [len(ids) for ids in found] == [1] * 112
    scored = [u.id for u in shipped.units if u.scored]
    assert [ids[0] for ids in found] == scored


def test_no_name_stands_for_two_units(shipped: Register) -> None:
    for day in (IN_MAY, date(2026, 10, 1)):
        names = Counter(name for u in shipped.units for name in {n.casefold() for n in names_of(u, day)})
        assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize(
    ("unit_id", "name"),
    [
        ("sokhcn", "Sở KHCN"),
        ("sokhcn", "Sở KH&CN"),
        ("sogddt", "Sở GD&ĐT"),
        ("sovhttdl", "Sở Văn hóa - Thể thao và Du lịch"),
        ("bqlkcn", "Ban quản lý các KCN"),
        ("socongthuong", "Sở Công thương"),
        ("trungkenh", "UBND xã Trung Khê"),
        ("phuchoa", "UBND xã Phúc Hòa"),
        ("phuchoa", "Ủy ban nhân dân xã Phúc Hoà"),
        ("tienphong", "UBND phường Tiền Phong"),
        ("boha", "xã Bố Hạ"),
        ("bacninh", "UBND tỉnh Bắc Ninh"),
    ],
)
def test_units_are_known_by_notice_spellings_and_abbreviations(
    shipped: Register, unit_id: str, name: str
) -> None:
    assert name in names_of(unit(shipped, unit_id), IN_MAY)


def test_a_former_type_stays_a_name_and_a_future_one_is_not_yet_one(shipped: Register) -> None:
    kep = unit(shipped, "kep")
    assert "Ủy ban nhân dân xã Kép" in names_of(kep, date(2026, 10, 22))
    assert "Ủy ban nhân dân phường Kép" in names_of(kep, date(2026, 10, 22))
    assert "Ủy ban nhân dân phường Kép" not in names_of(kep, IN_MAY)
    assert "Kép" not in names_of(kep, IN_MAY)
    first_day = names_of(kep, date(2026, 9, 20))
    assert first_day.index("phường Kép") < first_day.index("UB nhân dân xã Kép")


def test_the_committee_of_a_place_is_its_office(shipped: Register) -> None:
    assert "UBND Kép" in names_of(unit(shipped, "kep"), IN_MAY)


def test_communes_exist_from_july_2025(shipped: Register) -> None:
    assert len(units_on(shipped, date(2025, 6, 30))) == 20
    assert len(units_on(shipped, date(2025, 7, 1))) == 119


# --- names of units of other registers ----------------------------------------------------------


@pytest.mark.parametrize("name", ["Xã An Bình", "UBND xã An Bình", "Ủy ban nhân dân xã An Bình"])
def test_the_type_in_a_name_gives_the_usual_forms_without_dated_types(name: str) -> None:
    names = names_of(Unit(id="a", name=name, kind="commune"), IN_MAY)
    assert names[0] == name
    assert {"xã An Bình", "UBND xã An Bình", "Ủy ban nhân dân xã An Bình"} <= set(names)


def test_a_bare_name_gets_forms_from_dated_types_only(tmp_path: Path) -> None:
    register = load(
        tmp_path,
        "units: [{id: a, name: An Bình, kind: commune, types: [{type: thị trấn, until: 2025-06-30}, "
        "{type: phường, from: 2025-07-01}]}]",
    )
    names = names_of(register.units[0], IN_MAY)
    assert names[0] == "An Bình"
    assert {"UBND phường An Bình", "UBND thị trấn An Bình"} <= set(names)
    assert names_of(Unit(id="a", name="An Bình", kind="commune"), IN_MAY) == ("An Bình",)


def test_the_name_on_a_day_keeps_what_stands_before_the_type(tmp_path: Path) -> None:
    text = (
        "units: [{id: a, name: UBND phường An Bình, kind: commune, types: [{type: xã, until: 2026-09-19}, "
        "{type: phường, from: 2026-09-20}]}]"
    )
    assert name_on(load(tmp_path, text).units[0], IN_MAY) == "UBND xã An Bình"


# --- what a register may say ---------------------------------------------------------------------


def test_defaults_follow_the_contract(tmp_path: Path) -> None:
    register = load(
        tmp_path,
        "units:\n"
        "  - {id: p, name: Tỉnh P, kind: province, url: 'http://127.0.20.1:8700/'}\n"
        "  - {id: d-1, name: Sở D, kind: department, url: 'http://127.0.20.2:8700/web/so-d'}\n"
        "  - {id: c, name: Xã C, kind: commune, url: 'http://127.0.20.3:8700', admin_code: 07333}\n"
        "  - {id: e, name: Sở E, kind: department, url: null, aliases: null, start_urls: []}\n",
    )
    province, department, commune, without = register.units
    assert (province.scored, department.scored, commune.scored) == (False, True, True)
    assert (department.host_status, without.host_status) == ("attested", "unknown")
    assert commune.url == "http://127.0.20.3:8700/"
    assert commune.admin_code == "07333"
    assert without.url is None
    assert register.source.endswith("register.yml")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.vn/", "https://A.vn:443", True),
        ("https://a.vn/", "http://a.vn/", False),
        ("http://a.vn/", "http://a.vn:80/", True),
        ("http://a.vn/", "http://a.vn:443/", False),
        ("https://a.vn/web/x", "https://a.vn/web/x/", True),
        ("https://a.vn/", "https://a.vn/web/x", False),
        ("http://127.0.0.1:8700/", "http://127.0.0.1:8701/", False),
    ],
)
def test_a_portal_is_scheme_host_port_and_path_prefix(one: str, other: str, same: bool) -> None:
    assert (portal_key(one) == portal_key(other)) is same


def test_a_successor_may_take_over_a_portal(tmp_path: Path) -> None:
    register = load(
        tmp_path,
        "units:\n"
        "  - {id: old, name: Xã A, kind: commune, url: 'https://a.vn/', valid_until: 2025-06-30}\n"
        "  - {id: new, name: Xã B, kind: commune, url: 'https://a.vn/', valid_from: 2025-07-01}\n",
    )
    assert [u.id for u in units_on(register, date(2025, 6, 30))] == ["old"]
    assert [u.id for u in units_on(register, date(2025, 7, 1))] == ["new"]


def test_a_unit_may_exist_for_one_day(tmp_path: Path) -> None:
    text = "units: [{id: a, name: A, kind: commune, valid_from: 2025-07-01, valid_until: 2025-07-01}]"
    assert len(units_on(load(tmp_path, text), date(2025, 7, 1))) == 1


@pytest.mark.parametrize("first", ["valid_from: 2025-06-30", "valid_until: 2030-01-01"])
@pytest.mark.parametrize("swapped", [False, True])
def test_a_portal_may_not_be_shared_for_a_single_day(tmp_path: Path, first: str, swapped: bool) -> None:
    units = [
        "  - {id: old, name: Xã A, kind: commune, url: 'https://a.vn/', valid_until: 2025-06-30}\n",
        f"  - {{id: new, name: Xã B, kind: commune, url: 'https://a.vn/', {first}}}\n",
    ]
    with pytest.raises(InputError, match="share the portal"):
        load(tmp_path, "units:\n" + "".join(reversed(units) if swapped else units))


GOOD = "units:\n  - id: a\n    name: Sở A\n    kind: department\n    url: https://a.vn/\n"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("units:\n  - id: a\n    name: [\n", 4, "bad YAML"),
        ("unit: []\n", 1, "unknown field 'unit'"),
        ("units: []\n", 1, "no unit"),
        ("units:\n", 1, "'units' is missing"),
        ("units:\n  a: 1\n", 2, "a list is expected"),
        (GOOD + "  - id: a\n    name: Sở B\n    kind: department\n", 6, "id 'a' is used already at"),
        (
            GOOD + "  - id: b\n    name: Sở B\n    kind: department\n    url: https://A.vn\n",
            6,
            "share the portal",
        ),
        (GOOD.replace("https://a.vn/", "a.vn"), 5, "address 'a.vn' has no scheme"),
        (GOOD.replace("https://a.vn/", "//a.vn/"), 5, "has no scheme"),
        (GOOD.replace("https://a.vn/", "https:a.vn"), 5, "has no scheme"),
        (GOOD.replace("https://a.vn/", "ftp://a.vn/"), 5, "has no scheme"),
        (GOOD.replace("https://a.vn/", "https:///x"), 5, "no usable host"),
        (GOOD.replace("https://a.vn/", "https://u:p@a.vn/"), 5, "no usable host"),
        (GOOD.replace("https://a.vn/", "https://a.vn/a b"), 5, "no usable host"),
        (GOOD.replace("https://a.vn/", "https://a.vn:99999/"), 5, "cannot be used"),
        (GOOD.replace("https://a.vn/", "https://[::1/"), 5, "cannot be used"),
        (GOOD.replace("https://a.vn/", "https://a.vn/?p=1"), 5, "query or fragment"),
        (GOOD.replace("id: a", "id: Sở-A"), 2, "'Sở-A' is no id"),
        (GOOD.replace("id: a", "id: so a"), 2, "is no id"),
        (GOOD.replace("id: a", "id: -a"), 2, "is no id"),
        (GOOD.replace("    name: Sở A\n", ""), 2, "'name' is missing"),
        (GOOD.replace("kind: department", "kind: school"), 4, "unknown value 'school'; use one of province"),
        (GOOD + "    colour: red\n", 6, "unknown field 'colour'"),
        (GOOD + "    scored: maybe\n", 6, "unknown value 'maybe'"),
        (GOOD + "    host_status: sure\n", 6, "unknown value 'sure'"),
        (GOOD.replace("    url: https://a.vn/\n", "    host_status: attested\n"), 5, "needs a url"),
        (GOOD + "    admin_code: 7333\n", 6, "'7333' is no administrative code"),
        (GOOD + "    admin_code: '073330'\n", 6, "five digits"),
        (GOOD + "    valid_from: 2025-13-01\n", 6, "'2025-13-01' is no date"),
        (GOOD + "    valid_from: 2025-07-02\n    valid_until: 2025-07-01\n", 7, "lies before"),
        (GOOD + "    types: [{type: xã}, {type: phường, from: 2026-09-20}]\n", 6, "overlaps another type"),
        (GOOD + "    types: [{name: xã}]\n", 6, "unknown field 'name'"),
        (GOOD + "    types: [{type: xã, from: 2026-02-30}]\n", 6, "'2026-02-30' is no date"),
        (GOOD + "    start_urls: [/tin-tuc]\n", 6, "'/tin-tuc' has no scheme"),
        (GOOD + "    aliases: Sở KHCN\n", 6, "a list is expected"),
        (
            "units:\n  - {id: p, name: P, kind: province}\n  - {id: q, name: Q, kind: province}\n",
            3,
            "second province",
        ),
    ],
)
def test_every_fault_is_refused_with_file_line_and_value(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        load(tmp_path, text)
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / 'register.yml'}:{line}: ")
    assert said in message
    assert "\n" not in message
    assert caught.value.exit_status == 2
