"""Any document to an Article: finds out what it is and hands it to the reader of that kind."""

import re
from collections.abc import Callable

import msgspec
from striprtf.striprtf import rtf_to_text

from service.article import Article
from service.errors import DamagedDocument, EmptyDocument, TooDeep
from service.intake.binding import bound
from service.intake.charset import decode
from service.intake.document import Document
from service.intake.docx import html_of_docx
from service.intake.epub import book
from service.intake.fragment import fragment
from service.intake.hints import Hints, read_hints
from service.intake.html import read_html
from service.intake.ideographs import unified
from service.intake.kinds import Kind, binary_kind, text_kind
from service.intake.markdown import html_of_markdown
from service.intake.odt import html_of_odt
from service.intake.pdf import read_pdf
from service.intake.plain import read_plain

_BLANK = re.compile(rb"[\s\0]*")


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A document that was fetched, as an article, and the hints of its HTML."""

    article: Article
    hints: Hints = Hints()


def read_page(document: Document) -> Page:
    """The article in a document that was fetched, and its hints; as `read`, and raises what that raises."""
    article, html = _read(document)
    if html is None or document.url is None:
        return Page(article=article)
    return Page(article=article, hints=read_hints(html, document.url))


def read(document: Document) -> Article:
    """The article in `document`; pure CPU, to be run in a worker process under a time limit.

    Raises EmptyDocument, UnreadableText, UnsupportedDocument, LegacyDocument, MislabelledDocument, EncryptedDocument,
    ScannedDocument, DamagedDocument, UnsafeArchive, NoArticle, TooDeep, TooManyElements.
    """
    return _read(document)[0]


def _read(document: Document) -> tuple[Article, str | None]:
    """The article, and the text of a document that is HTML."""
    if _BLANK.fullmatch(document.body):
        raise EmptyDocument
    try:
        kind = binary_kind(document)
        if kind is not None:
            return _BINARY[kind](document), None
        text = decode(document.body, document.charset)
        kind = text_kind(document, text)
        return _TEXT[kind](unified(text), document), text if kind is Kind.HTML else None
    except RecursionError as error:
        raise TooDeep from error


def _html(text: str, document: Document) -> Article:
    return read_html(text, document.url, document.select)


def _plain(text: str, document: Document) -> Article:
    return read_plain(text, document.url)


def _markdown(text: str, document: Document) -> Article:
    html, said = html_of_markdown(text)
    return bound(
        fragment(html, document.url),
        source=document.url,
        title=said.get("title"),
        name=document.name,
        byline=said.get("author"),
        declared=said.get("lang"),
    )


def _docx(document: Document) -> Article:
    return bound(fragment(html_of_docx(document.body)), source=document.url, name=document.name)


def _odt(document: Document) -> Article:
    return bound(fragment(html_of_odt(document.body)), source=document.url, name=document.name)


def _epub(document: Document) -> Article:
    found = book(document.body)
    chapters = enumerate(found.chapters, 1)
    blocks = tuple(block for number, html in chapters for block in fragment(unified(html), notes=f"c{number}n"))
    return bound(blocks, source=document.url, title=found.title, name=document.name, byline=found.author)


def _rtf(document: Document) -> Article:
    try:
        text: str = rtf_to_text(document.body.decode("cp1252", "replace"), errors="replace")
    except (ValueError, LookupError, TypeError, OverflowError) as error:
        raise DamagedDocument(what="rtf") from error
    return read_plain(unified(text), document.url)


_BINARY: dict[Kind, Callable[[Document], Article]] = {
    Kind.PDF: read_pdf,
    Kind.DOCX: _docx,
    Kind.ODT: _odt,
    Kind.EPUB: _epub,
    Kind.RTF: _rtf,
}
_TEXT: dict[Kind, Callable[[str, Document], Article]] = {Kind.HTML: _html, Kind.PLAIN: _plain, Kind.MARKDOWN: _markdown}
