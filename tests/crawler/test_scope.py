"""What belongs to a portal, and which links act."""

from __future__ import annotations

import pytest

from crawler.scope import Scope
from crawler.unsafe import unsafe_reason
from pages.capture import PageRequest


@pytest.mark.parametrize(
    "address",
    [
        "/van-ban/-/vanbanconfig/DelDoccument?id=4&p_auth=Ab",
        "/tin?p_p_id=x&p_p_lifecycle=1",
        "/tin?_58_struts_action=%2Flogin%2Flogin",
        "/tin?p_auth=abc",
        "/c/portal/logout",
        "/c/portal/login;jsessionid=4F?x=1",
        "/Login.aspx",
        "/wp-login.php?action=lostpassword",
        "/dang-nhap",
        "/Dang-Ky",
        "/tin/xoa/12",
        "/tin/%78oa/12",
        "/index.php?nv=users&op=login",
        "/index.php?action=delete&id=4",
        "/index.php?delete=4",
        "/admin/news/edit_post?id=1",
        "/api/deleteNews/1",
    ],
)
def test_acts(address: str) -> None:
    assert unsafe_reason(PageRequest("http://p.test" + address)) is not None


@pytest.mark.parametrize(
    "address",
    [
        "/xoa-doi-giam-ngheo",
        "/tin/xoa-nha-tam-nha-dot-nat-12.html",
        "/dang-ky-kinh-doanh/thu-tuc",
        "/huong-dan-dang-nhap-dich-vu-cong-a1",
        "/bai/sua-doi-bo-sung-luat-dat-dai",
        "/Delegation/EditorialBoard",
        "/tin?p_p_lifecycle=0&p_p_state=normal",
        "/tin?p_p_id=x&p_p_lifecycle=2&p_p_resource_id=loadPage",
        "/tin?action=news&id=4",
        "/tin?redirect=%2Flogin",
        "/tin?q=xoa+doi",
        "/rss.aspx?op=news/register-2026",
    ],
)
def test_reads(address: str) -> None:
    assert unsafe_reason(PageRequest("http://p.test" + address)) is None


def test_a_form_may_carry_the_visitors_key_and_still_must_not_act() -> None:
    form = (("p_auth", "x"), ("trang", "2"))
    assert unsafe_reason(PageRequest("http://p.test/vb?p_auth=x", "POST", form)) is None
    assert unsafe_reason(PageRequest("http://p.test/vb", "POST", (*form, ("cmd", "delete")))) is not None
    assert unsafe_reason(PageRequest("http://p.test/vb", "POST", (("p_p_lifecycle", "1"),))) is not None


@pytest.mark.parametrize(
    ("registered", "inside", "outside"),
    [
        ("http://127.0.20.7:8700/", "http://127.0.20.7:8700/tin", "http://127.0.20.7:8701/tin"),
        ("https://a.gov.vn/", "http://a.gov.vn/tin", "https://b.a.gov.vn/"),
        ("https://a.gov.vn", "https://A.gov.vn:443/tin", "https://www.a.gov.vn/"),
        ("https://a.gov.vn:8443/", "https://a.gov.vn:8443/x", "http://a.gov.vn/x"),
        ("http://a.vn/web/so-noi-vu", "http://a.vn/web/so-noi-vu/tin", "http://a.vn/web/so-noi-vu-2/tin"),
        ("http://a.vn/web/so-noi-vu/", "http://a.vn/web/so-noi-vu", "http://a.vn/web/"),
        ("http://a.vn/so/index.aspx", "http://a.vn/so/tin.aspx", "http://a.vn/tin.aspx"),
        ("http://a.vn/", "http://a.vn/?x=1", "http://user@b.vn/"),
        ("http://a.vn/", "http://user:pass@a.vn/x", "http://a.vn@b.vn/"),
        ("http://a.vn/", "http://a.vn./x", "ftp://a.vn/x"),
    ],
)
def test_scope(registered: str, inside: str, outside: str) -> None:
    scope = Scope.of(registered)
    assert scope.contains(inside)
    assert not scope.contains(outside)


def test_the_whole_host_serves_what_a_list_shows() -> None:
    scope = Scope.of("http://a.vn/web/so-noi-vu")
    file = PageRequest("http://a.vn/documents/1/x.pdf")
    assert scope.refuse(file) == "off_scope"
    assert scope.refuse(file, wide=True) is None
    assert scope.refuse(PageRequest("http://b.vn/x"), wide=True) == "off_scope"


@pytest.mark.parametrize(
    ("path", "maze"),
    [
        ("/vi/tin-tuc", None),
        ("/vi/en/tin", "locale_recursion"),
        ("/vi/en/vi/en", "locale_recursion"),
        ("/a/b/a/b/a/b", "path_recursion"),
        ("/2026/05/05/05/tin", None),
        ("/x?" + "y" * 3000, "address_length"),
    ],
)
def test_mazes(path: str, maze: str | None) -> None:
    assert Scope.of("http://a.vn/").maze("http://a.vn" + path) == maze


def test_the_portals_own_language_is_not_another() -> None:
    assert Scope.of("http://a.vn/").other_language("http://a.vn/en/news")
    assert not Scope.of("http://a.vn/").other_language("http://a.vn/vi/news")
    assert not Scope.of("http://a.vn/en").other_language("http://a.vn/en/news")
    assert not Scope.of("http://a.vn/").other_language("http://a.vn/energy")


def test_no_portal_without_an_address() -> None:
    with pytest.raises(ValueError, match=r"ftp://a\.vn"):
        Scope.of("ftp://a.vn/")
