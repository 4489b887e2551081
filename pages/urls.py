"""Addresses: one spelling for one page, and which links lead to a page at all."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

_NO_PAGE = re.compile(
    r"\s*(?:(?:javascript|mailto|tel|sms|data|blob|about|file|ftp|skype|zalo|viber|whatsapp|fax|callto):"
    r"|https?:/*\s*$)",
    re.I,
)
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.I)
# Parameters that change from fetch to fetch, or say where the visitor came from, never which page it is.
_VOLATILE = re.compile(
    r"(?:p_auth|jsessionid|phpsessid|sessionid|utm_\w+|fbclid|gclid|zarsrc|_ga|_t|_dc|p_p_auth|doasuserid"
    r"|_returntofullpageurl|cachebuster|timestamp)",
    re.I,
)
_STAMP = re.compile(r"t=\d{10,13}")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_BREAKS = re.compile(r"[\t\r\n]")
_PORTS = {"http": 80, "https": 443}
_SAFE = "!#$%&'()*+,/:;=?@[]~-._|"


def join(base: str, href: str) -> str | None:
    """Absolute address that ``href`` on the page ``base`` leads to; None when it leads to no page.

    No page: scripts, mail, telephone and data addresses, empty ones, and places on the same page.
    """
    href = _BREAKS.sub("", href).strip()
    if not href or href.startswith("#") or _NO_PAGE.match(href):
        return None
    try:
        absolute = urljoin(base, href.replace("\\", "/"))
        parts = urlsplit(absolute)
    except ValueError:
        return None
    return absolute if parts.scheme in _PORTS and parts.hostname else None


def canonical(url: str) -> str:
    """One spelling of an address: the key under which a page is known.

    Lower-case scheme and host, no default port, no fragment, no session or volatile parameter,
    percent-encoding in one way, ``/`` for an empty path. Order of parameters stays (servers may mind).
    An address that cannot be read is returned as it is.
    """
    try:
        parts = urlsplit(_BREAKS.sub("", url).strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return url
    if ":" in host:
        host = f"[{host}]"
    scheme = parts.scheme.lower()
    where = host if port in (None, _PORTS.get(scheme)) else f"{host}:{port}"
    path = _escaped(_SESSION_PATH.sub("", parts.path)) or "/"
    return urlunsplit((scheme, where, path, _query(parts.query), ""))


def _query(query: str) -> str:
    kept = (field for field in query.replace("&amp;", "&").split("&") if field and not _is_volatile(field))
    return _escaped("&".join(kept))


def _escaped(part: str) -> str:
    return _ESCAPE.sub(lambda found: found[0].upper(), quote(part, safe=_SAFE))


def _is_volatile(field: str) -> bool:
    return _VOLATILE.fullmatch(field.partition("=")[0]) is not None or _STAMP.fullmatch(field) is not None
