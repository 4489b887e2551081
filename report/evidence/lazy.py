"""Captures whose bodies are read when they are looked at, and again when they are looked at again.

A walk of 20,000 pages is more than memory should hold; judging looks at a page or two at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

from pages.capture import Capture


class LazyCapture(Capture):
    """A capture that knows how to get its body. Made by :func:`lazy`."""

    __slots__ = ("_load",)
    _load: Callable[[], bytes]

    @property
    def body(self) -> bytes:
        """The body, read anew each time."""
        return self._load()


def lazy(capture: Capture, load: Callable[[], bytes]) -> Capture:
    """The same capture without its body; ``load`` gives it back. A capture without a body stays as it is."""
    if not capture.body:
        return capture
    made = object.__new__(LazyCapture)
    for field in fields(Capture):
        if field.name != "body":
            object.__setattr__(made, field.name, getattr(capture, field.name))
    object.__setattr__(made, "_load", load)
    return made


def with_body(capture: Capture, body: bytes) -> Capture:
    """The capture with another body, held in memory."""
    told = {field.name: getattr(capture, field.name) for field in fields(Capture) if field.name != "body"}
    return Capture(**told, body=body)
