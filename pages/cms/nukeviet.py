"""NukeViet: known by its generator and script names; its lists, pagers and tools are plain markup.

The number at the end of an article's address (``/tin-tuc/ten-bai-123.html``) is its identity.
"""

from __future__ import annotations

import re

from pages.cms import Profile
from pages.cms.marks import generator, holds
from pages.listing import Hooks

_NUMBER = re.compile(r"-(\d+)\.html$")


def identity(url: str) -> str | None:
    """The article's number."""
    found = _NUMBER.search(url.split("?")[0])
    return found[1] if found else None


PROFILE = Profile(
    "nukeviet",
    lambda page: (
        "nukeviet" in generator(page) or holds(page, "nv_base_siteurl", "nv_lang_data", "nv_open_browse")
    ),
    Hooks(identity=identity),
)
