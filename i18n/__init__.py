"""Words for people: Vietnamese by default, English complete.

Source texts in code are English and stand in gettext catalogs (``i18n/vi.po``), read through Babel,
so that a translator edits one text file and nothing has to be compiled.
"""

from __future__ import annotations

import gettext
import io
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["vi", "en"]

CATALOGS = Path(__file__).parent


@cache
def translations(language: Language) -> gettext.NullTranslations:
    """The catalog of one language; English is the source itself."""
    if language == "en":
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (CATALOGS / f"{language}.po").open("rb") as source:
        catalog = read_po(source, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


class Words:
    """Translates source texts and fills in their ``{name}`` fields."""

    def __init__(self, language: Language = "vi") -> None:
        self.language: Language = language
        self._catalog = translations(language)

    def __call__(self, source: str, /, **values: object) -> str:
        """The text for ``source`` in this language, with its fields filled."""
        text = self._catalog.gettext(source) if source else ""
        return text.format(**values) if values else text


def mark(source: str) -> str:
    """Mark a source text for the catalogs where it stands; it is translated later."""
    return source
