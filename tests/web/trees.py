"""Random articles: any tree that the article model allows, hostile text included."""

from hypothesis import strategies as st

import service.article as tree
import service.inlines as inline
from service.article import Article, Block, make_article
from service.inlines import Inline

words = st.one_of(
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12),
    st.sampled_from(["读书。", "<script>alert(1)</script>", '" onload="x', "&amp;", "شكرا", "𠮷", "</p>", "  ", ""]),
)
addresses = st.sampled_from(
    [
        "https://example.org/a?b=1&c=2",
        "http://[bad",
        'https://example.org/"x',
        "javascript:alert(1)",
        "#f",
        "mailto:a@example.org",
        "p.png",
        "https://例子.中国/图 1.png",
        "https://",
    ]
)
names = st.sampled_from(["1", "n 2", '"><b>', "三"])


def _inlines(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    many = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(
        st.builds(inline.Strong, inlines=many),
        st.builds(inline.Emphasis, inlines=many),
        st.builds(inline.Superscript, inlines=many),
        st.builds(inline.Verbatim, inlines=many),
        st.builds(inline.Abbreviation, expansion=words, inlines=many),
        st.builds(inline.Link, href=addresses, inlines=many),
        st.builds(inline.Foreign, lang=st.sampled_from(["en", "zh-Hant-TW", '" x="', ""]), inlines=many),
    )


leaves: st.SearchStrategy[Inline] = st.one_of(
    st.builds(inline.Text, text=words),
    st.builds(inline.CodeSpan, text=words),
    st.builds(inline.Ruby, base=words, reading=words),
    st.builds(inline.Break),
    st.builds(inline.NoteReference, note=names, label=words),
)
inlines = st.lists(st.recursive(leaves, _inlines, max_leaves=6), max_size=4).map(tuple)
cells = st.builds(tree.Cell, inlines=inlines, header=st.booleans(), columns=st.integers(-1, 4), rows=st.integers(0, 4))
rows = st.lists(st.lists(cells, max_size=4).map(tuple), max_size=4).map(tuple)


def _blocks(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    many = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(
        st.builds(tree.Quote, blocks=many),
        st.builds(
            tree.ListBlock,
            ordered=st.booleans(),
            start=st.integers(-2, 9),
            items=st.lists(st.builds(tree.Item, blocks=many), max_size=3).map(tuple),
        ),
        st.builds(tree.Notes, notes=st.lists(st.builds(tree.Note, id=names, blocks=many), max_size=3).map(tuple)),
    )


simple: st.SearchStrategy[Block] = st.one_of(
    st.builds(tree.Heading, level=st.integers(2, 6), inlines=inlines),
    st.builds(tree.Paragraph, inlines=inlines),
    st.builds(tree.Figure, src=addresses, alt=st.none() | words, caption=inlines),
    st.builds(tree.Table, caption=inlines, head=rows, rows=rows),
    st.builds(tree.Code, text=words),
    st.builds(tree.Media, kind=st.sampled_from(["video", "audio", "embed"]), src=addresses, title=st.none() | words),
    st.builds(tree.Separator),
)
blocks = st.lists(st.recursive(simple, _blocks, max_leaves=5), max_size=6).map(tuple)
articles: st.SearchStrategy[Article] = st.builds(
    make_article,
    title=words,
    blocks=blocks,
    source=st.none() | addresses,
    byline=st.none() | words,
    site=st.none() | words,
    published=st.sampled_from([None, "2024", "2024-01-02", "2023-12-26T10:10+08:00"]),
    language=st.sampled_from(["zh-Hans", "zh-Hant-TW", "en", "ja"]),
)
