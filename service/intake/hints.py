"""Hints: what a page tells a reader's browser beside its text: its own address, its next page, whether it may be kept."""

import itertools
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

import msgspec

from service.intake.addresses import web
from service.intake.freshness import forbids_copies

_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style|textarea|template)\b.*?(?:</\1|\Z)", re.IGNORECASE | re.DOTALL)
# A quoted value ends at a `<` here, so that no text is read twice however it is cut.
_TAG = re.compile(r"<(link|meta|base|a)\s((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)/?>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z][\w:-]*+)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++))""", re.IGNORECASE)
_NEXT_PAGE = re.compile(r"(?:下一?|后一?|後一?|次)[页頁]|next page", re.IGNORECASE)
_BEFORE_WORDS = re.compile(r"<a\s((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>(?:\s|<(?!/?a\b)[^<>]*>)*+\Z", re.IGNORECASE)
_AFTER_WORDS = re.compile(r"(?:\s|[>›»→▶]|&gt;|&raquo;|<(?!/?a\b)[^<>]*>)*+</a\b", re.IGNORECASE)
# The pager of TRS, which most Chinese governments' pages have: createPageHTML(pages, this one from 0, "name", "html").
_TRS = re.compile(
    r"createPageHTML\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*[\"']([\w.-]{1,80})[\"']\s*,\s*[\"'](\w{1,5})[\"']"
)
_WORDS = 200  # places that say 下一页, of one page
_NEAR = 600  # characters between an `<a` and its words


class Hints(msgspec.Struct, frozen=True, kw_only=True):
    """Absolute addresses on the page's own site, None where it gives none.

    `linked` is that of `<link rel=next>`, which may be another article's; `paged` that of the pager's 下一页.
    `storable` is false where a robots meta says noarchive.
    """

    canonical: str | None = None
    linked: str | None = None
    paged: str | None = None
    storable: bool = True


def read_hints(html: str, url: str) -> Hints:
    """The hints of a page whose address is `url`."""
    shown = _HIDDEN.sub(" ", html)
    tags = [(found[1].lower(), _said(found[2])) for found in _TAG.finditer(shown)]
    base = next((_absolute(said["href"], url) for name, said in tags if name == "base" and "href" in said), None) or url
    hosts = _Hosts(url)
    return Hints(
        canonical=hosts.canonical(
            _absolute(said["href"], base) for name, said in tags if name == "link" and _is_rel(said, "canonical")
        ),
        linked=hosts.first(
            _absolute(said["href"], base)
            for name, said in tags
            if name == "link" and _is_rel(said, "next") and _names_no_other(said)
        ),
        paged=hosts.first(_absolute(href, base) for href in (*_pager(html, shown), *_related(tags))),
        storable=not any(
            name == "meta" and said.get("name", "").lower() == "robots" and forbids_copies(said.get("content", ""))
            for name, said in tags
        ),
    )


def _said(attributes: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(attributes):
        found.setdefault(name.lower(), unescape(double or single or bare).strip())
    return found


def _is_rel(said: dict[str, str], relation: str) -> bool:
    return relation in said.get("rel", "").lower().split() and "href" in said


def _names_no_other(said: dict[str, str]) -> bool:
    """Blogs link their next post as `next`, and give its title."""
    return "title" not in said or bool(_NEXT_PAGE.search(said["title"]))


def _related(tags: list[tuple[str, dict[str, str]]]) -> Iterator[str]:
    return (said["href"] for name, said in tags if name == "a" and _is_rel(said, "next"))


def _pager(html: str, shown: str) -> Iterator[str]:
    if (found := _TRS.search(html)) and int(found[2]) + 1 < int(found[1]):
        yield f"{found[3]}_{int(found[2]) + 1}.{found[4]}"
    for words in itertools.islice(_NEXT_PAGE.finditer(shown), _WORDS):
        near = shown[max(0, words.start() - _NEAR) : words.start()]
        link = _BEFORE_WORDS.search(near, max(near.lower().rfind("<a"), 0))
        if link and _AFTER_WORDS.match(shown, words.end()) and "href" in (said := _said(link[1])):
            yield said["href"]


def _absolute(href: str, base: str) -> str | None:
    try:
        address = urldefrag(urljoin(base, href))[0]
    except ValueError:
        return None
    return address if len(address) < 4096 and web(address) else None


class _Hosts:
    """Tells which addresses are on the site of the page at `url`."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._host = urlsplit(url).netloc.lower()

    def first(self, addresses: Iterator[str | None]) -> str | None:
        """The first on the very host that is another page."""
        page = urldefrag(self._url)[0]
        return next(
            (one for one in addresses if one and one != page and urlsplit(one).netloc.lower() == self._host), None
        )

    def canonical(self, addresses: Iterator[str | None]) -> str | None:
        """The first, where it is on the same site and not that site's home page, which careless templates give."""
        found = next(addresses, None)
        if found is None or _site(urlsplit(found).netloc.lower()) != _site(self._host):
            return None
        return found if urlsplit(found).path not in ("", "/") or urlsplit(self._url).path in ("", "/") else None


def _site(host: str) -> str:
    return re.sub(r"^(?:www|m|wap|mobile|amp|3g)\.", "", host)
