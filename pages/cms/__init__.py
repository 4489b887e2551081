"""What only a content-management system knows: one small file each, asked before the general readers.

A profile adds to the general readers and never replaces them: its name, the identity of a post, a
date that stands only in an address, how its lists go on. :func:`profile_of` picks the first whose
marks stand in the page; the generic profile comes last.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pages.listing import Hooks
from pages.paging import Next
from pages.tree import Page


@dataclass(frozen=True, slots=True)
class Profile:
    """One system: ``matches`` its pages; ``hooks`` for reading lists; ``next_page`` where the structure
    does not show how a list goes on (None: it does not know either)."""

    name: str
    matches: Callable[[Page], bool]
    hooks: Hooks = field(default_factory=Hooks)
    next_page: Callable[[Page], Next | None] | None = None
    us_order: Callable[[Page], bool] | None = None
