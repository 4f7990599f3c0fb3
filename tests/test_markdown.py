"""Markdown: what is written can be read back, and nothing of the text is lost."""

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from service.article import (
    Cell,
    Code,
    Figure,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    Quote,
    Separator,
    Table,
    make_article,
)
from service.inlines import Break, CodeSpan, Emphasis, Link, Strong, Text
from service.markdown import markdown


def paragraph(text: str) -> Paragraph:
    return Paragraph(inlines=(Text(text=text),))


def test_every_block_has_its_mark() -> None:
    article = make_article(
        title="春日散步",
        site="社区报",
        published="2024-03-01",
        blocks=(
            Heading(level=2, inlines=(Text(text="一"),)),
            Paragraph(
                inlines=(
                    Strong(inlines=(Text(text="重"),)),
                    Emphasis(inlines=(Text(text="轻"),)),
                    Break(),
                    Link(href="https://example.org/", inlines=(Text(text="去"),)),
                    CodeSpan(text="a`b"),
                )
            ),
            ListBlock(ordered=True, start=3, items=(Item(blocks=(paragraph("甲"),)), Item(blocks=(paragraph("乙"),)))),
            Quote(blocks=(paragraph("引"),)),
            Figure(src="a.png", alt="图"),
            Table(head=((Cell(inlines=(Text(text="名"),)),),), rows=((Cell(inlines=(Text(text="张|三"),)),),)),
            Code(text="x = 1", language="python"),
            Separator(),
        ),
    )
    assert markdown(article) == (
        "# 春日散步\n\n社区报 · 2024-03-01\n\n## 一\n\n**重***轻*\\\n[去](<https://example.org/>)``a`b``\n\n"
        "3. 甲\n4. 乙\n\n> 引\n\n![图](<a.png>)\n\n| 名 |\n| --- |\n| 张\\|三 |\n\n```python\nx = 1\n```\n\n---\n"
    )


marks = st.text(st.sampled_from("-+#=~&;1.)*_`|!<>[]\\amp"), min_size=1, max_size=9)


@given(st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=30) | marks)
@example("---")
@example("1.")
def test_a_paragraph_reads_back_as_its_text(text: str) -> None:
    article = make_article(title="题", blocks=(paragraph(text),))
    tokens = MarkdownIt("commonmark").parse(markdown(article))
    written = "".join(child.content for token in tokens[3:] for child in token.children or ())
    assert written == text
