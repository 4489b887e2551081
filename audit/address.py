"""Canonical addresses, remembered: judging asks for the same ones many times over."""

from __future__ import annotations

from functools import lru_cache

from pages import urls

canonical = lru_cache(maxsize=1 << 16)(urls.canonical)
