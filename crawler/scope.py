"""What belongs to a portal: its scheme, host, port and path prefix."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.unsafe import unsafe_reason
from crawler.words import words
from pages.capture import PageRequest
from pages.urls import canonical

_PORTS = {"http": 80, "https": 443}
_LONGEST = 2083
_REPEATS = 3
_FILE = re.compile(r"\.\w{1,5}$")

Origin = tuple[str, str, int]


def origin_of(url: str) -> Origin | None:
    """Scheme, host and port of an address; None when it is no http(s) address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not parts.hostname:
        return None
    return scheme, parts.hostname.rstrip("."), port or _PORTS[scheme]


@dataclass(frozen=True, slots=True)
class Scope:
    """The addresses of one portal.

    ``prefix`` has no closing slash; empty for a portal that has the whole host. A portal on a default
    port answers under http and https alike: sending visitors from one to the other is not leaving.
    """

    origin: Origin
    prefix: str
    locales: frozenset[str]

    @classmethod
    def of(cls, url: str) -> Scope:
        """The scope that a registered address stands for. :raises ValueError: not an http(s) address."""
        origin = origin_of(url)
        if origin is None:
            raise ValueError(f"not an http(s) address: {url!r}")
        prefix = urlsplit(canonical(url)).path.rstrip("/")
        if _FILE.search(prefix.rpartition("/")[2]):
            prefix = prefix.rpartition("/")[0]
        own = frozenset(part.casefold() for part in prefix.split("/")) & words("words", "locales")
        return cls(origin, prefix, own | words("words", "home_locales"))

    def same_origin(self, url: str) -> bool:
        """The address is on the portal's own host and port."""
        other = origin_of(url)
        return other == self.origin or (other is not None and self._is_sister(other))

    def _is_sister(self, other: Origin) -> bool:
        return other[1] == self.origin[1] and all(_PORTS[o[0]] == o[2] for o in (other, self.origin))

    def contains(self, url: str) -> bool:
        """The address is the portal's: own host and port, at or below its path prefix."""
        if not self.same_origin(url):
            return False
        path = urlsplit(canonical(url)).path
        return path.rstrip("/") == self.prefix or path.startswith(self.prefix + "/")

    def refuse(self, request: PageRequest, wide: bool = False) -> str | None:
        """Why ``request`` is not made, None when it may be.

        ``wide``: the whole host counts as the portal (posts, files and list pages that a page of the
        portal itself shows: Liferay keeps them outside the site's path).
        """
        inside = self.same_origin(request.url) if wide else self.contains(request.url)
        if not inside:
            return "off_scope"
        return unsafe_reason(request) or self.maze(request.url)

    def maze(self, url: str) -> str | None:
        """Name of the trap that an endlessly growing address shows, None when it shows none."""
        if len(url) > _LONGEST:
            return "address_length"
        segments = [part.casefold() for part in urlsplit(url).path.split("/") if part]
        if sum(part in words("words", "locales") for part in segments) > 1:
            return "locale_recursion"
        named = Counter(part for part in segments if not part.isdigit())
        return "path_recursion" if named and max(named.values()) >= _REPEATS else None

    def other_language(self, url: str) -> bool:
        """The address leads to the portal in another language than its own."""
        below = urlsplit(canonical(url)).path[len(self.prefix) :].strip("/").split("/")
        first = below[0].casefold()
        return first in words("words", "locales") and first not in self.locales
