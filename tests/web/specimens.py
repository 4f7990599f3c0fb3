"""Six articles of our own, of different shape, and the ones that no page should stumble over."""

from service.article import (
    Article,
    Block,
    Break,
    Cell,
    Code,
    CodeSpan,
    Emphasis,
    Figure,
    Foreign,
    Heading,
    Inline,
    Item,
    Link,
    ListBlock,
    Media,
    Note,
    NoteReference,
    Notes,
    Paragraph,
    Quote,
    Ruby,
    SentenceSpan,
    Separator,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Verbatim,
    make_article,
)


def _text(text: str) -> tuple[Inline, ...]:
    return (Text(text=text),)


def _p(*parts: Inline | str) -> Paragraph:
    return Paragraph(inlines=tuple(Text(text=part) if isinstance(part, str) else part for part in parts))


def _h(level: int, text: str) -> Heading:
    return Heading(level=level, inlines=_text(text))


def _row(*cells: str, header: bool = False) -> tuple[Cell, ...]:
    return tuple(Cell(inlines=_text(cell), header=header or place == 0) for place, cell in enumerate(cells))


def report() -> Article:
    """A community report: headings, a list, a picture with and one without a description."""
    return make_article(
        title="春风里社区开了一间“慢读书屋”，八十岁的读者排起了队",
        site="春风里社区报",
        byline="林小满",
        published="2024-03-18T09:30+08:00",
        source="https://example.org/news/slow-reading",
        blocks=(
            _p(
                "三月十六日上午，春风里社区的慢读书屋开门了。书屋不大，只有六张桌子，可是第一天就来了七十多位读者，最年长的今年八十六岁。"
            ),
            Figure(
                src="https://example.org/pictures/reading-room.jpg",
                alt="六位老人围坐在木桌旁，每人面前一本大字书",
                caption=_text("开门第一天的书屋。"),
            ),
            _h(2, "字大一点，灯亮一点"),
            _p(
                "书屋里的书都是大字版。管理员周明说：“字号不到十八磅的，我们不收。”桌上的灯可以调亮度，椅子有扶手。",
                "读者可以带走，也可以在这里听：",
                Strong(inlines=_text("每本书都配了朗读。")),
            ),
            _p("退休教师何桂兰每周来三次。她说，眼睛花了以后，她有五年没有读完一本书，现在一个月能读两本。"),
            _h(2, "接下来要做的三件事"),
            ListBlock(
                ordered=True,
                items=tuple(
                    Item(blocks=(_p(text),))
                    for text in (
                        "四月起，每周三下午有人读报，坐着听就行。",
                        "五月添两台放大阅读器，不收费。",
                        "六月把书目做成电话可以查的，号码另行通知。",
                    )
                ),
            ),
            Figure(src="https://example.org/pictures/lamp.jpg", alt=None),
            _h(2, "怎么去"),
            _p(
                "书屋在春风路 12 号，公交 15 路到春风里站下车，走 200 米。开放时间是每天 8:30 到 17:00。也可以先看",
                Link(href="https://example.org/map", inlines=_text("去书屋的路线图")),
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
            _p("请按楼号在下面的日子来体检，当天早上不要吃东西。"),
            Table(
                caption=_text("各楼体检的日子"),
                head=(_row("楼号", "日期", "时间", "地点", header=True),),
                rows=(
                    _row("1 号楼", "4 月 8 日", "7:30", "卫生站一楼"),
                    _row("2 号楼", "4 月 9 日", "7:30", "卫生站一楼"),
                    (
                        Cell(inlines=_text("3 号楼"), header=True),
                        Cell(inlines=_text("4 月 10 日"), columns=2),
                        Cell(inlines=_text("卫生站二楼")),
                    ),
                ),
            ),
            _p("电话：", CodeSpan(text="021-0000-0000"), "。"),
        ),
    )


def essay() -> Article:
    """An essay with notes, quotations, foreign words and ruby."""
    return make_article(
        title="“慢”字怎么写",
        byline="吴念真的读者",
        published="2023-11",
        blocks=(
            _p(
                "“慢”字从心，曼声。",
                Ruby(base="曼", reading="màn"),
                "是长的意思",
                NoteReference(note="n 1", label="[1]"),
                "。",
            ),
            Quote(blocks=(_p("从前的日色变得慢", Break(), "车，马，邮件都慢"),)),
            _p(
                "英文里有一句 ",
                Foreign(lang="en", inlines=_text("slow and steady wins the race")),
                "，意思相近",
                NoteReference(note="second", label="②"),
                "。水是 H",
                Subscript(inlines=_text("2")),
                "O，面积是 10 m",
                Superscript(inlines=_text("2")),
                "。",
            ),
            Separator(),
            _p(
                Emphasis(inlines=_text("慢慢来")),
                "，",
                Verbatim(inlines=_text("慢慢走")),
                "，比较快",
                NoteReference(note="n 1", label="[1]"),
                "，",
                NoteReference(note="none", label="[9]"),
            ),
            Notes(
                notes=(
                    Note(id="n 1", blocks=(_p("见《说文解字》心部。"),)),
                    Note(id="second", blocks=(_p("直译：慢而稳的赢得比赛。"),)),
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
            _h(2, "開始"),
            _h(4, "為什麼想做這件事？"),
            _p("爸爸的眼睛看不清楚了，我想讓他每天都能「讀」到報紙。"),
            _h(4, "用什麼工具？"),
            _p("一個小程式。"),
            Code(text="for line in paper:\n    speak(line)", language="python"),
            Media(kind="video", src="https://example.org/v/1", title="爸爸聽報紙"),
            _h(2, "後來"),
            _p("現在整條巷子的長輩都在聽。"),
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
            _p("The room has six tables and every book is in large print."),
            _h(2, "What readers say"),
            _p(
                "“I had not finished a book in five years,” said one of them. The Chinese name is ",
                Foreign(lang="zh-Hans", inlines=_text("慢读书屋")),
                ".",
            ),
            ListBlock(
                items=(
                    Item(blocks=(_p("Large print"),)),
                    Item(blocks=(_p("Good lamps"), ListBlock(items=(Item(blocks=(_p("with a switch"),)),)))),
                )
            ),
        ),
    )


def notice() -> Article:
    """Three short lines without any heading."""
    return make_article(
        title="停水通知",
        blocks=(_p("因检修管道，4 月 12 日 9:00 至 16:00 停水。"), _p("请提前储水。"), _p("春风里物业")),
    )


SHAPES = (report, table, essay, interview, english, notice)


def hostile() -> dict[str, Article]:
    """Articles that no page should stumble over, by what is difficult about them."""
    letters = "长" * 1500 + "x" * 1500
    wide = tuple(str(number) for number in range(60))
    return {
        "headings": make_article(
            title="五百个标题",
            blocks=tuple(block for n in range(500) for block in (_h(2 + n * 7 % 5, f"第 {n} 节"), _p("一句话。"))),
        ),
        "columns": make_article(
            title="六十列", blocks=(Table(head=(_row(*wide, header=True),), rows=(_row(*wide),) * 3),)
        ),
        "word": make_article(title="w" * 3000, blocks=(_h(2, letters), _p(letters), Code(text=letters))),
        "right to left": make_article(
            title="שלום עולם", blocks=(_p("他说：", "مرحبا بالعالم", "，意思是你好。"), _h(2, "مرحبا"))
        ),
        "links": make_article(
            title="两千个链接",
            blocks=tuple(
                _p(*(Link(href=f"https://example.org/{n}/{m}", inlines=_text(f"链接 {n}-{m} ")) for m in range(20)))
                for n in range(100)
            ),
        ),
        "untitled": make_article(title="", blocks=(_p("只有一句。"),)),
        "picture": make_article(title="", blocks=(Figure(src="https://example.org/p.jpg"),)),
        "emoji": make_article(title="👩‍👩‍👧‍👦 一家", blocks=(_p("🎉🎉 大家好 👵🏽"), _p("🇨🇳"))),
        "rare": make_article(title="生僻字 𠀀𪚥𰻝", blocks=(_p("𰻝𰻝面，𠮷野家，𱁬。"),)),
        "markup": make_article(
            title="<script>alert(1)</script>",
            byline='"><img src=x onerror=alert(1)>',
            site="</title><script>",
            source='https://example.org/"onclick="x',
            blocks=(
                _p(
                    "<b>不是标签</b>",
                    Link(href="javascript:alert(1)", inlines=_text("坏链接")),
                    Link(href="https://example.org/", inlines=()),
                ),
                _p(
                    Link(
                        href="https://example.org/a",
                        inlines=(Link(href="https://example.org/b", inlines=_text("套链接")),),
                    )
                ),
                _p(Foreign(lang='en" onclick="x', inlines=_text("lang"))),
                Figure(src="javascript:alert(1)", alt='"onerror="alert(1)'),
                Figure(src='https://example.org/"onerror="alert(1)', alt=""),
                Code(text="</code></pre><script>"),
                Media(kind="embed", src="data:text/html,x"),
                Notes(notes=()),
                ListBlock(items=()),
                _p("  "),
            ),
        ),
        "spans": make_article(
            title="跨行的表",
            blocks=(
                Table(
                    rows=(
                        (Cell(inlines=_text("甲"), rows=9, columns=2), Cell(inlines=_text("乙"))),
                        (Cell(inlines=_text("丙"), columns=5), Cell()),
                        (),
                    )
                ),
            ),
        ),
        "empty": make_article(title="空", blocks=()),
    }


def marked(article: Article) -> Article:
    """The article with one sentence span around each paragraph's text, as `mark` would give it where one fits."""
    blocks: list[Block] = []
    for number, block in enumerate(article.blocks, 1):
        if isinstance(block, Paragraph):
            span = SentenceSpan(id=f"b{number}.s1", first=True, inlines=block.inlines)
            blocks.append(Paragraph(inlines=(span,)))
        else:
            blocks.append(block)
    return make_article(
        title=article.title,
        blocks=tuple(blocks),
        source=article.source,
        byline=article.byline,
        site=article.site,
        published=article.published,
        language=article.language,
    )
