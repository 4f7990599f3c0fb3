"""Backlogs: the addresses of a site's articles, from its sitemap, its feed, or a list with one on each line."""

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import Final

import msgspec
from lxml import etree

from service.errors import DamagedDocument, NoAddresses, TooLarge
from service.intake.charset import decode
from service.intake.document import Document

_LIMIT: Final = 50 << 20  # bytes: what a sitemap may have at most (sitemaps.org, protocol)


class Backlog(msgspec.Struct, frozen=True, kw_only=True):
    """`addresses` of articles, each once and in order, and of `sitemaps` that list more."""

    addresses: tuple[str, ...]
    sitemaps: tuple[str, ...]


def backlog(document: Document) -> Backlog:
    """What a document lists; raises NoAddresses, TooLarge, DamagedDocument, UnreadableText."""
    text = decode(_unpacked(document.body), document.charset or "utf-8")
    if text.lstrip().startswith("<"):
        root = _parsed(text)
        found = Backlog(addresses=_once(_articles(root)), sitemaps=_once(_locations(root, "sitemap")))
    else:
        found = Backlog(addresses=_once(iter(text.split("\n"))), sitemaps=())
    if not found.addresses and not found.sitemaps:
        raise NoAddresses
    return found


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        unpacked = gzip.GzipFile(fileobj=io.BytesIO(body)).read(_LIMIT + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DamagedDocument(what="gzip") from error
    if len(unpacked) > _LIMIT:
        raise TooLarge(limit=_LIMIT >> 20)
    return unpacked


def _parsed(text: str) -> etree._Element:
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None:
        raise DamagedDocument(what="XML")
    return root


def _articles(root: etree._Element) -> Iterator[str]:
    yield from _locations(root, "url")
    for item in root.iter("{*}item"):  # RSS
        yield from (_said(link) for link in item.iterfind("{*}link"))
    for entry in root.iter("{*}entry"):  # Atom
        yield from (
            _said(link, "href") for link in entry.iterfind("{*}link") if link.get("rel", "alternate") == "alternate"
        )


def _locations(root: etree._Element, name: str) -> Iterator[str]:
    for element in root.iter("{*}" + name):
        yield from (_said(found) for found in element.iterfind("{*}loc"))


def _said(element: etree._Element, attribute: str | None = None) -> str:
    try:
        return (element.get(attribute) if attribute else element.text) or ""
    except UnicodeDecodeError:
        return ""  # it refers to half a character (&#xd800;), which a parser that recovers lets pass


def _once(addresses: Iterator[str]) -> tuple[str, ...]:
    stripped = (address.strip() for address in addresses)
    return tuple(dict.fromkeys(a for a in stripped if a.lower().startswith(("http://", "https://"))))
