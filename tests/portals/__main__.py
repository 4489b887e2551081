"""``python -m tests.portals serve --port N --register OUT.yml`` and ``python -m tests.portals truth``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tests.portals.model import SEED, build
from tests.portals.truth import truth


def main() -> int:
    """Serve the fleet, or print its truth."""
    options = _parser().parse_args()
    if options.command == "truth":
        answer = truth(build(size=options.size, seed=options.seed))
        json.dump(answer, sys.stdout, ensure_ascii=False, indent=1)
        return 0
    from tests.portals.server import serve

    serve(
        options.port or None,
        options.size,
        options.seed,
        options.register,
        options.latency,
        options.page_bytes,
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.portals")
    parser.add_argument("command", choices=("serve", "truth"))
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--size", type=int, default=None, help="number of portals; all 113 when left out")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--register", type=Path, default=Path("fleet-register.yml"))
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument("--page-bytes", type=int, default=0, help="least size of an HTML page")
    return parser


if __name__ == "__main__":
    sys.exit(main())
