from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from errors import InputError
from rubric.edition import (
    edition_for,
    edition_ids,
    editions_in_force,
    load_edition,
    read_edition,
    rubric_answer,
)
from rubric.model import Leaf
from rubric.params import KINDS, SECTIONS

KH65 = load_edition("kh65-2025")

# leaf, points, kind, points of the levels from best to worst (RULEBOOK)
DEPARTMENT = """
1.1.1 3 components 3/2/0 | 1.1.2 3 presence 3/0 | 1.1.3 2 components 2/1/0 | 1.1.4 2 components 2/1/0
1.2 10 count 10/5/3/0 | 1.3 10 documents 10/5/0 | 1.4.1 5 presence 5/0 | 1.4.2 5 service_link 5/0
1.5 5 count 5/3/2/0 | 1.6.1 5 presence 5/0 | 1.6.2 5 presence 5/0
1.7.1 5 presence 5/0 | 1.7.2 5 presence 5/0
1.8 15 petitions 15/12/7/5/0 | 1.9 4 presence 4/0 | 1.10 5 schedule 5/0 | 1.11 3 presence 3/0
1.12.1 2 search 2/0 | 1.12.2 2 links 2/0 | 1.12.3 1 article_tools 1/0 | 1.13 3 components 3/2/0
"""
COMMUNE = """
2.1.1 3 components 3/2/0 | 2.1.2 2 components 2/1/0 | 2.1.3 2 components 2/1/0 | 2.1.4 3 presence 3/0
2.2 10 count 10/6/4/0 | 2.3 5 count 5/0 | 2.4 10 documents 10/5/0 | 2.5.1 5 presence 5/0
2.5.2 5 service_link 5/0 | 2.6 10 count 10/5/0 | 2.7.1 5 presence 5/0 | 2.7.2 5 presence 5/0
2.8 5 presence 5/0 | 2.9 15 petitions 15/12/7/5/0 | 2.10 5 schedule 5/0 | 2.11.1 2 search 2/0
2.11.2 2 links 2/0 | 2.12 3 article_tools 3/0 | 2.13 3 components 3/2/0
"""
DAYS = {
    2: "1.1.1 1.1.3 1.1.4 1.3 1.4.1 1.7.1 1.7.2 1.9",
    3: "2.1.1 2.1.2 2.1.3 2.3 2.4",
    5: "1.6.1 1.6.2 2.5.1 2.5.2 2.7.1 2.7.2 2.8",
}


def leaves() -> list[Leaf]:
    return [leaf for group in KH65.groups.values() for leaf in group.leaves]


def leaf(leaf_id: str) -> Leaf:
    found = next((leaf for leaf in leaves() if leaf.id == leaf_id), None)
    assert found is not None
    return found


@pytest.mark.parametrize(("kind", "table"), [("department", DEPARTMENT), ("commune", COMMUNE)])
def test_leaves_points_kinds_and_levels_are_the_rule_books(kind: str, table: str) -> None:
    expected = [tuple(row.split()) for row in table.replace("\n", "|").split("|") if row.strip()]
    found = [
        (
            leaf.id.removeprefix("PL"),
            str(leaf.max_points),
            leaf.kind,
            "/".join(str(level.points) for level in leaf.levels),
        )
        for leaf in KH65.groups[kind].leaves
    ]
    assert found == expected


def test_columns_follow_the_literal_label() -> None:
    for found in leaves():
        for level in found.levels:
            if level.points == found.max_points:
                assert level.column == "full"
            else:
                assert level.column == ("none" if level.label == "Không cập nhật" else "partial")


def test_a_plain_no_and_all_overdue_count_as_partial() -> None:
    assert [(level.label, level.column) for level in leaf("PL1.1.2").levels] == [
        ("Có", "full"),
        ("Không", "partial"),
    ]
    worst = leaf("PL2.9").levels[-1]
    assert (worst.label, int(worst.points), worst.column) == (
        "100 % PAKN quá hạn chưa được trả lời",
        0,
        "partial",
    )


def test_the_petition_label_of_the_contract() -> None:
    level = leaf("PL1.8").level("on_time_50_80")
    assert level is not None
    assert (level.label, int(level.points)) == ("Từ 50 % đến dưới 80% PAKN được trả lời đúng hạn", 7)


def test_deadlines_in_working_days() -> None:
    stated = {f"PL{leaf_id}": days for days, ids in DAYS.items() for leaf_id in ids.split()}
    assert {found.id: found.update_days for found in leaves() if found.update_days} == stated


def test_every_leaf_carries_its_source_rule_and_parameter_sources() -> None:
    for found in leaves():
        assert found.source.startswith("Kế hoạch 65/KH-UBND, Phụ lục")
        assert found.update_rule
        for name, value in found.params.items():
            assert name in found.param_sources or value in {level.id for level in found.levels}


def test_limits_of_the_documents_leaves() -> None:
    department, commune = leaf("PL1.3").params, leaf("PL2.4").params
    assert (department["own_days"], department["scope_days"]) == (2, 8)
    assert (commune["own_days"], commune["scope_days"]) == (3, None)
    assert department["required_vbqppl"] == ["effective"]


def test_number_of_parts_of_the_components_leaves() -> None:
    parts = {found.id: len(found.params["parts"]) for found in leaves() if found.kind == "components"}
    assert parts == {
        "PL1.1.1": 3, "PL1.1.3": 4, "PL1.1.4": 6, "PL1.13": 5,
        "PL2.1.1": 3, "PL2.1.2": 3, "PL2.1.3": 4, "PL2.13": 5,
    }  # fmt: skip


def test_all_eleven_kinds_are_known_and_all_but_manual_are_used() -> None:
    assert len(KINDS) == 11
    assert {found.kind for found in leaves()} == set(KINDS) - {"manual"}


# --- which edition ------------------------------------------------------------------------------


def test_editions_by_their_dates() -> None:
    assert edition_ids() == ("2012-bacgiang", "2024-02", "kh65-2025")
    assert [e.id for e in editions_in_force(date(2026, 5, 22))] == ["kh65-2025"]
    assert [e.id for e in editions_in_force(date(2025, 9, 15))] == ["kh65-2025"]
    assert [e.id for e in editions_in_force(date(2025, 9, 14))] == []
    assert [e.id for e in editions_in_force(date(2024, 2, 22))] == ["2024-02"]
    assert [e.id for e in editions_in_force(date(2024, 1, 22))] == []
    assert [e.id for e in editions_in_force(date(2012, 11, 22))] == ["2012-bacgiang"]


def test_the_edition_asked_for_wins_over_dates() -> None:
    assert edition_for("kh65-2025", date(2022, 8, 22)) is KH65
    assert edition_for(None, date(2026, 5, 22)) is KH65


def test_no_edition_in_force_names_the_choices() -> None:
    with pytest.raises(InputError, match=r"no edition is in force on 2022-08-22.*kh65-2025"):
        edition_for(None, date(2022, 8, 22))


def test_an_unknown_edition_names_the_choices() -> None:
    with pytest.raises(
        InputError, match=r"no edition '\.\./x'; choose one of 2012-bacgiang, 2024-02, kh65-2025"
    ):
        load_edition("../x")


def test_several_editions_in_force_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yml").write_text(SMALL.replace("id: small", f"id: {name}"), encoding="utf-8")
    monkeypatch.setattr("rubric.edition.EDITIONS", tmp_path)
    with pytest.raises(InputError, match=r"several editions .* 2026-05-22; .*: one, two"):
        edition_for(None, date(2026, 5, 22))


# --- the answer --------------------------------------------------------------------------------


def test_the_json_answer() -> None:
    answer = json.loads(json.dumps(rubric_answer(KH65)))
    assert answer["edition"] == "kh65-2025"
    assert {kind: (g["possible"], len(g["leaves"])) for kind, g in answer["groups"].items()} == {
        "department": (100, 21),
        "commune": (100, 19),
    }
    petitions = next(x for x in answer["groups"]["department"]["leaves"] if x["id"] == "PL1.8")
    assert (petitions["max"], petitions["kind"]) == (15, "petitions")
    assert petitions["levels"][2] == {
        "level": "on_time_50_80",
        "label": "Từ 50 % đến dưới 80% PAKN được trả lời đúng hạn",
        "points": 7,
        "column": "partial",
    }
    assert petitions["params"]["limit_days"] == 10
    assert "provisional" in petitions["param_sources"]["limit_days"]


def test_halves_stay_halves_in_the_answer() -> None:
    answer = rubric_answer(load_edition("2012-bacgiang"))
    levels = answer["groups"]["department"]["leaves"][8]["levels"]
    assert [level["points"] for level in levels][:3] == [11, 10.5, 10]
    assert [type(level["points"]) for level in levels][:2] == [int, float]
    assert (levels[-1]["level"], levels[-1]["points"], levels[-1]["column"]) == ("-1", -1, "none")


# --- faults ------------------------------------------------------------------------------------

SMALL = """id: small
title: Small
source: test
param_sources:
  count: {sections: s, with_children: s, include_documents: s, bands: s}
  petitions: {sections: s, limit_days: s, bands: s}
  components: {sections: s, parts: s}
  links: {groups: s}
  manual: {note: s}
groups:
  department:
    possible: 10.5
    leaves:
      - id: A
        title: News
        points: 10
        kind: count
        source: row 1
        levels:
          - {id: many, label: Many, points: 10, column: full}
          - {id: none, label: None, points: 0, column: none}
        params:
          sections: [news]
          with_children: true
          include_documents: false
          bands: [{level: many, at_least: 5}, {level: none, at_least: 0}]
      - id: B
        title: By hand
        points: 0.5
        kind: manual
        source: row 2
        scale: {best: 0.5, least: 0, step: 0.5, missing: -1}
        params: {note: by hand}
"""

LINKS = """        levels:
          [{id: yes, label: Y, points: 0.5, column: full}, {id: no, label: N, points: 0, column: none}]
        params: {groups: [GROUP], yes: yes, no: no}
"""
BY_HAND = """        scale: {best: 0.5, least: 0, step: 0.5, missing: -1}
        params: {note: by hand}
"""
PARTS = """        levels:
          - {id: all, label: A, points: 0.5, column: full}
          - {id: none, label: N, points: 0, column: none}
        params: {sections: [news], parts: [PART], all: all, some: all, none: none}
"""
PETITIONS = """        levels:
          - {id: good, label: A, points: 0.5, column: full}
          - {id: bad, label: N, points: 0, column: none}
        params:
          {sections: [petitions_qa], limit_days: 10, when_none: good, bands: [BANDS], low: bad, zero: bad}
"""


def read(tmp_path: Path, text: str) -> Leaf:
    path = tmp_path / "small.yml"
    path.write_text(text, encoding="utf-8")
    return read_edition(path).groups["department"].leaves[-1]


def replaced(kind: str, stanza: str) -> str:
    return SMALL.replace("kind: manual", f"kind: {kind}").replace(BY_HAND, stanza)


def links(group: str) -> str:
    return replaced("links", LINKS.replace("GROUP", group))


def parts(part: str) -> str:
    return replaced("components", PARTS.replace("PART", part))


def petitions(bands: str) -> str:
    return replaced("petitions", PETITIONS.replace("BANDS", bands))


def test_the_small_edition_and_its_variants_load(tmp_path: Path) -> None:
    found = read(tmp_path, SMALL)
    assert [(level.id, level.points, level.column) for level in found.levels] == [
        ("0.5", Decimal("0.5"), "full"),
        ("0", Decimal(0), "partial"),
        ("-1", Decimal(-1), "none"),
    ]
    assert read(tmp_path, links("{id: p, units: commune, min_share: '0.9'}")).kind == "links"
    assert read(tmp_path, links("{id: g, hosts: [a.vn], any: true}")).kind == "links"
    assert read(tmp_path, parts("{id: a, any: [{words: [x]}, {contact: phone}]}")).kind == "components"
    assert read(tmp_path, petitions("{level: good, share_at_least: '1'}")).kind == "petitions"


FAULTS = [
    (SMALL.replace("id: small", "id: other"), 1, "'other' differs from the file's name"),
    (SMALL.replace("title: Small\n", ""), 1, "'title' is missing"),
    (SMALL + "extra: 1\n", 34, "unknown field 'extra'"),
    (SMALL.replace("source: test\n", "source: test\nfrom: 2025-13-01\n"), 4, "'2025-13-01' is no date"),
    (SMALL.replace("  links: {groups: s}", "  magic: {groups: s}"), 8, "unknown field 'magic'"),
    (SMALL.replace("possible: 10.5", "possible: 11"), 12, "add up to 10.5, the total says 11"),
    (SMALL.replace("possible: 10.5", "possible: 10.5\n    base: 1"), 12, "add up to 11.5"),
    (SMALL.replace("id: B", "id: A"), 27, "id 'A' is given twice"),
    (SMALL.replace("kind: count", "kind: counting"), 17, "unknown value 'counting'; use one of count, "),
    (SMALL.replace("        source: row 1\n", ""), 14, "'source' is missing"),
    (
        SMALL.replace("        title: News\n", "        title: News\n        name: x\n"),
        16,
        "unknown field 'name'",
    ),
    (SMALL.replace("points: 10\n", "points: 10.25\n"), 16, "no whole or half number"),
    (SMALL.replace("points: 10\n", "points: many\n"), 16, "'many' is no number"),
    (SMALL.replace("Many, points: 10,", "Many, points: 9,"), 20, "no level reaches the leaf's 10 points"),
    (SMALL.replace("best: 0.5", "best: 1"), 32, "no level reaches the leaf's 0.5 points"),
    (SMALL.replace("label: None, points: 0", "label: None, points: 10"), 21, "not worth less"),
    (SMALL.replace("{id: none, label", "{id: many, label"), 21, "id 'many' is given twice"),
    (
        SMALL.replace("column: none", "column: empty"),
        21,
        "unknown value 'empty'; use one of full, partial, none",
    ),
    (SMALL.replace("Many, points: 10, column: full", "Many, points: 10"), 20, "'column' is missing"),
    (
        SMALL.replace("        scale: {best: 0.5, least: 0, step: 0.5, missing: -1}\n", ""),
        27,
        "give one of them",
    ),
    (SMALL.replace("step: 0.5", "step: 0"), 32, "steps above 0"),
    (SMALL.replace("sections: [news]", "sections: [gossip]"), 23, "unknown value 'gossip'"),
    (SMALL.replace("sections: [news]", "sections: []"), 23, "the list is empty"),
    (SMALL.replace("          with_children: true\n", ""), 23, "'with_children' of kind count is missing"),
    (SMALL.replace("with_children: true", "with_children: yes"), 24, "unknown value 'yes'"),
    (
        SMALL.replace("with_children: true", "with_children: true\n          depth: 1"),
        25,
        "unknown field 'depth'",
    ),
    (
        SMALL.replace("{level: many, at_least", "{level: lots, at_least"),
        26,
        "unknown value 'lots'; use one of many",
    ),
    (SMALL.replace("at_least: 5", "at_least: 0"), 26, "not below the one before"),
    (SMALL.replace("at_least: 0", "at_least: 1"), 26, "begin at 0"),
    (SMALL.replace("{level: none, at", "{level: many, at"), 23, "no parameter gives level 'none'"),
    (SMALL.replace("with_children: s, ", ""), 24, "'with_children' has no source"),
    (SMALL.replace("{note: by hand}", "{note: ''}"), 33, "a text is missing"),
    (links("{id: p, units: school, min_share: '0.9'}"), 34, "unknown value 'school'"),
    (links("{id: p, units: commune, min_share: 0.9}"), 34, "in quotes"),
    (links("{id: p, units: commune, min_share: '1.1'}"), 34, "is no share"),
    (links("{id: p, units: commune, min_share: '0'}"), 34, "is no share"),
    (links("{id: p, units: commune, hosts: [a.vn]}"), 34, "unknown field 'hosts'"),
    (links("{id: p, hosts: [], any: true}"), 34, "the list is empty"),
    (parts("{id: a, any: [{smell: x}]}"), 35, "unknown field 'smell'"),
    (parts("{id: a, any: [{words: [x], contact: phone}]}"), 35, "exactly one field"),
    (parts("{id: a, any: [{contact: pager}]}"), 35, "unknown value 'pager'"),
    (parts("{id: a, any: [{words: [x]}]}, {id: a, any: [{words: [y]}]}"), 35, "part 'a' is given twice"),
    (parts(""), 35, "the list is empty"),
    (petitions("{level: good, share_at_least: '0.5'}, {level: bad, share_at_least: '0.8'}"), 36, "not below"),
    (
        petitions("{level: good, share_at_least: '1'}").replace("limit_days: 10", "limit_days: 0"),
        36,
        "from 1 up",
    ),
    (SMALL.replace("source: row 2", "source: row 2\n        update_days: 0"), 32, "from 1 up"),
    (petitions("{level: good, share_at_least: 1}"), 36, "is no share"),
]


@pytest.mark.parametrize(("text", "line", "said"), FAULTS, ids=[said for _, _, said in FAULTS])
def test_every_fault_is_refused_with_file_and_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    message = str(caught.value)
    assert said in message
    assert message.startswith(f"{tmp_path / 'small.yml'}:{line}: ")


YES_NO_LEVELS = """        levels:
          [{id: yes, label: Y, points: 0.5, column: full}, {id: no, label: N, points: 0, column: none}]
"""
THREE_LEVELS = """        levels:
          - {id: full, label: F, points: 0.5, column: full}
          - {id: partial, label: P, points: 0, column: partial}
          - {id: none, label: N, points: -0.5, column: none}
"""
STANZAS = {
    "presence": (
        YES_NO_LEVELS,
        "sections: [news], min_text: 0, max_age_months: 1, external_hosts: [], yes: yes, no: no",
    ),
    "documents": (
        THREE_LEVELS,
        "sections: [documents], own_days: 0, scope_days: null, required: [number], required_vbqppl: [], "
        "needs_search: false, tolerated: 0, full: full, partial: partial, none: none",
    ),
    "schedule": (YES_NO_LEVELS, "sections: [schedule], days: 1, yes: yes, no: no"),
    "search": (YES_NO_LEVELS, "yes: yes, no: no"),
    "article_tools": (YES_NO_LEVELS, "tools: [save], sample: 1, fallback: 1, yes: yes, no: no"),
    "service_link": (YES_NO_LEVELS, "sections: [news], hosts: [a.vn], yes: yes, no: no"),
}


def stanza(kind: str, old: str = "", new: str = "") -> str:
    levels, params = STANZAS[kind]
    params = params.replace(old, new)
    names = [pair.split(":")[0] for pair in params.split(", ") if ":" in pair]
    sources = ", ".join(f"{name}: s" for name in names)
    text = f"{levels}        params: {{{params}}}\n        param_sources: {{{sources}}}\n"
    return replaced(kind, text)


@pytest.mark.parametrize("kind", STANZAS)
def test_the_least_that_each_kind_takes(tmp_path: Path, kind: str) -> None:
    assert read(tmp_path, stanza(kind)).kind == kind


@pytest.mark.parametrize(
    ("kind", "old", "new", "said"),
    [
        ("presence", "min_text: 0", "min_text: -1", "'-1' is no whole number from 0"),
        ("presence", "max_age_months: 1", "max_age_months: 0", "'0' is no whole number from 1"),
        ("presence", "yes: yes, no: no", "yes: yes, no: yes", "no parameter gives level 'no'"),
        ("documents", "own_days: 0", "own_days: two", "'two' is no whole number"),
        ("documents", "own_days: 0", "own_days: null", "a text is missing"),
        ("documents", "scope_days: null", "scope_days: -8", "'-8' is no whole number"),
        ("documents", "[number]", "[]", "the list is empty"),
        ("documents", "[number]", "[seal]", "unknown value 'seal'"),
        ("documents", "tolerated: 0", "tolerated: none", "no whole number from 0"),
        ("documents", "none: none", "none: partial", "no parameter gives level 'none'"),
        ("schedule", "days: 1", "days: 0", "'0' is no whole number from 1"),
        ("search", "no: no", "no: maybe", "unknown value 'maybe'; use one of yes, no"),
        ("article_tools", "[save]", "[share]", "unknown value 'share'"),
        ("article_tools", "sample: 1", "sample: 0", "'0' is no whole number from 1"),
        ("article_tools", "fallback: 1", "fallback: 0", "'0' is no whole number from 1"),
        ("service_link", "[a.vn]", "[]", "the list is empty"),
    ],
)
def test_parameters_beyond_their_bounds_are_refused(
    tmp_path: Path, kind: str, old: str, new: str, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, stanza(kind, old, new))
    assert said in str(caught.value)


def test_a_scale_may_end_above_zero_and_may_lack_the_missing_mark(tmp_path: Path) -> None:
    text = SMALL.replace("best: 0.5, least: 0, step: 0.5, missing: -1", "best: 0.5, least: -0.5, step: 0.5")
    assert [level.id for level in read(tmp_path, text).levels] == ["0.5", "0", "-0.5"]
    text = SMALL.replace("best: 0.5, least: 0, step: 0.5, missing: -1", "best: 0.5, least: 0.5, step: 0.5")
    assert [level.id for level in read(tmp_path, text).levels] == ["0.5"]


def test_sections_are_keys_that_the_page_readers_know() -> None:
    lexicon = Path(__file__).parents[2] / "pages" / "lexicon" / "sections.yml"
    stanzas = yaml.safe_load(lexicon.read_text(encoding="utf-8"))["stanzas"]
    known = {key for stanza in stanzas for key in stanza["sections"]}
    assert known == set(SECTIONS)
