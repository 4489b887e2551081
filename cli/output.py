"""Where answers and progress go: answers to standard output, everything else to standard error."""

from __future__ import annotations

import json
import sys
from typing import Any

from rich.console import Console


def say_json(answer: Any) -> None:
    """One JSON answer, readable text kept as it is."""
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1) + "\n")


def answers() -> Console:
    """Console for answers. Not a terminal: 80 columns unless COLUMNS says otherwise."""
    return Console(highlight=False, soft_wrap=False)


def notes() -> Console:
    """Console for progress and remarks."""
    return Console(stderr=True, highlight=False)
