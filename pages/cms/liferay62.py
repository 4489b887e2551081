"""Liferay 6.x asset publishers: the identity of a post is the number in ``/-/view_content/<id>``."""

from __future__ import annotations

import re

from pages.cms import Profile
from pages.cms.marks import holds
from pages.listing import Hooks

_ENTRY = re.compile(
    r"/-/(?:view_content|asset_publisher/\w+/(?:content|view)(?:/id)?|blogs|details)/(?:\d+/)?(\d{3,})"
)
_LAST = re.compile(r"/-/asset_publisher/\w+/content/([^/?#;]+)")


def identity(url: str) -> str | None:
    """The entry's number (or its url title) in an asset publisher's address."""
    found = _ENTRY.search(url) or _LAST.search(url)
    return found[1] if found else None


PROFILE = Profile(
    "liferay62",
    lambda page: holds(page, "Liferay.AUI", "Liferay.Portlet", "themeDisplay", "portlet-boundary", "p_p_id="),
    Hooks(identity=identity),
)
