"""Addresses: one spelling for one page; links that lead nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.urls import canonical, join


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Skhcn.BacNinh.gov.vn:80", "http://skhcn.bacninh.gov.vn/"),
        ("http://127.0.20.7:8700/tin-tuc#dau-trang", "http://127.0.20.7:8700/tin-tuc"),
        ("https://a.vn/van-ban;jsessionid=NwHX3+a0.undefined?x=1", "https://a.vn/van-ban?x=1"),
        ("https://a.vn/l?p_auth=Xy12&cur=2&utm_source=zalo", "https://a.vn/l?cur=2"),
        ("https://a.vn/documents/1/f.pdf?t=1661234567890", "https://a.vn/documents/1/f.pdf"),
        ("https://a.vn/l?t=2", "https://a.vn/l?t=2"),
        ("https://a.vn/tin tức?q=đ", "https://a.vn/tin%20t%E1%BB%A9c?q=%C4%91"),
        ("https://a.vn/tin%20t%e1%bb%a9c?q=%c4%91", "https://a.vn/tin%20t%E1%BB%A9c?q=%C4%91"),
        ("https://a.vn:443/?b=2&a=1", "https://a.vn/?b=2&a=1"),
        ("http://[bad", "http://[bad"),
    ],
)
def test_canonical(url: str, expected: str) -> None:
    assert canonical(url) == expected
    assert canonical(expected) == expected


@given(st.text(max_size=60))
def test_canonical_and_join_never_raise(text: str) -> None:
    canonical("http://a.vn/" + text)
    canonical(text)
    assert (found := join("http://a.vn/x", text)) is None or found.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    "href",
    [
        "",
        "#",
        "#muc",
        " javascript:void(0)",
        "JavaScript:x()",
        "mailto:a@b.vn",
        "tel:0222",
        "data:text/html,x",
        "http://[x",
        "http://",
    ],
)
def test_links_that_lead_to_no_page(href: str) -> None:
    assert join("http://a.vn/x", href) is None


def test_join() -> None:
    assert join("http://a.vn/b/c", "../d") == "http://a.vn/d"
    assert join("http://a.vn/b/c?x=1", "?y=2") == "http://a.vn/b/c?y=2"
    assert join("http://a.vn/b", "//c.vn/\n d") == "http://c.vn/ d"
    assert join("http://a.vn/b/", "tin\\tuc") == "http://a.vn/b/tin/tuc"
