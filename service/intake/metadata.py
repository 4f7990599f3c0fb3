"""Metadata: what a page says of itself in its head, in JSON-LD, and in the lines around its title."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml.etree import _Element as Element

from service.intake.vocabulary import text_of

_NAMES = {
    "title": ("articletitle", "og:title", "twitter:title", "dc.title", "title"),
    "author": ("author", "article:author", "og:article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "twitter:creator"),
    "source": ("contentsource", "source", "og:site_name", "sitename", "application-name", "dc.publisher", "apple-mobile-web-app-title"),
    "published": (
        "article:published_time", "pubdate", "publishdate", "publish_date", "published_time", "date", "datepublished", "og:published_time", "og:release_date",
        "dc.date", "dc.date.issued", "dcterms.created", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "weibo:article:create_at",
        "apub:time", "bytedance:published_time", "og:time", "publication_date", "article.published",
    ),
}  # fmt: skip
_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report|WebPage|Review|Recipe")
_SCRIPTED = re.compile(r"[:=]\s*[\"']?(1[0-9]{9}|20\d\d-\d\d-\d\d[ T]?[\d:]*)[\"';,]")
_SCRIPTED_NAME = re.compile(
    r"\b(?:publish_?time|pub_?time|ori_?create_?time|create_?time|ct)[\"']?\s*\Z", re.IGNORECASE
)
_LONGEST = 300  # characters of a title


class Metadata(NamedTuple):
    titles: tuple[str, ...] = ()
    author: str | None = None
    source: str | None = None
    site_name: str | None = None
    published: str | None = None
    language: str | None = None
    canonical: str | None = None
    base: str | None = None
    account: str | None = None


def read_metadata(root: Element) -> Metadata:
    """What the head and JSON-LD say, before scripts are taken out of the tree."""
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = (meta.get("content") or "").strip()
        if name and content:
            metas.setdefault(name.strip().lower(), content)
    linked = _linked_data(root)
    title = next(root.iter("title"), None)
    page_title = _spaces(text_of(title)) if title is not None else ""
    titles = [
        metas.get("articletitle"),
        _text(linked.get("headline")),
        metas.get("og:title"),
        metas.get("twitter:title"),
    ]
    links = {(link.get("rel") or "").lower(): link.get("href") for link in root.iter("link") if link.get("href")}
    base = next(root.iter("base"), None)
    return Metadata(
        titles=tuple(_spaces(t) for t in (*titles, page_title) if t),
        author=_names(linked.get("author")) or _first(metas, "author"),
        source=metas.get("contentsource") or metas.get("source"),
        site_name=_first(metas, "source") or _names(linked.get("publisher")),
        published=_text(linked.get("datePublished"))
        or _text(linked.get("pubDate"))
        or _first(metas, "published")
        or _scripted_date(root),
        language=root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or metas.get("content-language")
        or metas.get("og:locale"),
        canonical=links.get("canonical") or metas.get("og:url"),
        base=base.get("href") if base is not None else None,
        account=_spaces(text_of(account)) if (account := root.find(".//*[@id='js_name']")) is not None else None,
    )


def _first(metas: dict[str, str], kind: str) -> str | None:
    return next((metas[name] for name in _NAMES[kind] if name in metas and not metas[name].startswith("http")), None)


def _scripted_date(root: Element) -> str | None:
    """A date that the page's scripts write into it, as those of 公众号 do."""
    for script in root.iter("script"):
        text = script.text or ""
        for found in _SCRIPTED.finditer(text):
            if _SCRIPTED_NAME.search(text, max(0, found.start() - 24), found.start()):
                return found[1]
    return None


def _linked_data(root: Element) -> dict[str, Any]:
    """The JSON-LD object of the article, if there is one."""
    for script in root.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json" and script.text and len(script.text) < 500_000:
            try:
                data = json.loads(script.text, strict=False)
            except (ValueError, RecursionError):
                continue
            for thing in _things(data, 0):
                kind = thing.get("@type")
                if _ARTICLE_TYPES.search(" ".join(map(str, kind)) if isinstance(kind, list) else str(kind)) and (
                    thing.get("headline") or thing.get("datePublished") or thing.get("pubDate")
                ):
                    return thing
    return {}


def _things(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 3:
        return
    if isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(data.get(key), depth + 1)
    elif isinstance(data, list):
        for item in data[:50]:
            yield from _things(item, depth + 1)


def _text(value: object) -> str | None:
    return _spaces(value) or None if isinstance(value, str) else None


def _names(value: object) -> str | None:
    """The names of a person or several, as JSON-LD gives them."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        names = [name for item in value[:10] if (name := _names(item))]
        return ", ".join(dict.fromkeys(names)) or None
    text = _text(value)
    return None if text is None or text.startswith("http") else text


def _spaces(text: str) -> str:
    """One line of it; JSON may write half a character, a lone surrogate."""
    return " ".join(text.encode("utf-8", "ignore").decode().split())[:_LONGEST]
