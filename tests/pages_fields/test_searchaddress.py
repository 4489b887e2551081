"""Search boxes without a form whose address the page spells out."""

from __future__ import annotations

import pytest

from pages.searchform import read_search
from tests.pages_fields.samples import HOST, whole


@pytest.mark.parametrize(
    ("html", "action", "field", "extra"),
    [
        (
            '<div class="input-group"><input type="text" placeholder="Tìm kiếm..."><span>'
            '<button type="button" data-url="/vi/seek/?q="><em></em></button></span></div>',
            "/vi/seek/",
            "q",
            (),
        ),
        (
            '<div><input type="text" id="txtSearch"><img src="/s.png" '
            "onclick=\"window.location='/index.php?nv=seek&tukhoa='+document.getElementById('txtSearch').value\"></div>",
            "/index.php",
            "tukhoa",
            (("nv", "seek"),),
        ),
    ],
)
def test_the_address_a_script_completes(
    html: str, action: str, field: str, extra: tuple[tuple[str, str], ...]
) -> None:
    form = read_search(whole(f"<body>{html}</body>"))
    assert (form.kind, form.action, form.field, form.extra) == ("form", HOST + action, field, extra)


@pytest.mark.parametrize(
    "button",
    [
        '<button type="button" onclick="Tim()">Tìm</button>',
        '<button type="button" data-url="https://www.google.com/search?q=">Tìm</button>',
        '<button type="button" data-url="/tim?p_auth=x1&q=">Tìm</button>',
        '<a href="/tin?id=5">Tin</a><button type="button">Tìm</button>',
    ],
)
def test_no_address_of_the_portal_is_a_script_only(button: str) -> None:
    form = read_search(whole(f'<body><div><input type="text" placeholder="Tìm kiếm">{button}</div></body>'))
    assert (form.kind, form.action) == ("script_only", None)
