"""Word files to articles, block by block."""

import pytest

from service.article import Figure, ListBlock, Notes, Paragraph, Table, body_text
from service.inlines import Break, Link, NoteReference, Strong, Subscript, Superscript, Text, plain
from tests.intake.offices import docx, para, picture, run
from tests.intake.readings import LONG, OTHER, of, shape


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


def test_headings_by_outline_level_and_by_the_name_that_wps_gives_them() -> None:
    level = '<w:outlineLvl w:val="0"/>'
    text = para("活动通知", "T") + para("一、时间", "", level) + para(LONG) + para("二、地点", "w") + para(OTHER)
    text += para("（一）车站", "s") + para(LONG) + para("正文", "", '<w:outlineLvl w:val="9"/>')
    found = of(docx(text, styles={"w": "标题 1", "s": "标题 2"}))
    assert [kind for kind, _ in shape(found)] == [
        "Heading2", "Paragraph", "Heading2", "Paragraph", "Heading3", "Paragraph", "Paragraph",
    ]  # fmt: skip


def test_no_text_is_lost_in_formulas_ruby_text_boxes_and_controls() -> None:
    space = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    formula = f"<m:oMath {space}><m:r><m:t>E=</m:t></m:r><m:r><m:t>mc</m:t></m:r></m:oMath>"
    ruby = "<w:r><w:ruby><w:rt><w:r><w:t>màn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>曼</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    box = f'<w:r><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml"><w:txbxContent>{para("框里的字")}</w:txbxContent></v:textbox></w:pict></w:r>'
    control = f"<w:sdt><w:sdtContent>{para('控件里的字')}</w:sdtContent></w:sdt>"
    text = body_text(of(docx(para("题目", "T") + para(formula + ruby + run("是长")) + para(box) + control)).blocks)
    assert [line for line in text.split("\n") if line] == ["E=mc曼是长", "框里的字", "控件里的字"]


def test_hidden_text_and_a_table_of_contents_are_left_out() -> None:
    contents = para("目录", "h") + para("一、时间\t1", "c")
    text = (
        contents
        + para("一、时间", "1")
        + para(run("批注", "<w:vanish/>") + run("上午", '<w:vanish w:val="0"/>') + run("九点"))
    )
    found = of(docx(para("题目", "T") + text, styles={"c": "toc 1", "h": "TOC Heading"}))
    assert shape(found) == [("Heading2", "一、时间"), ("Paragraph", "上午九点")]


def _numbered(text: str, number: int, level: int = 0, style: str = "") -> str:
    return para(text, style, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def _numbering(*levels: str, overrides: str = "") -> str:
    """One definition with these levels (their inner XML), as the lists 1 and, with `overrides`, 2."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    written = "".join(f'<w:lvl w:ilvl="{place}">{inside}</w:lvl>' for place, inside in enumerate(levels))
    return (
        f'<w:numbering {space}><w:abstractNum w:abstractNumId="7">{written}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{overrides}</w:num></w:numbering>'
    )


def _level(form: str, text: str, more: str = "") -> str:
    return f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'


def test_automatic_numbers_of_headings_are_written() -> None:
    numbering = _numbering(_level("chineseCountingThousand", "第%1章"), _level("decimal", "%1.%2", "<w:isLgl/>"))
    body = para("管理办法", "T") + _numbered("总则", 1, 0, "1") + para(LONG)
    body += _numbered("目的", 1, 1, "2") + para(LONG) + _numbered("范围", 1, 1, "2") + para(LONG)
    body += _numbered("附则", 1, 0, "1") + para(OTHER) + _numbered("施行", 1, 1, "2") + para(LONG)
    found = of(docx(body, word__numbering_xml=numbering))
    assert [text for kind, text in shape(found) if kind.startswith("Heading")] == [
        "第一章 总则", "1.1 目的", "1.2 范围", "第二章 附则", "2.1 施行",
    ]  # fmt: skip


def test_numbers_that_a_style_gives() -> None:
    numbering = _numbering(_level("chineseCounting", "%1、", '<w:pStyle w:val="N"/>'))
    style = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:type="paragraph" w:styleId="N"><w:name w:val="条目"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="M"><w:name w:val="子目"/><w:basedOn w:val="N"/></w:style></w:styles>'
    )
    free = para("不编号。" + LONG, "N", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    body = para("通知") + para("甲" + LONG, "N") + free + para("乙" + LONG, "M")
    found = of(docx(body, word__numbering_xml=numbering, word__styles_xml=style))
    assert [text for _, text in shape(found)] == ["一、甲" + LONG, "不编号。" + LONG, "二、乙" + LONG]


def test_a_list_that_text_interrupts_counts_on() -> None:
    numbering = _numbering(_level("decimal", "%1."), _level("lowerLetter", "（%2）"))
    body = para("步骤", "T") + _numbered("登记", 1) + _numbered("复印", 1) + para(LONG) + _numbered("领卡", 1)
    body += _numbered("签字", 1, 1) + _numbered("盖章", 1, 1)
    blocks = of(docx(body, word__numbering_xml=numbering)).blocks
    assert isinstance(blocks[0], ListBlock)
    assert len(blocks[0].items) == 2
    assert [text for _, text in shape(of(docx(body, word__numbering_xml=numbering)))[2:]] == [
        "3. 领卡", "（a）签字", "（b）盖章",
    ]  # fmt: skip


def test_a_list_may_begin_anew() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = _numbering(_level("decimal", "第%1条", '<w:suff w:val="nothing"/>'), overrides=anew)
    body = para("规定", "T") + _numbered("甲" + LONG, 1) + _numbered("乙" + LONG, 1) + _numbered("丙" + LONG, 2)
    found = of(docx(body, word__numbering_xml=numbering))
    assert [text[:4] for _, text in shape(found)] == ["第1条甲", "第2条乙", "第1条丙"]


@pytest.mark.parametrize(
    ("form", "eleventh"),
    [
        ("chineseCounting", "十一"),
        ("chineseLegalSimplified", "壹拾壹"),
        ("ideographDigital", "一一"),
        ("upperRoman", "XI"),
        ("lowerLetter", "k"),
        ("decimalEnclosedCircle", "⑪"),
        ("ideographZodiac", "戌"),
        ("decimalZero", "11"),
        ("unheardOf", "11"),
    ],
)
def test_forms_of_numbers(form: str, eleventh: str) -> None:
    numbering = _numbering(f'<w:start w:val="11"/><w:numFmt w:val="{form}"/><w:lvlText w:val="%1："/>')
    found = of(docx(para("题目", "T") + _numbered(LONG, 1), word__numbering_xml=numbering))
    assert shape(found)[0][1] == f"{eleventh}：{LONG}"
