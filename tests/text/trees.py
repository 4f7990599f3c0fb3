"""Random articles for property tests."""

from hypothesis import strategies as st

from service.article import (
    Article,
    Block,
    Break,
    Cell,
    Code,
    CodeSpan,
    Emphasis,
    Figure,
    Heading,
    Inline,
    Inlines,
    Item,
    Link,
    ListBlock,
    Note,
    NoteReference,
    Notes,
    Paragraph,
    Quote,
    Ruby,
    Strong,
    Table,
    Text,
    make_article,
)

written = st.text(alphabet="春江潮水连海平，。！？；：“”（）… \n1.5%年月GDPab.\"'", max_size=40)
leaves: st.SearchStrategy[Inline] = st.one_of(
    written.map(lambda text: Text(text=text)),
    written.map(lambda text: Text(text=text)),
    st.sampled_from((Break(), NoteReference(note="n1", label="[1]"), Ruby(base="潮水", reading="cháo shuǐ"))),
    written.map(lambda text: CodeSpan(text=text)),
)


def _together(one: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inlines]:
    return st.lists(one, max_size=4).map(lambda some: tuple(some))


def _marks(inner: st.SearchStrategy[Inlines]) -> st.SearchStrategy[Inlines]:
    return _together(
        st.one_of(
            leaves,
            inner.map(lambda inlines: Strong(inlines=inlines)),
            inner.map(lambda inlines: Emphasis(inlines=inlines)),
            inner.map(lambda inlines: Link(href="https://example.org/", inlines=inlines)),
        )
    )


inlines: st.SearchStrategy[Inlines] = st.recursive(_together(leaves), _marks, max_leaves=8)
cells = inlines.map(lambda content: Cell(inlines=content))
blocks: st.SearchStrategy[Block] = st.one_of(
    inlines.map(lambda content: Paragraph(inlines=content)),
    inlines.map(lambda content: Heading(level=2, inlines=content)),
    inlines.map(lambda content: Quote(blocks=(Paragraph(inlines=content),))),
    inlines.map(lambda content: ListBlock(ordered=True, items=(Item(blocks=(Paragraph(inlines=content),)),))),
    st.tuples(written, inlines).map(lambda parts: Figure(src="a.png", alt=parts[0], caption=parts[1])),
    st.tuples(cells, cells).map(lambda pair: Table(head=((pair[0],),), rows=((pair[1],),))),
    inlines.map(lambda content: Notes(notes=(Note(id="n1", blocks=(Paragraph(inlines=content),)),))),
    written.map(lambda text: Code(text=text)),
)
articles: st.SearchStrategy[Article] = st.tuples(written, st.lists(blocks, max_size=4)).map(
    lambda parts: make_article(title=parts[0], blocks=tuple(parts[1]))
)
