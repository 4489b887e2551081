"""WordPress: known by its generator and its content folder; themes keep to plain headings, ``<time>``
and ``/page/2/``, which the general readers know. The identity of a post is its short number."""

from __future__ import annotations

import re

from pages.cms import Profile
from pages.cms.marks import generator, holds
from pages.listing import Hooks

_SHORT = re.compile(r"[?&]p=(\d+)")


def identity(url: str) -> str | None:
    """The post's number in a short address."""
    found = _SHORT.search(url)
    return found[1] if found else None


PROFILE = Profile(
    "wordpress",
    lambda page: "wordpress" in generator(page) or holds(page, "/wp-content/", "/wp-includes/"),
    Hooks(identity=identity),
)
