"""Exchanges into WARC records and back."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from datetime import timedelta
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from storage_samples import NIGHT, exchange, failure, zipped
from warcio.archiveiterator import ArchiveIterator

from errors import EvidenceError
from pages.capture import Capture
from storage import archive, unwarc
from storage.encoding import decode
from storage.exchange import Exchange
from storage.unwarc import DamagedRecordError, group_at, record_at
from storage.warc import opening, packed

Pairs = list[tuple[str, str]]


def kept(given_exchange: Exchange, position: int = 7) -> Capture:
    group = group_at(packed(given_exchange, position).data)
    assert group is not None
    assert group.position == position
    return group.capture


def test_an_answer_comes_back_as_it_was() -> None:
    capture = kept(exchange(3))
    assert capture.body == "<p>Tin số 3</p>".encode()
    assert (capture.status, capture.error, capture.method) == (200, None, "GET")
    assert capture.headers == (
        ("content-type", "text/html; charset=utf-8"),
        ("set-cookie", "a=1"),
        ("set-cookie", "b=2"),
    )
    assert capture.fetched_at == NIGHT + timedelta(seconds=3)
    assert capture.ref == "sha256:" + hashlib.sha256(capture.body).hexdigest()


def test_compressed_bodies_stay_as_they_came() -> None:
    page = zipped(1)
    assert kept(page).body == page.body
    data = packed(page, 0).data
    record = record_at(data, record_at(data).length)
    assert record.block.endswith(page.raw_body)


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", lambda body: gzip.compress(body[:3]) + gzip.compress(body[3:])),
        ("deflate", zlib.compress),
        ("Deflate", lambda body: zlib.compress(body)[2:-4]),
        ("br", brotli.compress),
        ("identity", bytes),
        ("", bytes),
    ],
)
def test_content_codings(coding: str, pack: object) -> None:
    body = b"<p>text</p>" * 4000
    assert callable(pack)
    assert decode(pack(body), coding, len(body)) == body
    assert decode(pack(body), coding, 100) == body[:100]


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "compress", "gzip, br"])
def test_what_is_not_in_its_coding_is_stored_decoded(coding: str) -> None:
    page = exchange(body=b"plain", headers=(("Content-Encoding", coding), ("Content-Length", "999")))
    capture = kept(page)
    assert capture.body == b"plain"
    assert capture.header("content-encoding") is None
    assert capture.header("x-archive-orig-content-encoding") == coding


def test_a_body_cut_by_a_limit_of_ours() -> None:
    whole = b"0123456789" * 1000
    raw = gzip.compress(whole)
    cut = exchange(
        raw_body=raw[: len(raw) // 2],
        body=decode(raw[: len(raw) // 2], "gzip", 10_000),
        headers=(("Content-Encoding", "gzip"),),
        truncated=True,
        error="too_big",
    )
    capture = kept(cut)
    assert capture.truncated
    assert capture.error == "too_big"
    assert capture.body == cut.body


def test_a_bomb_unpacks_no_further_than_its_body() -> None:
    raw = gzip.compress(bytes(50_000_000))
    page = exchange(raw_body=raw, body=bytes(1000), headers=(("Content-Encoding", "gzip"),), truncated=True)
    assert kept(page).body == bytes(1000)


def test_a_failure_has_a_record_of_its_own() -> None:
    first, second = failure(1, "dns"), failure(2, "dns", url="http://127.0.20.1:8700/tin/1")
    capture = kept(first)
    assert (capture.status, capture.error, capture.body) == (None, "dns", b"")
    assert capture.ref != kept(second).ref


def test_a_form_comes_back_in_order() -> None:
    form = (("trang", "2"), ("từ khóa", "đất & nước=1"), ("trang", ""))
    for sent in (exchange(method="POST", form=form), failure(method="POST", form=form)):
        assert (kept(sent).method, kept(sent).form) == ("POST", form)


words = st.text(st.characters(codec="utf-8"), max_size=20)
header_names = st.from_regex(r"[A-Za-z][A-Za-z-]{0,12}", fullmatch=True)
header_values = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=20).map(str.strip)


@given(
    body=st.binary(max_size=300),
    headers=st.lists(st.tuples(header_names, header_values), max_size=4),
    form=st.lists(st.tuples(words, words), max_size=3),
    path=words,
    status=st.integers(100, 599),
    reason=words,
)
def test_any_answer_is_read_back_as_it_was_promised(
    body: bytes,
    headers: list[tuple[str, str]],
    form: list[tuple[str, str]],
    path: str,
    status: int,
    reason: str,
) -> None:
    sent = exchange(
        body=body,
        raw_body=body,
        headers=tuple(headers),
        method="POST",
        form=tuple(form),
        url=f"http://x.vn/{path}",
        status=status,
        reason=reason,
    )
    promised = packed(sent, 0)
    capture = kept(sent, 0)
    assert (capture.ref, capture.headers) == (promised.ref, promised.headers)
    assert (capture.body, capture.form, capture.url, capture.status) == (body, tuple(form), sent.url, status)


def test_files_are_valid_for_others(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    sent = [exchange(0), zipped(1), failure(2), exchange(3, method="POST", form=(("a", "b"),), body=b"")]
    for position, each in enumerate(sent):
        archive.append(tmp_path, "evidence/a.warc.gz", packed(each, position).data, "rasoat/0.1.0")
    with (tmp_path / "evidence/a.warc.gz").open("rb") as stream:
        records = ArchiveIterator(stream, check_digests="raise")
        found = [(each.rec_type, each.content_stream().read()) for each in records]
    kinds = [kind for kind, _ in found]
    answered, failed = ["request", "response"], ["request", "metadata"]
    assert kinds == ["warcinfo", *answered, *answered, *failed, *answered]
    assert b"software: rasoat/0.1.0" in found[0][1]
    assert found[4][1] == sent[1].body  # warcio decodes it like we do


def test_record_headers_tell_what_the_server_was(tmp_path: Path) -> None:
    data = packed(exchange(tls={"version": "TLSv1.3", "fingerprint_sha256": "ab"}), 0).data
    record = record_at(data, record_at(data).length)
    assert record.headers["WARC-IP-Address"] == "127.0.20.1"
    assert record.headers["WARC-Date"] == "2026-05-22T18:05:09.123456Z"
    assert record.headers["WARC-Payload-Digest"].startswith("sha256:")
    group = group_at(data)
    assert group is not None
    assert group.tls == {"version": "TLSv1.3", "fingerprint_sha256": "ab"}
    assert group.elapsed == 0.25


def test_every_changed_byte_is_found(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    place = archive.append(tmp_path, "evidence/a.warc.gz", packed(exchange(), 0).data, "rasoat")
    path = tmp_path / place.file
    whole = path.read_bytes()
    for at in range(place.offset, place.offset + place.length):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(EvidenceError, match=rf"evidence/a.warc.gz .* byte {place.offset}"):
            archive.load(tmp_path, place)


def test_a_changed_record_is_found_without_the_database() -> None:
    data = opening("a.warc.gz", "rasoat", NIGHT)
    plain = zlib.decompress(data, zlib.MAX_WBITS + 16)
    forged = gzip.compress(plain.replace(b"software: rasoat", b"software: RASOAT"))
    with pytest.raises(DamagedRecordError, match="digest"):
        record_at(forged)


def test_a_cut_or_missing_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    place = archive.append(tmp_path, "evidence/a.warc.gz", packed(exchange(), 0).data, "rasoat")
    path = tmp_path / place.file
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(EvidenceError, match="the file is cut"):
        archive.load(tmp_path, place)
    path.unlink()
    with pytest.raises(EvidenceError, match=r"evidence/a\.warc\.gz"):
        archive.load(tmp_path, place)


def test_a_record_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed(exchange(body=bytes(100_000)), 0).data
    monkeypatch.setattr(unwarc, "MEMBER_LIMIT", 50_000)
    with pytest.raises(DamagedRecordError, match="more than 50000 bytes"):
        group_at(data)


@pytest.mark.parametrize("unit_id", ["../x", "a/b", "", ".hidden", "Sở", "a\n"])
def test_no_unit_id_leads_out_of_the_folder(unit_id: str) -> None:
    with pytest.raises(ValueError, match="cannot name a file"):
        archive.file_name("evidence/run", unit_id)
