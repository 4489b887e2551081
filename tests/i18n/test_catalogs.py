"""Every text a person may meet has its Vietnamese, with the same fields."""

import string

from i18n import Words
from tests.i18n.sources import sources, translated


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_source_text_is_translated():
    have = translated()
    missing = {text: place for text, place in sources().items() if text not in have}
    assert not missing


def test_translations_keep_the_fields():
    wrong = {text: vi for text, vi in translated().items() if fields(text) != fields(vi)}
    assert not wrong


def test_no_translation_is_left_over():
    assert not set(translated()) - set(sources())


def test_words_fill_their_fields_in_both_languages():
    for language in ("vi", "en"):
        text = Words(language)("Working days: {count}", count=19)
        assert "19" in text
        assert "{" not in text
