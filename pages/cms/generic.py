"""Any other page: the structure decides everything."""

from __future__ import annotations

from pages.cms import Profile

PROFILE = Profile("generic", lambda page: True)
