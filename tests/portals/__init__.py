"""The bundled fleet: portals on loopback whose content, and therefore whose score, is known.

``python -m tests.portals serve`` serves it; :class:`Fleet` does so from a test or from ``rasoat demo``.
"""

from __future__ import annotations

from tests.portals.fleet import Fleet

__all__ = ["Fleet"]
