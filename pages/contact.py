"""The office's own address, telephone, fax and e-mail, from its contact page, header or footer.

The office's block has an address; on a page that is not about contact only what stands outside the
main column counts, so that an address in an article, a form or another office's line is not taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final, cast
from urllib.parse import unquote

from lxml import etree
from lxml.html import HtmlElement

from pages.contactdetails import Detail, blocks_of, is_mail, readable_mail
from pages.model import Contact
from pages.records import main_text
from pages.text import fold, label_key, unaccent
from pages.tree import Page, text_of
from pages.vocabulary import load, whole_words

_NAME: Final = "contact"
_MAX_BLOCKS: Final = 3  # more blocks than this are a directory of offices
_NEARLY_ALL: Final = 0.85
_MASTHEADS: Final = ("header", "div", "section", "table", "td")
_SHORT_PAGE: Final = 1500
_MAILS: Callable[[HtmlElement], list[HtmlElement]] = cast(
    Any, etree.XPath("//*[@data-cfemail] | //a[starts-with(@href, 'mailto:')]")
)


def read_contact(page: Page) -> Contact:
    """What the page shows of the office's contact details; each value as it stands on the page."""
    inside, outside = _zones(page)
    merged: dict[str, str] = {}
    blocks = _office_blocks(blocks_of(inside), blocks_of(outside))
    for block in (*blocks, *_lone(page, inside, blocks)):
        for detail in _in_order(block):
            better = (
                detail.kind == "email"
                and _is_official(detail.value)
                and not _is_official(merged.get("email", ""))
            )
            if better or detail.kind not in merged:
                merged[detail.kind] = detail.value
    return Contact(
        address=merged.get("address"),
        phone=merged.get("phone"),
        fax=merged.get("fax"),
        email=merged.get("email"),
        email_official=_is_official(merged.get("email", "")),
    )


def _lone(page: Page, inside: str, found: list[list[Detail]]) -> list[list[Detail]]:
    """Details apart from the office's address: in the masthead, and on the contact page before what it
    says of a person. A portal with addresses of several offices has none."""
    if len(_with_address(found)) != 1:
        return []
    heads = (e for e in page.root.iter(*_MASTHEADS) if page.outline.hint(e) == "header")
    top = next((e for e in heads if e is not page.main and page.main not in e.iterdescendants()), None)
    masthead = blocks_of(_readable(page, text_of(top), in_main=False)) if top is not None else []
    own = inside[: person.start()] if (person := _person().search(inside.lower())) else inside
    return [*masthead[:1], *(block for block in blocks_of(own)[:1] if _kinds(block) > 1)]


@cache
def _person() -> re.Pattern[str]:
    """What says that a person's own details follow."""
    return whole_words(str(phrase) for phrase in load(_NAME)["officer"]["about"])


def _in_order(block: list[Detail]) -> list[Detail]:
    """What follows the address first: what stands before it may be the end of another line."""
    start = next((detail.at for detail in block if detail.kind == "address"), 0)
    return sorted(block, key=lambda detail: (detail.at < start, detail.at))


def _is_official(email: str) -> bool:
    """True for a mailbox of the State's own domain."""
    return email.lower().endswith(".gov.vn")


def _zones(page: Page) -> tuple[str, str]:
    """(the main column of a contact page, everything outside the main column) as text.

    A main column that is nearly the whole page tells nothing apart: then all of it is outside.
    """
    whole, main = text_of(page.root), text_of(page.main)
    at = whole.find(main) if main and len(main) <= _NEARLY_ALL * len(whole) else -1
    if at < 0:
        return "", _readable(page, whole, in_main=None)
    inside = _readable(page, main, in_main=True) if _is_about_contact(page) else ""
    return inside, _readable(page, f"{whole[:at]} | {whole[at + len(main) :]}", in_main=False)


def _readable(page: Page, text: str, in_main: bool | None) -> str:
    """``text`` without drop-down lists and with the mailboxes of its zone that only attributes hold."""
    for choice in page.root.iter("select"):
        if said := text_of(choice):
            text = text.replace(said, "|")
    hiding = _MAILS(page.root) if "mailto:" in page.html or "data-cfemail" in page.html else []
    links = [link for link in hiding if in_main is None or _is_in(link, page.main) is in_main]
    hidden = [mail for link in links if is_mail(mail := _hidden_mail(link)) and mail not in text]
    return readable_mail(" ".join((text, *hidden)))


def _is_in(element: HtmlElement, around: HtmlElement) -> bool:
    return any(node is around for node in element.iterancestors())


def _hidden_mail(element: HtmlElement) -> str:
    """The mail address an attribute holds."""
    if coded := element.get("data-cfemail"):
        return decode_cf(coded)
    return unquote((element.get("href") or "")[len("mailto:") :]).partition("?")[0].strip()


def decode_cf(coded: str) -> str:
    """Mail address that Cloudflare hides in ``data-cfemail`` (each byte XOR the first); '' for none."""
    try:
        raw = bytes.fromhex(coded)
    except ValueError:
        return ""
    return bytes(byte ^ raw[0] for byte in raw[1:]).decode("utf-8", "replace") if raw else ""


def _office_blocks(inside: list[list[Detail]], outside: list[list[Detail]]) -> list[list[Detail]]:
    """The blocks that are the office's own, the surest first; ``inside`` is a contact page's column."""
    own = _with_address(outside)
    listed = _with_address(inside)
    if len(listed) <= _MAX_BLOCKS:
        alone = [block for block in inside if _kinds(block) > 1] if not own and not listed else []
        own = [*listed[:1], *alone[:1], *own]
    if len(own) > _MAX_BLOCKS:
        own = own[-1:]
    return own or [block for block in outside if _kinds(block) > 1][-1:]


def _with_address(blocks: list[list[Detail]]) -> list[list[Detail]]:
    return [block for block in blocks if any(detail.kind == "address" for detail in block)]


def _kinds(block: list[Detail]) -> int:
    return len({detail.kind for detail in block})


def _is_about_contact(page: Page) -> bool:
    """True when address, title or a heading says that the page is the contact page."""
    path = unaccent(page.url.partition("//")[2].partition("/")[2])
    if any(str(word) in path for word in load(_NAME)["contact_paths"]):
        return True
    wanted = {label_key(str(label)) for label in load(_NAME)["contact_pages"]}
    heads = [fold(element.text or "") for element in page.root.iter("title")]
    heads += [text_of(element) for element in page.main.iter("h1", "h2", "h3")]
    return any(
        label_key(head.split(" - ")[0].split("|")[0]) in wanted for head in heads if len(head) < 120
    ) or (label_key(main_text(page)[:60]).startswith(tuple(wanted)) and len(main_text(page)) < 1500)
