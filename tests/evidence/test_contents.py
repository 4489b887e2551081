"""What is in the file: everything cited, everything that proves absence, nothing personal."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from pages.text import fold
from report.evidence import contents
from report.evidence.contents import ARCHIVE_OF_PROVINCE, ARCHIVE_OF_UNIT
from storage.store import open_store
from tests.evidence.conftest import UNIT, Audited
from tests.evidence.tamper import digest, listed, parts_of


def loaded(path: Path, name: str) -> Any:
    return json.loads(parts_of(path)[name])


def test_the_package_is_a_wacz(wacz: Path) -> None:
    parts = parts_of(wacz)
    package = json.loads(parts[contents.PACKAGE])
    assert package["wacz_version"] == "1.1.1"
    assert {each["path"]: (each["hash"], each["bytes"]) for each in package["resources"]} == {
        name: (digest(data), len(data))
        for name, data in parts.items()
        if name not in (contents.PACKAGE, contents.DIGEST)
    }
    sealed = json.loads(parts[contents.DIGEST])
    assert sealed["hash"] == digest(parts[contents.PACKAGE])
    header, *rows = [json.loads(row) for row in parts[contents.PAGES].splitlines()]
    assert header["format"] == "json-pages-1.0"
    assert rows
    assert all(row["title"] and row["ts"].endswith("Z") and row["url"].startswith("http") for row in rows)
    assert package["mainPageUrl"] in {row["url"] for row in rows}


def test_the_validator_of_the_format_agrees(wacz: Path) -> None:
    program = Path(sys.executable).with_name("wacz")
    done = subprocess.run([program, "validate", "-f", wacz], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "is valid" in done.stdout


def test_the_index_is_what_other_indexers_make(wacz: Path, tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("cdxj-indexer")
    theirs: set[tuple[str, ...]] = set()
    for archive in (ARCHIVE_OF_UNIT, ARCHIVE_OF_PROVINCE):
        path = tmp_path / archive.rpartition("/")[2]
        path.write_bytes(parts_of(wacz)[archive])
        done = subprocess.run([program, path], capture_output=True, text=True, check=True)
        theirs |= {row_of(line) for line in done.stdout.splitlines()}
    ours = {row_of(line) for line in parts_of(wacz)[contents.INDEX].decode().splitlines()}
    assert ours == theirs


def row_of(line: str) -> tuple[str, ...]:
    key, stamp, told = line.split(" ", 2)
    values = json.loads(told)
    return (
        key,
        stamp,
        *(values[name] for name in ("url", "status", "digest", "length", "offset", "filename")),
    )


def test_a_capture_is_found_by_its_index_line_alone(wacz: Path) -> None:
    parts = parts_of(wacz)
    line = next(row for row in parts[contents.INDEX].decode().splitlines() if "unit.warc.gz" in row)
    told = json.loads(line.split(" ", 2)[2])
    start, length = int(told["offset"]), int(told["length"])
    record = next(iter(ArchiveIterator(BytesIO(parts[ARCHIVE_OF_UNIT][start : start + length]))))
    assert record.rec_headers.get_header("WARC-Target-URI") == told["url"]


def test_every_cited_capture_is_in_the_file(wacz: Path) -> None:
    held = {row["ref"] for name in (ARCHIVE_OF_UNIT, ARCHIVE_OF_PROVINCE) for row in listed(wacz, name)}
    cited = {
        each["capture"] for leaf in loaded(wacz, contents.FINDINGS)["findings"] for each in leaf["evidence"]
    }
    assert cited
    assert cited <= held


def test_the_whole_walk_of_the_unit_is_in_the_file_failures_and_redirects_too(
    audited: Audited, tmp_path: Path
) -> None:
    with open_store(audited.data) as store:
        for unit in ("caoduc", "truongson"):
            stored = store.evidence(unit)
            assert stored is not None
            path = audited.export(unit, tmp_path / f"{unit}.wacz")
            rows = listed(path, ARCHIVE_OF_UNIT)
            assert [(row["ref"], row["status"]) for row in rows] == [
                (c.ref, c.status) for c in stored.captures
            ]
            assert any(row["status"] != 200 for row in rows)


def test_the_crawler_names_itself_and_the_server_is_named(wacz: Path) -> None:
    records = list(ArchiveIterator(BytesIO(parts_of(wacz)[ARCHIVE_OF_UNIT]), no_record_parse=True))
    assert records[0].rec_type == "warcinfo"
    assert all(r.rec_headers.get_header("WARC-IP-Address") for r in records if r.rec_type == "response")


def test_the_province_is_cut_to_the_unit(audited: Audited, wacz: Path) -> None:
    with open_store(audited.data) as store:
        whole = store.evidence("bacninh")
    assert whole is not None
    kept = listed(wacz, ARCHIVE_OF_PROVINCE)
    assert 0 < len(kept) < len(whole.captures)
    trails = loaded(wacz, contents.COVERAGE)["province"]["trails"]
    assert {"home", "petitions_qa"} <= {trail["section"] for trail in trails}


def readable(path: Path) -> str:
    """Every text in the file, archives unpacked."""
    texts = []
    for name, data in parts_of(path).items():
        if name.endswith(".gz"):
            for record in ArchiveIterator(BytesIO(data)):
                texts.append(record.content_stream().read())
        else:
            texts.append(data)
    return fold(b"\n".join(texts).decode("utf-8", "replace"))


@pytest.fixture(scope="session")
def shown(audited: Audited) -> list[str]:
    """The planted names, telephones and homes that the crawl really brought home."""
    found = []
    for path in sorted((audited.data / "evidence").rglob("*.warc.gz")):
        found += [r.content_stream().read() for r in ArchiveIterator(BytesIO(path.read_bytes()))]
    text = fold(b"\n".join(found).decode("utf-8", "replace"))
    return [each for each in audited.planted if each in text]


@pytest.mark.parametrize("unit", [UNIT, "skhcn", "tanson"])
def test_no_citizen_is_named_anywhere_in_the_file(
    audited: Audited, shown: list[str], tmp_path: Path, unit: str
) -> None:
    text = readable(audited.export(unit, tmp_path / "unit.wacz"))
    assert len(shown) > 10
    assert [each for each in shown if each in text] == []


def test_masks_are_recorded_and_the_original_is_known_by_its_digest(wacz: Path, audited: Audited) -> None:
    masks = loaded(wacz, contents.MASKS)["masks"]
    assert {mask["archive"] for mask in masks} == {ARCHIVE_OF_UNIT, ARCHIVE_OF_PROVINCE}
    units = {ARCHIVE_OF_UNIT: UNIT, ARCHIVE_OF_PROVINCE: "bacninh"}
    with open_store(audited.data) as store:
        for mask in masks:
            stored = store.evidence(units[mask["archive"]])
            assert stored is not None
            capture = stored.captures[mask["position"]]
            assert (capture.ref, capture.url) == (mask["original"], mask["url"])
            text = capture.body.decode()
            for mark in mask["marks"]:
                piece = text[mark["start"] : mark["start"] + mark["length"]]
                text = (
                    text[: mark["start"]] + re.sub(r"\S", "x", piece) + text[mark["start"] + mark["length"] :]
                )
            assert digest(text.encode()) == mask["masked"]


def test_the_report_names_each_leaf_its_rule_and_marks_the_words(wacz: Path, audited: Audited) -> None:
    page = parts_of(wacz)[contents.REPORT].decode()
    shown = audited.answer("show", UNIT, "--period", audited.period)["units"][0]
    rubric = {leaf["id"]: leaf for leaf in audited.answer("rubric")["groups"]["commune"]["leaves"]}
    for leaf in shown["leaves"]:
        assert f'<section id="{leaf["id"]}">' in page
        assert rubric[leaf["id"]]["source"] in page
        assert leaf["label"] is None or leaf["label"] in page
    assert len(re.findall(r"\S[^<]{5,}<mark>[^<]+</mark>", page)) > 10
    assert "Người rà soát" in page
    assert "<script" not in page


def test_the_software_is_named_with_its_lock(wacz: Path) -> None:
    assert loaded(wacz, contents.SOFTWARE)["software"].startswith("rasoat/")
    assert b"lxml==" in parts_of(wacz)[contents.LOCK]


def test_the_same_export_twice_differs_only_in_its_time(wacz: Path, audited: Audited, tmp_path: Path) -> None:
    first, again = parts_of(wacz), parts_of(audited.export(UNIT, tmp_path / "again.wacz"))
    # Masked records are written anew, so that archives and what counts their bytes differ in record ids.
    timed = {
        contents.PACKAGE,
        contents.DIGEST,
        contents.CASE,
        contents.REPORT,
        contents.CAPTURES,
        contents.INDEX,
    }
    assert first.keys() == again.keys()
    other = {name for name in first if first[name] != again[name]}
    assert other <= timed | {ARCHIVE_OF_UNIT, ARCHIVE_OF_PROVINCE}


def test_what_is_not_judged_has_no_file(audited: Audited, tmp_path: Path) -> None:
    target = tmp_path / "none.wacz"
    for arguments in (("kep", "--period", "2025-12"), ("nobody", "--period", audited.period)):
        done = audited.run("evidence", *arguments, "-o", str(target))
        assert done.returncode == 2
        assert len(done.stderr.strip().splitlines()) == 1
        assert not target.exists()
    done = audited.run("evidence", UNIT, "--period", audited.period, "-o", str(tmp_path / "no" / "x.wacz"))
    assert done.returncode == 2


def test_a_full_disk_is_named_and_leaves_nothing(audited: Audited, tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk: the system refuses to write on in the same way."""
    target = tmp_path / "full.wacz"
    target.write_bytes(b"what stood there")
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (90_000, 90_000));"
        "from cli.app import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, "--lang", "en", "--register", str(audited.register)]
    command += ["--data", str(audited.data), "evidence", UNIT, "--period", audited.period, "-o", str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert "disk is full" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert [each.name for each in tmp_path.iterdir()] == ["full.wacz"]
    assert target.read_bytes() == b"what stood there"


def test_damaged_evidence_is_named_and_never_exported(audited: Audited, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(audited.data, data)
    for path in (data / "evidence").rglob(f"{UNIT}.warc.gz"):
        whole = bytearray(path.read_bytes())
        whole[len(whole) // 2] ^= 1
        path.write_bytes(whole)
    target = tmp_path / "none.wacz"
    done = audited.run("evidence", UNIT, "--period", audited.period, "-o", str(target), data=data)
    assert done.returncode == 2
    assert f"{UNIT}.warc.gz is not as it was written" in done.stderr
    assert not target.exists()
