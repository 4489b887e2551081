"""Cookies of one portal: sent back to that portal only, its language pinned."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.words import load

_MOST = 50
_LONGEST = 4096


class Cookies:
    """What one portal has set in this run. Walks stay on one host, so names alone tell them apart."""

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    def header(self) -> str:
        """The Cookie header to send."""
        return "; ".join(f"{name}={value}" for name, value in {**self._values, **_pinned()}.items())

    def take(self, lines: Iterable[str]) -> None:
        """Take in the answer's Set-Cookie lines."""
        for line in lines:
            pair, *attributes = line.split(";")
            name, given, value = pair.partition("=")
            if not given or not name.strip() or len(pair) > _LONGEST:
                continue
            if any(attribute.strip().lower() in ("max-age=0", "max-age=-1") for attribute in attributes):
                self._values.pop(name.strip(), None)
            elif len(self._values) < _MOST or name.strip() in self._values:
                self._values[name.strip()] = value.strip()


def _pinned() -> dict[str, str]:
    pinned: dict[str, str] = load("words")["pinned_cookies"]
    return pinned
