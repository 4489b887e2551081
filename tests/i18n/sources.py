"""Which source texts the program holds: used by the tests and by whoever updates a catalog.

``python -m tests.i18n.sources`` prints those without a Vietnamese translation, ready to be pasted into
``i18n/vi.po``.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from audit.reasons import CODES, HTTP_STATUS, REASONS, WHY
from cli.app import PLACE

HOME = Path(__file__).resolve().parents[2]
FOLDERS = ("audit", "cli", "crawler", "pages", "report", "rubric", "storage")
MODULES = ("errors.py", "nights.py", "pipeline.py", "scheduler.py", "settings.py")

# What marks a source text: the mark, the errors that end a command (``fault`` makes one), and, where
# people are spoken to, the translator itself.
KEYWORDS = ("mark", "fault", "InputError", "StoreError", "EvidenceError", "RasoatError")
SPEAKING = ("cli", "report")


def sources() -> dict[str, str]:
    """Source text → ``file:line`` where it first stands."""
    found: dict[str, str] = {}
    files = [path for folder in FOLDERS for path in sorted((HOME / folder).rglob("*.py"))]
    for path in [*files, *(HOME / name for name in MODULES)]:
        speaks = path.relative_to(HOME).parts[0] in SPEAKING
        keywords = dict.fromkeys([*KEYWORDS, "words"] if speaks else KEYWORDS)
        for line, messages, _comments, _context in extract_from_file("python", path, keywords=keywords):
            for text in [messages] if isinstance(messages, str) else messages:
                if text and text != PLACE:
                    found.setdefault(text, f"{path.relative_to(HOME)}:{line}")
    for code, reason in REASONS.items():
        for text in filter(None, reason):
            found.setdefault(text, f"audit/reasons.py:{code}")
    for code, text in (*WHY.items(), *CODES.items(), ("http_status", HTTP_STATUS)):
        found.setdefault(text, f"audit/reasons.py:{code}")
    return found


def translated(language: str = "vi") -> dict[str, str]:
    """Source text → translation of one catalog, empty translations left out."""
    with (HOME / "i18n" / f"{language}.po").open("rb") as source:
        catalog = read_po(source, locale=language)
    return {str(entry.id): str(entry.string) for entry in catalog if entry.id and entry.string}


def main() -> None:
    """Print what lacks a translation."""
    have = translated()
    for text, place in sources().items():
        if text not in have:
            escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            print(f'#: {place}\nmsgid "{escaped}"\nmsgstr ""\n')


if __name__ == "__main__":
    main()
