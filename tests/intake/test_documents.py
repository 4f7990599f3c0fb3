"""Word, OpenDocument, EPUB, Markdown and RTF files to articles, block by block."""

import pytest

from service.article import (
    Article,
    Break,
    Code,
    Figure,
    Heading,
    Link,
    ListBlock,
    NoteReference,
    Notes,
    Paragraph,
    Quote,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    body_text,
    plain,
)
from service.errors import DamagedDocument, EmptyDocument, EncryptedDocument
from service.intake.document import Document
from service.intake.reader import read
from tests.intake.offices import archive, docx, epub, odt, para, picture, run

LONG = "本次活动面向全体居民，分为上午和下午两场，每场大约两个小时，请大家提前十分钟到场签到。"
OTHER = "活动结束以后，工作人员会把照片整理出来，放在服务中心一楼的公告栏里，方便大家取用。"


def of(body: bytes, name: str | None = None) -> Article:
    return read(Document(body=body, name=name))


def shape(article: Article) -> list[tuple[str, str]]:
    """Each block's kind, with its level for a heading, and its text."""
    return [
        (type(block).__name__ + (str(block.level) if isinstance(block, Heading) else ""), body_text((block,)))
        for block in article.blocks
    ]


# Word


def test_styles_are_headings_and_the_title_is_the_title() -> None:
    body = para("活动通知", "T") + para("一、时间", "1") + para(LONG) + para("（一）上午", "2") + para(OTHER)
    found = of(docx(body))
    assert found.title == "活动通知"
    assert shape(found) == [
        ("Heading2", "一、时间"),
        ("Paragraph", LONG),
        ("Heading3", "（一）上午"),
        ("Paragraph", OTHER),
    ]
    assert found.language == "zh-Hans"


def test_a_first_line_is_the_title_where_there_are_no_styles() -> None:
    found = of(docx(para("关于举办重阳节活动的通知") + para(LONG) + para(OTHER)))
    assert found.title == "关于举办重阳节活动的通知"
    assert [kind for kind, _ in shape(found)] == ["Paragraph", "Paragraph"]


def test_short_lines_in_bold_are_headings_where_there_are_no_styles() -> None:
    bold = "<w:b/>"
    body = para("重阳节活动方案") + para(run("一、时间地点", bold)) + para(LONG) + para(LONG)
    body += para(run("二、其他事项", bold)) + para(OTHER) + para(run("这一句很重要，请大家都记住。", bold)) + para(LONG)
    assert [kind for kind, _ in shape(of(docx(body)))] == [
        "Heading2", "Paragraph", "Paragraph", "Heading2", "Paragraph", "Paragraph", "Paragraph",
    ]  # fmt: skip


def test_the_files_name_where_nothing_else_names_it() -> None:
    assert of(docx(para(LONG * 3)), "重阳节活动.docx").title == "重阳节活动"


def test_marks_links_and_line_breaks() -> None:
    runs = run("请") + run("务必", "<w:b/>") + run("看") + '<w:hyperlink r:id="a">' + run("这里") + "</w:hyperlink>"
    runs += (
        run("H")
        + run("2", '<w:vertAlign w:val="subscript"/>')
        + run("O，10")
        + run("3", '<w:vertAlign w:val="superscript"/>')
    )
    runs += "<w:r><w:br/></w:r>" + run("下一行")
    paragraph = of(docx(para("题目", "T") + para(runs))).blocks[0]
    assert isinstance(paragraph, Paragraph)
    kinds = [type(inline) for inline in paragraph.inlines]
    assert kinds == [Text, Strong, Text, Link, Text, Subscript, Text, Superscript, Break, Text]
    assert isinstance(paragraph.inlines[3], Link)
    assert paragraph.inlines[3].href == "https://a.example/x"
    assert plain(paragraph.inlines) == "请务必看这里H2O，103\n下一行"


def test_lists_numbered_and_not() -> None:
    def item(text: str, kind: int) -> str:
        return para(text, properties=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{kind}"/></w:numPr>')

    body = (
        para("清单", "T") + item("身份证", 2) + item("老年卡", 2) + para(LONG) + item("先登记", 1) + item("再领卡", 1)
    )
    lists = [block for block in of(docx(body)).blocks if isinstance(block, ListBlock)]
    assert [(block.ordered, len(block.items)) for block in lists] == [(False, 2), (True, 2)]


def test_a_table_with_its_header_row() -> None:
    def row(*cells: str, head: bool = False) -> str:
        inside = "".join(f"<w:tc>{para(cell)}</w:tc>" for cell in cells)
        return f"<w:tr><w:trPr>{'<w:tblHeader/>' if head else ''}</w:trPr>{inside}</w:tr>"

    body = para("值班表", "T") + para(LONG) + f"<w:tbl>{row('姓名', '电话', head=True)}{row('张三', '12345')}</w:tbl>"
    table = of(docx(body)).blocks[-1]
    assert isinstance(table, Table)
    assert [plain(cell.inlines) for cell in table.head[0]] == ["姓名", "电话"]
    assert [plain(cell.inlines) for cell in table.rows[0]] == ["张三", "12345"]


@pytest.mark.parametrize("alt", ["老人们在打太极拳", None])
def test_a_picture_with_and_without_a_description(alt: str | None) -> None:
    found = of(docx(para("照片", "T") + para(LONG) + para(picture(alt))))
    figure = found.blocks[-1]
    assert isinstance(figure, Figure)
    assert figure.alt == alt
    assert not figure.src.startswith("data:")


def test_footnotes() -> None:
    notes = '<w:footnote w:id="1">' + para("见市政府二〇二三年文件。") + "</w:footnote>"
    body = para("题目", "T") + para(run("按照规定") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + run("办理。"))
    first, last = of(docx(body, notes=notes)).blocks
    assert isinstance(first, Paragraph)
    assert isinstance(last, Notes)
    reference = first.inlines[1]
    assert isinstance(reference, NoteReference)
    assert reference.note == last.notes[0].id
    assert body_text(last.notes[0].blocks) == "见市政府二〇二三年文件。"


def test_a_quotation() -> None:
    assert shape(of(docx(para("题目", "T") + para("学而时习之", "Q") + para(LONG))))[0] == ("Quote", "学而时习之")


def test_what_was_deleted_stays_deleted() -> None:
    body = para(run("保留") + '<w:del w:id="1"><w:r><w:delText>删去</w:delText></w:r></w:del>' + run("文字")) + para(
        LONG
    )
    assert "删去" not in body_text(of(docx(para("题目", "T") + body)).blocks)


def test_radicals_in_a_word_file() -> None:
    assert of(docx(para("⼀⽉⻓者活动", "T") + para(LONG))).title == "一月长者活动"


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
        "a.xhtml": f"<html><body><h1>第一章</h1><p>{LONG}</p></body></html>",
    }
    found = of(epub(chapters, title="两章的书", author="赵六", spine='<itemref idref="c1"/><itemref idref="c0"/>'))
    assert (found.title, found.byline) == ("两章的书", "赵六")
    assert shape(found) == [
        ("Heading2", "第一章"),
        ("Paragraph", LONG),
        ("Heading2", "第二章"),
        ("Paragraph", OTHER),
    ]


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

{LONG}**重要**[^1]，见[网页](https://a.example/)。

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
