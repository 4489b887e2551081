"""Every leaf decided on saved pages, each level and one unresolved at least."""

from __future__ import annotations

import pytest

from audit.reasons import words_of
from rubric.model import Leaf
from tests.criteria.harness import FOLDER, Case, all_leaves, cases_of, judge_case

CASES = [case for leaf in all_leaves() for case in cases_of(leaf)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    finding, expect = judge_case(case), case.expect
    said = f"{case.given['case']}\n{words_of(finding)}"
    assert (finding.level, finding.reason_code) == (expect["level"], expect["reason"]), said
    assert list(finding.possible) == expect.get("possible", list(finding.possible)), said
    cited = {citation.url for citation in finding.evidence}
    assert not [path for path in expect["cites"] if not any(url.endswith(path) for url in cited)], cited
    assert {name: finding.values[name] for name in expect.get("values", {})} == expect.get("values", {}), said


@pytest.mark.parametrize("leaf", all_leaves(), ids=lambda leaf: leaf.id)
def test_every_level_and_the_unresolved_have_a_case(leaf: Leaf) -> None:
    shown = [case.expect["level"] for case in cases_of(leaf)]
    assert {level.id for level in leaf.levels} | {None} == set(shown)


def test_cases_read_like_sentences_and_stand_under_a_leaf() -> None:
    folders = {path.parent.parent.name for path in FOLDER.glob("*/*/case.yml")}
    assert folders == {leaf.id for leaf in all_leaves()}
    assert not [case.name for case in CASES if not case.given["case"].endswith(".")]
    titles = [(case.leaf.id, case.given["case"]) for case in CASES]
    assert len(titles) == len(set(titles))
