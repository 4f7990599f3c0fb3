"""Random articles for property tests."""

from hypothesis import strategies as st

from service.article import (
    Article,
    Block,
    Cell,
    Code,
    Figure,
    Heading,
    Item,
    ListBlock,
    Note,
    Notes,
    Paragraph,
    Quote,
    Table,
    make_article,
)
from service.inlines import (
    Abbreviation,
    Break,
    CodeSpan,
    Emphasis,
    Foreign,
    Inline,
    Inlines,
    Link,
    NoteReference,
    Ruby,
    Strong,
    Text,
    Verbatim,
)

written = st.text(alphabet="春江潮水连海平，。！？；：“”（）… \n1.5%年月GDPab.\"'", max_size=40)


def _together(one: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inlines]:
    return st.lists(one, max_size=4).map(lambda some: tuple(some))


def inlines_of(text: st.SearchStrategy[str], base: str = "潮水") -> st.SearchStrategy[Inlines]:
    """Marks in marks around leaves whose text is drawn from `text`; a ruby stands over `base`."""
    leaves: st.SearchStrategy[Inline] = st.one_of(
        text.map(lambda written: Text(text=written)),
        text.map(lambda written: Text(text=written)),
        st.sampled_from((Break(), NoteReference(note="n1", label="[1]"), Ruby(base=base, reading="cháo shuǐ"))),
        text.map(lambda written: CodeSpan(text=written)),
    )

    def marks(inner: st.SearchStrategy[Inlines]) -> st.SearchStrategy[Inlines]:
        return _together(
            st.one_of(
                leaves,
                inner.map(lambda inlines: Strong(inlines=inlines)),
                inner.map(lambda inlines: Emphasis(inlines=inlines)),
                inner.map(lambda inlines: Link(href="https://example.org/", inlines=inlines)),
                inner.map(lambda inlines: Foreign(lang="ja", inlines=inlines)),
                inner.map(lambda inlines: Verbatim(inlines=inlines)),
                st.builds(Abbreviation, expansion=text, inlines=inner),
            )
        )

    return st.recursive(_together(leaves), marks, max_leaves=8)


def articles_of(
    text: st.SearchStrategy[str], base: str = "潮水", language: str = "zh-Hans"
) -> st.SearchStrategy[Article]:
    """Articles of every kind of block, their leaves drawn from `text`."""
    inlines = inlines_of(text, base)
    cells = inlines.map(lambda content: Cell(inlines=content))
    blocks: st.SearchStrategy[Block] = st.one_of(
        inlines.map(lambda content: Paragraph(inlines=content)),
        inlines.map(lambda content: Heading(level=2, inlines=content)),
        inlines.map(lambda content: Quote(blocks=(Paragraph(inlines=content),))),
        inlines.map(lambda content: ListBlock(ordered=True, items=(Item(blocks=(Paragraph(inlines=content),)),))),
        st.tuples(text, inlines).map(lambda parts: Figure(src="a.png", alt=parts[0], caption=parts[1])),
        st.tuples(cells, cells).map(lambda pair: Table(head=((pair[0],),), rows=((pair[1],),))),
        inlines.map(lambda content: Notes(notes=(Note(id="n1", blocks=(Paragraph(inlines=content),)),))),
        text.map(lambda written: Code(text=written)),
    )
    return st.tuples(text, st.lists(blocks, max_size=4)).map(
        lambda parts: make_article(title=parts[0], byline=parts[0], blocks=tuple(parts[1]), language=language)
    )


articles: st.SearchStrategy[Article] = articles_of(written)
