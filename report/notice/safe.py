"""Text from portals and people made harmless for documents: one line, no invisible characters.

What a format itself gives a meaning to (``<``, ``=``, ``#``) is each writer's own to keep as text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from report import fonts

LONGEST = 300
ELLIPSIS = "…"
UNKNOWN = "\N{WHITE SQUARE}"

# Control characters and lone surrogates break files; format characters (right-to-left marks and
# overrides, zero-width ones) make a text show as what it is not; the two specials are no characters.
_HARMFUL = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SPACES = re.compile(r"\s+")


def line(text: str, longest: int = LONGEST) -> str:
    """``text`` as one visible line of at most ``longest`` characters, an ellipsis where it was cut."""
    spaced = _SPACES.sub(" ", text[: 4 * longest])
    shown = "".join(char for char in spaced if unicodedata.category(char) not in _HARMFUL)
    shown = unicodedata.normalize("NFC", shown).strip()
    cut = len(shown) > longest or len(text) > 4 * longest
    return shown[: longest - 1].rstrip() + ELLIPSIS if cut else shown


def printable(text: str) -> str:
    """``text`` with a square for each character that the vendored fonts cannot show."""
    known = _covered()
    return "".join(char if ord(char) in known else UNKNOWN for char in text)


@cache
def _covered() -> frozenset[int]:
    spans = Path(fonts.FOLDER, "coverage.txt").read_text("ascii").split()
    pairs = (span.partition("-") for span in spans)
    return frozenset(
        code for first, _, last in pairs for code in range(int(first, 16), int(last or first, 16) + 1)
    )
