"""Requests that pages offer by script or form, made safe: they read and change nothing."""

from __future__ import annotations

import re
from typing import Final

from lxml.html import HtmlElement

from pages.capture import PageRequest
from pages.tree import Page
from pages.urls import join
from pages.vocabulary import words

POSTBACK = re.compile(
    r"__doPostBack\(\s*(?:'|\\'|\"|&#39;)(.*?)(?:'|\\'|\"|&#39;)\s*,\s*(?:'|\\'|\"|&#39;)(.*?)(?:'|\\'|\"|&#39;)\s*\)"
)
_QUOTED = re.compile(
    r"""["']((?:https?:)?/[^"'\s]*|\?[^"'\s]*|[\w./-]+\.(?:aspx|php|html|jsp)\?[^"'\s]*)["']"""
)
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")
_VIEWSTATE: Final = (
    "__VIEWSTATE",
    "__VIEWSTATEGENERATOR",
    "__EVENTVALIDATION",
    "__PREVIOUSPAGE",
    "__VIEWSTATEENCRYPTED",
)
_MAX_FORM = 300_000  # characters of a form that is still sent back whole


def safe(url: str) -> bool:
    """True when fetching ``url`` only reads."""
    low = url.lower()
    return not any(mark in low for mark in words("paging", "never"))


def unescape(script: str) -> str:
    r"""A script's text with ``\u003d`` and ``\x26`` written out."""
    return _ESCAPED.sub(lambda m: chr(int(m[1] or m[2], 16)), script).replace("\\/", "/")


def post_back(element: HtmlElement, target: str, argument: str, page: Page) -> PageRequest | None:
    """The ASP.NET post-back that a pager link sends: its target and the page's state, nothing else."""
    form = form_of(element)
    if form is None:
        form = next(iter(page.root.iter("form")), None)
    if form is None or not target:
        return None
    fields = [("__EVENTTARGET", target), ("__EVENTARGUMENT", argument)]
    for name in form.iter("input"):
        if name.get("name") in _VIEWSTATE:
            fields.append((name.get("name") or "", name.get("value") or ""))
    if sum(len(value) for _, value in fields) > _MAX_FORM:
        return None
    url = join(page.url, form.get("action") or "") or page.url
    return PageRequest(url, "POST", tuple(fields)) if safe(url) else None


def form_of(element: HtmlElement) -> HtmlElement | None:
    """The form an element stands in."""
    return next(element.iterancestors("form"), None)


def address_in(element: HtmlElement, handler: str, page: Page) -> str | None:
    """An address that a script call or a data attribute of the link names."""
    for name in ("data-url", "data-href"):
        if url := join(page.url, element.get(name) or ""):
            return url if safe(url) else None
    found = _QUOTED.search(unescape(handler))
    url = join(page.url, found[1]) if found else None
    return url if url and safe(url) and url.split("#")[0] != page.url.split("#")[0] else None
