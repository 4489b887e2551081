"""Villages of portals, gone at the end of each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.nights.portals import Portal, Village


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Callable[[int], Village]]:
    """Makes a village of so many portals, all up."""
    made: list[Village] = []

    def make(count: int) -> Village:
        made.append(Village(tmp_path, [Portal() for _ in range(count)]))
        made[-1].begin()
        return made[-1]

    yield make
    for each in made:
        for portal in each.portals:
            portal.down()
