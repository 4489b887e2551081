"""The labelled pages and date strings that lie beside the project, and our corrections of them.

Read where they are, never copied. A correction is data (``corrections.yml``) with its reason.
"""

from __future__ import annotations

import csv
import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import yaml

from pages.capture import Capture
from pages.text import label_key

HOME = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 5, 23, 10, 0, tzinfo=timezone(timedelta(hours=7)))  # what dates.tsv counts from


class DataMissingError(Exception):
    """The labelled pages are not there; the message is the one line for the person."""


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """One saved page with its label. ``label`` holds only what is to be scored."""

    file: str
    url: str
    cms: str
    body: bytes
    label: dict[str, Any]
    unscored_urls: frozenset[str]

    @property
    def site(self) -> str:
        """The portal the page comes from: what is held out as a whole."""
        return self.file.partition("__")[0]

    @property
    def kind(self) -> str:
        """The kind of page its label names."""
        return str(self.label["kind"])

    def capture(self) -> Capture:
        """The page as the crawler would hand it over."""
        return Capture(
            ref=f"sha256:{self.file}", url=self.url, fetched_at=NOW, seen_at=NOW, body=self.body,
            headers=(("content-type", "text/html"),),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateString:
    """One string of dates.tsv: what it states for us (None: no date), and as printed in the table."""

    text: str
    expected: str | None
    printed: str


def shared() -> Path:
    """Folder of the labelled data (``RASOAT_SHARED``, else ``../shared`` beside the project)."""
    return Path(os.environ.get("RASOAT_SHARED") or HOME.parent / "shared")


def corrections() -> dict[str, Any]:
    """Labels that we do not score as they stand, each with its reason."""
    data: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "corrections.yml").read_text("utf-8"))
    return data


def labelled_pages() -> list[LabelledPage]:
    """All labelled pages, corrected. Raises :class:`DataMissingError`."""
    folder = shared() / "real-pages"
    source = folder / "labels.jsonl"
    if not source.is_file():
        raise DataMissingError(
            f"no labelled pages: {source} is not there (set RASOAT_SHARED to their folder)"
        )
    labels = [json.loads(line) for line in source.read_text("utf-8").splitlines() if line.strip()]
    fixes = corrections()
    return [_page(folder, label, fixes) for label in labels]


def _page(folder: Path, label: dict[str, Any], fixes: dict[str, Any]) -> LabelledPage:
    file = label["file"]
    images = {url for urls in label.get("image_only_sections", {}).values() for url in urls}
    return LabelledPage(
        file, _address(file, label.get("url")), label["cms"], (folder / "pages" / file).read_bytes(),
        _corrected(label, fixes), frozenset(images),
    )  # fmt: skip


def _address(file: str, url: str | None) -> str:
    """The page's own address; a made-up one of its site where it is not known."""
    if url:
        return url if "://" in url else f"http://{url}"
    site, _, name = file.partition("__")
    return f"http://{site}.invalid/" + ("" if name == "index.html" else name)


def _corrected(label: dict[str, Any], fixes: dict[str, Any]) -> dict[str, Any]:
    fixed = dict(label)
    for fix in fixes["pages"]:
        if fix["file"] == label["file"]:
            fixed.update(fix.get("set", {}))
            for key in fix.get("unscored", ()):
                fixed.pop(key, None)
    if "sections" in fixed:
        refused = {(fix["key"], label_key(fix["label"])) for fix in fixes["section_labels"]}
        fixed["sections"] = {
            key: [pair for pair in pairs if (key, label_key(pair[0])) not in refused]
            for key, pairs in fixed["sections"].items()
        }
    return fixed


def date_strings() -> list[DateString]:
    """The strings of dates.tsv. Months and years alone are no dates. Raises :class:`DataMissingError`."""
    source = shared() / "domain" / "dates.tsv"
    if not source.is_file():
        raise DataMissingError(f"no date strings: {source} is not there (set RASOAT_SHARED to its folder)")
    refused = {fix["string"] for fix in corrections()["dates"]}
    with source.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [_date_string(row["string"], row["expected(+07)"], refused) for row in rows]


def _date_string(text: str, printed: str, refused: set[str]) -> DateString:
    return DateString(text, None if text in refused else _stated(printed), printed)


def _stated(printed: str) -> str | None:
    return printed if len(printed) >= len("2026-05-22") and printed[0].isdigit() else None
