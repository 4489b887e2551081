"""Scrapy's HTTP handler with two things added: a limit on header bytes, and a way to stop at once."""

from __future__ import annotations

import asyncio
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Response

_LARGEST_HEADERS = 256 * 1024


class _Protocol(_LenientHTTP11ClientProtocol):
    """Cuts the connection when an answer's headers do not end."""

    _counted = 0
    _counting: Any = None

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        parser: Any = self._parser
        if parser is not self._counting:
            self._counting, self._counted = parser, 0
        if parser is not None and parser.state != "BODY":
            self._counted += len(data)
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        now: Any = self._parser
        if self._counted > _LARGEST_HEADERS and parser is now and now.state != "BODY":
            transport: Any = self.transport
            transport.abortConnection()


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: object) -> _Protocol:  # noqa: N802
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class Handler(HTTP11DownloadHandler):
    """Downloads for one crawl; :meth:`stop` ends all that are under way."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory
        self._running: set[asyncio.Future[Response]] = set()
        crawler.spider.on_stop(self.stop)

    async def download_request(self, request: Request) -> Response:
        """Download; a stop shows as :class:`scrapy.exceptions.DownloadCancelledError`."""
        task = asyncio.ensure_future(super().download_request(request))
        self._running.add(task)
        try:
            return await task
        except asyncio.CancelledError as stopped:
            raise DownloadCancelledError("stopped") from stopped
        finally:
            self._running.discard(task)

    def stop(self) -> None:
        """End all downloads now."""
        for task in list(self._running):
            task.cancel()
