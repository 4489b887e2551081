"""AutoThrottle with a floor for each host: a slow host is asked more slowly, none faster than agreed."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response


class FloorThrottle(AutoThrottle):
    """Adjusts a slot's delay upwards only. The floor is the slot's own setting; 0 means leave it alone."""

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        downloader = self.crawler.engine.downloader
        key = str(request.meta.get("download_slot"))
        floor = downloader.per_slot_settings.get(key, {}).get("delay", self.mindelay)
        if not floor:
            return
        super()._response_downloaded(response, request, spider)
        if key in downloader.slots:
            downloader.slots[key].delay = max(downloader.slots[key].delay, floor)


def pace(crawler: Crawler, slot: str, delay: float, width: int) -> None:
    """From now on ask the host behind ``slot`` no faster than every ``delay`` seconds, ``width`` at once."""
    downloader = crawler.engine.downloader
    settings = downloader.per_slot_settings.setdefault(
        slot, {"jitter": 0.0, "delay": 0.0, "concurrency": width}
    )
    settings["delay"] = max(settings["delay"], delay)
    if slot in downloader.slots:
        downloader.slots[slot].delay = max(downloader.slots[slot].delay, settings["delay"])
