"""Documents made to hurt, sent to a whole service: one clear answer each, in bounded time and memory."""

from collections.abc import Callable, Iterator

import pytest

from service.errors import (
    ChangduError,
    DamagedDocument,
    EmptyDocument,
    EncryptedDocument,
    ReadingTimeout,
    TooDeep,
    UnsafeArchive,
)
from tests.hostile.documents import LAUGHS, OUTSIDE, SENTENCE, encrypted, lying, many, overlapping, streams
from tests.hostile.problems import Problem, said
from tests.hostile.server import Service, serving
from tests.intake.offices import archive, docx, epub, odt, para
from tests.intake.pdfs import Page, Set, pdf

MEMORY_MB = 1024  # at most, in any process, at any time


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("store"), read_seconds="15", body_limit_mb="4") as service:
        yield service


def outcome(service: Service, body: bytes, name: str = "") -> str | Problem:
    """The article's text, or the problem; every process of the service must have kept within its memory."""
    response = service.send(body, name=name)
    assert max(service.megabytes("VmHWM").values()) < MEMORY_MB
    if response.status_code not in (200, 201):
        return said(response)
    return str(response.json()["title"] + "\n" + response.json()["text"])


def problem(error: type[ChangduError]) -> Problem:
    return Problem(error.status, error.slug)


BOUNDED = [problem(error) for error in (DamagedDocument, TooDeep, UnsafeArchive, EmptyDocument, ReadingTimeout)]


# Archives


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
def test_archives(service: Service, make: Callable[[], bytes], error: type[ChangduError]) -> None:
    assert outcome(service, make()) == problem(error)


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
def test_entities_that_a_document_declares(service: Service, make: Callable[[str], bytes], bomb: str) -> None:
    assert outcome(service, make(bomb)) in (problem(UnsafeArchive), problem(DamagedDocument))


@pytest.mark.parametrize("bomb", [LAUGHS, OUTSIDE])
def test_entities_in_a_chapter_or_a_page_stay_unread(service: Service, bomb: str) -> None:
    page = f"{bomb}<html><body><h1>题目</h1><p>{SENTENCE * 4}&a11;</p></body></html>"
    for body in (epub({"a.xhtml": page}), page.encode()):
        text = outcome(service, body)
        assert isinstance(text, str)
        assert "哈" not in text
        assert "root:" not in text


@pytest.mark.parametrize("depth", [50, 150, 2000, 100_000])
def test_deep_nesting(service: Service, depth: int) -> None:
    cell, end = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    section = '<text:section text:name="a">'
    for body, name in (
        (docx(cell * depth + para(SENTENCE) + end * depth), ""),
        (odt(section * depth + f"<text:p>{SENTENCE}</text:p>" + "</text:section>" * depth), ""),
        (epub({"a.xhtml": "<div>" * depth + SENTENCE + "</div>" * depth}), ""),
        ((">" * depth + SENTENCE).encode(), "a.md"),
        (("[" * depth + SENTENCE).encode(), "a.md"),
        (("- " * depth + SENTENCE).encode(), "a.md"),
        (b"{\\rtf1" + b"{" * depth + b" x" + b"}" * depth, ""),
    ):
        found = outcome(service, body, name)
        assert isinstance(found, str) or found in BOUNDED


# Text


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md"])
@pytest.mark.parametrize("dirt", [b"\0", b"\xed\xa0\x80", b"\xed\xb2\x80", b"\x1b", b"\xf4\x90\x80\x80"])
def test_nuls_and_lone_surrogates(service: Service, name: str, dirt: bytes) -> None:
    body = b"<p>" * (name == "a.html") + (SENTENCE * 20).encode() + dirt + SENTENCE.encode()
    text = outcome(service, body, name)
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
def test_markdown_made_slow(service: Service, body: bytes) -> None:
    assert isinstance(outcome(service, body, "a.md"), str)


# PDF


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
def test_pdf_bombs(service: Service, make: Callable[[], bytes]) -> None:
    assert outcome(service, make()) in BOUNDED


def test_a_page_of_very_many_pieces(service: Service) -> None:
    lines = [Set(7 * (n % 80), 800 - n // 80, 3, "长者") for n in range(8000)]
    assert isinstance(outcome(service, pdf([Page(lines)])), str)


def test_after_all_this_the_next_document_is_read(service: Service) -> None:
    assert SENTENCE in str(outcome(service, SENTENCE.encode(), "a.txt"))
