# ruff: noqa: E501 - pages stay on the lines their markup has
"""The portal's search form, told from forms of a section, of people and of the whole page."""

from __future__ import annotations

import pytest

from pages.searchform import changes_something, read_search
from tests.pages_fields.samples import HOST, page, whole


def test_get_form_with_its_other_fields() -> None:
    form = read_search(
        whole(
            '<body><form action="/tim-kiem" method="get"><input type=hidden name=p_p_id value=3>'
            "<select name=muc><option value=0>Tất cả<option value=1 selected>Tin</select>"
            "<input type=checkbox name=a value=1><input type=checkbox name=b value=2 checked>"
            '<input type=text name=keyword placeholder="Tìm kiếm..."><button type=submit name=go value=1>Tìm</button></form>'
        )
    )
    assert (form.kind, form.action, form.field) == ("form", f"{HOST}/tim-kiem", "keyword")
    assert dict(form.extra) == {"p_p_id": "3", "muc": "1", "b": "2", "go": "1"}
    assert form.scope == "site" and form.quote == "Tìm kiếm..."
    assert not changes_something(form)


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ('<form action="/search"><input name="q"></form>', "form"),
        ('<form role="search" class="search-form"><input type="search" name="s" value=""></form>', "form"),
        (
            '<form method="POST" action="/tim"><input type=text name=tukhoa><input type=submit value="Tìm kiếm"></form>',
            "post_form",
        ),
        (
            '<div class=s><input type=text id=txtTimKiem value="Nhập từ khóa"><a href="javascript:Tim()"><img src=a.png></a></div>',
            "script_only",
        ),
        (
            '<form onsubmit="return tim()" action="javascript:void(0)"><input name=key placeholder="Từ khóa"></form>',
            "script_only",
        ),
        ('<input placeholder="Search..." class="form-control">', "script_only"),
        (
            '<form action="/dang-nhap" method=post><input name=user><input type=password name=p></form>',
            "none",
        ),
        (
            '<form action="/nhan-tin"><input type=text name=email placeholder="Đăng ký nhận tin qua email"><button>Gửi</button></form>',
            "none",
        ),
        (
            '<form method=post><input name=hoten placeholder="Họ tên"><input name=td><textarea name=nd></textarea></form>',
            "none",
        ),
        ("<form><input type=radio name=v value=1><button>Bình chọn</button></form>", "none"),
        ("<p>Tìm kiếm</p><a href=/tim-kiem>Tìm kiếm</a>", "none"),
    ],
)
def test_kinds(html: str, kind: str) -> None:
    assert read_search(whole(f"<body>{html}<p>x</p></body>")).kind == kind


def test_form_without_address_sends_to_the_page_itself() -> None:
    form = read_search(whole('<form action="#"><input name=q><button>Tìm kiếm</button></form>', "/tin?a=1#x"))
    assert form.action == f"{HOST}/tin?a=1"


ASPX = (
    '<form method="post" action="default.aspx" id="aspnetForm"><input type=hidden name=__VIEWSTATE value=abc>'
    '<input type=hidden name=__EVENTTARGET value=""><div class="box">{box}</div><div><p>Nội dung</p></div></form>'
)


def test_page_wide_form_is_no_search_but_its_box_may_be() -> None:
    script = ASPX.format(
        box='<input type=text name=k title="Tìm kiếm"><a href="javascript:S_Submit()"><img src=go.gif></a>'
    )
    assert read_search(whole(script)).kind == "script_only"
    post = ASPX.format(
        box="<input type=text name=ctl0$txt placeholder='Từ khóa'>"
        "<a href=\"javascript:__doPostBack('ctl0$btn','')\">Tìm kiếm</a>"
    )
    form = read_search(whole(post))
    assert form.kind == "post_form" and form.field == "ctl0$txt"
    assert dict(form.extra) == {"__VIEWSTATE": "abc", "__EVENTTARGET": "ctl0$btn", "__EVENTARGUMENT": ""}
    assert read_search(whole(ASPX.format(box="<p>Không có ô nào</p>"))).kind == "none"


@pytest.mark.parametrize(
    "own",
    [
        '<form action="/van-ban"><input name=q placeholder="Số ký hiệu, trích yếu"><select><option>Loại văn bản</select><button>Tìm kiếm</button></form>',
        '<form action="/thu-tuc/tim" method=get><input name=kw placeholder="Tên thủ tục"><button>Tìm kiếm</button></form>',
        '<form action="/hoi-dap"><input name=k placeholder="Tìm kiếm câu hỏi"><button>Tìm</button></form>',
        '<form action="/van-ban"><input name=q><button>Tìm kiếm</button></form>',
    ],
)
def test_a_sections_own_form_is_said_to_be_one(own: str) -> None:
    assert read_search(page(own, "/van-ban")).scope == "section"


def test_the_portals_form_comes_before_a_sections() -> None:
    site = '<header><form action="/tim-kiem"><input name=q placeholder="Tìm kiếm"></form></header>'
    own = '<main><form action="/van-ban"><input name=v placeholder="Số ký hiệu"><button>Tìm kiếm</button></form></main>'
    form = read_search(whole(f"<body>{own}{site}</body>", "/van-ban"))
    assert (form.field, form.scope) == ("q", "site")


def test_search_page_keeps_its_form_as_the_portals() -> None:
    form = read_search(
        page(
            '<form action="/tim-kiem"><input name=q value="xyz"><button>Tìm kiếm</button></form>', "/tim-kiem"
        )
    )
    assert (form.kind, form.scope) == ("form", "site")


def test_tokens_mean_more_than_reading() -> None:
    form = read_search(
        whole('<form action="/x?p_auth=1" method=post><input name=q placeholder="Tìm kiếm"></form>')
    )
    assert changes_something(form)
