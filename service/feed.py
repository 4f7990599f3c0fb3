"""A site's feed: RSS 2.0 with the iTunes and Podcasting 2.0 namespaces, one for each script (pure).

RSS: https://www.rssboard.org/rss-specification; podcast: https://podcasting2.org/docs/podcast-namespace
"""

import re
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final

import msgspec
from lxml import etree

from service.sites import Site
from service.text.tags import Script

ITUNES: Final = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST: Final = "https://podcastindex.org/namespace/1.0"
ATOM: Final = "http://www.w3.org/2005/Atom"
_SPACES: Final = {"itunes": ITUNES, "podcast": PODCAST, "atom": ATOM}
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_GUIDS: Final = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""What a podcast:guid is made in, by the podcast namespace."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One reading in the feed's script. Addresses are absolute; `published` is ISO 8601, `bytes` the sound's length."""

    id: str
    title: str
    summary: str
    link: str
    published: str | None
    at: float
    audio: str
    bytes: int
    duration_ms: int
    captions: str
    chapters: str


def rss(site: Site, items: Sequence[Item], *, address: str, script: Script, section: str = "/") -> bytes:
    """The feed of a site, or of the section of it whose paths begin with `section`; `address` is the feed's own."""
    root = etree.Element("rss", {"version": "2.0"}, nsmap=_SPACES)
    channel = etree.SubElement(root, "channel")
    name = site.name if section == "/" else f"{site.name} {section}"
    newest = max((item.at for item in items), default=0.0)
    _add(channel, "title", name)
    _add(channel, "link", site.home)
    _add(channel, "description", " ".join((name, *site.footer)))
    _add(channel, "language", script)
    _add(channel, "lastBuildDate", _date(None, newest))
    _add(channel, "generator", "Changdu")
    _add(channel, f"{{{ATOM}}}link", href=address, rel="self", type="application/rss+xml")
    _add(channel, f"{{{ITUNES}}}author", site.name)
    _add(channel, f"{{{ITUNES}}}explicit", "false")
    _add(channel, f"{{{ITUNES}}}category", text="Government" if ".gov" in site.home else "News")
    _add(channel, f"{{{PODCAST}}}guid", str(uuid.uuid5(_GUIDS, address.partition("://")[2].rstrip("/"))))
    _add(channel, f"{{{PODCAST}}}medium", "podcast")
    _add(channel, f"{{{PODCAST}}}locked", "no")
    if site.logo:
        _add(channel, f"{{{ITUNES}}}image", href=site.logo)
        image = _add(channel, "image")
        _add(image, "url", site.logo)
        _add(image, "title", name)
        _add(image, "link", site.home)
    for item in items:
        _add_item(channel, item, script)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _add_item(channel: etree._Element, item: Item, script: Script) -> None:
    added = _add(channel, "item")
    _add(added, "title", item.title)
    _add(added, "link", item.link)
    _add(added, "description", item.summary)
    _add(added, "guid", item.id, isPermaLink="false")
    _add(added, "pubDate", _date(item.published, item.at))
    _add(added, "enclosure", url=item.audio, length=str(item.bytes), type="audio/mpeg")
    _add(added, f"{{{ITUNES}}}duration", str(round(item.duration_ms / 1000)))
    _add(added, f"{{{ITUNES}}}explicit", "false")
    _add(added, f"{{{PODCAST}}}transcript", url=item.captions, type="text/vtt", language=script)
    _add(added, f"{{{PODCAST}}}chapters", url=item.chapters, type="application/json+chapters")


def _add(parent: etree._Element, tag: str, value: str = "", **attributes: str) -> etree._Element:
    """An element at the end of another; characters that XML cannot hold are left out of its text."""
    added = etree.SubElement(parent, tag, attributes)
    added.text = _NOT_XML.sub("", value) or None
    return added


def _date(published: str | None, at: float) -> str:
    """RFC 822, of what is published or else of the time; a day without a time is its noon, in its own place."""
    try:
        moment = datetime.fromisoformat(published or "")
    except ValueError:
        return format_datetime(datetime.fromtimestamp(at, UTC))
    if "T" not in (published or ""):
        moment = moment.replace(hour=12)
    return format_datetime(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
