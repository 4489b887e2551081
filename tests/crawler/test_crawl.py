"""The spider against served portals, each crawl in its own process."""

from __future__ import annotations

import gzip
import itertools
import json
import random
import signal
import socket
import ssl
import time
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.crawler.running import finish, run, start
from tests.crawler.server import Handler, Page, Portal, failing_first, redirect, serving

MAY, OLD = "2026-05-10", "2026-01-05"
MENU = [["Tin tức", "/tin", "news"], ["Văn bản", "/vb", "documents"]]
TITLE = "Hội nghị tổng kết công tác chuyển đổi số năm nay"


def site(**more: Page) -> dict[str, Page]:
    """A small portal; ``more`` adds pages (``p_x`` is ``/x``)."""
    pages: dict[str, Page] = {
        "/": {"menu": MENU, "search": "/tim"},
        "/tin": {"items": [[TITLE, "/bai/1", MAY], ["Tin hai", "/bai/2", MAY]], "next": "/tin?p=2"},
        "/tin?p=2": {"items": [["Tin cũ", "/bai/3", OLD]], "next": "/tin?p=3"},
        "/vb": {"documents": [["12/QĐ", "/vb/1", MAY, "/tep/1.pdf"]]},
        "/vb/1": {},
        "/tep/1.pdf": lambda handler: handler.reply(200, b"%PDF", Content_Type="application/pdf"),
        "/bai/1": {"posted": MAY},
        "/bai/2": {"posted": MAY},
        "/tim": {},
    }
    return {**pages, **{"/" + name.removeprefix("p_"): page for name, page in more.items()}}


def test_a_portal_is_read_whole_and_politely(tmp_path: Path) -> None:
    with serving(Portal(site(), latency=0.02)) as portal:
        crawled = run(tmp_path, {"u": portal.url})
    assert (crawled.code, crawled.errors) == (0, "")
    assert crawled.done["u"]["reached"]
    assert {t["state"] for t in crawled.done["u"]["trails"]} == {"complete"}
    assert len(portal.paths) == len(set(portal.paths))
    assert portal.paths[0] == "/robots.txt"
    assert "/tin?p=3" not in portal.paths
    assert portal.most <= 4
    roles = {line["url"].removeprefix(portal.url): line["role"] for line in crawled.lines}
    assert (roles["vb/1"], roles["tep/1.pdf"], roles["bai/1"]) == ("document", "file", "article")
    assert {t["facts"][0][1] for t in crawled.done["u"]["trails"] if t["section"] == "search"} == {
        "positive",
        "nonsense",
    }
    sent = portal.headers[1]
    assert sent["User-Agent"].startswith("rasoat/") and "+http" in sent["User-Agent"]
    assert sent["Accept-Encoding"] == "gzip, deflate"
    assert "GUEST_LANGUAGE_ID=vi_VN" in sent["Cookie"]


def test_redirects_elsewhere_are_recorded_and_not_followed(tmp_path: Path) -> None:
    with serving(Portal({}, address="127.0.41.2")) as other:
        pages = site(p_tin=redirect(other.url + "admin"), p_vb=redirect("http://169.254.169.254/latest/"))
        with serving(Portal(pages)) as portal:
            crawled = run(tmp_path, {"u": portal.url})
    assert other.hits == []
    assert crawled.trail("news")["state"] == "external"
    assert crawled.trail("documents")["state"] == "external"
    assert [line["status"] for line in crawled.of("/tin")] == [302]


def test_a_registered_name_does_not_open_this_machine(tmp_path: Path) -> None:
    with serving(Portal(site(), address="0.0.0.0")) as portal:
        name = socket.gethostname()
        crawled = run(tmp_path, {"u": f"http://{name}:{portal.port}/"})
    home = crawled.trail("home")
    assert home["state"] == "failed"
    assert home["reason"] in ("unsafe_address", "dns")
    assert portal.hits == []


def test_transient_failures_are_tried_again_and_all_tries_kept(tmp_path: Path) -> None:
    drops = [0]

    def dropping(handler: Handler) -> None:
        drops[0] += 1
        # The first on a connection that had been used before: the client may ask again by itself.
        if drops[0] <= 2:
            handler.connection.shutdown(socket.SHUT_RDWR)
            handler.close_connection = True
        else:
            handler.reply(200, json.dumps({"documents": []}).encode())

    pages = site(p_tin=failing_first(2, 503, {"items": [["Tin", "/bai/1", MAY]]}), p_vb=dropping)
    with serving(Portal(pages)) as portal:
        crawled = run(tmp_path, {"u": portal.url})
    assert [line["status"] for line in crawled.of("/tin")] == [503, 503, 200]
    assert crawled.trail("news")["state"] == "complete"
    assert [line["error"] for line in crawled.of("/vb")] == ["reset", None]
    assert crawled.trail("documents")["state"] == "complete"
    assert len(crawled.trail("news")["captures"]) == 1


def test_retry_after_is_heeded(tmp_path: Path) -> None:
    pages = site(p_tin=failing_first(1, 429, {"items": []}, Retry_After="1"))
    with serving(Portal(pages)) as portal:
        crawled = run(tmp_path, {"u": portal.url})
    times = [at for _, path, at in portal.hits if path == "/tin"]
    assert times[1] - times[0] >= 1.0
    assert crawled.trail("news")["state"] == "complete"


def test_what_stays_broken_is_said_so(tmp_path: Path) -> None:
    pages = site(p_tin=lambda handler: handler.reply(500, b""))
    with serving(Portal(pages)) as portal:
        crawled = run(tmp_path, {"u": portal.url})
    assert (crawled.trail("news")["state"], crawled.trail("news")["reason"]) == ("failed", "http_500")
    assert len(crawled.of("/tin")) == 3
    assert crawled.trail("documents")["state"] == "complete"


def test_a_portal_that_is_down_ends_at_once(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.41.3", 0))
        port = free.getsockname()[1]
    began = time.monotonic()
    crawled = run(tmp_path, {"u": f"http://127.0.41.3:{port}/"})
    assert [(t["section"], t["state"], t["reason"]) for t in crawled.done["u"]["trails"]] == [
        ("home", "failed", "refused")
    ]
    assert not crawled.done["u"]["reached"]
    assert time.monotonic() - began < 10


def test_robots_txt_is_obeyed_and_reported(tmp_path: Path) -> None:
    rules = b"User-agent: *\nDisallow: /tin\n"
    pages: dict[str, Page] = {
        **site(),
        "/robots.txt": lambda handler: handler.reply(200, rules, Content_Type="text/plain"),
    }
    with serving(Portal(pages)) as portal:
        crawled = run(tmp_path, {"u": portal.url})
    assert not [path for path in portal.paths if path.startswith("/tin")]
    assert (crawled.trail("news")["state"], crawled.trail("news")["reason"]) == ("refused", "robots")
    assert [line["error"] for line in crawled.of("/tin")] == ["robots"]


def test_a_broken_robots_txt_is_recorded_and_forbids_nothing(tmp_path: Path) -> None:
    pages: dict[str, Page] = {**site(), "/robots.txt": lambda handler: handler.reply(500, b"")}
    with serving(Portal(pages)) as portal:
        crawled = run(tmp_path, {"u": portal.url})
    assert list(crawled.done["u"]["stats"]["robots"].values()) == ["error:http_500"]
    assert crawled.trail("news")["state"] == "complete"


def test_the_usual_waits_and_crawl_delay(tmp_path: Path) -> None:
    rules = b"User-agent: rasoat\nCrawl-delay: 0.5\n"
    pages: dict[str, Page] = {
        **site(),
        "/robots.txt": lambda handler: handler.reply(200, rules, Content_Type="text/plain"),
    }
    with serving(Portal(pages, latency=0.05)) as portal:
        run(tmp_path, {"u": portal.url}, {"RASOAT_POLITE_EVERYWHERE": "1"}, delay=0.2)
    times = [at for _, _, at in portal.hits][1:]
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert min(gaps) >= 0.4
    assert portal.most <= 2


def test_links_that_act_are_never_followed(tmp_path: Path) -> None:
    acts = [
        "/logout",
        "/van-ban/DelDoccument?id=1&p_auth=x",
        "/a?p_p_lifecycle=1",
        "/tin/edit/3",
        "/dang-nhap",
        "/x?p_auth=1",
    ]
    slugs = ["/xoa-doi-giam-ngheo-1", "/dang-ky-kinh-doanh-2"]
    pages = site(
        p_tin={
            "menu": [[f"mục {n}", path] for n, path in enumerate(acts)],
            "items": [[f"bài số {n}", path, None] for n, path in enumerate([*acts, *slugs])],
        }
    )
    with serving(Portal(pages)) as portal:
        crawled = run(tmp_path, {"u": portal.url})
    assert not set(portal.paths) & set(acts)
    assert set(slugs) <= set(portal.paths)
    assert crawled.done["u"]["stats"]["cuts"]["unsafe:logout"] == 1


def test_a_bad_certificate_is_recorded_and_the_reading_goes_on(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_expired_certificate(tmp_path))
    with serving(Portal(site(), context=context)) as portal:
        crawled = run(tmp_path, {"u": portal.url})
    assert portal.url.startswith("https://")
    assert crawled.trail("news")["state"] == "complete"
    facts = crawled.of("/")[0]["tls"]
    assert (facts["verified"], facts["version"][:5]) == ("false", "TLSv1")
    assert "self-signed certificate" in facts["problems"]
    assert "certificate has expired" in facts["problems"]
    assert "certificate is for another host" in facts["problems"]
    assert len(facts["fingerprint_sha256"]) == 64
    assert crawled.done["u"]["stats"]["tls"]["verified"] == "false"


def _expired_certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "elsewhere.test")])
    start = datetime(2020, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 7, start, start + timedelta(days=90))
    pem = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "certificate.pem"
    path.write_bytes(pem + secret)
    return path


def test_bodies_without_end_are_cut_and_kept(tmp_path: Path) -> None:
    def endless(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.close_connection = True
        for _ in range(4000):
            handler.wfile.write(b"x" * 65536)

    def bomb(handler: Handler) -> None:
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        body = packer.compress(b"\0" * (60 * 1024 * 1024)) + packer.flush()
        handler.reply(200, body, Content_Encoding="gzip")

    with serving(Portal(site(p_tin=endless, p_vb=bomb))) as portal:
        crawled = run(tmp_path, {"u": portal.url}, body=10 * 1024 * 1024)
    assert (crawled.trail("news")["state"], crawled.trail("news")["reason"]) == ("capped", "too_big")
    assert (crawled.trail("documents")["state"], crawled.trail("documents")["reason"]) == (
        "capped",
        "inflation",
    )
    (cut,) = crawled.of("/tin")
    assert cut["truncated"] and 10 * 1024 * 1024 <= cut["raw"] < 12 * 1024 * 1024
    assert crawled.of("/vb")[0]["truncated"]
    assert crawled.trail("home")["state"] == "complete"


def test_slow_drips_and_endless_headers_time_out(tmp_path: Path) -> None:
    def drip(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        for _ in range(200):
            handler.wfile.write(b"x")
            time.sleep(0.1)

    def headers(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(100_000):
            handler.wfile.write(b"X-%d: %s\r\n" % (number, b"y" * 1000))

    with serving(Portal(site(p_tin=drip, p_vb=headers))) as portal:
        crawled = run(tmp_path, {"u": portal.url}, timeout=1.0, retries=1)
    assert (crawled.trail("news")["state"], crawled.trail("news")["reason"]) == ("failed", "timeout")
    assert crawled.trail("documents")["state"] == "failed"
    assert crawled.done["u"]["reached"]


def test_a_page_cut_short_is_not_taken_for_the_page(tmp_path: Path) -> None:
    def short(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        handler.wfile.write(b'{"items": []}')
        handler.close_connection = True

    with serving(Portal(site(p_tin=short))) as portal:
        crawled = run(tmp_path, {"u": portal.url})
    assert (crawled.trail("news")["state"], crawled.trail("news")["reason"]) == ("failed", "reset")
    assert all(line["truncated"] for line in crawled.of("/tin"))


def test_encodings_are_undone_and_paging_by_form_works(tmp_path: Path) -> None:
    packed = gzip.compress(
        json.dumps({"items": [["Tin", "/bai/1", MAY]], "next": "/tin", "form": [["trang", "2"]]}).encode()
    )
    pages = site(p_tin=lambda handler: handler.reply(200, packed, Content_Encoding="gzip"))
    pages["POST /tin trang=2"] = {"items": [["Cũ", "/bai/3", OLD]]}
    with serving(Portal(pages)) as portal:
        crawled = run(tmp_path, {"u": portal.url})
    assert [(line["method"], line["status"]) for line in crawled.of("/tin")] == [("GET", 200), ("POST", 200)]
    assert len(crawled.trail("news")["captures"]) == 2
    assert portal.bodies == [b"trang=2"]


def test_cookies_stay_with_their_portal(tmp_path: Path) -> None:
    def welcome(handler: Handler) -> None:
        handler.reply(200, json.dumps({"menu": MENU}).encode(), Set_Cookie="sid=abc; Path=/; HttpOnly")

    first = Portal({**site(), "/": welcome})
    second = Portal(site(), address="127.0.41.4")
    with serving(first), serving(second):
        crawled = run(tmp_path, {"u": first.url, "v": second.url}, portals=1)
    assert set(crawled.done) == {"u", "v"}
    assert "sid=abc" in first.headers[-1]["Cookie"]
    assert not any("sid" in headers.get("Cookie", "") for headers in second.headers)


def test_a_reader_that_fails_does_not_end_the_walk(tmp_path: Path) -> None:
    with serving(Portal(site(p_tin={"crash": 1}))) as portal:
        crawled = run(tmp_path, {"u": portal.url})
    assert (crawled.trail("news")["state"], crawled.trail("news")["reason"]) == ("failed", "unreadable")
    assert crawled.trail("documents")["state"] == "complete"


def test_a_portal_that_stops_answering_is_left_alone(tmp_path: Path) -> None:
    def silent(handler: Handler) -> None:
        time.sleep(5)

    many: dict[str, Page] = {f"/m{n}": silent for n in range(40)}
    home = {"menu": [[f"mục {chr(97 + n % 26) * (1 + n // 26)}", f"/m{n}", "news"] for n in range(40)]}
    with serving(Portal({**many, "/": home})) as portal:
        crawled = run(tmp_path, {"u": portal.url}, timeout=0.4, retries=1)
    assert len(portal.hits) < 40
    assert "unresponsive" in {t["reason"] for t in crawled.done["u"]["trails"]}


def test_a_full_disk_ends_the_crawl_with_its_own_error(tmp_path: Path) -> None:
    with serving(Portal(site())) as portal:
        crawled = run(tmp_path, {"u": portal.url}, {"RASOAT_TEST_DISK": "4"})
    assert crawled.code == 1
    assert crawled.errors.rstrip().endswith("OSError: [Errno 28] No space left on device")
    assert len(crawled.lines) == 4
    assert crawled.done == {}


def large(pages: int = 30) -> dict[str, Page]:
    """A portal of about a hundred pages."""
    listing: dict[str, Page] = {
        f"/tin?p={n}": {
            "items": [[f"Tin {n} {k}", f"/bai/{n}-{k}", None] for k in range(2)],
            "next": f"/tin?p={n + 1}",
        }
        for n in range(2, pages)
    }
    articles: dict[str, Page] = {f"/bai/{n}-{k}": {"posted": MAY} for n in range(2, pages) for k in range(2)}
    return {**site(p_tin={"items": [[TITLE, "/bai/1", MAY]], "next": "/tin?p=2"}), **listing, **articles}


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_keeps_what_was_collected(tmp_path: Path, sent: signal.Signals) -> None:
    with serving(Portal(large(), latency=0.05)) as portal:
        process = start(tmp_path, {"u": portal.url, "v": portal.url})
        while len(portal.hits) < 15:
            time.sleep(0.01)
        began = time.monotonic()
        process.send_signal(sent)
        crawled = finish(tmp_path, process)
        assert time.monotonic() - began < 5
    # Two portals on one host share its limit.
    assert portal.most <= 4
    assert (crawled.code, crawled.errors) == (130, "")
    assert set(crawled.done) == {"u", "v"}
    assert crawled.trail("home")["state"] == "complete"
    assert "interrupted" in {t["reason"] for t in crawled.done["u"]["trails"]}
    assert len(crawled.lines) >= 10


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    whole.mkdir()
    broken.mkdir()
    with serving(Portal(large(), latency=0.01)) as portal:
        expected = run(whole, {"u": portal.url})
        once = list(portal.paths)
        portal.hits.clear()
        chance = random.Random(5)
        kills = 0
        for _ in range(10):
            before = len(portal.hits)
            process = start(broken, {"u": portal.url})
            stop = before + chance.randint(3, 14)
            while len(portal.hits) < stop and process.poll() is None:
                time.sleep(0.005)
            kills += process.poll() is None
            process.kill()
            finish(broken, process)
            time.sleep(0.05)
        crawled = run(broken, {"u": portal.url})
    assert kills == 10
    assert _essence(crawled.lines, crawled.done) == _essence(expected.lines, expected.done)
    assert set(portal.paths) == set(once)
    # At most what was in flight (4 at once, recorded or not) is asked for again after each kill.
    assert len(portal.paths) <= len(once) + 10 * 4


def _essence(lines: list[dict[str, Any]], done: dict[str, Any]) -> list[Any]:
    """Trails with the addresses behind them."""
    return [
        [
            t["section"],
            t["url"],
            t["state"],
            t["reason"],
            [lines[n]["url"] for n in t["captures"]],
            t["facts"],
        ]
        for t in done["u"]["trails"]
    ]


def test_a_crawl_ends_when_its_time_is_up(tmp_path: Path) -> None:
    def slow(handler: Handler) -> None:
        time.sleep(20)

    home: Page = {"menu": [["Tin tức", "/tin", "news"]]}
    began = time.monotonic()
    with serving(Portal({"/": home, "/tin": slow})) as portal:
        done = run(tmp_path, {"u": portal.url}, run_time=1.0)
    assert time.monotonic() - began < 15
    assert (done.trail("news")["state"], done.trail("news")["reason"]) == ("capped", "window")
    assert done.done["u"]["reached"]
    assert done.done["u"]["stats"]["coverage"] == "partial"
    assert not done.done["u"]["stats"]["again"]


def test_a_page_not_modified_without_our_asking_is_unseen(tmp_path: Path) -> None:
    def never(handler: Handler) -> None:
        handler.send_response(304)
        handler.end_headers()

    home: Page = {"menu": [["Tin tức", "/tin", "news"]]}
    with serving(Portal({"/": home, "/tin": never})) as portal:
        done = run(tmp_path, {"u": portal.url})
    assert (done.trail("news")["state"], done.trail("news")["reason"]) == ("failed", "http_304")
