"""Verification: equal as made; every change is named."""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import socket
import zipfile
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cli.app import main
from errors import InputError
from report.evidence import contents
from report.evidence.contents import ARCHIVE_OF_PROVINCE, ARCHIVE_OF_UNIT, pretty
from report.verify.container import Container
from report.verify.run import verify
from report.verify.seal import check_seal
from report.verify.verdict import Verdict
from storage.keys import known_key, public_half
from tests.evidence.conftest import UNIT, Audited
from tests.evidence.tamper import changed, forged, listed, parts_of, write_parts

EQUAL, DIFFERS, UNREADABLE = 0, 1, 2


def said(verdict: Verdict) -> str:
    return "\n".join(each.message.format(**each.values) for each in verdict.differences)


def sealed(path: Path) -> Verdict:
    """The check without the judging: what concerns bytes only shows before it."""
    with Container(path) as container:
        verdict = Verdict()
        check_seal(container, verdict, None)
        return verdict


def test_a_file_is_equal_without_network_database_or_register(
    wacz: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Blocked(socket.socket):
        def __init__(self, *_: object, **__: object) -> None:
            raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", Blocked)
    monkeypatch.setenv("RASOAT_REGISTER", str(tmp_path / "none.yml"))
    monkeypatch.setenv("RASOAT_DB", "postgresql://127.0.0.1:1/none")
    status = main(["--json", "--data", str(tmp_path / "none"), "verify", str(wacz)])
    answer = json.loads(capsys.readouterr().out)
    assert (status, answer["equal"], answer["differences"]) == (EQUAL, True, [])
    assert answer["unit"] == UNIT
    assert not (tmp_path / "none").exists()


def test_the_recomputed_score_is_the_published_one(wacz: Path, audited: Audited) -> None:
    shown = audited.answer("show", UNIT, "--period", audited.period)["units"][0]
    facts = verify(wacz).facts
    assert {name: float(facts["standing"][name]) for name in ("points", "low", "high")} == {
        name: float(shown[name]) for name in ("points", "low", "high")
    }
    assert facts["machine"] != facts["standing"]  # a person decided one leaf


def test_another_container_with_the_same_parts_is_equal(wacz: Path, tmp_path: Path) -> None:
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        assert verify(write_parts(tmp_path / "again.wacz", parts_of(wacz), method)).equal


def test_a_changed_byte_in_any_part_is_named(wacz: Path, tmp_path: Path) -> None:
    for name, data in parts_of(wacz).items():
        place = len(data) // 2
        flipped = data[:place] + bytes([data[place] ^ 0x20]) + data[place + 1 :]
        path = changed(wacz, tmp_path / "changed.wacz", {name: flipped})
        try:
            verdict = sealed(path)
        except InputError as error:  # a part that must be read first is no longer readable
            assert name in str(error), name
        else:
            assert name in said(verdict) or "signature" in said(verdict), name


def test_a_changed_byte_anywhere_in_the_file_is_noticed(wacz: Path, tmp_path: Path) -> None:
    whole, chance = wacz.read_bytes(), random.Random(6)
    ends = [*range(60), *range(len(whole) - 1_500, len(whole))]
    for place in [*ends, *(chance.randrange(len(whole)) for _ in range(200))]:
        path = tmp_path / "flipped.wacz"
        path.write_bytes(
            whole[:place] + bytes([whole[place] ^ (1 << chance.randrange(8))]) + whole[place + 1 :]
        )
        with contextlib.suppress(InputError):
            assert not sealed(path).equal, place


def test_a_removed_part_and_an_added_one_are_named(wacz: Path, tmp_path: Path) -> None:
    for name in parts_of(wacz):
        path = changed(wacz, tmp_path / "less.wacz", {name: None})
        try:
            assert name in said(sealed(path))
        except InputError as error:
            assert name in str(error)
    more = changed(wacz, tmp_path / "more.wacz", {"rasoat/extra.json": b"{}"})
    assert "rasoat/extra.json was added" in said(sealed(more))


def cut_out(path: Path, archive: str, number: int) -> tuple[bytes, dict[str, Any]]:
    row = listed(path, archive)[number]
    data = parts_of(path)[archive]
    return data[: row["offset"]] + data[row["offset"] + row["length"] :], row


def test_a_removed_capture_is_named(wacz: Path, tmp_path: Path) -> None:
    for archive, number in ((ARCHIVE_OF_UNIT, 7), (ARCHIVE_OF_UNIT, -1), (ARCHIVE_OF_PROVINCE, 0)):
        rest, row = cut_out(wacz, archive, number)
        verdict = verify(changed(wacz, tmp_path / "cut.wacz", {archive: rest}))
        assert f"capture {row['position']} of {archive} was removed: {row['url']}" in said(verdict)
        assert f"{archive} was changed" in said(verdict)


def test_an_added_capture_is_named(wacz: Path, tmp_path: Path) -> None:
    parts = parts_of(wacz)
    row = listed(wacz, ARCHIVE_OF_PROVINCE)[0]
    group = parts[ARCHIVE_OF_PROVINCE][row["offset"] : row["offset"] + row["length"]]
    verdict = verify(changed(wacz, tmp_path / "more.wacz", {ARCHIVE_OF_UNIT: parts[ARCHIVE_OF_UNIT] + group}))
    assert f"a capture was added to {ARCHIVE_OF_UNIT}" in said(verdict)
    assert row["url"] in said(verdict)


def swapped_finding(path: Path) -> tuple[bytes, str]:
    told = json.loads(parts_of(path)[contents.FINDINGS])
    leaf = next(each for each in told["findings"] if each["level"] == "full")
    leaf["level"] = "none"
    return pretty(told), leaf["leaf"]


def test_a_swapped_finding_is_named_by_its_leaf(wacz: Path, tmp_path: Path) -> None:
    findings, leaf = swapped_finding(wacz)
    verdict = verify(changed(wacz, tmp_path / "swap.wacz", {contents.FINDINGS: findings}))
    assert f"leaf {leaf}: the file says none, the evidence in it gives full" in said(verdict)


def test_a_forger_with_a_key_of_his_own_is_found_by_key_and_by_evidence(
    wacz: Path, tmp_path: Path, audited: Audited
) -> None:
    findings, leaf = swapped_finding(wacz)
    path = forged(wacz, tmp_path / "forged.wacz", {contents.FINDINGS: findings}, Ed25519PrivateKey.generate())
    told = said(verify(path, known_key(audited.data)))
    assert "signed by another key" in told
    assert leaf in told
    assert "signed by another key" not in said(verify(path))
    assert leaf in said(verify(path))


def test_a_forged_score_edition_or_decision_is_named(wacz: Path, tmp_path: Path) -> None:
    key, parts = Ed25519PrivateKey.generate(), parts_of(wacz)
    score = json.loads(parts[contents.SCORE])
    score["standing"]["points"] = "99.5"
    assert "the file says 99.5" in said(
        verify(forged(wacz, tmp_path / "a.wacz", {contents.SCORE: pretty(score)}, key))
    )
    edition = parts[contents.EDITION].replace(b"points: 3, column: full", b"points: 4, column: full")
    assert edition != parts[contents.EDITION]
    verdict = verify(forged(wacz, tmp_path / "b.wacz", {contents.EDITION: edition}, key))
    assert not verdict.equal
    assert verdict.facts["own_rules"] == [contents.EDITION]
    nobody = {contents.DECISIONS: pretty({"decisions": []})}
    assert "the score:" in said(verify(forged(wacz, tmp_path / "c.wacz", nobody, key)))


def test_a_file_of_another_installation_is_told_by_its_key(
    audited: Audited, tmp_path: Path, wacz: Path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(audited.data, other)
    (other / "keys" / "signing.pem").unlink()
    path = audited.export(UNIT, tmp_path / "other.wacz", data=other)
    assert audited.run("verify", str(path), data=other).returncode == EQUAL
    done = audited.run("verify", str(path))
    assert done.returncode == DIFFERS
    assert "another key" in done.stdout
    key = known_key(other)
    assert key is not None
    assert audited.run("verify", str(path), "--key", key.text).returncode == EQUAL
    assert audited.run("verify", str(wacz), "--key", key.text).returncode == DIFFERS


@pytest.mark.parametrize("share", [0.0, 0.2, 0.9, 0.999])
def test_a_truncated_file_is_not_readable(wacz: Path, tmp_path: Path, share: float, audited: Audited) -> None:
    whole = wacz.read_bytes()
    path = tmp_path / "cut.wacz"
    path.write_bytes(whole[: int(len(whole) * share)])
    done = audited.run("verify", str(path))
    assert done.returncode == UNREADABLE
    assert len(done.stderr.strip().splitlines()) == 1
    assert not done.stdout


def test_an_unsigned_file_is_named(wacz: Path, tmp_path: Path) -> None:
    sealed = json.loads(parts_of(wacz)[contents.DIGEST])
    del sealed["signedData"]
    verdict = verify(changed(wacz, tmp_path / "bare.wacz", {contents.DIGEST: pretty(sealed)}))
    assert "carries no signature" in said(verdict)


def test_every_installation_has_its_own_key(audited: Audited, tmp_path: Path) -> None:
    first = json.loads(audited.run("--json", "key").stdout)
    second = json.loads(audited.run("--json", "key", data=tmp_path).stdout)
    key = known_key(audited.data)
    assert key is not None
    assert first["public_key"] == key.text != second["public_key"]
    assert public_half(Ed25519PrivateKey.generate()) != key
