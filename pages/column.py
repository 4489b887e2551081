"""Which element is the main column of a page."""

from __future__ import annotations

from lxml.html import HtmlElement


def main_column(root: HtmlElement) -> HtmlElement:
    """The main column of the page, or the body."""
    body = root.find("body")
    return root if body is None else body
