"""Addresses and comparisons of Vietnamese text, for the fleet only."""

from __future__ import annotations

import re
import unicodedata


def plain(text: str) -> str:
    """Lower case without marks."""
    folded = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in folded if not unicodedata.combining(c)).lower()


def slug(text: str, drop_d: bool = False) -> str:
    """A readable address part. ``drop_d``: as one old portal does it, without any đ."""
    if drop_d:
        text = text.replace("đ", "").replace("Đ", "")
    return re.sub(r"[^a-z0-9]+", "-", plain(text)).strip("-")
