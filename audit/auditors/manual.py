"""Kind ``manual``: no machine decides this leaf, a person does."""

from __future__ import annotations

from audit.context import Context, every_level
from audit.model import Finding
from rubric.model import Leaf


def audit_manual(context: Context, leaf: Leaf) -> Finding:
    """Always unresolved, with the edition's note to the person who decides."""
    return context.open(leaf, "manual.decide", every_level(leaf), {"note": str(leaf.params.get("note", ""))})
