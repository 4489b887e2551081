"""What an installation may set: environment variables ``RASOAT_*`` or a ``rasoat.env`` file.

Command-line options win over these. Rules of the rubric are not settings: they live in
``rubric/editions``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from errors import InputError


class Settings(BaseSettings):
    """All settings with their defaults. Times in seconds unless the name says otherwise."""

    model_config = SettingsConfigDict(
        env_prefix="RASOAT_", env_file="rasoat.env", extra="ignore", populate_by_name=True
    )

    data: Path = Field(Path("data"), description="Folder for evidence, exports and the default database")
    db: str | None = Field(None, description="Database URL; default SQLite inside the data folder")
    register_file: Path | None = Field(None, alias="RASOAT_REGISTER", description="Register of units")
    lang: Literal["vi", "en"] = "vi"
    user_agent: str = Field(
        "rasoat/0.1 (+https://www.bacninh.gov.vn; ra soat Cong TTDT)",
        description="How the crawler names itself; should hold a contact address",
    )
    delay: float = Field(1.0, ge=0, description="Least wait between two requests to one host")
    per_host: int = Field(2, ge=1, le=8, description="Most requests at once to one host")
    timeout: float = Field(30.0, gt=0, description="Longest wait for one answer")
    pages: int = Field(1500, ge=1, description="Most pages of one portal in one run")
    obey_robots: bool = Field(True, description="Obey robots.txt")
    megabytes: int = Field(400, ge=1, description="Most megabytes of one portal in one run")
    controls: str = Field(
        "",
        pattern=r"^$|^https?://[^\s,]+(\s*,\s*https?://[^\s,]+)*$",
        description="Addresses that answer when our own line is in order, separated by commas",
    )
    window: str | None = Field(
        None,
        pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$",
        description="Local hours in which scheduled runs may crawl, as 22:00-06:00",
    )
    nightly: str = Field("01:00", pattern=r"^\d\d:\d\d$", description="Local time of the nightly run")
    retry_passes: int = Field(2, ge=0, le=5, description="Further passes a night over portals that failed")
    retry_wait: float = Field(1800.0, ge=0, description="Wait before each further pass")

    @property
    def control_urls(self) -> tuple[str, ...]:
        """The control addresses one by one."""
        return tuple(url.strip() for url in self.controls.split(",") if url.strip())


def load_settings(**given: object) -> Settings:
    """Settings from the environment, overlaid with the options ``given`` (None = not given).

    Raises:
        InputError: a setting has an unusable value; names it.
    """
    try:
        return Settings(**{key: value for key, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise InputError(
            "setting {name}: {problem} (given: {value}). Correct it in the environment or rasoat.env.",
            name=name,
            problem=first["msg"],
            value=first["input"],
        ) from error
