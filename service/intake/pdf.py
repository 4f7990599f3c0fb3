"""PDF documents to articles: their text layer in reading order, as headings, paragraphs, lists and tables."""

import re

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from service.article import Article
from service.errors import DamagedDocument, EmptyDocument, EncryptedDocument, ScannedDocument
from service.intake.binding import bound
from service.intake.document import Document
from service.intake.ideographs import unified
from service.intake.pdf_blocks import blocks
from service.intake.pdf_layout import reading_order
from service.intake.pdf_lines import pieces

_UNREADABLE = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
_SPARSE = 8  # characters a page: a stamp or a page number on a scan


def read_pdf(document: Document) -> Article:
    """The article in a PDF. Raises EncryptedDocument, DamagedDocument, ScannedDocument, EmptyDocument.

    Pictures are not taken over: a PDF says neither which of them matter nor what they show.
    """
    try:
        pdf = pdfium.PdfDocument(document.body)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise EncryptedDocument from error
        raise DamagedDocument(what="PDF") from error
    try:
        pages = [pieces(page) for page in pdf]
        _check_text_layer(pdf, "".join(piece.text for page in pages for piece in page))
        said = pdf.get_metadata_dict(skip_empty=True)
    except pdfium.PdfiumError as error:
        raise DamagedDocument(what="PDF") from error
    finally:
        pdf.close()
    return bound(
        blocks(reading_order(pages)), source=document.url, hint=unified(said.get("Title", "")), name=document.name
    )


def _check_text_layer(pdf: pdfium.PdfDocument, text: str) -> None:
    """Raises ScannedDocument for pictures of text, and for fonts that do not tell which characters they draw."""
    if len(_UNREADABLE.findall(text)) * 3 > len(text):
        raise ScannedDocument
    if len(text) < _SPARSE * len(pdf) and any(_has_picture(page) for page in pdf):
        raise ScannedDocument
    if not text:
        raise EmptyDocument


def _has_picture(page: pdfium.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
