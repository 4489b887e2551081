"""Which portals share a line: those on one address, whatever their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred, DeferredList

from crawler.clock import the_reactor
from crawler.scope import origin_of

_LONGEST = 20.0


async def slots_of(urls: Sequence[str]) -> list[str]:
    """One key for each URL: the lowest address its host has, or the host's name when it has none."""
    hosts = [(origin_of(url) or ("", "", 0))[1:] for url in urls]
    asked = {host: _Addresses(host) for host in dict.fromkeys(hosts)}
    waiting: Any = DeferredList([addresses.complete for addresses in asked.values()])
    await maybe_deferred_to_future(waiting)
    return [asked[host].lowest or host[0] for host in hosts]


class _Addresses:
    """Collects the addresses of one host; ends after a while whatever the name server does."""

    def __init__(self, where: tuple[str, int]) -> None:
        self._found: list[str] = []
        self.complete: Deferred[None] = Deferred()
        self._timer: Any = the_reactor().callLater(_LONGEST, self.resolutionComplete)
        the_reactor().nameResolver.resolveHostName(self, where[0], where[1])

    @property
    def lowest(self) -> str | None:
        return min(self._found, default=None)

    def resolutionBegan(self, resolution: object) -> None:  # noqa: N802
        pass

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self._found.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        if not self.complete.called:
            if self._timer.active():
                self._timer.cancel()
            self.complete.callback(None)
