"""PDF: reading order, running heads, headings, paragraphs, tables, and what is told to the reader instead of them."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.article import Article, Heading, ListBlock, Paragraph, Table, body_text
from service.errors import ChangduError, DamagedDocument, EmptyDocument, EncryptedDocument, ScannedDocument
from service.inlines import plain
from service.intake.document import Document
from service.intake.pdf import read_pdf
from service.intake.pdf_blocks import joined
from service.intake.pdf_layout import reading_order
from service.intake.pdf_lines import Piece
from tests.intake.pdfs import Page, Set, paragraph, pdf

FIRST = "社区服务中心本月开设书法、太极和智能手机三门课程，凡年满六十岁的居民都可以免费报名参加，名额有限，先到先得。"
SECOND = "报名时请带好身份证，到一楼服务窗口填写表格；行动不便的居民可以打电话，由工作人员上门登记。"
THIRD = "课程每周两次，每次一个半小时，中间休息一刻钟，教室里备有热水和老花镜，请大家放心前来，也欢迎家人陪同听课。"


def article(*pages: Page, title: str = "") -> Article:
    return read_pdf(Document(body=pdf(pages, title=title)))


def paragraphs(found: Article) -> list[str]:
    return [plain(block.inlines) for block in found.blocks if isinstance(block, Paragraph)]


def headings(found: Article) -> list[tuple[int, str]]:
    return [(block.level, plain(block.inlines)) for block in found.blocks if isinstance(block, Heading)]


def test_a_title_and_paragraphs_joined_across_lines() -> None:
    found = article(
        Page(
            [Set(180, 760, 22, "课程报名通知"), *paragraph(FIRST, y=700, width=30), *paragraph(SECOND, y=640, width=30)]
        )
    )
    assert found.title == "课程报名通知"
    assert paragraphs(found) == [FIRST, SECOND]
    assert found.language == "zh-Hans"


def test_a_paragraph_that_fills_its_last_line_ends_where_the_next_is_indented() -> None:
    full = (FIRST * 2)[:58]
    found = article(Page([*paragraph(full, y=700, width=30), *paragraph(THIRD, y=660, width=30)]), title="满行的段落")
    assert paragraphs(found) == [full, THIRD]


def test_headings_by_size_and_by_weight() -> None:
    found = article(
        Page(
            [
                Set(150, 780, 24, "年度工作报告"),
                Set(72, 740, 16, "一、服务情况"),
                *paragraph(FIRST, y=710, width=30),
                Set(96, 640, 12, "（一）登记", bold=True),
                *paragraph(SECOND, y=620, width=30),
                Set(72, 560, 16, "二、明年计划"),
                *paragraph(THIRD, y=530, width=30),
            ]
        )
    )
    assert found.title == "年度工作报告"
    assert headings(found) == [(2, "一、服务情况"), (3, "（一）登记"), (2, "二、明年计划")]
    assert paragraphs(found) == [FIRST, SECOND, THIRD]


def test_a_heading_of_two_lines_is_one() -> None:
    found = article(
        Page(
            [
                Set(150, 780, 22, "关于开展老年人智能手机"),
                Set(190, 752, 22, "培训活动的通知"),
                *paragraph(FIRST, y=700, width=30),
            ]
        )
    )
    assert found.title == "关于开展老年人智能手机培训活动的通知"


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        Page(
            [
                Set(72, 810, 9, "枫桥社区通讯 2024 年第 3 期"),
                *paragraph(text, y=760, width=30),
                *paragraph(text[::-1], y=680, width=30),
                Set(290, 30, 9, f"— {number} —"),
            ]
        )
        for number, text in enumerate((FIRST, SECOND, THIRD), 1)
    ]
    found = article(*pages, title="社区通讯")
    assert "枫桥" not in body_text(found.blocks)
    assert "—" not in body_text(found.blocks)
    assert paragraphs(found)[::2] == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("foot", ["1", "- 1 -", "—1—", "第 1 页", "第1页 共1页", "1 / 1"])
def test_the_number_of_a_single_page_is_left_out(foot: str) -> None:
    found = article(Page([*paragraph(FIRST, y=760, width=30), Set(290, 30, 10, foot)]), title="通知")
    assert paragraphs(found) == [FIRST]


def test_a_number_that_is_no_page_number_stays() -> None:
    found = article(Page([*paragraph(FIRST, y=760, width=30), Set(290, 600, 12, "2024")]), title="通知")
    assert paragraphs(found) == [FIRST, "2024"]


def test_a_watermark_and_what_is_marked_as_an_artifact_are_left_out() -> None:
    found = article(
        Page([*paragraph(FIRST, y=760, width=30), Set(72, 400, 12, "内部资料", tag="Artifact")]), title="通知"
    )
    assert paragraphs(found) == [FIRST]


def test_a_paragraph_goes_on_over_the_page() -> None:
    lines = paragraph(FIRST + SECOND + THIRD, y=100, width=30)
    first, second = lines[:2], [Set(line.x, line.y + 740, line.size, line.text) for line in lines[2:]]
    assert paragraphs(article(Page(first), Page(second), title="通知")) == [FIRST + SECOND + THIRD]


@pytest.mark.parametrize("by_rows", [False, True])
def test_two_columns_whatever_the_order_of_the_stream(by_rows: bool) -> None:
    left = [*paragraph(FIRST, x=60, y=700, width=18), *paragraph(SECOND, x=60, y=600, width=18)]
    right = [*paragraph(THIRD, x=320, y=700, width=18), *paragraph(FIRST[::-1], x=320, y=600, width=18)]
    body = sorted(left + right, key=lambda line: -line.y) if by_rows else left + right
    lines = [Set(200, 780, 22, "双栏的简报"), *body]
    found = article(Page(lines))
    assert found.title == "双栏的简报"
    assert paragraphs(found) == [FIRST, SECOND, THIRD, FIRST[::-1]]


def test_three_columns() -> None:
    columns = [paragraph(text, x=x, y=700, width=12, size=10) for text, x in ((FIRST, 40), (SECOND, 220), (THIRD, 400))]
    rows = sorted((line for column in columns for line in column), key=lambda line: (-line.y, line.x))
    assert paragraphs(article(Page(rows), title="三栏")) == [FIRST, SECOND, THIRD]


def test_a_line_across_two_columns_parts_them() -> None:
    upper = [*paragraph(FIRST, x=60, y=780, width=18), *paragraph(SECOND, x=320, y=780, width=18)]
    lower = [*paragraph(THIRD, x=60, y=560, width=18), *paragraph(FIRST[::-1], x=320, y=560, width=18)]
    found = article(Page([*upper, Set(60, 620, 18, "第二部分：这个标题横在两栏的上面"), *lower]), title="简报")
    texts = [plain(block.inlines) for block in found.blocks if isinstance(block, Heading | Paragraph)]
    assert (found.title, texts[-2:]) == ("第二部分：这个标题横在两栏的上面", [THIRD, FIRST[::-1]])
    assert texts[:2] == [FIRST, SECOND]


def test_rows_of_short_cells_are_a_table() -> None:
    rows = [("姓名", "班级", "电话"), ("张三", "书法班", "12345"), ("李四", "太极班", "67890")]
    cells = [Set(72 + 150 * c, 600 - 24 * r, 12, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    found = article(Page([*paragraph(FIRST, y=760, width=30), *cells]), title="报名表")
    table = next(block for block in found.blocks if isinstance(block, Table))
    assert [tuple(plain(cell.inlines) for cell in row) for row in table.rows] == rows


def test_bullets_are_a_list() -> None:
    lines = [Set(72, 600 - 24 * n, 12, "• " + text) for n, text in enumerate(("身份证", "老年卡", "一张照片"))]
    found = article(Page([*paragraph(FIRST, y=760, width=30), *lines]), title="要带的东西")
    listed = next(block for block in found.blocks if isinstance(block, ListBlock))
    assert [body_text(item.blocks) for item in listed.items] == ["身份证", "老年卡", "一张照片"]


def test_radicals_become_the_characters_they_stand_for() -> None:
    found = article(Page(paragraph("⼀⼗⽉，⻓者⻅⾯。" + FIRST, y=700, width=30)), title="⻓者通知")
    assert paragraphs(found)[0].startswith("一十月，长者见面。")
    assert found.title == "长者通知"


@pytest.mark.parametrize("title", ["Microsoft Word - 通知.doc", "untitled", "通知.docx", "", "新建 文档"])
def test_titles_that_say_nothing(title: str) -> None:
    found = article(Page([*paragraph("放假通知。", y=760, width=30), *paragraph(FIRST, y=720, width=30)]), title=title)
    assert found.title == "放假通知。"


def test_a_scan_says_so() -> None:
    with pytest.raises(ScannedDocument):
        article(Page(picture=True), Page([Set(290, 30, 9, "2")], picture=True))


def test_a_font_that_does_not_tell_its_characters_is_as_good_as_a_scan() -> None:
    with pytest.raises(ScannedDocument):
        article(Page(paragraph("\ue001\ue002\ue003" * 30, y=700, width=30)))


def test_an_empty_page() -> None:
    with pytest.raises(EmptyDocument):
        article(Page())


def test_few_words_are_words() -> None:
    found = article(Page([Set(72, 700, 12, "停水。")]))
    assert (found.title, paragraphs(found)) == ("停水。", ["停水。"])


def test_the_same_form_on_every_page_is_no_running_head() -> None:
    found = article(*[Page([Set(72, 700, 16, "借书证"), Set(72, 660, 12, f"编号 {number}")]) for number in (1, 2, 3)])
    assert "编号 3" in body_text(found.blocks)


def test_a_password() -> None:
    with pytest.raises(EncryptedDocument):
        read_pdf(Document(body=pdf([Page(paragraph(FIRST, y=700, width=30))], locked=True)))


@pytest.mark.parametrize("body", [b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"%PDF-1.4 " + b"x" * 5000])
def test_damage(body: bytes) -> None:
    with pytest.raises(DamagedDocument):
        read_pdf(Document(body=body))


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["长者", "专版"], "长者专版"),
        (["large", "text"], "large text"),
        (["exam-", "ple"], "example"),
        (["COVID-", "19"], "COVID- 19"),
        (["读 Word", "文件"], "读 Word文件"),
        (["읽기", "쉬운"], "읽기 쉬운"),
    ],
)
def test_lines_are_joined_as_their_script_is_written(lines: list[str], text: str) -> None:
    assert joined(lines) == text


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_read_or_told(data: st.DataObject) -> None:
    body = bytearray(pdf([Page(paragraph(FIRST, y=700, width=30)), Page(paragraph(SECOND, y=700, width=30))]))
    for _ in range(data.draw(st.integers(1, 6))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(ChangduError):
        read_pdf(Document(body=bytes(body[: data.draw(st.integers(100, len(body)))])))


def test_type_of_no_size_stands_where_it_is_set() -> None:
    page = [Piece(FIRST[:4], x, x + 80, 700.0 - 20 * n, 0) for n in range(10) for x in (72.0, 320.0)]
    ((*rows,),) = reading_order([page])
    assert sum(len(row.pieces) for row in rows) == len(page)
