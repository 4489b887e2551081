"""All profiles in the order they are asked; the generic one answers for every page."""

from __future__ import annotations

from typing import Final

from pages.cms import (
    Profile,
    aspnet,
    bacninh,
    generic,
    izcms,
    liferay62,
    nukeviet,
    sharepoint,
    vnpt,
    wordpress,
)
from pages.tree import Page

PROFILES: Final[tuple[Profile, ...]] = (
    bacninh.PROFILE,
    vnpt.PROFILE,
    liferay62.PROFILE,
    sharepoint.PROFILE,
    nukeviet.PROFILE,
    wordpress.PROFILE,
    izcms.PROFILE,
    aspnet.PROFILE,
    generic.PROFILE,
)


def profile_of(page: Page) -> Profile:
    """The profile of the page's system."""
    return next(profile for profile in PROFILES if profile.matches(page))
