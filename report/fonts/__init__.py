"""Liberation Serif 2 (SIL Open Font License, ``OFL.txt``): metric-compatible with Times New Roman.

``coverage.txt`` lists the characters that all four faces hold, as hexadecimal ranges (made with
``fc-query --format='%{charset}'``).
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
FAMILY = "Liberation Serif"
