"""Scrapy's settings for one crawl, each with its reason."""

from __future__ import annotations

from typing import Any

from crawler.netguard import Guard, resolver_class
from crawler.plan import CrawlLimits
from crawler.tls import CIPHERS, TlsFacts, context_factory

_OFF = (
    "offsite.OffsiteMiddleware",
    "robotstxt.RobotsTxtMiddleware",
    "httpauth.HttpAuthMiddleware",
    "defaultheaders.DefaultHeadersMiddleware",
    "useragent.UserAgentMiddleware",
    "retry.RetryMiddleware",
    "redirect.MetaRefreshMiddleware",
    "httpcompression.HttpCompressionMiddleware",
    "redirect.RedirectMiddleware",
    "cookies.CookiesMiddleware",
    "httpproxy.HttpProxyMiddleware",
    "stats.DownloaderStats",
    "httpcache.HttpCacheMiddleware",
)
_OFF_SPIDER = (
    "start.StartSpiderMiddleware",
    "httperror.HttpErrorMiddleware",
    "referer.RefererMiddleware",
    "urllength.UrlLengthMiddleware",
    "depth.DepthMiddleware",
    "metacopy.MetaCopyDetectionMiddleware",
)


def crawl_settings(limits: CrawlLimits, guard: Guard, tls: TlsFacts) -> dict[str, Any]:
    """Settings of one crawl. Delays and widths of the hosts are set slot by slot by the spider."""
    return {
        **_machinery(guard, tls),
        # Redirects, retries, robots.txt, cookies and encodings are the walk's and the spider's matter:
        # every exchange is evidence, so none may happen inside a middleware. No proxy: the address
        # guard stands where connections are made.
        "DOWNLOADER_MIDDLEWARES": {f"scrapy.downloadermiddlewares.{name}": None for name in _OFF},
        "SPIDER_MIDDLEWARES": {f"scrapy.spidermiddlewares.{name}": None for name in _OFF_SPIDER},
        "CONCURRENT_REQUESTS": limits.total,
        "CONCURRENT_REQUESTS_PER_DOMAIN": max(limits.per_host, 4),
        "DOWNLOAD_DELAY": limits.delay,
        # A random wait below the floor would not be a floor.
        "DOWNLOAD_DELAY_JITTER": 0,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": limits.delay,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": float(limits.per_host),
        "DOWNLOAD_TIMEOUT": limits.timeout,
        # The spider cuts bodies itself and keeps what came; Scrapy would throw it away.
        "DOWNLOAD_MAXSIZE": 0,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": False,
        "DOWNLOAD_TLS_MIN_VERSION": "TLSv1.2",
        "DOWNLOADER_CLIENT_TLS_CIPHERS": CIPHERS,
    }


def _machinery(guard: Guard, tls: TlsFacts) -> dict[str, Any]:
    handler = "crawler.handler.Handler"
    return {
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "STATS_DUMP": False,
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "LOGSTATS_INTERVAL": 0,
        "MEMUSAGE_ENABLED": False,
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
        "EXTENSIONS": {
            "scrapy.extensions.throttle.AutoThrottle": None,
            "scrapy.extensions.feedexport.FeedExporter": None,
            "scrapy.extensions.spiderstate.SpiderState": None,
            "crawler.throttle.FloorThrottle": 0,
        },
        "DOWNLOAD_HANDLERS": {
            "http": handler,
            "https": handler,
            "file": None,
            "data": None,
            "ftp": None,
            "s3": None,
        },
        "TWISTED_DNS_RESOLVER": resolver_class(guard),
        "DOWNLOADER_CLIENTCONTEXTFACTORY": context_factory(tls),
    }
