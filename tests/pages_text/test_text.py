"""Text hygiene: encodings declared or not, legacy fonts, one spelling for what looks the same."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages import legacy
from pages.text import Unreadable, decode, fold, label_key, unaccent

SENTENCE = "Thông báo về việc triển khai kế hoạch năm 2026 của ủy ban nhân dân tỉnh đã được phê duyệt"
PAGE = f"<html><body><p>{SENTENCE}</p></body></html>"


def tcvn3(s: str) -> str:
    letters = {letter: code for code, letter in legacy._TCVN3.items()}
    return "".join(letters.get(c, c) for c in s)


def vni(s: str) -> str:
    letters: dict[str, str] = {}
    for code, letter in legacy._vni()[1].items():
        letters.setdefault(letter, code)
    return "".join(letters.get(c, c) for c in s)


def windows_1258(s: str) -> bytes:
    out = b""
    for c in s:
        try:
            out += c.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", c)
            tone = "".join(p for p in parts if p in legacy._TONES)
            base = unicodedata.normalize("NFC", "".join(p for p in parts if p not in legacy._TONES))
            out += (base + tone).encode("cp1258")
    return out


def test_utf8_needs_no_note() -> None:
    assert decode(PAGE.encode(), None) == (PAGE, None)
    assert decode(PAGE.encode(), "text/html; charset=iso-8859-1") == (PAGE, None)
    assert decode(PAGE.encode("utf-8-sig"), "text/html") == (PAGE, None)
    assert decode(PAGE.encode("utf-16"), None) == (PAGE, None)
    assert decode(b"", None) == ("", None)


@pytest.mark.parametrize("declared", ["text/html; charset=windows-1258", None])
def test_windows_1258_declared_or_not(declared: str | None) -> None:
    text, note = decode(windows_1258(PAGE), declared)
    assert text == PAGE
    assert (note is None) == (declared is not None)


def test_charset_declared_in_the_page() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1258">' + PAGE
    assert decode(windows_1258(page), "text/html") == (page, None)


@pytest.mark.parametrize(("encoder", "name"), [(tcvn3, "tcvn3"), (vni, "vni")])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_legacy_fonts_are_decoded_when_certain(encoder, name: str, encoding: str) -> None:
    body = f"<p>{encoder(SENTENCE)}</p>".encode(encoding)
    assert decode(body, None) == (f"<p>{SENTENCE}</p>", f"legacy:{name}")


def test_a_named_font_decides_for_a_short_run_and_leaves_unicode_alone() -> None:
    page = f'<h1>Tin tức, sự kiện</h1><font face=".VnTime">{tcvn3("Thông báo")}</font>'
    text, note = decode(page.encode(), None)
    assert "Thông báo" in text and "Tin tức, sự kiện" in text
    assert note == "legacy:tcvn3"


def test_unicode_that_looks_like_legacy_is_left_alone() -> None:
    page = '<p>Tin tức mới</p><font face=".VnArial NarrowH">Thông báo</font> <b>Sô\u0301</b>'
    assert decode(page.encode(), None) == (page, None)


def test_doubtful_legacy_text_is_reported_not_guessed() -> None:
    page = '<font face="VNI-Times">«««¶¶ xyz¤¤</font>'
    assert decode(page.encode(), None) == (page, "legacy:unsure")


def test_other_languages_are_left_alone() -> None:
    french = "<p>Présenté à la société générale, où les élèves étaient déjà réunis à l'école française</p>"
    assert decode(french.encode(), None) == (french, None)


def test_a_few_broken_bytes_do_not_lose_the_page() -> None:
    body = PAGE.encode()[: -len("</p></body></html>")] + "ệ".encode()[:2]
    text, note = decode(body, "text/html; charset=utf-8")
    assert SENTENCE in text and note == "encoding:replaced"


@pytest.mark.parametrize("body", [b"%PDF-1.7 x", b"PK\x03\x04abc", b"\x1f\x8b\x08", bytes(range(32)) * 20])
def test_what_is_not_text_says_so(body: bytes) -> None:
    with pytest.raises(Unreadable):
        decode(body, "text/html")


@given(st.binary(max_size=300))
def test_any_bytes_decode_or_are_unreadable(body: bytes) -> None:
    try:
        text, _ = decode(body, None)
    except Unreadable:
        return
    assert isinstance(text, str)


def test_fold_gives_one_spelling() -> None:
    assert fold("N\u00d0-CP") == "NĐ-CP"
    assert fold(unicodedata.normalize("NFD", SENTENCE)) == SENTENCE
    assert fold("\ufeff Tin\u00a0\u00a0tức\u200b \n Sự\u00ad kiện ") == "Tin tức Sự kiện"
    assert fold("Th&ocirc;ng b&aacute;o &amp; tin") == "Thông báo & tin"


@given(st.text())
def test_fold_is_stable(s: str) -> None:
    if "&" not in s:
        assert fold(fold(s)) == fold(s)
        assert label_key(label_key(s)) == label_key(s)


def test_label_key_keeps_accents_and_drops_the_rest() -> None:
    assert label_key("TIN TỨC - Sự kiện:") == "tin tức sự kiện"
    assert label_key("Uỷ ban") == label_key("Ủy ban") == "ủy ban"
    assert label_key("Văn hoá") == label_key("văn hóa")
    assert label_key("Quý") == "quý" and label_key("hoàn toàn") == "hoàn toàn"
    assert label_key("Tin") != label_key("Tín")


def test_unaccent() -> None:
    assert unaccent("Điện tử Ðông – Ước") == "dien tu dong – uoc"
