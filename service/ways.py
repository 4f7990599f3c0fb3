"""Ways: where a site's address is found in the gateway, `host/path%3Fquery` below a view, and back.

The query stands in the path, so that the reader's own choices have the query for themselves.
"""

import re
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from service.sites import Sites, netloc

_FILES: Final = re.compile(
    r"\.(jpe?g|png|gif|bmp|webp|svg|ico|mp[34]|m4a|wav|wma|avi|mov|wmv|flv|webm|zip|rar|7z|gz|tar|exe|apk|dmg|iso"
    r"|docm?|wps|xlsx?|et|csv|pptx?|dps|ofd|css|js|json|xml|rss)$",
    re.IGNORECASE,
)
"""What no view can show: such a link leads to the file itself."""

_CODE: Final = re.compile(r"%([0-9a-fA-F]{2})")
_PLAIN: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SESSION: Final = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_TRACKING: Final = re.compile(r"(utm_\w+|spm|gclid|fbclid|jsessionid|phpsessid)(=|$)", re.IGNORECASE)


def inside(url: str, sites: Sites) -> str | None:
    """The way to an address of a known site that a view may be able to show; None for any other address."""
    if sites.of(url) is None or _FILES.search(urlsplit(url).path):
        return None
    return way(canonical(url, sites))


def canonical(url: str, sites: Sites) -> str:
    """The one spelling of a known site's address: its profile's scheme, RFC 3986 6.2.2 and 6.2.3, no fragment.

    Session ids and the marks of campaigns are left out.
    """
    parts = urlsplit(url)
    path = _SESSION.sub("", _spelled(parts.path, "/:@!$&'()*+,;=~")) or "/"
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _TRACKING.match(pair))
    origin = urlsplit(sites.origin(netloc(url)) or url)
    return urlunsplit((origin.scheme, origin.netloc, _without_dots(path), _spelled(query, "/:@!$&'()*+,;=~"), ""))


def way(url: str) -> str:
    """The way to an address in its canonical spelling. `%3F` in its path becomes `%253F`, for `%3F` begins the query."""
    parts = urlsplit(url)
    path = re.sub(r"%((?:25)*3F)", r"%25\1", parts.path)
    return parts.netloc + path + ("%3F" + parts.query if parts.query else "")


def address(way: str, sites: Sites) -> str | None:
    """The address that a way leads to, in its canonical spelling; None where its host is not a known site's."""
    host, _, rest = way.partition("/")
    origin = sites.origin(host)
    if origin is None:
        return None
    path, mark, query = re.sub(r"%3f", "%3F", rest).partition("%3F")
    path = re.sub(r"%25((?:25)*3F)", r"%\1", path, flags=re.IGNORECASE)
    return canonical(f"{origin}/{path}" + (f"?{query}" if mark else ""), sites)


def _without_dots(path: str) -> str:
    """RFC 3986 5.2.4."""
    segments, found = path.split("/")[1:], list[str]()
    for segment in (*segments, "") if segments[-1:] in (["."], [".."]) else segments:
        if segment == "..":
            del found[-1:]
        elif segment != ".":
            found.append(segment)
    return "/" + "/".join(found)


def _spelled(text: str, safe: str) -> str:
    """Percent codes in capitals and only where they are needed; what may not stand in an address gets its code."""

    def code(match: re.Match[str]) -> str:
        byte = int(match[1], 16)
        return chr(byte) if byte in _PLAIN else match[0].upper()

    return quote(_CODE.sub(code, re.sub(r"%(?![0-9a-fA-F]{2})", "%25", text)), safe=safe + "%", errors="replace")
