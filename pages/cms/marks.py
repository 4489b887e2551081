"""Marks by which a system's pages are known."""

from __future__ import annotations

from pages.tree import Page


def generator(page: Page) -> str:
    """The page's own ``<meta name="generator">``, lower case; empty when it names none."""
    for meta in page.root.iter("meta"):
        if (meta.get("name") or "").lower() == "generator":
            return (meta.get("content") or "").lower()
    return ""


def holds(page: Page, *marks: str) -> bool:
    """True when any of ``marks`` stands in the page's source."""
    return any(mark in page.html for mark in marks)
