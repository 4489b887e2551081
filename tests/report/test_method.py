"""The method in words stays true to the edition."""

import pytest

from report.method import DOCS, FILES, with_tables


@pytest.mark.parametrize(("name", "language"), FILES.items())
def test_tables_in_the_method_equal_the_edition(name, language):
    text = (DOCS / name).read_text("utf-8")
    assert "| PL1.13 " in text
    assert "| PL2.13 " in text
    assert text == with_tables(text, language), "run: python -m report.method"
