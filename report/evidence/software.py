"""By which program an evidence file was judged: its version, and the packages it ran with."""

from __future__ import annotations

import platform
from importlib.metadata import distributions
from pathlib import Path

from report.evidence.contents import Json

_LOCK = Path(__file__).parents[2] / "requirements.lock"


def software_json(version: str) -> Json:
    """Name and version of this program, of Python, and of every package that is installed beside it."""
    found = {each.metadata["Name"]: each.version for each in distributions() if each.metadata["Name"]}
    return {
        "software": version,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "installed": dict(sorted(found.items(), key=lambda pair: pair[0].lower())),
    }


def lock_bytes() -> bytes:
    """The lock that this program was installed from; outside a checkout the versions that are installed."""
    if _LOCK.is_file():
        return _LOCK.read_bytes()
    found = sorted({f"{each.metadata['Name']}=={each.version}" for each in distributions()}, key=str.lower)
    return ("\n".join(found) + "\n").encode()
