"""Addresses: what a page's links and images point to, absolute and of a harmless kind, or nothing."""

import re
from urllib.parse import quote, urljoin, urlsplit

from lxml.etree import _Element as Element

_UNSEEN = re.compile(r"[\x00-\x20\x7f\u200b\u2028\u2029\ufeff]+")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:")
_CHARSET = re.compile(r"^(?:.*charset\s*=)?\s*[\"']?(gb|big5)", re.IGNORECASE)
_ASCII = "".join(map(chr, range(0x21, 0x7F)))
_LONGEST = 4096  # characters

# Where lazy loaders keep the real picture, the most certain first.
_LAZY = (
    "data-src data-original data-lazy-src data-actualsrc data-original-src data-lazyload data-lazy data-url "
    "data-echo data-backsrc data-croporisrc src"
).split()
_PLACEHOLDER = re.compile(
    r"(?:^|[/_\-.])(?:blank|spacer|pixel|placeholder|loading|transparent|grey|lazyload|1x1|s\.gif)(?:[/_\-.]|$)",
    re.IGNORECASE,
)


class Base:
    """The address that a page's relative addresses start from; None for a page of unknown origin.

    `encoding` is the page's own, in which browsers write the query of its links (WHATWG URL 4.4); UTF-8 where None.
    """

    def __init__(self, url: str | None, encoding: str | None = None) -> None:
        self.url = url if url and web(url) else None
        self._encoding = encoding

    def link(self, href: str | None) -> str | None:
        """An http(s), mailto, tel or `#fragment` address, or None."""
        if not href or len(href) > _LONGEST:
            return None
        href = _UNSEEN.sub("", href) if _SCHEME.match(_UNSEEN.sub("", href)) else href.strip()
        if href.lower().startswith(("mailto:", "tel:")):
            return href if len(href) > 7 else None
        if href.startswith("#") and not self.url:
            return href if len(href) > 1 else None
        return self.resource(href)

    def resource(self, src: str | None) -> str | None:
        """An absolute http(s) address, or None."""
        if not src or len(src) > _LONGEST:
            return None
        src = src.strip()
        if self._encoding and not src.isascii():
            src = _in_encoding(src, self._encoding)
        try:
            if self.url:
                src = urljoin(self.url, src)
            elif src.startswith("//"):
                src = "https:" + src
        except ValueError:
            return None
        return src.replace(" ", "%20") if web(src) else None

    def image(self, element: Element) -> str | None:
        """The address of an `img`: of a lazy one the picture that is to come. Relative where the page's own is unknown."""
        for name in _LAZY:
            value = element.get(name)
            if not value or _PLACEHOLDER.search(value.rsplit("?", 1)[0]):
                continue
            if found := self.resource(value):
                return found
            if not self.url and len(value) <= _LONGEST and not _SCHEME.match(_UNSEEN.sub("", value)):
                return value.strip() or None
        srcset = element.get("data-srcset") or element.get("srcset")
        return (
            self.resource(srcset.split(",")[-1].split()[0])
            if srcset and srcset.strip(", \n\t") and srcset.split(",")[-1].split()
            else None
        )


def encoding(root: Element) -> str | None:
    """The encoding that a page declares, where it is one of the older Chinese ones; None for any other."""
    for meta in root.iter("meta"):
        said = _CHARSET.search(meta.get("charset") or meta.get("content") or "")
        if said and (meta.get("charset") or "content-type" in (meta.get("http-equiv") or "").lower()):
            return "gb18030" if said[1].lower() == "gb" else "big5hkscs"
    return None


def _in_encoding(address: str, encoding: str) -> str:
    path, mark, query = address.partition("?")
    query, hash, fragment = query.partition("#")
    return path + mark + quote(query, safe=_ASCII, encoding=encoding, errors="replace") + hash + fragment


def web(url: str) -> bool:
    """Whether this is an absolute http or https address with a host."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and not _UNSEEN.search(url.strip().replace(" ", ""))
        )
    except ValueError:
        return False
