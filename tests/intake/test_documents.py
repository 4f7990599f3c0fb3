"""OpenDocument, EPUB, Markdown and RTF files to articles, block by block."""

import pytest

from service.article import Code, Figure, ListBlock, Notes, Paragraph, Quote, Table, body_text
from service.errors import DamagedDocument, EmptyDocument, EncryptedDocument
from service.inlines import Abbreviation, Link, NoteReference, Strong, Text, plain
from tests.intake.offices import archive, epub, odt
from tests.intake.readings import LONG, OTHER, of, shape

# OpenDocument


def test_opendocument_headings_lists_tables_notes_pictures_and_marks() -> None:
    styles = (
        '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
        '<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Quotations"/>'
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1"/></text:list-style>'
    )
    body = (
        "<text:tracked-changes><text:p>删去的</text:p></text:tracked-changes>"
        '<text:p text:style-name="P1">读书会通知</text:p>'
        '<text:h text:outline-level="1">一、内容</text:h>'
        '<text:p>先读<text:span text:style-name="B">第一章</text:span>，'
        '再看<text:a xlink:href="https://a.example/">网页</text:a>'
        "<text:note><text:note-citation>1</text:note-citation>"
        f"<text:note-body><text:p>版本不限。</text:p></text:note-body></text:note>。{LONG}</text:p>"
        '<text:p text:style-name="P2">温故而知新</text:p>'
        '<text:list text:style-name="L1"><text:list-item><text:p>甲</text:p></text:list-item></text:list>'
        "<text:list><text:list-item><text:p>乙</text:p></text:list-item></text:list>"
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>时间</text:p></table:table-cell>"
        "<table:table-cell><text:p>地点</text:p></table:table-cell></table:table-row></table:table-header-rows>"
        "<table:table-row><table:table-cell><text:p>周五</text:p></table:table-cell><table:table-cell><text:p>礼堂</text:p>"
        "</table:table-cell></table:table-row></table:table>"
        '<text:p><draw:frame><draw:image xlink:href="Pictures/1.png"/><svg:desc>书架</svg:desc></draw:frame></text:p>'
    )
    found = of(odt(body, styles=styles), "通知.odt")
    assert found.title == "读书会通知"
    assert [kind for kind, _ in shape(found)] == [
        "Heading2", "Paragraph", "Quote", "ListBlock", "ListBlock", "Table", "Figure", "Notes",
    ]  # fmt: skip
    assert "删去" not in body_text(found.blocks)
    paragraph, quote, numbered, bulleted, table, figure = found.blocks[1:7]
    assert isinstance(paragraph, Paragraph)
    assert [type(inline) for inline in paragraph.inlines] == [Text, Strong, Text, Link, NoteReference, Text]
    assert isinstance(quote, Quote)
    assert isinstance(numbered, ListBlock)
    assert isinstance(bulleted, ListBlock)
    assert (numbered.ordered, bulleted.ordered) == (True, False)
    assert isinstance(table, Table)
    assert [plain(cell.inlines) for cell in table.rows[-1]] == ["周五", "礼堂"]
    assert isinstance(figure, Figure)
    assert figure.alt == "书架"


def test_an_opendocument_file_with_a_password() -> None:
    locked = odt("<text:p>x</text:p>", **{"META-INF__manifest_xml": "<manifest><encryption-data/></manifest>"})
    with pytest.raises(EncryptedDocument):
        of(locked)


# EPUB


def test_a_book_in_the_order_of_its_spine() -> None:
    chapters = {
        "b.xhtml": f"<html><body><h1>第二章</h1><p>{OTHER}</p></body></html>",
        "a.xhtml": f'<html><body><h1>第一章</h1><p>{LONG}</p><p><abbr title="二">2</abbr></p></body></html>',
    }
    found = of(epub(chapters, title="两章的书", author="赵六", spine='<itemref idref="c1"/><itemref idref="c0"/>'))
    assert (found.title, found.byline) == ("两章的书", "赵六")
    assert shape(found) == [
        ("Heading2", "第一章"),
        ("Paragraph", LONG),
        ("Paragraph", "2"),
        ("Heading2", "第二章"),
        ("Paragraph", OTHER),
    ]
    assert found.blocks[2] == Paragraph(inlines=(Abbreviation(expansion="二", inlines=(Text(text="2"),)),))


def test_a_book_in_gbk_with_entities_and_a_title_page() -> None:
    page = f'<?xml version="1.0" encoding="gbk"?><html><h1>短书</h1><p>&#20320;好&nbsp;&mdash;{LONG}</p></html>'
    found = of(epub({"中 文.xhtml": page.encode("gbk")}, title="短书"))
    assert found.title == "短书"
    assert shape(found) == [("Paragraph", f"你好 —{LONG}")]


def test_notes_of_two_chapters_do_not_mix() -> None:
    def chapter(note: str) -> str:
        reference = '<a epub:type="noteref" href="#n">[1]</a>'
        return f'<html><p>{LONG}{reference}</p><aside epub:type="footnote" id="n"><p>{note}</p></aside></html>'

    found = of(epub({"a.xhtml": chapter("甲注"), "b.xhtml": chapter("乙注")}))
    notes = [note for block in found.blocks if isinstance(block, Notes) for note in block.notes]
    assert [body_text(note.blocks) for note in notes] == ["甲注", "乙注"]
    assert len({note.id for note in notes}) == 2
    references = [
        i.note for b in found.blocks if isinstance(b, Paragraph) for i in b.inlines if isinstance(i, NoteReference)
    ]
    assert references == [note.id for note in notes]


def test_a_book_under_lock() -> None:
    lock = '<encryption><CipherReference URI="OEBPS/a.xhtml"/></encryption>'
    with pytest.raises(EncryptedDocument):
        of(epub({"a.xhtml": "<p>x</p>"}, **{"META-INF__encryption_xml": lock}))


def test_fonts_under_lock_do_no_harm() -> None:
    lock = '<encryption><CipherReference URI="OEBPS/font.otf"/></encryption>'
    found = of(epub({"a.xhtml": f"<p>{LONG}</p>"}, title="书名", **{"META-INF__encryption_xml": lock}))
    assert shape(found) == [("Paragraph", LONG)]


@pytest.mark.parametrize("chapters", [{}, {"a.xhtml": ""}, {"a.xhtml": "<html><body></body></html>"}])
def test_a_book_without_text(chapters: dict[str, str]) -> None:
    with pytest.raises((EmptyDocument, DamagedDocument)):
        of(epub(chapters))


def test_a_book_without_a_package() -> None:
    with pytest.raises(DamagedDocument):
        of(archive({"mimetype": "application/epub+zip", "META-INF/container.xml": "<container/>"}))


# Markdown


def test_markdown() -> None:
    text = f"""---
title: "大字的书"
author: 王五
---
## 第一节

{LONG}**重要**<abbr title="磅数">磅</abbr>[^1]，见[网页](https://a.example/)。

1. 甲
2. 乙

| 名 | 值 |
|---|---|
| 甲 | 1 |

![书架](shelf.png)

> 引用的话

```python
print(1)
```

<script>alert(1)</script>

[^1]: 脚注。
"""
    found = of(text.encode(), "书.md")
    assert (found.title, found.byline) == ("大字的书", "王五")
    assert [kind for kind, _ in shape(found)] == [
        "Heading2", "Paragraph", "ListBlock", "Table", "Figure", "Quote", "Code", "Notes",
    ]  # fmt: skip
    assert "alert" not in body_text(found.blocks)
    assert isinstance(found.blocks[1], Paragraph)
    assert Abbreviation(expansion="磅数", inlines=(Text(text="磅"),)) in found.blocks[1].inlines
    code = found.blocks[6]
    assert isinstance(code, Code)
    assert (code.text, code.language) == ("print(1)", "python")


def test_markdown_without_front_matter() -> None:
    found = of(f"# 题目\n\n{LONG}\n\n## 小节\n\n{OTHER}\n".encode("gbk"), "a.markdown")
    assert found.title == "题目"
    assert shape(found) == [("Paragraph", LONG), ("Heading2", "小节"), ("Paragraph", OTHER)]


# RTF


def test_rtf_in_gbk_and_in_unicode() -> None:
    coded = "".join(f"\\'{byte:02x}" for byte in (LONG).encode("gbk"))
    points = "".join(f"\\u{ord(letter)}?" for letter in OTHER)
    text = f"{{\\rtf1\\ansi\\ansicpg936{{\\fonttbl{{\\f0\\fcharset134 SimSun;}}}}\\f0 {coded}\\par {points}\\par}}"
    found = of(text.encode("ascii"), "通知.rtf")
    assert LONG in found.title + body_text(found.blocks)
    assert OTHER in found.title + body_text(found.blocks)
