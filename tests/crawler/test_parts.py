"""Small parts: bodies, addresses, robots.txt, retries, lanes, cookies, stubs, phrases."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import exceptions
from twisted.python.failure import Failure

from crawler.attempts import failure_name, transient, wait_before
from crawler.bodies import decode_body
from crawler.cookies import Cookies
from crawler.desk import Desk, Find
from crawler.lanes import Lane
from crawler.netguard import Guard, GuardedResolver, is_private_literal, is_public, resolver_class
from crawler.plan import CrawlLimits
from crawler.probes import choose_phrase
from crawler.records import Record
from crawler.robots import robots_of
from crawler.run import limits_for
from crawler.scope import Scope
from crawler.stub import refresh_target
from crawler.visits import Visits
from pages.capture import Capture
from pages.model import PageReading
from tests.crawler.fakes import plan

NOW = datetime(2026, 5, 23, tzinfo=UTC)
MEGA = 1024 * 1024


def capture(body: bytes = b"", status: int | None = 200, error: str | None = None, **headers: str) -> Capture:
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Capture("sha256:0", "http://p.test/", NOW, NOW, status, error, headers=pairs, body=body)


@given(st.binary(max_size=5000))
def test_encodings_are_undone(body: bytes) -> None:
    raw = zlib.compressobj(6, zlib.DEFLATED, -15)
    bare = raw.compress(body) + raw.flush()
    for encoded, name in (
        (gzip.compress(body), "gzip"),
        (zlib.compress(body), "deflate"),
        (body, "identity"),
    ):
        assert decode_body(encoded, [name], MEGA, 100) == (body, None)
    assert decode_body(gzip.compress(zlib.compress(body)), ["deflate, gzip"], MEGA, 100).body == body
    if bare[0] & 0x0F != 8:
        assert decode_body(bare, ["deflate"], MEGA, 100).body == body


def test_limits_of_decoding() -> None:
    bomb = gzip.compress(b"\0" * (30 * MEGA), 9)
    assert decode_body(bomb, ["gzip"], 100 * MEGA, 100).cut == "inflation"
    assert len(decode_body(bomb, ["gzip"], 100 * MEGA, 100).body) == len(bomb) * 100
    assert decode_body(bomb, ["gzip"], 2 * MEGA, 1000) == (b"\0" * 2 * MEGA, "too_big")
    assert decode_body(gzip.compress(bytes(range(256)))[:99], ["gzip"], MEGA, 100).cut == "encoding"
    assert decode_body(b"<html>", ["gzip"], MEGA, 100) == (b"<html>", None)
    assert decode_body(b"x", ["br"], MEGA, 100).cut == "encoding"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::", "::", "not an address",
    ],
)  # fmt: skip
def test_addresses_nobodys_link_may_reach(address: str) -> None:
    assert not is_public(address)


def test_public_addresses() -> None:
    assert is_public("113.160.0.1") and is_public("2001:ee0::1") and is_public("64:ff9b::71a0:1")
    assert (
        is_private_literal("localhost")
        and is_private_literal("127.0.20.7")
        and not is_private_literal("a.gov.vn")
    )


class _Answers:
    """A name server that answers differently each time."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.nameResolver = self

    def resolveHostName(self, receiver: Any, name: str, port: int, *_: object) -> None:
        from twisted.internet.address import IPv4Address

        receiver.resolutionBegan(None)
        for address in self.answers.pop(0):
            receiver.addressResolved(IPv4Address("TCP", address, port))
        receiver.resolutionComplete()


class _Receiver:
    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.complete = False

    def resolutionBegan(self, _: object) -> None:
        pass

    def addressResolved(self, address: Any) -> None:
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:
        self.complete = True


def resolved(resolver: GuardedResolver, name: str, port: int) -> list[str]:
    receiver = _Receiver()
    resolver.resolveHostName(receiver, name, port)
    assert receiver.complete
    return receiver.addresses


def test_a_name_that_turns_private_is_not_followed() -> None:
    guard = Guard(["http://a.gov.vn/", "http://127.0.20.7:8700/"])
    resolver = resolver_class(guard)(_Answers(["113.160.0.1", "10.0.0.1"], ["127.0.0.1"], ["127.0.20.7"]))
    assert resolved(resolver, "a.gov.vn", 80) == ["113.160.0.1"]
    assert resolved(resolver, "a.gov.vn", 80) == []
    assert resolved(resolver, "b.gov.vn", 8700) == []
    assert ("a.gov.vn", 80) in guard.blocked
    assert resolved(resolver, "127.0.20.7", 8700) == ["127.0.20.7"]
    assert resolved(resolver, "127.0.20.7", 8701) == []
    assert resolved(resolver, "127.0.20.8", 8700) == []


def test_private_portals_are_read_without_waits_unless_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    base = CrawlLimits(timeout=5)
    monkeypatch.delenv("RASOAT_POLITE_EVERYWHERE", raising=False)
    private = limits_for(plan(url="http://127.0.20.7:1/"), base)
    assert (private.delay, private.timeout, private.pages) == (0.0, 5, base.pages)
    assert limits_for(plan(url="http://a.gov.vn/"), base) == base
    monkeypatch.setenv("RASOAT_POLITE_EVERYWHERE", "1")
    assert limits_for(plan(url="http://127.0.20.7:1/"), base) == base


def test_robots() -> None:
    rules = robots_of(capture(b"User-agent: *\nDisallow: /x\nCrawl-delay: 7\n"), "rasoat/0.1 (+x)")
    assert (rules.state, rules.delay) == ("rules", 7.0)
    assert not rules.allows("http://p.test/x/1") and rules.allows("http://p.test/y")
    assert robots_of(capture(b"User-agent: *\nCrawl-delay: 99999"), "rasoat/0.1").delay == 60.0
    assert robots_of(capture(status=404), "rasoat/0.1").state == "none"
    assert robots_of(capture(status=503), "rasoat/0.1").state == "error:http_503"
    assert robots_of(capture(status=None, error="dns"), "rasoat/0.1").allows("http://p.test/x")
    assert robots_of(capture(b"<html>\xff\xfe404</html>"), "rasoat/0.1").allows("http://p.test/x")


def test_failures_have_names() -> None:
    from OpenSSL import SSL
    from twisted.internet.error import ConnectionLost
    from twisted.web.client import ResponseFailed

    def failure(problem: BaseException) -> Failure:
        return Failure(problem)  # type: ignore[no-untyped-call]

    def named(problem: BaseException, cause: BaseException | None = None) -> str:
        problem.__cause__ = cause
        return failure_name(failure(problem))

    assert named(exceptions.CannotResolveHostError("x")) == "dns"
    assert named(exceptions.DownloadConnectionRefusedError("x")) == "refused"
    lost = ResponseFailed([failure(ConnectionLost())])  # type: ignore[no-untyped-call]
    assert named(exceptions.DownloadFailedError("x"), lost) == "reset"
    bad = ResponseFailed([failure(ConnectionLost()), failure(SSL.Error([]))])  # type: ignore[no-untyped-call]
    assert named(exceptions.DownloadFailedError("x"), bad) == "tls"
    assert named(ValueError("x")) == "failed"


def test_retries_wait_longer_each_time_or_as_told() -> None:
    limits = CrawlLimits(retry_wait=2, retry_after_cap=60)
    assert [wait_before(n, capture(status=503), limits) for n in (1, 2)] == [2, 6]
    assert wait_before(1, capture(status=429, retry_after="30"), limits) == 30
    assert wait_before(1, capture(status=429, retry_after="86400"), limits) == 60
    assert wait_before(1, capture(status=429, retry_after="soon"), limits) == 2
    assert wait_before(1, capture(status=429, retry_after="Wed, 21 Oct 2015 07:28:00 GMT"), limits) == 2
    assert transient(capture(status=None, error="timeout")) and not transient(
        capture(status=None, error="dns")
    )
    assert transient(capture(status=502)) and not transient(capture(status=501))
    assert transient(capture(error="reset")) and not transient(capture(error="too_big"))


def test_lanes_send_a_few_at_a_time_the_weightiest_first() -> None:
    sent: list[str] = []
    lane: Lane[str] = Lane(2, sent.append)
    for priority, name in ((0, "a"), (0, "b"), (5, "late"), (1, "early"), (1, "early too")):
        lane.push(priority, name)
    assert sent == ["a", "b"]
    lane.pause(True)
    lane.done()
    assert sent == ["a", "b"]
    lane.pause(False)
    lane.done()
    assert sent == ["a", "b", "early", "early too"]
    lane.drop(lambda name: name == "late")
    lane.done()
    assert len(sent) == 4


def test_cookies() -> None:
    cookies = Cookies()
    cookies.take(["a=1; Path=/", "GUEST_LANGUAGE_ID=en_US", "b=2", "broken", "b=; Max-Age=0"])
    assert cookies.header() == "a=1; GUEST_LANGUAGE_ID=vi_VN"


@pytest.mark.parametrize(
    ("body", "target"),
    [
        (b'<meta http-equiv="refresh" content="0; url=/trang-chu">', "/trang-chu"),
        (b"<META HTTP-EQUIV=REFRESH CONTENT=\"0;URL='/a?x=1&amp;y=2'\">", "/a?x=1&y=2"),
        (b'<script>window.location.href = "/web/guest/home";</script>', "/web/guest/home"),
        (b"<script>location.replace('/x')</script>", "/x"),
        (b'<meta http-equiv="refresh" content="300; url=/">', None),
        (b'<noscript><meta http-equiv="refresh" content="0; url=/no-js"></noscript>', None),
        (b'<meta http-equiv="refresh" content="60">', None),
        (b'<a href="/x">x</a><script>location = "/y"</script>', None),
        (b'<meta http-equiv="refresh" content="0; url=/x">' + b" " * 9000, None),
    ],
)
def test_stubs(body: bytes, target: str | None) -> None:
    assert refresh_target(capture(body)) == target


def desk(*titles: tuple[str, date]) -> Desk:
    """A desk on which posts with these titles were found in the news."""
    limits = CrawlLimits()
    made = Desk(plan(), limits, Visits(Scope.of("http://portal.test/"), limits, lambda _: PageReading()))
    for number, (title, day) in enumerate(titles):
        record = Record("item", f"k{number}", f"http://portal.test/{number}", title, day, date(2026, 4, 23))
        made.finds[record.key] = Find(record, {"news"})
    return made


def test_the_phrase_is_distinctive_and_unbroken() -> None:
    may = date(2026, 5, 10)
    chosen = choose_phrase(
        desk(
            ("Tin ngắn", may),
            ("UBND tỉnh họp: bàn, về, công tác", may),
            ("Chủ tịch UBND tỉnh kiểm tra công tác phòng, chống lụt bão tại các xã ven sông…", may),
            ("Chủ tịch UBND tỉnh kiểm tra công tác phòng cháy", date(2026, 3, 1)),
        )
    )
    assert chosen is not None
    phrase, find = chosen
    assert find.record.key == "k2"
    assert phrase in find.record.title and 4 <= len(phrase.split()) <= 8
    assert "," not in phrase and "sông" not in phrase


def test_no_phrase_is_better_than_a_short_one() -> None:
    assert choose_phrase(desk(("Tin vắn", date(2026, 5, 10)))) is None
