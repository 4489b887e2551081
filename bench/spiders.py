"""What a crawl is measured against: a bare spider, and the usual way to read pages (see bench/crawl.py).

    python -m bench.spiders bare|usual FILE      FILE: one address a line

Prints how many pages came, as JSON.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response

SETTINGS = {
    "LOG_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "ROBOTSTXT_OBEY": False,
    "COOKIES_ENABLED": False,
    "RETRY_ENABLED": False,
    "REDIRECT_ENABLED": False,
    "CONCURRENT_REQUESTS": 64,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
    "DOWNLOAD_DELAY": 0,
}
_DATED = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
_SHORT = 40


class Bare(Spider):
    """Downloads and does nothing."""

    name = "bare"
    pages = 0
    found = 0

    def __init__(self, urls: list[str]) -> None:
        super().__init__()
        self._urls = urls

    async def start(self) -> AsyncIterator[Any]:
        """All addresses at once; the engine paces them."""
        for url in self._urls:
            yield Request(url, dont_filter=True)

    def parse(self, response: Response, **_: Any) -> None:
        """Count."""
        type(self).pages += 1
        self.read(response)

    def read(self, response: Response) -> None:
        """Nothing."""


class Usual(Bare):
    """Parses each page with BeautifulSoup (over lxml), takes its links, and has dateparser read every
    short text that looks dated."""

    name = "usual"

    def read(self, response: Response) -> None:
        """Links and dates."""
        import dateparser
        from bs4 import BeautifulSoup

        if b"html" not in (response.headers.get("Content-Type") or b""):
            return
        soup = BeautifulSoup(response.body, "lxml")
        links = [response.urljoin(str(link["href"])) for link in soup.find_all("a", href=True)]
        texts = [text.strip() for text in soup.find_all(string=_DATED)]
        dates = [dateparser.parse(text, languages=["vi"]) for text in texts if len(text) <= _SHORT]
        type(self).found += len(links) + len(dates)


def main() -> int:
    """Run one of them to its end."""
    spider = {"bare": Bare, "usual": Usual}[sys.argv[1]]
    process = CrawlerProcess(SETTINGS, install_root_handler=False)
    process.crawl(spider, urls=Path(sys.argv[2]).read_text().split())
    process.start()
    print(json.dumps({"pages": spider.pages, "found": spider.found}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
