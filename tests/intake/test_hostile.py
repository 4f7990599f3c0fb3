"""Documents made to hurt, read in a worker process as the service does: one clear answer each, in bounded time and memory."""

import asyncio
import io
import resource
import zipfile
import zlib
from collections.abc import Callable, Iterator

import pytest

from service.article import body_text
from service.errors import (
    ChangduError,
    DamagedDocument,
    EmptyDocument,
    EncryptedDocument,
    ReadingTimeout,
    TooDeep,
    UnsafeArchive,
)
from service.intake.document import Document
from service.intake.reader import read
from service.jobs.processes import Processes
from tests.intake.offices import archive, docx, epub, odt, para
from tests.intake.pdfs import Page, Set, pdf

SENTENCE = "服务中心每周一到周五上午九点开门，中午不休息。"
SECONDS = 15.0
MEMORY_MB = 1024
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "哈哈哈哈">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a11 SYSTEM "file:///etc/passwd">]>'


@pytest.fixture(scope="module")
def worker() -> Iterator[Processes]:
    processes = Processes(1)
    yield processes
    processes.close()


def outcome(worker: Processes, body: bytes, name: str | None = None) -> str | type[ChangduError]:
    """The article's text, or the kind of error; the worker must have kept within its memory."""
    document = Document(body=body, name=name)
    try:
        text, megabytes = asyncio.run(worker.run(SECONDS, ReadingTimeout(), measured, document))
    except ChangduError as error:
        text, megabytes = "", asyncio.run(worker.run(SECONDS, ReadingTimeout(), peak))
        assert megabytes < MEMORY_MB
        return type(error)
    assert megabytes < MEMORY_MB
    return text


def measured(document: Document) -> tuple[str, int]:
    found = read(document)
    return found.title + "\n" + body_text(found.blocks), peak()


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


# Archives


def lying(size: int) -> bytes:
    """A zip whose directory gives an entry as smaller than it is."""
    whole = bytearray(archive({"word/document.xml": b"<a>" + b"x" * 5000 + b"</a>"}))
    place = whole.rindex(b"PK\x01\x02") + 24
    whole[place : place + 4] = size.to_bytes(4, "little")
    return bytes(whole)


def encrypted() -> bytes:
    whole = bytearray(docx(para(SENTENCE)))
    place = whole.index(b"PK\x01\x02") + 8
    whole[place] |= 1
    return bytes(whole)


def many(count: int) -> bytes:
    return archive({f"word/{number}.xml": "" for number in range(count)}, zipfile.ZIP_STORED)


def overlapping() -> bytes:
    """Many directory entries that share one compressed body, as in David Fifield's bomb."""
    base = archive({"word/document.xml": b"0" * (1 << 20)})
    start = base.index(b"PK\x01\x02")
    end = base.index(b"PK\x05\x06")
    entry = base[start:end]
    entries = b"".join(entry[:46] + f"{n:17d}".encode() + entry[46 + 17 :] for n in range(3000))
    out = io.BytesIO()
    out.write(base[:start] + entries + b"PK\x05\x06\0\0\0\0")
    out.write(
        (3000).to_bytes(2, "little") * 2 + len(entries).to_bytes(4, "little") + start.to_bytes(4, "little") + b"\0\0"
    )
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: docx("", word__document_xml=b"<a>" + b" " * (41 << 20)), UnsafeArchive),
        (lambda: docx("", word__document_xml=b"<a>" + b" " * (8 << 20)), UnsafeArchive),
        (lambda: docx(para(SENTENCE), word__media__a=bytes(30 << 20)), UnsafeArchive),
        (lambda: archive({f"{n}": bytes(900_000) for n in range(300)}), UnsafeArchive),
        (lambda: many(6000), UnsafeArchive),
        (overlapping, UnsafeArchive),
        (lambda: docx(para(SENTENCE), parts={"..__..__etc__passwd": "x"}), UnsafeArchive),
        (lambda: docx(para(SENTENCE), parts={"__etc__passwd": "x"}), UnsafeArchive),
        (lambda: docx(para(SENTENCE), parts={"C:__x": "x"}), UnsafeArchive),
        (lambda: docx(para(SENTENCE), parts={"..\\..\\x": "x"}), UnsafeArchive),
        (lambda: lying(10), DamagedDocument),
        (encrypted, EncryptedDocument),
        (lambda: archive({"word/document.xml": para(SENTENCE)}), DamagedDocument),
        (lambda: docx(para(SENTENCE))[:-40], DamagedDocument),
        (lambda: b"PK\x03\x04" + b"\xff" * 500, DamagedDocument),
    ],
)
def test_archives(worker: Processes, make: Callable[[], bytes], error: type[ChangduError]) -> None:
    assert outcome(worker, make()) is error


# XML


@pytest.mark.parametrize("bomb", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize(
    "make",
    [
        lambda bomb: docx("", word__document_xml=f"{bomb}<a>&a11;</a>"),
        lambda bomb: docx(para(SENTENCE), word__styles_xml=f"{bomb}<a>&a11;</a>"),
        lambda bomb: docx("", word__document_xml=f"{bomb}<a>&a11;</a>".encode("utf-16")),
        lambda bomb: odt("", **{"content_xml": f"{bomb}<a>&a11;</a>"}),
        lambda bomb: epub({"a.xhtml": "<p>x</p>"}, **{"META-INF__container_xml": f"{bomb}<a>&a11;</a>"}),
        lambda bomb: epub({"a.xhtml": "<p>x</p>"}, **{"OEBPS__package.opf": f"{bomb}<a>&a11;</a>"}),
    ],
)
def test_entities_that_a_document_declares(worker: Processes, make: Callable[[str], bytes], bomb: str) -> None:
    assert outcome(worker, make(bomb)) in (UnsafeArchive, DamagedDocument)


@pytest.mark.parametrize("bomb", [LAUGHS, OUTSIDE])
def test_entities_in_a_chapter_or_a_page_stay_unread(worker: Processes, bomb: str) -> None:
    page = f"{bomb}<html><body><h1>题目</h1><p>{SENTENCE * 4}&a11;</p></body></html>"
    for body in (epub({"a.xhtml": page}), page.encode()):
        text = outcome(worker, body)
        assert isinstance(text, str)
        assert "哈" not in text
        assert "root:" not in text


@pytest.mark.parametrize("depth", [50, 150, 2000, 100_000])
def test_deep_nesting(worker: Processes, depth: int) -> None:
    cell, end = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    section = '<text:section text:name="a">'
    for body, name in (
        (docx(cell * depth + para(SENTENCE) + end * depth), None),
        (odt(section * depth + f"<text:p>{SENTENCE}</text:p>" + "</text:section>" * depth), None),
        (epub({"a.xhtml": "<div>" * depth + SENTENCE + "</div>" * depth}), None),
        ((">" * depth + SENTENCE).encode(), "a.md"),
        (("[" * depth + SENTENCE).encode(), "a.md"),
        (("- " * depth + SENTENCE).encode(), "a.md"),
        (b"{\\rtf1" + b"{" * depth + b" x" + b"}" * depth, None),
    ):
        found = outcome(worker, body, name)
        assert isinstance(found, str) or found in (DamagedDocument, TooDeep, UnsafeArchive, EmptyDocument)


# Text


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md"])
@pytest.mark.parametrize("dirt", [b"\0", b"\xed\xa0\x80", b"\xed\xb2\x80", b"\x1b", b"\xf4\x90\x80\x80"])
def test_nuls_and_lone_surrogates(worker: Processes, name: str, dirt: bytes) -> None:
    body = b"<p>" * (name == "a.html") + (SENTENCE * 20).encode() + dirt + SENTENCE.encode()
    text = outcome(worker, body, name)
    assert isinstance(text, str)
    assert SENTENCE in text
    assert "\0" not in text
    text.encode()


@pytest.mark.parametrize(
    "body",
    [
        b"*a **a " * 20_000,
        b"[a](<" * 20_000,
        b"".join(b"`" * n + b" " for n in range(800)),
        b"|a" * 4000 + b"\n" + b"|-" * 4000,
    ],
)
def test_markdown_made_slow(worker: Processes, body: bytes) -> None:
    assert isinstance(outcome(worker, body, "a.md"), str)


# PDF


def streams(*, size: int) -> bytes:
    packed = zlib.compress(bytes(size), 9)
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>"
        % (len(packed), packed)
    )


@pytest.mark.parametrize(
    "make",
    [
        lambda: streams(size=400 << 20),
        lambda: (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000000>>endobj\ntrailer<</Root 1 0 R>>"
        ),
        lambda: b"%PDF-1.4\n1 0 obj" + b"[" * 100_000 + b"endobj\ntrailer<</Root 1 0 R>>",
    ],
)
def test_pdf_bombs(worker: Processes, make: Callable[[], bytes]) -> None:
    assert outcome(worker, make()) in (DamagedDocument, EmptyDocument, UnsafeArchive, ReadingTimeout)


def test_a_page_of_very_many_pieces(worker: Processes) -> None:
    lines = [Set(7 * (n % 80), 800 - n // 80, 3, "长者") for n in range(8000)]
    assert isinstance(outcome(worker, pdf([Page(lines)])), str)


def test_after_all_this_the_next_document_is_read(worker: Processes) -> None:
    assert SENTENCE in str(outcome(worker, SENTENCE.encode(), "a.txt"))
