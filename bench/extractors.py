"""Extractors: Changdu and the libraries that people install, behind one way to ask for the article of a page."""

import json
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import msgspec
import readability
import trafilatura
from lxml import etree

from bench.elements import Elements, article_elements, html_elements
from service.article import body_text
from service.errors import ChangduError
from service.intake.html import read_html

_SCRIPT = Path(__file__).parent / "readability" / "extract.js"


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What an extractor found: empty text where nothing. `published` is ISO 8601; the time is the
    processor's, from HTML text to article, without what only this bench asks for."""

    text: str = ""
    elements: Callable[[], Elements] = lambda: html_elements("")
    title: str | None = None
    byline: str | None = None
    site: str | None = None
    published: str | None = None
    milliseconds: float


class Extractor(Protocol):
    name: str

    def find(self, html: str, url: str) -> Found: ...


class Changdu:
    name = "Changdu"

    def find(self, html: str, url: str) -> Found:
        start = time.process_time()
        try:
            article = read_html(html, url)
        except ChangduError:
            return Found(milliseconds=_since(start))
        milliseconds = _since(start)
        return Found(
            text=body_text(article.blocks),
            elements=lambda: article_elements(article.blocks),
            title=article.title,
            byline=article.byline,
            site=article.site,
            published=article.published,
            milliseconds=milliseconds,
        )


class Trafilatura:
    """As its documentation advises for precision; text, elements and metadata are three calls, the first is timed."""

    name = "trafilatura"

    def find(self, html: str, url: str) -> Found:
        start = time.process_time()
        text = trafilatura.extract(html, url=url or None, favor_precision=True) or ""
        milliseconds = _since(start)
        said = trafilatura.extract_metadata(html, default_url=url or None, extensive=True)
        return Found(
            text=text,
            elements=lambda: html_elements(_trafilatura_html(html, url)),
            title=said.title if said else None,
            byline=said.author if said else None,
            site=said.sitename if said else None,
            published=said.date if said else None,
            milliseconds=milliseconds,
        )


class ReadabilityLxml:
    name = "readability-lxml"

    def find(self, html: str, url: str) -> Found:
        start = time.process_time()
        try:
            document = readability.Document(html, url=url or None)
            found = document.summary(html_partial=True)
        except readability.readability.Unparseable:
            return Found(milliseconds=_since(start))
        milliseconds = _since(start)
        tree = etree.fromstring(found, etree.HTMLParser())
        text = "\n".join(str(part) for part in tree.itertext()) if tree is not None else ""
        return Found(
            text=text, elements=lambda: html_elements(found), title=document.short_title(), milliseconds=milliseconds
        )


class ReadabilityJs:
    """Readability.js in one node process, which tells its own time."""

    name = "Readability.js"

    def __init__(self) -> None:
        self._node = subprocess.Popen(
            ["node", str(_SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    @classmethod
    def is_present(cls) -> bool:
        """Whether node is there and `npm ci` was run beside the script."""
        return shutil.which("node") is not None and (_SCRIPT.parent / "node_modules").is_dir()

    def find(self, html: str, url: str) -> Found:
        assert self._node.stdin is not None
        assert self._node.stdout is not None
        self._node.stdin.write(json.dumps({"html": html, "url": url}) + "\n")
        self._node.stdin.flush()
        said = json.loads(self._node.stdout.readline())
        return Found(
            text=said["text"],
            elements=lambda: html_elements(said["html"]),
            title=said["title"],
            byline=said["byline"],
            site=said["site"],
            published=said["published"],
            milliseconds=said["milliseconds"],
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._node.terminate()
        self._node.wait(10)


def _trafilatura_html(html: str, url: str) -> str:
    found = trafilatura.extract(
        html,
        url=url or None,
        output_format="html",
        favor_precision=True,
        include_images=True,
        include_links=True,
        include_tables=True,
        include_formatting=True,
    )
    return found or ""


def _since(start: float) -> float:
    return (time.process_time() - start) * 1000
