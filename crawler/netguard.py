"""No connection to this machine, the office's own network or a cloud's metadata service.

The check stands where a name becomes an address, and the connection goes to the very address that
was checked: a name that answers differently the second time (DNS rebinding) gains nothing, and every
redirect passes here like any other request.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IHostResolution
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.scope import origin_of

_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_public(host: str) -> bool:
    """The literal address may be reached by anybody's link. False for anything that is no address."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast for one in _meant(address))


def _meant(address: Address) -> Iterable[Address]:
    """The address and the IPv4 addresses hidden in it."""
    yield address
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            yield address.ipv4_mapped
        if address.sixtofour is not None:
            yield address.sixtofour
        if address.teredo is not None:
            yield from address.teredo
        if address in _NAT64:
            yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


def is_private_literal(host: str) -> bool:
    """The host is written as an address that is not public, or is this machine's own name."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return not is_public(host)


class Guard:
    """Which addresses a crawl may connect to: public ones, and those its own register names."""

    def __init__(self, registered: Iterable[str]) -> None:
        """``registered`` are the portals' own addresses (URLs)."""
        origins = (origin_of(url) for url in registered)
        self._named = {
            (origin[1], origin[2]) for origin in origins if origin and is_private_literal(origin[1])
        }
        self.blocked: set[tuple[str, int]] = set()

    def admits(self, host: str, port: int, address: str) -> bool:
        """A connection asked for ``host:port`` may go to ``address``."""
        allowed = is_public(address) or (host.lower(), port) in self._named
        if not allowed:
            self.blocked.add((host.lower(), port))
        return allowed


class _Filter:
    """Passes on only the addresses that the guard admits."""

    def __init__(self, receiver: Any, guard: Guard, host: str, port: int) -> None:
        self._receiver, self._guard, self._host, self._port = receiver, guard, host, port

    def resolutionBegan(self, resolution: object) -> None:  # noqa: N802
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if self._guard.admits(self._host, self._port, address.host):
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        self._receiver.resolutionComplete()


@implementer(IHostnameResolver)
class GuardedResolver:
    """The reactor's name resolver with the crawl's guard in front of every connection.

    Scrapy makes it from a class alone: :func:`resolver_class` binds the guard to one.
    """

    guard: Guard

    def __init__(self, reactor: Any) -> None:
        self._reactor = reactor
        self._original = reactor.nameResolver

    @classmethod
    def from_crawler(cls, crawler: object, reactor: Any) -> GuardedResolver:
        """Called by Scrapy."""
        return cls(reactor)

    def install_on_reactor(self) -> None:
        """Called by Scrapy before the reactor runs."""
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Any = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        """Resolve a name; a literal address needs no asking around."""
        receiver = _Filter(resolutionReceiver, self.guard, hostName, portNumber)
        literal = _literal(hostName, portNumber)
        if literal is None:
            return self._original.resolveHostName(
                receiver, hostName, portNumber, addressTypes, transportSemantics
            )
        receiver.resolutionBegan(_Done(hostName))
        receiver.addressResolved(literal)
        receiver.resolutionComplete()
        return receiver


def resolver_class(guarding: Guard) -> type[GuardedResolver]:
    """The resolver of one crawl."""

    class Resolver(GuardedResolver):
        guard = guarding

    return Resolver


@implementer(IHostResolution)
class _Done:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing is under way."""


def _literal(host: str, port: int) -> Any:
    try:
        version = ipaddress.ip_address(host).version
    except ValueError:
        return None
    return (IPv4Address if version == 4 else IPv6Address)("TCP", host, port)
