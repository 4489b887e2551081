"""The audit of a real portal agrees with a person who read its pages."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.mirror.server import FOLDER, HOST, mirror, page_paths, register_text

ROOT = Path(__file__).parents[2]
EXPECTED: dict[str, dict[str, str]] = yaml.load(
    (Path(__file__).parent / "expected.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)

pytestmark = pytest.mark.skipif(
    not (FOLDER / "INDEX.tsv").exists(),
    reason=f"the saved pages of the real portal are not at {FOLDER}; RASOAT_SHARED names the folder above",
)


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    data = tmp_path_factory.mktemp("mirror")
    with mirror() as (url, _):
        register = data / "register.yml"
        register.write_text(register_text(url), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "cli",
            "--json",
            "--data",
            str(data),
            "--register",
            str(register),
            "audit",
        ]
        command += ["--edition", "kh65-2025", "--period", "2022-08", "--as-of", "2022-08-25"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr[-2_000:]
    unit: dict[str, Any] = json.loads(done.stdout)["units"][0]
    return unit


def test_every_saved_page_has_an_address() -> None:
    served = {path.name for path in page_paths().values()}
    saved = {path.name for path in (FOLDER / "pages").glob("sotttt-hanoi__*")}
    assert len(saved - served) <= 3, saved - served


def test_both_forms_of_an_address_are_served() -> None:
    paths = page_paths()
    assert paths["/cong-khai-ngan-sach"] == paths["/cong-khai-ngan-sach.html"]
    assert paths["/cong-khai-ngan-sach3046.html"] != paths["/cong-khai-ngan-sach.html"]
    assert paths["/"] == paths["/index.html"]


def test_links_to_the_original_host_lead_back() -> None:
    with mirror() as (url, misses):
        page = urllib.request.urlopen(f"{url}index.html").read().decode()
        with pytest.raises(urllib.error.HTTPError) as unsaved:
            urllib.request.urlopen(f"{url}tin-tuc-su-kien")
    assert f'action="{url}tim-kiem?' in page
    assert f"//{HOST}" not in page
    assert (unsaved.value.code, misses) == (503, ["/tin-tuc-su-kien"])


def test_expected_has_all_leaves(audited: dict[str, Any]) -> None:
    assert [leaf["id"] for leaf in audited["leaves"]] == list(EXPECTED)


@pytest.mark.parametrize("leaf_id", list(EXPECTED))
def test_leaf_is_what_a_person_found(audited: dict[str, Any], leaf_id: str) -> None:
    leaf = next(leaf for leaf in audited["leaves"] if leaf["id"] == leaf_id)
    found = leaf["level"] if leaf["outcome"] == "resolved" else "unresolved"
    assert found == EXPECTED[leaf_id]["level"], f"{leaf['reason']} | a person: {EXPECTED[leaf_id]['why']}"


def test_what_was_not_saved_leaves_a_range(audited: dict[str, Any]) -> None:
    assert audited["reached"] is True
    assert audited["coverage"] == "partial"
    assert audited["low"] < audited["high"]
