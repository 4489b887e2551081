"""A replay program of others shows a page from the file, and the documented check needs none of ours."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from report.evidence.contents import PACKAGE
from tests.evidence.tamper import parts_of

ROOT = Path(__file__).parents[2]
PROGRAMS = os.environ.get("RASOAT_PYWB")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetched(address: str) -> str:
    for _ in range(60):
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                return str(answer.read().decode("utf-8"))
        except urllib.error.URLError:
            time.sleep(0.5)
    raise AssertionError(f"nothing at {address}")


@pytest.mark.skipif(PROGRAMS is None, reason="RASOAT_PYWB names no folder of pywb's programs")
def test_pywb_shows_the_home_page(wacz: Path, tmp_path: Path) -> None:
    programs, port = Path(PROGRAMS or ""), free_port()
    for command in (("init", "case"), ("add", "--unpack-wacz", "case", str(wacz))):
        subprocess.run(
            [str(programs / "wb-manager"), *command], cwd=tmp_path, check=True, capture_output=True
        )
    serve = [str(programs / "wayback"), "-b", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(serve, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        home = json.loads(parts_of(wacz)[PACKAGE])["mainPageUrl"]
        page = fetched(f"http://127.0.0.1:{port}/case/mp_/{home}")
    finally:
        server.terminate()
        server.wait(timeout=20)
    assert "UBND xã Kép" in page


def test_the_documented_check_with_standard_tools(wacz: Path, tmp_path: Path) -> None:
    """The commands of docs/evidence.md as they stand there."""
    text = (ROOT / "docs" / "evidence.md").read_text("utf-8")
    blocks = re.findall(r"```\n(.*?)```", text, re.DOTALL)
    assert len(blocks) == 2
    script = "set -e\n" + "\n".join(blocks).replace("FILE.wacz", str(wacz))
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Signature Verified Successfully" in done.stdout
    first = done.stdout.split()[0]
    assert json.loads((tmp_path / "digest.json").read_bytes())["hash"] == f"sha256:{first}"
