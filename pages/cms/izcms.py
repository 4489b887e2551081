"""izCMS (schools and offices): articles are also served at ``?page=Article.…&id=<hex>``, their print
view too; the hexadecimal number is the identity."""

from __future__ import annotations

import re

from pages.cms import Profile
from pages.cms.marks import holds
from pages.listing import Hooks

_ID = re.compile(r"[?&]page=Article\.[^#]*?[?&]id=([0-9a-f]{24})")


def identity(url: str) -> str | None:
    """The article's number."""
    found = _ID.search(url)
    return found[1] if found else None


PROFILE = Profile(
    "izcms",
    lambda page: holds(page, "?page=Article", "Article-Detail-", "ModuleWrapper"),
    Hooks(identity=identity),
)
