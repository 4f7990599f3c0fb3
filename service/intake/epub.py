"""EPUB books to HTML: the chapters of the spine, in order, and what the package says of the book."""

import posixpath
from urllib.parse import unquote

import msgspec
from lxml.etree import _Element as Element

from service.errors import DamagedDocument, EncryptedDocument
from service.intake.archive import Archive
from service.intake.charset import decode

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"


class Book(msgspec.Struct, frozen=True):
    """The chapters' HTML texts in reading order."""

    title: str | None
    author: str | None
    chapters: tuple[str, ...]


def book(body: bytes) -> Book:
    """The book in an EPUB. Raises DamagedDocument, EncryptedDocument (also for DRM), UnsafeArchive."""
    archive = Archive(body)
    package_path = _first(archive.xml(_CONTAINER), "rootfile", "full-path")
    package = archive.xml(package_path)
    folder = posixpath.dirname(package_path)
    items = {item.get("id"): item for item in package.iter("{*}item")}
    paths = []
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or reference.get("linear") == "no" or "nav" in (item.get("properties") or "").split():
            continue
        if (item.get("media-type") or "") in ("application/xhtml+xml", "text/html"):
            paths.append(posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or ""))))
    _refuse_locked(archive, paths)
    chapters = tuple(decode(archive.read(path)) for path in paths if path in archive.names)
    if not chapters:
        raise DamagedDocument(what="EPUB")
    return Book(_text(package, "title"), _text(package, "creator"), chapters)


def _refuse_locked(archive: Archive, paths: list[str]) -> None:
    """Fonts may be obfuscated; chapters that are encrypted cannot be read."""
    if _ENCRYPTION in archive.names:
        locked = {unquote(found.get("URI") or "") for found in archive.xml(_ENCRYPTION).iter("{*}CipherReference")}
        if locked & set(paths):
            raise EncryptedDocument


def _first(root: Element, name: str, attribute: str) -> str:
    for element in root.iter(f"{{*}}{name}"):
        if value := element.get(attribute):
            return str(value)
    raise DamagedDocument(what="EPUB")


def _text(package: Element, name: str) -> str | None:
    for element in package.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}"):
        if text := " ".join("".join(map(str, element.itertext())).split()):
            return text
    return None
