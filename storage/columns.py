"""Column types that mean the same on SQLite and PostgreSQL: instants, exact numbers, any text."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import DateTime, Dialect, String, Text
from sqlalchemy.types import TypeDecorator

LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
"""The zone of all times given back: that of the review period."""


def local(moment: datetime) -> datetime:
    """``moment`` in the local zone; a naive one is refused, since nobody knows what it means."""
    if moment.tzinfo is None:
        raise ValueError(f"a time without its zone cannot be stored: {moment.isoformat()}")
    return moment.astimezone(LOCAL_ZONE)


class Instant(TypeDecorator[datetime]):
    """A point in time: kept in UTC to the microsecond, given back in the local zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite has no zones, so there it is stored without one."""
        if value is None:
            return None
        moment = local(value).astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From UTC to the local zone."""
        if value is None:
            return None
        return local(value if value.tzinfo else value.replace(tzinfo=UTC))


class Exact(TypeDecorator[Decimal]):
    """An exact number, kept as its decimal text: SQLite would make a float of it."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """As plain digits, never with an exponent."""
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """The number as stored, trailing zeros included."""
        return None if value is None else Decimal(value)


class AnyText(TypeDecorator[str]):
    """Text from anywhere: what a database cannot hold (NUL, lone surrogates) becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text itself nearly always; pages of strangers hold all sorts of characters."""
        if value is None:
            return None
        try:
            value.encode()
        except UnicodeEncodeError:
            value = "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in value)
        return value.replace("\0", "\ufffd")


def to_json(value: object) -> str:
    """Compact JSON, key order kept; readable unless it holds lone surrogates (then escaped)."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"), allow_nan=False)
    return text
