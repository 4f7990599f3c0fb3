"""Six articles of our own, of different shape, and a page that is a list of articles."""

import service.article as tree
import service.inlines as inline
from service.article import Article, make_article
from tests.web.writing import h, p, row, text


def report() -> Article:
    """A community report: headings, a list, a picture with and one without a description."""
    return make_article(
        title="春风里社区开了一间“慢读书屋”，八十岁的读者排起了队",
        site="春风里社区报",
        byline="林小满",
        published="2024-03-18T09:30+08:00",
        source="https://example.org/news/slow-reading",
        blocks=(
            p(
                "三月十六日上午，春风里社区的慢读书屋开门了。书屋不大，只有六张桌子，可是第一天就来了七十多位读者，最年长的今年八十六岁。"
            ),
            tree.Figure(
                src="https://example.org/pictures/reading-room.jpg",
                alt="六位老人围坐在木桌旁，每人面前一本大字书",
                caption=text("开门第一天的书屋。"),
            ),
            h(2, "字大一点，灯亮一点"),
            p(
                "书屋里的书都是大字版。管理员周明说：“字号不到十八磅的，我们不收。”桌上的灯可以调亮度，椅子有扶手。",
                "读者可以带走，也可以在这里听：",
                inline.Strong(inlines=text("每本书都配了朗读。")),
            ),
            p("退休教师何桂兰每周来三次。她说，眼睛花了以后，她有五年没有读完一本书，现在一个月能读两本。"),
            h(2, "接下来要做的三件事"),
            tree.ListBlock(
                ordered=True,
                items=tuple(
                    tree.Item(blocks=(p(words),))
                    for words in (
                        "四月起，每周三下午有人读报，坐着听就行。",
                        "五月添两台放大阅读器，不收费。",
                        "六月把书目做成电话可以查的，号码另行通知。",
                    )
                ),
            ),
            tree.Figure(src="https://example.org/pictures/lamp.jpg", alt=None),
            h(2, "怎么去"),
            p(
                "书屋在春风路 12 号，公交 15 路到春风里站下车，走 200 米。开放时间是每天 8:30 到 17:00。也可以先看",
                inline.Link(href="https://example.org/map", inlines=text("去书屋的路线图")),
                "。",
            ),
        ),
    )


def table() -> Article:
    """A notice whose body is a table."""
    return make_article(
        title="2024 年社区体检安排",
        site="春风里社区卫生站",
        published="2024-04-02",
        blocks=(
            p("请按楼号在下面的日子来体检，当天早上不要吃东西。"),
            tree.Table(
                caption=text("各楼体检的日子"),
                head=(row("楼号", "日期", "时间", "地点", header=True),),
                rows=(
                    row("1 号楼", "4 月 8 日", "7:30", "卫生站一楼"),
                    row("2 号楼", "4 月 9 日", "7:30", "卫生站一楼"),
                    (
                        tree.Cell(inlines=text("3 号楼"), header=True),
                        tree.Cell(inlines=text("4 月 10 日"), columns=2),
                        tree.Cell(inlines=text("卫生站二楼")),
                    ),
                ),
            ),
            p("电话：", inline.CodeSpan(text="021-0000-0000"), "。"),
        ),
    )


def essay() -> Article:
    """An essay with notes, quotations, foreign words and ruby."""
    return make_article(
        title="“慢”字怎么写",
        byline="吴念真的读者",
        published="2023-11",
        blocks=(
            p(
                "“慢”字从心，曼声。",
                inline.Ruby(base="曼", reading="màn"),
                "是长的意思",
                inline.NoteReference(note="n 1", label="[1]"),
                "。",
            ),
            tree.Quote(blocks=(p("从前的日色变得慢", inline.Break(), "车，马，邮件都慢"),)),
            p(
                "英文里有一句 ",
                inline.Foreign(lang="en", inlines=text("slow and steady wins the race")),
                "，意思相近",
                inline.NoteReference(note="second", label="②"),
                "。水是 H",
                inline.Subscript(inlines=text("2")),
                "O，面积是 10 m",
                inline.Superscript(inlines=text("2")),
                "。",
            ),
            p(
                "灯下读书，",
                inline.Abbreviation(expansion="发光二极管", inlines=text("LED")),
                "灯要亮而不闪；",
                inline.Abbreviation(expansion="发光二极管", inlines=text("LED")),
                "屏幕另说。",
            ),
            tree.Separator(),
            p(
                inline.Emphasis(inlines=text("慢慢来")),
                "，",
                inline.Verbatim(inlines=text("慢慢走")),
                "，比较快",
                inline.NoteReference(note="n 1", label="[1]"),
                "，",
                inline.NoteReference(note="none", label="[9]"),
            ),
            tree.Notes(
                notes=(
                    tree.Note(id="n 1", blocks=(p("见《说文解字》心部。"),)),
                    tree.Note(id="second", blocks=(p("直译：慢而稳的赢得比赛。"),)),
                )
            ),
        ),
    )


def interview() -> Article:
    """Traditional characters, questions as headings two levels deep, media and code."""
    return make_article(
        title="訪談：把報紙讀給爸爸聽",
        site="慢讀週刊",
        language="zh-Hant-TW",
        published="2022-05-01",
        blocks=(
            h(2, "開始"),
            h(4, "為什麼想做這件事？"),
            p("爸爸的眼睛看不清楚了，我想讓他每天都能「讀」到報紙。"),
            h(4, "用什麼工具？"),
            p("一個小程式。"),
            tree.Code(text="for line in paper:\n    speak(line)", language="python"),
            tree.Media(kind="video", src="https://example.org/v/1", title="爸爸聽報紙"),
            h(2, "後來"),
            p("現在整條巷子的長輩都在聽。"),
        ),
    )


def english() -> Article:
    """An English article."""
    return make_article(
        title="A library for slow readers",
        site="Slow Reading",
        byline="Anne Reader",
        language="en",
        published="2024-03-20",
        blocks=(
            p("The room has six tables and every book is in large print."),
            h(2, "What readers say"),
            p(
                "“I had not finished a book in five years,” said one of them. The Chinese name is ",
                inline.Foreign(lang="zh-Hans", inlines=text("慢读书屋")),
                ".",
            ),
            tree.ListBlock(
                items=(
                    tree.Item(blocks=(p("Large print"),)),
                    tree.Item(
                        blocks=(p("Good lamps"), tree.ListBlock(items=(tree.Item(blocks=(p("with a switch"),)),)))
                    ),
                )
            ),
        ),
    )


def notice() -> Article:
    """Three short lines without any heading."""
    return make_article(
        title="停水通知",
        blocks=(p("因检修管道，4 月 12 日 9:00 至 16:00 停水。"), p("请提前储水。"), p("春风里物业")),
    )


SHAPES = (report, table, essay, interview, english, notice)


def listing() -> Article:
    """A list of articles with their dates, as a newspaper's first page gives it."""
    headlines = (
        "慢读书屋添了两台放大阅读器",
        "社区体检从四月八日开始",
        "春风路公交站换了大字站牌",
        "读报时间改到每周三下午",
    )
    return make_article(
        title="春风里社区报：新闻",
        source="https://example.org/news/",
        blocks=(
            tree.ListBlock(
                items=tuple(
                    tree.Item(
                        blocks=(
                            p(inline.Link(href=f"https://example.org/news/{n}", inlines=text(line)), f" 2024-04-0{n}"),
                        )
                    )
                    for n, line in enumerate(headlines, 1)
                )
            ),
        ),
    )
