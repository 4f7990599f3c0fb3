"""Backlogs: sitemaps, feeds and plain lists, whole, packed and hostile."""

import contextlib
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import ChangduError, DamagedDocument, NoAddresses, TooLarge
from service.intake.backlog import backlog
from service.intake.document import Document

SITEMAP = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://a.example/1.html </loc><image:image><image:loc>https://a.example/1.jpg</image:loc></image:image></url>
<url><loc>https://a.example/2.html?a=1&amp;b=2</loc><lastmod>2024-01-01</lastmod></url>
<url><loc>https://a.example/1.html</loc></url><url><loc>javascript:alert(1)</loc></url></urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://a.example/s1.xml.gz</loc></sitemap></sitemapindex>"""
RSS = """<rss version="2.0"><channel><link>https://a.example/</link>
<item><title>一</title><link>https://a.example/1.html</link></item></channel></rss>""".encode()
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://a.example/"/>
<entry><link rel="edit" href="https://a.example/edit"/><link href="https://a.example/1.html"/></entry></feed>"""
LIST = "\ufeffhttps://a.example/1.html\r\n# 注释\n\nhttp://a.example/2.html\n".encode()
ENTITIES = b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>https://a.example/&f;&b;</loc></url></urlset>'


def listed(body: bytes) -> tuple[str, ...]:
    return backlog(Document(body=body)).addresses


def test_a_sitemap_names_its_pages_once() -> None:
    assert listed(SITEMAP) == ("https://a.example/1.html", "https://a.example/2.html?a=1&b=2")
    assert listed(gzip.compress(SITEMAP)) == listed(SITEMAP)


def test_an_index_names_sitemaps() -> None:
    assert backlog(Document(body=INDEX)).sitemaps == ("https://a.example/s1.xml.gz",)


@pytest.mark.parametrize("body", [RSS, ATOM])
def test_a_feed_names_its_articles_and_not_its_site(body: bytes) -> None:
    assert listed(body) == ("https://a.example/1.html",)


def test_a_list_has_an_address_on_each_line() -> None:
    assert listed(LIST) == ("https://a.example/1.html", "http://a.example/2.html")


def test_a_broken_character_costs_no_more_than_its_address() -> None:
    broken = SITEMAP.replace(b"https://a.example/1.html", b"https://a.example/\xed.html", 1)
    assert "https://a.example/2.html?a=1&b=2" in listed(broken)


def test_half_a_character_costs_no_more_than_its_address() -> None:
    broken = SITEMAP.replace(b"https://a.example/1.html", b"https://a.example/&#xd800;.html", 1)
    assert "https://a.example/1.html" in listed(broken)


def test_no_entity_is_followed() -> None:
    assert "root:" not in "".join(listed(ENTITIES))


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", NoAddresses),
        ("只有文字。".encode(), NoAddresses),
        (b"<html><body>no</body></html>", NoAddresses),
        (gzip.compress(SITEMAP)[:40], DamagedDocument),
        (gzip.compress(bytes(60 << 20)), TooLarge),
    ],
    ids=["empty", "prose", "page", "half an archive", "bomb"],
)
def test_what_lists_nothing_is_told(body: bytes, error: type[ChangduError]) -> None:
    with pytest.raises(error):
        backlog(Document(body=body))


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"<urlset>{text}".encode("utf-8", "replace")))
def test_anything_gives_addresses_or_a_problem(body: bytes) -> None:
    addresses: tuple[str, ...] = ()
    with contextlib.suppress(ChangduError):
        addresses = listed(body)
    assert all(address.lower().startswith("http") for address in addresses)
