"""``python -m tests.evaluate`` (``./run evaluate``): how well the readers read real saved pages.

    --json          one JSON answer on standard output
    --write         refresh docs/accuracy.md
    --site SITE     only the pages of one site
    --quiet         no list of single faults

Reads every labelled page and every string of dates.tsv, ours and the alternatives in the same run,
and prints what came out by kind of page, by CMS and by site, and every wrong value with its quote.
"""

from __future__ import annotations

import argparse
import json
import sys

from tests.evaluate import document, run, tables
from tests.evaluate.dataset import HOME, DataMissingError, date_strings, labelled_pages


def main(arguments: list[str] | None = None) -> int:
    """Run the evaluation; exit status 2 with one line when the labelled data are not there."""
    options = _options().parse_args(arguments)
    try:
        pages, strings = labelled_pages(), date_strings()
    except DataMissingError as missing:
        print(missing, file=sys.stderr)
        return 2
    result = run.evaluate([page for page in pages if options.site in (None, page.site)], strings)
    if options.json:
        print(json.dumps(tables.as_json(result), ensure_ascii=False, indent=1))
    else:
        print(tables.as_text(result, faults=not options.quiet))
    if options.write:
        (HOME / "docs" / "accuracy.md").write_text(document.as_markdown(result), "utf-8")
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run evaluate", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--site")
    parser.add_argument("--quiet", action="store_true")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
