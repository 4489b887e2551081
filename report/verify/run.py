"""One evidence file checked from end to end."""

from __future__ import annotations

from pathlib import Path

from report.verify.captures import read_captures
from report.verify.container import Container
from report.verify.rejudge import check_score, read_case
from report.verify.seal import check_seal
from report.verify.verdict import Verdict
from storage.keys import PublicKey

_TOLD = ("unit", "name", "period", "edition", "as_of", "software")


def verify(path: Path, key: PublicKey | None = None, roots: bytes | None = None) -> Verdict:
    """Check the file: container, digests, signature (by ``key``; None: by whomever), time stamp (by the
    certificates ``roots``; None: by those in the file), captures, score.

    Opens nothing but the file. Raises :class:`errors.InputError` with one clear line for what cannot be
    read safely.
    """
    with Container(path) as container:
        verdict = Verdict()
        check_seal(container, verdict, key, roots)
        case = read_case(container)
        verdict.facts |= {
            name: case.get(name) for name in ("unit", "name", "period", "edition", "as_of", "software")
        }
        check_score(container, verdict, read_captures(container, verdict))
        return verdict
