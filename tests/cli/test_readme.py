"""A feature exists when a stranger can use it from the README: every command stands there."""

from pathlib import Path

import pytest
import typer

from cli.app import build
from settings import Settings

ROOT = Path(__file__).parents[2]
COMMANDS = sorted(typer.main.get_command(build()).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(name: str, command: str) -> None:
    assert f"./run {command}" in (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("field", sorted(Settings.model_fields))
def test_every_setting_is_in_the_readme(field: str) -> None:
    alias = Settings.model_fields[field].alias
    assert (alias or f"RASOAT_{field.upper()}") in (ROOT / "README.md").read_text("utf-8")
