"""Files that mean harm: each is refused or reported in one line, quickly, and nothing is written."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli.app import main
from errors import InputError
from report.evidence import contents
from report.evidence.contents import ARCHIVE_OF_UNIT, PACKAGE, line
from report.verify.container import Container
from report.verify.run import verify
from storage.warc import FACTS
from tests.evidence.tamper import changed, digest, forged, listed, parts_of, write_parts


def refused(path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The one line with which a file is refused (exit status 2)."""
    assert main(["--lang", "en", "--data", str(path.parent / "none"), "verify", str(path)]) == 2
    told = capsys.readouterr()
    assert not told.out
    assert len(told.err.splitlines()) == 1
    return told.err


@pytest.mark.parametrize(
    "name",
    ["../../outside.txt", "/etc/passwd", "rasoat/../../x", "C:\\x", "rasoat/./x", "rasoat//x", "a\0b",
     ".hidden", "rasoat/tệp.json", "x" * 300, "CON ", "archive/"],
)  # fmt: skip
def test_names_that_lead_elsewhere(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "slip.wacz"
    with zipfile.ZipFile(path, "w") as container:
        info = zipfile.ZipInfo("placeholder")
        info.filename = name
        container.writestr(info, b"x")
    assert "name" in refused(path, capsys)
    assert [each.name for each in tmp_path.iterdir()] == ["slip.wacz"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["datapackage.json", "DataPackage.json"])
def test_two_parts_of_one_name(
    wacz: Path, tmp_path: Path, second: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_parts(tmp_path / "twice.wacz", parts_of(wacz))
    with zipfile.ZipFile(path, "a") as container:
        container.writestr(second, b"{}")
    assert "two parts are named" in refused(path, capsys)


def test_a_bomb_in_the_container(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bomb.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("datapackage-digest.json", b"{}")
        with container.open("datapackage.json", "w") as out:
            for _ in range(200):
                out.write(bytes(1024 * 1024))
    assert path.stat().st_size < 1024 * 1024
    assert "more than it may be" in refused(path, capsys)


def lying_sizes(data: bytes) -> bytes:
    """The sizes in both headers of the first part made small: it unpacks to more than it says."""
    central = data.index(b"PK\1\2")
    small = struct.pack("<L", 10)
    data = data[:22] + small + data[26:]
    return data[: central + 24] + small + data[central + 28 :]


def test_a_part_that_unpacks_to_more_than_it_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "lie.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("datapackage.json", bytes(50_000))
        container.writestr("datapackage-digest.json", b"{}")
    path.write_bytes(lying_sizes(path.read_bytes()))
    assert "another length than stated" in refused(path, capsys)


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data[:-12] + b"\xff\xff\xff\xff" + data[-8:],  # count of parts
        lambda data: b"MZ" + data,  # something before
        lambda data: data + b"tail",  # something behind
        lambda data: data[:-2] + b"\x05\x00",  # a comment that is not there
        lambda data: b"PK\x05\x06" + bytes(18),  # an empty container
        lambda data: data.replace(b"PK\x03\x04", b"PK\x03\x05", 1),
        lambda data: b"",
        lambda data: bytes(100_000),
    ],
)
def test_containers_that_lie_about_themselves(
    harm: Callable[[bytes], bytes], wacz: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "lie.wacz"
    path.write_bytes(harm(wacz.read_bytes()))
    refused(path, capsys)


def test_more_parts_than_any_evidence_has(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_parts(tmp_path / "many.wacz", {f"rasoat/{number}.json": b"" for number in range(5_000)})
    assert "5000 parts" in refused(path, capsys)


@pytest.mark.parametrize("part", [PACKAGE, contents.DIGEST, contents.CASE, contents.MASKS, contents.CAPTURES])
@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"[" * 100_000, b'{"a":', b"null", b"[]", b'{"resources": [1]}', b"1e999"]
)
def test_parts_that_are_not_what_they_should_be(
    part: str, data: bytes, wacz: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = changed(wacz, tmp_path / "odd.wacz", {part: data})
    assert main(["--data", str(tmp_path / "none"), "verify", str(path)]) in (1, 2)
    assert "Traceback" not in capsys.readouterr().err


def with_group(wacz: Path, target: Path, group: bytes) -> Path:
    """The first capture replaced by other bytes, all digests made to fit."""
    rows = [json.loads(row) for row in parts_of(wacz)[contents.CAPTURES].splitlines()]
    own = listed(wacz, ARCHIVE_OF_UNIT)[0]
    data = parts_of(wacz)[ARCHIVE_OF_UNIT]
    data = data[: own["offset"]] + group + data[own["offset"] + own["length"] :]
    for row in rows:
        if row["archive"] == ARCHIVE_OF_UNIT and row["offset"] > own["offset"]:
            row["offset"] += len(group) - own["length"]
    rows[0] |= {"length": len(group), "digest": digest(group)}
    changes = {ARCHIVE_OF_UNIT: data, contents.CAPTURES: b"".join(map(line, rows))}
    return forged(wacz, target, changes, Ed25519PrivateKey.generate())


def record(block: bytes, facts: object) -> bytes:
    """One packed response record as hostile as ``facts`` make it."""
    head = "\r\n".join(
        (
            "WARC/1.1",
            "WARC-Type: response",
            f"WARC-Block-Digest: {digest(block)}",
            f"{FACTS}: {json.dumps(facts)}",
            "WARC-Date: 2026-05-01T00:00:00Z",
            f"Content-Length: {len(block)}",
            "\r\n",
        )
    ).encode()
    return gzip.compress(head + block + b"\r\n\r\n")


NESTED = gzip.compress(bytes(100_000_000))


@pytest.mark.parametrize(
    "group",
    [
        b"",
        b"not gzip at all",
        gzip.compress(b"WARC/1.1\r\n\r\n"),
        gzip.compress(bytes(300 * 1024 * 1024)),
        record(b"HTTP/1.1 200 OK\r\n\r\n", {"body": 10**15, "position": 0}),
        record(b"HTTP/1.1\r\n\r\n", {"body": 0}),
        record(b"", []),
        record(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(100_000_000)),
            {"body": 9**9},
        ),
    ],
    ids=["empty", "no gzip", "no record", "bomb", "huge body", "no status", "no facts", "bomb in a bomb"],
)
def test_records_that_are_none(
    group: bytes, wacz: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = with_group(wacz, tmp_path / "record.wacz", group)
    assert main(["--data", str(tmp_path / "none"), "verify", str(path)]) in (1, 2)
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("part", [contents.EDITION, contents.CALENDAR, contents.REGISTER])
@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe",
        b"a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n",
        b"x: " + b"[" * 5_000,
        b"- !!python/object/apply:os.system ['true']\n",
    ],
    ids=["no text", "aliases", "deep", "object"],
)
def test_rules_that_mean_harm(
    part: str, data: bytes, wacz: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = forged(wacz, tmp_path / "rules.wacz", {part: data}, Ed25519PrivateKey.generate())
    assert main(["--data", str(tmp_path / "none"), "verify", str(path)]) in (1, 2)
    assert "Traceback" not in capsys.readouterr().err


def test_rules_that_stand_for_more_than_they_say(
    wacz: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folded = "x: {a0: &a0 [y, y, y, y, y, y, y, y, y, y]"
    folded += "".join(f", a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)) + "}"
    edition = parts_of(wacz)[contents.EDITION].replace(
        b"        params:\n", f"        params:\n          {folded}\n".encode(), 1
    )
    assert b"&a11" in edition
    path = forged(wacz, tmp_path / "bomb.wacz", {contents.EDITION: edition}, Ed25519PrivateKey.generate())
    assert "repeats parts of itself" in said_by(path, capsys)


def said_by(path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What is said of a file, whatever the exit status."""
    assert main(["--lang", "en", "--data", str(path.parent / "none"), "verify", str(path)]) in (1, 2)
    told = capsys.readouterr()
    return told.out + told.err


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_bytes_thrown_at_random(wacz: Path, tmp_path: Path, data: st.DataObject) -> None:
    """Pieces moved, cut, repeated or overwritten: a verdict or the one error, nothing else."""
    whole = bytearray(wacz.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(whole) - 1))
        size = data.draw(st.integers(0, 200))
        whole[place : place + size] = data.draw(st.binary(max_size=200))
    path = tmp_path / "random.wacz"
    path.write_bytes(whole)
    try:
        with Container(path) as container:
            assert container.entries
        verify(path)
    except InputError:
        pass


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_as_a_container(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "any.wacz"
    path.write_bytes(b"PK\3\4" + data + b"PK\5\6" + data[:18].ljust(18, b"\0"))
    with pytest.raises(InputError):
        Container(path)


def test_a_deflated_stream_without_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A part whose packed bytes stop in the middle."""
    packer = zlib.compressobj(wbits=-15)
    cut = (packer.compress(b"x" * 100_000) + packer.flush())[:-20]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as container:
        container.writestr("datapackage.json", cut)
    data = bytearray(buffer.getvalue())
    central = data.index(b"PK\1\2")
    for place, size in ((8, central + 10), (22, central + 24)):
        value = struct.pack("<H", 8) if place == 8 else struct.pack("<L", 100_000)
        data[place : place + len(value)] = value
        data[size : size + len(value)] = value
    path = tmp_path / "cut.wacz"
    path.write_bytes(data)
    assert "another length" in refused(path, capsys)
