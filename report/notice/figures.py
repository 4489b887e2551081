"""Numbers and days as Vietnamese official letters write them (NĐ 30/2020/NĐ-CP, Phụ lục I)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

PADDED_MONTHS = 2


def grouped(value: int | Decimal) -> str:
    """``1.194``, ``-3``, ``85,5``: points between thousands, a comma before decimals."""
    exact = Decimal(value)
    whole = f"{abs(int(exact)):,}".replace(",", ".")
    rest = f"{abs(exact) % 1:f}".rstrip("0")[2:]
    return ("-" if exact < 0 else "") + whole + (f",{rest}" if rest else "")


def span(low: Decimal, high: Decimal) -> str:
    """``92``, or ``85–92`` while it is open."""
    return grouped(low) if low == high else f"{grouped(low)}–{grouped(high)}"


def month(number: int) -> str:
    """``02``, ``5``: only January and February are written with a zero."""
    return f"{number:02d}" if number <= PADDED_MONTHS else str(number)


def day(number: int) -> str:
    """``05``, ``22``: days below ten are written with a zero."""
    return f"{number:02d}"


def day_text(when: date) -> str:
    """``23/4/2026``."""
    return f"{day(when.day)}/{month(when.month)}/{when.year}"
