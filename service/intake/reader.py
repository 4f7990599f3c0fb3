"""Any document to an Article: finds out what it is and hands it to the reader of that kind."""

import re
from collections.abc import Callable

from striprtf.striprtf import rtf_to_text

from service.article import Article
from service.errors import DamagedDocument, EmptyDocument, TooDeep
from service.intake.binding import bound
from service.intake.charset import decode
from service.intake.document import Document
from service.intake.docx import html_of_docx
from service.intake.epub import book
from service.intake.fragment import fragment
from service.intake.html import read_html
from service.intake.ideographs import unified
from service.intake.kinds import Kind, binary_kind, text_kind
from service.intake.markdown import html_of_markdown
from service.intake.odt import html_of_odt
from service.intake.pdf import read_pdf
from service.intake.plain import read_plain

_BLANK = re.compile(rb"[\s\0]*")


def read(document: Document) -> Article:
    """The article in `document`; pure CPU, to be run in a worker process under a time limit.

    Raises EmptyDocument, UnreadableText, UnsupportedDocument, LegacyDocument, MislabelledDocument, EncryptedDocument,
    ScannedDocument, DamagedDocument, UnsafeArchive, NoArticle, TooDeep.
    """
    if _BLANK.fullmatch(document.body):
        raise EmptyDocument
    try:
        kind = binary_kind(document)
        if kind is not None:
            return _BINARY[kind](document)
        text = decode(document.body, document.charset)
        return _TEXT[text_kind(document, text)](unified(text), document)
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
    except (ValueError, LookupError, TypeError) as error:
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
