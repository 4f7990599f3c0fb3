"""Zip archives that strangers made: opened only where their count, sizes, ratios and paths are those of a document."""

import io
import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from service.errors import DamagedDocument, EncryptedDocument, UnsafeArchive

ENTRIES = 5_000
TOTAL_BYTES = 200 << 20
ENTRY_BYTES = 40 << 20
RATIO = 200
RATIO_FROM = 1 << 20  # small entries may compress as they like
_ENCRYPTED = 0x1
_BROKEN = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    EOFError,
    zlib.error,
    struct.error,
)


class Archive:
    """The entries of a zip in memory.

    Raises DamagedDocument where it cannot be read, EncryptedDocument where an entry has a password, and UnsafeArchive
    beyond 5,000 entries, 200 MB in all, 40 MB or 1:200 in an entry, or with a path that leads out of the archive.
    """

    def __init__(self, body: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(body))
        except _BROKEN as error:
            raise DamagedDocument(what="zip") from error
        entries = self._zip.infolist()
        if len(entries) > ENTRIES:
            raise UnsafeArchive(what=f"{len(entries)} > {ENTRIES}")
        if sum(entry.file_size for entry in entries) > TOTAL_BYTES:
            raise UnsafeArchive(what=f"> {TOTAL_BYTES >> 20} MB")
        for entry in entries:
            _check(entry)
        self.names = frozenset(entry.filename for entry in entries)

    def read(self, name: str) -> bytes:
        """The bytes of an entry, decompressed no further than the size that was checked."""
        if name not in self.names:
            raise DamagedDocument(what=name[:80])
        try:
            return self._zip.read(name)
        except _BROKEN as error:
            raise DamagedDocument(what=name[:80]) from error

    def xml(self, name: str) -> Element:
        """The root of an XML entry, read by `parse_xml`."""
        return parse_xml(self.read(name), name)


def parse_xml(body: bytes, name: str) -> Element:
    """The root of an XML document without a DTD of its own.

    Raises UnsafeArchive where it declares entities, DamagedDocument where it is not well-formed or nested deeper
    than 256 elements, which libxml2 sets.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedDocument(what=name[:80]) from error
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(dtd.iterentities()):
        raise UnsafeArchive(what="<!ENTITY>")
    return root


def _check(entry: zipfile.ZipInfo) -> None:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if (
        path.is_absolute()
        or ".." in path.parts
        or "\0" in entry.orig_filename
        or ":" in entry.filename.partition("/")[0]
    ):
        raise UnsafeArchive(what=entry.filename[:80].encode("ascii", "replace").decode())
    if entry.flag_bits & _ENCRYPTED:
        raise EncryptedDocument
    ratio = entry.file_size / max(entry.compress_size, 1)
    if entry.file_size > ENTRY_BYTES:
        raise UnsafeArchive(what=f"> {ENTRY_BYTES >> 20} MB")
    if entry.file_size > RATIO_FROM and ratio > RATIO:
        raise UnsafeArchive(what=f"1:{ratio:.0f}")
