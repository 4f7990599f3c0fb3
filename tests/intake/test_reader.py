"""What a document is, whatever it is called; and that anything at all is an article or one clear error."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.article import Article, Table, body_text
from service.errors import (
    ChangduError,
    EmptyDocument,
    EncryptedDocument,
    LegacyDocument,
    MislabelledDocument,
    UnreadableText,
    UnsupportedDocument,
)
from service.inlines import plain
from service.intake.document import Document
from service.intake.reader import read
from tests.intake.offices import archive, docx, epub, odt, para
from tests.intake.pdfs import Page, paragraph, pdf

SENTENCE = "社区服务中心每周一到周五上午九点开门，中午不休息，下午五点关门，请大家合理安排时间。"
PAGE = f"<!DOCTYPE html><html><title>开放时间</title><body><h1>开放时间</h1><p>{SENTENCE * 3}</p></body></html>"
DOCX = docx(para("开放时间", "T") + para(SENTENCE))
ODT = odt(f"<text:h>开放时间</text:h><text:p>{SENTENCE}</text:p>")
EPUB = epub({"a.xhtml": f"<h1>开放时间</h1><p>{SENTENCE}</p>"}, title="开放时间")
PDF = pdf([Page(paragraph(SENTENCE, y=700, width=30))], title="开放时间")
RTF = b"{\\rtf1\\ansi\\ansicpg936 " + "".join(f"\\'{byte:02x}" for byte in SENTENCE.encode("gbk")).encode() + b"}"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("body", "name", "media"),
    [
        (DOCX, "时间.docx", DOCX_TYPE),
        (DOCX, None, None),
        (DOCX, None, "application/octet-stream"),
        (DOCX, "download", "application/zip"),
        (ODT, "时间.odt", "application/vnd.oasis.opendocument.text"),
        (ODT, None, None),
        (EPUB, "时间.epub", "application/epub+zip"),
        (EPUB, None, None),
        (PDF, "时间.PDF", "application/pdf"),
        (PDF, None, None),
        (b"\r\n" + PDF, "时间.pdf", None),
        (RTF, "时间.rtf", "text/rtf"),
        (RTF, None, None),
        (PAGE.encode(), "时间.html", "text/html; charset=utf-8"),
        (PAGE.encode(), None, None),
        (PAGE.encode("gbk"), "时间.htm", None),
        (PAGE.encode("utf-16"), "时间.html", None),
        (PAGE.encode("utf-16-le"), None, None),
        (PAGE.encode(), "时间.txt", "text/plain"),
        (f"<p>{SENTENCE}</p>".encode(), None, None),
        (SENTENCE.encode(), "时间.txt", None),
        (SENTENCE.encode(), None, "text/plain"),
        (SENTENCE.encode("gbk"), None, None),
        (SENTENCE.encode(), "时间.html", "text/html"),
        (f"# 开放时间\n\n{SENTENCE}".encode(), "时间.md", None),
        (f"# 开放时间\n\n{SENTENCE}".encode(), None, "text/markdown"),
    ],
)
def test_a_document_by_any_name_it_may_have(body: bytes, name: str | None, media: str | None) -> None:
    found = read(Document(body=body, name=name, media_type=media))
    assert SENTENCE in found.title + body_text(found.blocks)


@pytest.mark.parametrize(
    ("body", "name", "media"),
    [
        (PAGE.encode(), "时间.docx", None),
        (SENTENCE.encode(), "时间.pdf", None),
        (SENTENCE.encode(), None, "application/pdf"),
        (PDF, "时间.docx", None),
        (PDF, "时间.txt", None),
        (PDF, None, "text/plain"),
        (DOCX, "时间.pdf", None),
        (DOCX, "时间.html", None),
        (EPUB, "时间.odt", None),
        (ODT, "时间.docx", None),
        (b"not a zip at all", "时间.epub", "application/epub+zip"),
    ],
)
def test_a_file_that_is_not_what_its_name_says(body: bytes, name: str | None, media: str | None) -> None:
    with pytest.raises(MislabelledDocument):
        read(Document(body=body, name=name, media_type=media))


def test_of_a_fetched_page_the_bytes_count_for_more_than_the_servers_word() -> None:
    url = "https://a.example/down.docx"
    assert read(Document(body=PDF, media_type="text/html", url=url)).source == url
    assert SENTENCE in body_text(read(Document(body=PAGE.encode(), name="down.docx", url=url)).blocks)


@pytest.mark.parametrize("stream", ["WordDocument", "Workbook", "PowerPoint Document", "unknown"])
def test_files_of_old_offices_are_told_to_become_docx(stream: str) -> None:
    for name in ("旧.doc", "旧.wps", None):
        with pytest.raises(LegacyDocument) as caught:
            read(Document(body=OLE + stream.encode("utf-16-le"), name=name))
        assert "docx" in caught.value.sentence("zh")
        assert "docx" in caught.value.sentence("en")


@pytest.mark.parametrize("start", [b"\xdb\xa5-\0", b"\x31\xbe\0\0", b"\x09\x08\x10\0\0\x06\x05\0"])
def test_files_older_than_their_container_too(start: bytes) -> None:
    with pytest.raises(LegacyDocument):
        read(Document(body=start + bytes(300), name="旧.doc"))


def test_a_web_archive_is_told_to_become_something_else() -> None:
    head = "From: <Saved by>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
    with pytest.raises(UnsupportedDocument, match="MHT"):
        read(Document(body=f"{head}Content-Type: text/html\r\n\r\n<html><p>{SENTENCE}".encode(), name="a.mht"))


def test_a_word_file_with_a_password() -> None:
    with pytest.raises(EncryptedDocument):
        read(Document(body=OLE + "EncryptedPackage".encode("utf-16-le"), name="密.docx"))


@pytest.mark.parametrize(
    "body",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(50),
        b"GIF89a" + bytes(50),
        b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(50),
        b"\x00\x00\x00\x18ftypmp42" + bytes(50),
        b"ID3\x03\x00" + bytes(50),
        b"OggS\x00\x02" + bytes(50),
        b"Rar!\x1a\x07\x00" + bytes(50),
        b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(50),
        b"\x1f\x8b\x08\x00" + bytes(50),
        b"\x7fELF\x02\x01\x01" + bytes(50),
        b"MZ\x90\x00" + bytes(50),
        archive({"a.txt": "a"}),
        archive({"[Content_Types].xml": "spreadsheetml.sheet.main+xml", "xl/workbook.xml": "<x/>"}),
        archive({"[Content_Types].xml": "presentationml.presentation.main+xml", "ppt/presentation.xml": "<x/>"}),
        b'<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>',
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><text>x</text></svg>',
    ],
    ids=lambda body: repr(body[:4]),  # an archive has the time in it
)
def test_kinds_that_hold_no_article(body: bytes) -> None:
    for name in (None, "文件.bin"):
        with pytest.raises(UnsupportedDocument):
            read(Document(body=body, name=name))


@pytest.mark.parametrize("media", ["application/json", "text/css", "application/javascript", "text/javascript"])
def test_code_is_no_article(media: str) -> None:
    with pytest.raises(UnsupportedDocument):
        read(Document(body=b'{"a": 1}', media_type=media))


@pytest.mark.parametrize("body", [b"", b" \r\n\t", b"\0\0\0", b"\xef\xbb\xbf", b"\xff\xfe"])
@pytest.mark.parametrize("name", [None, "空.txt", "空.docx", "空.pdf", "空.html"])
def test_nothing_at_all(body: bytes, name: str | None) -> None:
    with pytest.raises((EmptyDocument, MislabelledDocument)):
        read(Document(body=body, name=name))


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(UnreadableText):
        read(Document(body=bytes(range(128, 256)) * 20 + bytes(range(1, 32)) * 20, name="乱码.txt"))


MEDIA = st.sampled_from(
    [
        None,
        "text/html",
        "text/plain",
        "text/markdown",
        "application/pdf",
        DOCX_TYPE,
        "application/epub+zip",
        "a/b;",
        "\0",
    ]
)
NAMES = st.sampled_from(
    [None, "a.html", "a.txt", "a.md", "a.pdf", "a.docx", "a.epub", "a.odt", "a.rtf", "a.", ".", "\0/.."]
)
CHARSETS = st.sampled_from([None, "utf-8", "gbk", "utf-16", "x", "\0"])
STARTS = st.sampled_from(
    [
        b"",
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"{\\rtf1",
        b"<html>",
        b"<?xml?>",
        OLE,
        b"# ",
        DOCX[:300],
        EPUB[:200],
        PDF[:400],
    ]
)


@given(STARTS, st.binary(max_size=300), MEDIA, NAMES, CHARSETS, st.sampled_from([None, "https://a.example/"]))
@settings(max_examples=250, deadline=None)
@example(b"{\\rtf1\\u99999999?}", b"", None, None, None, None)
@example(b"{\\rtf1\\u9999999999999?}", b"", None, None, None, None)
@example(b"{\\rtf1\\ansicpg1}\\'", b"", None, None, None, None)
def test_any_bytes_by_any_name(
    start: bytes, rest: bytes, media: str | None, name: str | None, charset: str | None, url: str | None
) -> None:
    _is_article_or_error(Document(body=start + rest, media_type=media, name=name, charset=charset, url=url))


@given(st.sampled_from([DOCX, ODT, EPUB, PDF, RTF, PAGE.encode()]), st.data())
@settings(max_examples=120, deadline=None)
def test_any_damage(body: bytes, data: st.DataObject) -> None:
    damaged = bytearray(body)
    for _ in range(data.draw(st.integers(1, 5))):
        damaged[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    _is_article_or_error(Document(body=bytes(damaged[: data.draw(st.integers(1, len(body)))])))


def _is_article_or_error(document: Document) -> None:
    try:
        found = read(document)
    except ChangduError as error:
        error.sentence("zh").encode()
        error.sentence("en").encode()
        return
    assert isinstance(found, Article)
    (found.title + body_text(found.blocks)).encode()  # no lone surrogates


@pytest.mark.parametrize("tag", ["article", "main", "section"])
def test_a_page_without_a_body_tag_is_read(tag: str) -> None:
    page = f"<title>开放时间</title><{tag}><h1>开放时间</h1><p>{SENTENCE}</p></{tag}>"
    assert body_text(read(Document(body=page.encode())).blocks) == SENTENCE


def test_the_cell_of_a_layout_is_the_body_and_not_the_table() -> None:
    page = (
        '<title>开放时间</title><body><table width="760"><tr><td colspan="2"><a href="/">首页</a> | <a href="/l">公告</a></td></tr>'
        '<tr><td width="160"><a href="/1">开放时间</a><br><a href="/2">春耕用水安排</a></td>'
        f"<td><center><b>开放时间</b></center><font>　　{SENTENCE}<br>　　{SENTENCE}</font></td></tr></table>"
    )
    assert body_text(read(Document(body=page.encode())).blocks).split() == [SENTENCE, SENTENCE]


def test_a_page_that_is_nothing_but_a_table_of_words_is_that_table() -> None:
    rows = (
        ("日期", "事项", "部门"),
        ("十月十九日", "升旗仪式，高二、高三劳动大扫除，年轻班主任培训。", "德育处"),
        ("十月二十日", "课题申报材料的审核，集中开展教研活动，报送项目材料。", "教科室"),
        ("十月二十一日", "食堂刷卡和菜价问题的研究与整改，新增工程项目初步验收。", "总务处"),
    )
    cell = '<td><p align="center"><b><span>{}</span></b></p></td>'
    table = "".join(f"<tr>{''.join(map(cell.format, row))}</tr>" for row in rows)
    page = (
        '<title>第九周工作安排</title><div class="nav"><a href="/">首页</a></div><h1>第九周工作安排</h1>'
        f'<div class="content"><table border="1"><tbody>{table}</tbody></table></div>'
    )
    (block,) = read(Document(body=page.encode(), name="x.html")).blocks
    assert isinstance(block, Table)
    assert [[plain(each.inlines) for each in row] for row in (*block.head, *block.rows)] == [list(row) for row in rows]
