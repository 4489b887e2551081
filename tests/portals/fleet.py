"""The fleet as a context manager: a child process that serves it, and its truth beside it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from tests.portals.days import AS_OF, PERIOD
from tests.portals.model import CONTROL, SEED, World, build
from tests.portals.truth import UnitTruth, truth

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Hits:
    """What the fleet was asked: request → times; requests that must never come; bytes sent."""

    requests: dict[str, int]
    unsafe: list[str]
    refused: list[str]
    sent: int
    not_modified: int


class Fleet:
    """``with Fleet() as fleet:`` serves 113 portals until the block ends.

    ``port`` None takes a free one; ``size`` limits the number of portals (None: all); ``latency`` is
    seconds before each answer, ``page_bytes`` the least size of a page. Raises RuntimeError when the
    server does not come up.
    """

    def __init__(
        self,
        port: int | None = None,
        size: int | None = None,
        *,
        seed: int = SEED,
        latency: float = 0.0,
        page_bytes: int = 0,
    ) -> None:
        self.period = PERIOD
        self.as_of = AS_OF.isoformat()
        self._wanted_port = port
        self._size = size
        self._seed = seed
        self._latency = latency
        self._page_bytes = page_bytes
        self._world: World | None = None
        self._server: subprocess.Popen[str] | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="rasoat-fleet-")
        self.register_path = Path(self._folder.name) / "register.yml"

    @property
    def world(self) -> World:
        """The content that is being served."""
        if self._world is None:
            raise RuntimeError("the fleet is not running")
        return self._world

    def truth(self) -> dict[str, UnitTruth]:
        """Unit id → leaves (level id or None), items column, reached."""
        return truth(self.world)

    def planted(self) -> list[str]:
        """Personal data printed on pages: petitioners' names, phones, homes. None may leave them."""
        questions = [q for p in self.world.portals.values() for s in p.walk() for q in s.questions]
        return sorted({text for q in questions for text in (q.person, q.phone, q.home)})

    def hits(self) -> Hits:
        """What was asked of the fleet so far."""
        with urllib.request.urlopen(f"http://{CONTROL}:{self.world.port}/hits", timeout=30) as answer:
            return Hits(**json.load(answer))

    def __enter__(self) -> Fleet:
        command = [sys.executable, "-m", "tests.portals", "serve", "--register", str(self.register_path)]
        command += [
            "--seed",
            str(self._seed),
            "--latency",
            str(self._latency),
            "--page-bytes",
            str(self._page_bytes),
        ]
        command += ["--port", str(self._wanted_port or 0)]
        if self._size is not None:
            command += ["--size", str(self._size)]
        self._server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self._server.stdout is not None
        words = self._server.stdout.readline().split()
        if words[:1] != ["ready"]:
            self.close()
            raise RuntimeError("the fleet's server did not start")
        self._world = build(int(words[1]), self._size, self._seed)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the server and remove the register."""
        if self._server is not None:
            self._server.terminate()
            try:
                self._server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
            if self._server.stdout is not None:
                self._server.stdout.close()
            self._server = None
        self._folder.cleanup()
