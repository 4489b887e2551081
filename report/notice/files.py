"""A letter's files, chosen by their ending."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from errors import InputError, StoreError
from report.notice.letter import Letter

ENDINGS = (".docx", ".xlsx", ".pdf", ".html", ".json")


def check_target(path: Path) -> None:
    """Raise InputError when a letter cannot be written there: unknown ending, no such folder."""
    if path.suffix.lower() not in ENDINGS:
        raise InputError("{file}: end its name with one of {endings}", file=path, endings=", ".join(ENDINGS))
    if not path.parent.is_dir():
        raise InputError("there is no folder {folder}", folder=path.parent)


def write_letter(path: Path, letter: Letter, answer: Mapping[str, Any], dated: date) -> None:
    """Write one file whole or not at all; ``answer`` is what a JSON file says, ``dated`` the day that PDF/A
    asks for.

    Raises:
        StoreError: it cannot be written.
    """
    content = _content(path.suffix.lower(), letter, answer, dated)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError("{path} cannot be written: {why}.", path=path, why=error.strerror) from error


def _content(ending: str, letter: Letter, answer: Mapping[str, Any], dated: date) -> bytes:
    # Each writer brings its own library: only the one asked for is loaded.
    if ending == ".docx":
        from report.notice.docx_file import docx_bytes

        return docx_bytes(letter)
    if ending == ".xlsx":
        from report.notice.xlsx_file import xlsx_bytes

        return xlsx_bytes(letter)
    if ending == ".pdf":
        from report.notice.pdf_file import pdf_bytes

        return pdf_bytes(letter, dated)
    if ending == ".html":
        from report.notice.html_file import html_bytes

        return html_bytes(letter)
    return (json.dumps(answer, ensure_ascii=False, indent=1) + "\n").encode()
