"""Marking: every sentence has its span, in the tree that was there before."""

from collections.abc import Iterator

from hypothesis import given, settings

from service.article import Article, Paragraph, make_article
from service.inlines import Inlines, Link, NoteReference, Ruby, SentenceSpan, Strong, Text, plain
from service.text.marking import mark
from service.text.passages import passages
from service.text.sentences import sentences
from tests.text.trees import articles


def spans(inlines: Inlines) -> Iterator[SentenceSpan]:
    for inline in inlines:
        if isinstance(inline, SentenceSpan):
            yield inline
        yield from spans(getattr(inline, "inlines", ()))


def unmarked(inlines: Inlines) -> list[tuple[str, str]]:
    """What stands in a tree without its sentence spans: each character with the marks around it."""
    found: list[tuple[str, str]] = []

    def walk(inlines: Inlines, around: str) -> None:
        for inline in inlines:
            if isinstance(inline, SentenceSpan):
                walk(inline.inlines, around)
            elif hasattr(inline, "inlines"):
                walk(inline.inlines, f"{around}/{type(inline).__name__}")
            elif isinstance(inline, NoteReference):
                found.append((around, inline.label))
            else:
                found.extend((around, character) for character in plain((inline,)))

    walk(inlines, "")
    return found


def links(inlines: Inlines) -> int:
    return sum(isinstance(inline, Link) + links(getattr(inline, "inlines", ())) for inline in inlines)


def test_a_boundary_inside_a_link_goes_into_it() -> None:
    paragraph = Paragraph(
        inlines=(
            Text(text="第一句。第"),
            Link(href="https://example.org/", inlines=(Text(text="二句。第三"),)),
            Text(text="句。"),
            NoteReference(note="n1", label="[1]"),
        )
    )
    marked = mark(make_article(title="题", blocks=(paragraph,))).blocks[0]
    assert marked == Paragraph(
        inlines=(
            SentenceSpan(id="b1.s1", first=True, inlines=(Text(text="第一句。"),)),
            SentenceSpan(id="b1.s2", first=True, inlines=(Text(text="第"),)),
            Link(
                href="https://example.org/",
                inlines=(
                    SentenceSpan(id="b1.s2", first=False, inlines=(Text(text="二句。"),)),
                    SentenceSpan(id="b1.s3", first=True, inlines=(Text(text="第三"),)),
                ),
            ),
            SentenceSpan(id="b1.s3", first=False, inlines=(Text(text="句。"), NoteReference(note="n1", label="[1]"))),
        )
    )


def test_what_lies_within_one_sentence_stays_whole() -> None:
    bold = Strong(inlines=(Text(text="重点"),))
    paragraph = Paragraph(inlines=(Text(text="先看"), bold, Text(text="再看。")))
    marked = mark(make_article(title="题", blocks=(paragraph,))).blocks[0]
    assert marked == Paragraph(
        inlines=(SentenceSpan(id="b1.s1", first=True, inlines=(Text(text="先看"), bold, Text(text="再看。"))),)
    )


@given(articles)
@settings(max_examples=120)
def test_marking_adds_spans_and_changes_nothing_else(article: Article) -> None:
    marked = mark(article)
    before, after = passages(article), passages(marked)
    assert [passage.text for passage in before] == [passage.text for passage in after]
    for old, new in zip(before, after, strict=True):
        assert unmarked(old.inlines) == unmarked(new.inlines)
        assert links(old.inlines) == links(new.inlines)


@given(articles)
@settings(max_examples=120)
def test_spans_hold_their_sentences(article: Article) -> None:
    texts: dict[str, str] = {}
    firsts: list[str] = []
    for passage in passages(mark(article)):
        for span in spans(passage.inlines):
            assert span.first == (span.id not in texts)
            firsts += [span.id] * span.first
            texts[span.id] = texts.get(span.id, "") + plain(span.inlines)
    strings = {passage.number for passage in passages(article) if passage.kind in ("title", "image")}
    expected = {one.id: one.text for one in sentences(article) if one.passage not in strings}
    assert firsts == list(expected)
    assert texts == expected


def test_a_ruby_is_never_cut() -> None:
    ruby = Ruby(base="好。好", reading="hao")
    marked = mark(make_article(title="题", blocks=(Paragraph(inlines=(ruby,)),))).blocks[0]
    assert isinstance(marked, Paragraph)
    assert plain(marked.inlines) == "好。好"
