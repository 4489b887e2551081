"""Text that only a legacy Vietnamese font makes readable (TCVN3, VNI), turned back into letters.

Such a page holds Latin-1 letters that its font draws as Vietnamese ones, in UTF-8 or not. A text run
is decoded only when every marked word of the decoded run is a possible Vietnamese syllable, and the
page names such a font or the run is long enough to leave no doubt. Tables: ``lexicon/text.yml``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_LEXICON: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "lexicon" / "text.yml").read_text("utf-8"))
_SUSPECT = re.compile("[\u00a1-\u00ac\u00ae-\u00ff]")
_RUN = re.compile(r">[^<>]*[\u00a1-\u00ff][^<>]*(?=<|$)|^[^<>]*[\u00a1-\u00ff][^<>]*(?=<|$)")
_UNICODE = re.compile("[ăĂđĐơƠưƯ\u0300-\u036f\u1ea0-\u1ef9]")  # letters and marks that only Unicode text has
_WORD = re.compile(r"[^\W\d_]+")
_MARKED = re.compile(r"[^\x00-\x7f]")
_SURE_WORDS = 4  # marked words a run needs when no font is declared
_TONES = "".join(map(chr, (0x300, 0x301, 0x303, 0x309, 0x323)))

_FONTS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.I) for name, pattern in _LEXICON["fonts"].items()
}
_HINTS: dict[str, list[str]] = _LEXICON["font_hints"]
_FREQUENT: dict[str, str] = _LEXICON["frequent"]
_SYLLABLE = re.compile("(?:{onset})?(?:{nucleus})(?:{coda})?".format(**_LEXICON["syllable"]))
_TCVN3 = {
    chr(int(first, 16) + offset): letter
    for first, letters in ((str(k), v) for k, v in _LEXICON["tcvn3"].items())
    for offset, letter in enumerate(letters)
}


@cache
def _vni() -> tuple[re.Pattern[str], dict[str, str]]:
    """Pattern of one VNI letter (with its mark) and what each stands for."""
    table: dict[str, str] = dict(_LEXICON["vni"]["single"])
    for kind, base_mark in (("tone", ""), ("circumflex", "\u0302"), ("breve", "\u0306")):
        for base in _LEXICON["vni"][f"{kind}_on"]:
            letter = _LEXICON["vni"]["single"].get(base, base)
            for mark, point in _LEXICON["vni"][kind].items():
                tone = chr(int(point, 16)) if point else ""
                composed = unicodedata.normalize("NFC", letter + base_mark + tone)
                table[base + mark] = composed
                table[base.upper() + mark.upper()] = table[base.upper() + mark] = composed.upper()
    longest_first = sorted(table, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), table


def _from_tcvn3(s: str) -> str:
    return "".join(_TCVN3.get(c, c) for c in s)


def _from_vni(s: str) -> str:
    pattern, table = _vni()
    return pattern.sub(lambda found: table[found[0]], s)


_DECODERS = {"tcvn3": _from_tcvn3, "vni": _from_vni}


def is_syllable(word: str) -> bool:
    """Whether ``word`` is a possible written Vietnamese syllable (at most one tone)."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in decomposed if c in _TONES]
    bare = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    return len(tones) <= 1 and _SYLLABLE.fullmatch(bare) is not None


def is_vietnamese(s: str) -> bool:
    """Whether the marked words of ``s`` (there are some) read as Vietnamese, nearly all of them."""
    marked = [w for w in _WORD.findall(s) if _MARKED.search(w)]
    return bool(marked) and sum(map(is_syllable, marked)) >= 0.9 * len(marked)


def sniff(s: str) -> str | None:
    """Name of the legacy encoding that text read as Latin-1 seems to be in, or None."""
    if declared := _declared(s):
        return declared
    sample = " ".join(_RUN.findall(s)[:200])
    return next((name for name in _DECODERS if _certain(name, sample, _SURE_WORDS)), None)


def repair(s: str) -> tuple[str, str | None]:
    """``s`` with its legacy runs decoded, and a note (``legacy:tcvn3|vni|unsure``) or None."""
    declared = _declared(s)
    if declared is None and not _suspicious(s):
        return s, None
    mixed = _UNICODE.search(s) is not None
    used: set[str] = set()
    doubtful = 0

    def one_run(found: re.Match[str]) -> str:
        nonlocal doubtful
        name = _encoding_of(found[0], declared, mixed)
        if name in _DECODERS:
            used.add(name)
            return _DECODERS[name](found[0])
        doubtful += name == "unsure"
        return found[0]

    decoded = _RUN.sub(one_run, s)
    if used:
        return decoded, "legacy:" + "+".join(sorted(used))
    return s, "legacy:unsure" if doubtful else None


def _declared(s: str) -> str | None:
    """The legacy encoding whose fonts the page names. A plain search first: most pages name none."""
    for name, hints in _HINTS.items():
        if any(hint in s for hint in hints) and _FONTS[name].search(s):
            return name
    return None


def _suspicious(s: str) -> bool:
    """Whether letters that only legacy text uses often occur at all (quick: every page passes here)."""
    return any(sum(map(s.count, letters)) >= _SURE_WORDS for letters in _FREQUENT.values())


def _encoding_of(run: str, declared: str | None, mixed: bool) -> str | None:
    """Which encoding one run of text is in: its name, ``unsure``, or None for ordinary text.

    ``mixed`` says that other runs of the page are Unicode: then what can be read as it stands, is.
    """
    if _UNICODE.search(run) or not _SUSPECT.search(run):
        return None
    as_it_stands = is_vietnamese(run)
    if as_it_stands and (mixed or not declared):
        return None
    if declared:
        return declared if _certain(declared, run, 1) else None if as_it_stands else "unsure"
    names = [name for name in _DECODERS if _certain(name, run, _SURE_WORDS)]
    return names[0] if len(names) == 1 else None


def _certain(name: str, run: str, at_least: int) -> bool:
    """Whether ``run`` decoded as ``name`` has at least so many marked words, all of them possible."""
    decoded = _DECODERS[name](run)
    marked = [w for w in _WORD.findall(decoded) if _MARKED.search(w)]
    return decoded != run and len(marked) >= at_least and all(map(is_syllable, marked))
