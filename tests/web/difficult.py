"""The articles that no page should stumble over."""

import service.article as tree
import service.inlines as inline
from service.article import Article, make_article
from tests.web.writing import h, p, row, text


def difficult() -> dict[str, Article]:
    """Articles that no page should stumble over, by what is difficult about them."""
    letters = "长" * 1500 + "x" * 1500
    wide = tuple(str(number) for number in range(60))
    return {
        "headings": make_article(
            title="五百个标题",
            blocks=tuple(block for n in range(500) for block in (h(2 + n * 7 % 5, f"第 {n} 节"), p("一句话。"))),
        ),
        "columns": make_article(
            title="六十列", blocks=(tree.Table(head=(row(*wide, header=True),), rows=(row(*wide),) * 3),)
        ),
        "word": make_article(title="w" * 3000, blocks=(h(2, letters), p(letters), tree.Code(text=letters))),
        "right to left": make_article(
            title="שלום עולם", blocks=(p("他说：", "مرحبا بالعالم", "，意思是你好。"), h(2, "مرحبا"))
        ),
        "links": make_article(
            title="两千个链接",
            blocks=tuple(
                p(
                    *(
                        inline.Link(href=f"https://example.org/{n}/{m}", inlines=text(f"链接 {n}-{m} "))
                        for m in range(20)
                    )
                )
                for n in range(100)
            ),
        ),
        "untitled": make_article(title="", blocks=(p("只有一句。"),)),
        "picture": make_article(title="", blocks=(tree.Figure(src="https://example.org/p.jpg"),)),
        "emoji": make_article(title="👩‍👩‍👧‍👦 一家", blocks=(p("🎉🎉 大家好 👵🏽"), p("🇨🇳"))),
        "rare": make_article(title="生僻字 𠀀𪚥𰻝", blocks=(p("𰻝𰻝面，𠮷野家，𱁬。"),)),
        "markup": make_article(
            title="<script>alert(1)</script>",
            byline='"><img src=x onerror=alert(1)>',
            site="</title><script>",
            source='https://example.org/"onclick="x',
            blocks=(
                p(
                    "<b>不是标签</b>",
                    inline.Link(href="javascript:alert(1)", inlines=text("坏链接")),
                    inline.Link(href="https://example.org/", inlines=()),
                ),
                p(
                    inline.Link(
                        href="https://example.org/a",
                        inlines=(inline.Link(href="https://example.org/b", inlines=text("套链接")),),
                    )
                ),
                p(inline.Foreign(lang='en" onclick="x', inlines=text("lang"))),
                tree.Figure(src="javascript:alert(1)", alt='"onerror="alert(1)'),
                tree.Figure(src='https://example.org/"onerror="alert(1)', alt=""),
                tree.Code(text="</code></pre><script>"),
                tree.Media(kind="embed", src="data:text/html,x"),
                tree.Notes(notes=()),
                tree.ListBlock(items=()),
                p("  "),
            ),
        ),
        "spans": make_article(
            title="跨行的表",
            blocks=(
                tree.Table(
                    rows=(
                        (tree.Cell(inlines=text("甲"), rows=9, columns=2), tree.Cell(inlines=text("乙"))),
                        (tree.Cell(inlines=text("丙"), columns=5), tree.Cell()),
                        (),
                    )
                ),
            ),
        ),
        "empty": make_article(title="空", blocks=()),
    }
