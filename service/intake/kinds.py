"""What kind of document some bytes are: by their signature, their media type and their name, in that order."""

import re
from enum import StrEnum

from service.errors import (
    EncryptedDocument,
    LegacyDocument,
    MislabelledDocument,
    UnsupportedDocument,
)
from service.intake.archive import Archive
from service.intake.document import Document


class Kind(StrEnum):
    HTML = "html"
    PLAIN = "txt"
    MARKDOWN = "markdown"
    PDF = "pdf"
    DOCX = "docx"
    EPUB = "epub"
    ODT = "odt"
    RTF = "rtf"


_MEDIA_TYPES = {
    "text/html": Kind.HTML,
    "application/xhtml+xml": Kind.HTML,
    "text/plain": Kind.PLAIN,
    "text/markdown": Kind.MARKDOWN,
    "text/x-markdown": Kind.MARKDOWN,
    "application/pdf": Kind.PDF,
    "application/x-pdf": Kind.PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Kind.DOCX,
    "application/epub+zip": Kind.EPUB,
    "application/vnd.oasis.opendocument.text": Kind.ODT,
    "application/rtf": Kind.RTF,
    "text/rtf": Kind.RTF,
}
_SUFFIXES = {
    "html": Kind.HTML,
    "htm": Kind.HTML,
    "xhtml": Kind.HTML,
    "shtml": Kind.HTML,
    "txt": Kind.PLAIN,
    "text": Kind.PLAIN,
    "md": Kind.MARKDOWN,
    "markdown": Kind.MARKDOWN,
    "pdf": Kind.PDF,
    "docx": Kind.DOCX,
    "epub": Kind.EPUB,
    "odt": Kind.ODT,
    "rtf": Kind.RTF,
}
_OPEN_DOCUMENTS = ("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text-template")
_TEXTS = frozenset({Kind.HTML, Kind.PLAIN, Kind.MARKDOWN})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
# Streams by which the applications that wrote an OLE file are known: [MS-DOC] 2.1, [MS-XLS] 2.1, [MS-PPT] 2.1.
_OLE_STREAMS = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt"))
# Word 1 and 2, and Excel 5 without a container ([MS-XLS] 2.4.21).
_LEGACY = ((b"\xdb\xa5-\0", "doc"), (b"\x31\xbe\0\0", "doc"), (b"\x09\x08\x10\0\0\x06\x05\0", "xls"))
_OTHERS = (
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"RIFF", "WebP, WAV, AVI"),
    (b"ID3", "MP3"),
    (b"OggS", "Ogg"),
    (b"fLaC", "FLAC"),
    (b"\x1aE\xdf\xa3", "Matroska, WebM"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "EXE"),
    (b"%!PS", "PostScript"),
    (b"SQLite format 3\0", "SQLite"),
    (b"wOFF", "WOFF"),
    (b"wOF2", "WOFF"),
    (b"AT&TFORM", "DjVu"),
    (b"CAJ\0", "CAJ"),
    (b"ITSF", "CHM"),
)
_HTML = re.compile(
    r"\s*(<!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}\?>\s*)*<(!doctype html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(
    r"<(p|div|span|br|a|table|h[1-6]|article|section|ul|ol|img|b|i|strong|blockquote|pre)[\s/>]", re.IGNORECASE
)
_CODE = re.compile(r"\b(json|javascript|ecmascript|css)\b")
_WEB_ARCHIVE = re.compile(r"(?:[\w-]+:[^\n]*\n){0,20}Content-Type:\s*multipart/related", re.IGNORECASE)
_XML = re.compile(r"\s*<\?xml\b")


def binary_kind(document: Document) -> Kind | None:
    """The kind of a document that is not text; None for text.

    Raises UnsupportedDocument for a kind that cannot be read, LegacyDocument for Word, WPS, Excel and PowerPoint
    before 2007, EncryptedDocument, and MislabelledDocument where the bytes are not what the name or, for a file that
    was sent, the media type says. Of a fetched page the bytes count for more than the server's word.
    """
    found = _signature(document.body)
    claims = _claims(document)
    if found is not None and claims and found not in claims and (document.url is None or not claims <= _TEXTS):
        raise MislabelledDocument(what=", ".join(sorted(claims)))
    return found


def text_kind(document: Document, text: str) -> Kind:
    """HTML, Markdown or plain text; between these, what `text` looks like counts for more than what it is called.

    Raises MislabelledDocument for what is called a document of another kind, UnsupportedDocument for XML and code.
    """
    claims = _claims(document)
    media = (document.media_type or "").partition(";")[0].strip().lower()
    markup = bool(_HTML.match(text))
    if claims and not claims & _TEXTS and not (markup and document.url is not None):
        raise MislabelledDocument(what=", ".join(sorted(claims)))
    if not markup and (_XML.match(text) or _CODE.search(media)):
        raise UnsupportedDocument(what=media[:60] if _CODE.search(media) else "XML")
    if _WEB_ARCHIVE.match(text):
        raise UnsupportedDocument(what="MHT")
    if markup or (not claims & {Kind.PLAIN, Kind.MARKDOWN} and _TAGS.search(text)):
        return Kind.HTML
    return Kind.MARKDOWN if Kind.MARKDOWN in claims else Kind.PLAIN


def _claims(document: Document) -> set[Kind]:
    media = _MEDIA_TYPES.get((document.media_type or "").partition(";")[0].strip().lower())
    suffix = _SUFFIXES.get((document.name or "").lower().rpartition(".")[2]) if "." in (document.name or "") else None
    return {claim for claim in (media, suffix) if claim is not None}


def _signature(body: bytes) -> Kind | None:
    """The kind of a binary document; None for what may be text."""
    if b"%PDF-" in body[:1024]:  # ISO 32000-1 Annex H, 3.4.1: readers accept junk before it
        return Kind.PDF
    if body.startswith(b"{\\rtf"):
        return Kind.RTF
    if body.startswith(b"PK\x03\x04"):
        return _zipped(body)
    if body.startswith(_OLE):
        raise _ole(body)
    for signature, name in _LEGACY:
        if body.startswith(signature):
            raise LegacyDocument(what=name)
    for signature, name in _OTHERS:
        if body.startswith(signature) and b"\0" in body[:512]:
            raise UnsupportedDocument(what=name)
    if body[4:8] == b"ftyp":
        raise UnsupportedDocument(what="MP4, HEIC")
    return None


def _zipped(body: bytes) -> Kind:
    archive = Archive(body)
    if "mimetype" in archive.names:
        media = archive.read("mimetype")[:80].decode("ascii", "replace").strip()
        if media in (*_OPEN_DOCUMENTS, "application/epub+zip"):
            return Kind.EPUB if media == "application/epub+zip" else Kind.ODT
    for entry, found in (("META-INF/container.xml", Kind.EPUB), ("word/document.xml", Kind.DOCX)):
        if entry in archive.names:
            return found
    if "[Content_Types].xml" in archive.names:
        return _office(archive)
    raise UnsupportedDocument(what="zip")


def _office(archive: Archive) -> Kind:
    """OPC packages say by content type what they are; a Word document's main part may have any name."""
    types = archive.read("[Content_Types].xml")
    if b"wordprocessingml.document.main+xml" in types or b"ms-word.document.macroEnabled" in types:
        return Kind.DOCX
    for name in ("xlsx", "pptx"):
        if {"xlsx": b"spreadsheetml", "pptx": b"presentationml"}[name] in types:
            raise UnsupportedDocument(what=name)
    raise UnsupportedDocument(what="Office")


def _ole(body: bytes) -> EncryptedDocument | LegacyDocument:
    if _ENCRYPTED_PACKAGE in body:
        return EncryptedDocument()
    for stream, name in _OLE_STREAMS:
        if stream.encode("utf-16-le") in body:
            return LegacyDocument(what=name)
    return LegacyDocument(what="doc, wps, xls, ppt")
