"""Which address is the next page of an article, which title belongs to it, and pages joined."""

import pytest

from service.article import Article, Block, Item, ListBlock, Note, Notes, Paragraph, make_article
from service.inlines import Link, NoteReference, Text
from service.intake.pagination import goes_on, is_page, joined, repeats

SITE = "https://news.example"


@pytest.mark.parametrize(
    ("first", "following", "number"),
    [
        ("/2024/a.html", "/2024/a_2.html", 2),
        ("/2024/a.html", "/2024/a-2.html", 2),
        ("/2024/a.html", "/2024/a_1.html", 2),
        ("/2024/a.html", "/2024/a_3.html", 3),
        ("/2024/a.html", "/2024/a_2.html", 3),
        ("/2024/t20240102_553.html", "/2024/t20240102_553_1.html", 2),
        ("/2024/a_1.html", "/2024/a_2.html", 2),
        ("/2024/a", "/2024/a/2", 2),
        ("/2024/a/", "/2024/a/2/", 2),
        ("/2024/a/", "/2024/a/page/2/", 2),
        ("/2024/a/index.html", "/2024/a/index_2.html", 2),
        ("/2024/a/", "/2024/a/index_2.html", 2),
        ("/show?id=5", "/show?id=5&page=2", 2),
        ("/show?id=5", "/show?page=2&id=5", 2),
        ("/show?id=5&page=1", "/show?id=5&page=2", 2),
        ("/show?id=5", "/show?id=5&p=11", 11),
    ],
)
def test_the_next_page(first: str, following: str, number: int) -> None:
    assert is_page(SITE + first, SITE + following, number)


@pytest.mark.parametrize(
    ("first", "following"),
    [
        ("/2024/a.html", "/2024/b_2.html"),
        ("/2024/a.html", "/2024/a.html"),
        ("/2024/a.html", "/2024/a_3.html"),
        ("/2024/a.html", "/2024/b.html"),
        ("/2024/news_12.html", "/2024/news_13.html"),
        ("/2024/12", "/2024/13"),
        ("/2024/1232.html", "/2024/1233.html"),
        ("/show?id=5", "/show?id=6"),
        ("/show?id=5", "/show?id=6&page=2"),
        ("/show?id=2", "/show?id=2&page=2000000000000000000"),
        ("/a", "//other.example/a/2"),
    ],
)
def test_another_article(first: str, following: str) -> None:
    assert not is_page(SITE + first, SITE + following, 2)


def of(title: str, *blocks: Block | str, byline: str | None = None) -> Article:
    made = tuple(Paragraph(inlines=(Text(text=one),)) if isinstance(one, str) else one for one in blocks)
    return make_article(title=title, blocks=made, byline=byline, source=f"{SITE}/a.html")


@pytest.mark.parametrize("title", ["养老新规", "养老新规（2）", "养老新规(2/3)", "养老新规 第二页", "养老新规_2"])
def test_a_title_with_and_without_the_number_of_its_page(title: str) -> None:
    assert goes_on(of("养老新规"), of(title))


def test_another_title_and_no_title() -> None:
    assert not goes_on(of("养老新规"), of("养老院开门"))
    assert not goes_on(of(""), of(""))


def test_pages_are_one_article_by_the_title_and_credits_of_the_first() -> None:
    whole = joined([of("新规（1）", "一。"), of("新规（2）", "二。", byline="林小满")], f"{SITE}/a.html")
    assert (whole.title, whole.byline, whole.source) == ("新规", "林小满", f"{SITE}/a.html")
    assert [block.inlines[0] for block in whole.blocks if isinstance(block, Paragraph)] == [
        Text(text="一。"),
        Text(text="二。"),
    ]


def test_notes_stand_at_the_end_and_keep_their_references() -> None:
    def noted(text: str) -> Article:
        reference = Paragraph(inlines=(Text(text=text), NoteReference(note="n1", label="[1]")))
        note = Note(id="n1", blocks=(Paragraph(inlines=(Text(text=f"注{text}"),)),))
        return of("新规", ListBlock(items=(Item(blocks=(reference,)),)), Notes(notes=(note,)))

    whole = joined([noted("一"), noted("二")], None)
    *lists, last = whole.blocks
    assert isinstance(last, Notes)
    assert [note.id for note in last.notes] == ["n1", "p2n1"]
    paragraphs = [block.items[0].blocks[0] for block in lists if isinstance(block, ListBlock)]
    references = [paragraph.inlines[1] for paragraph in paragraphs if isinstance(paragraph, Paragraph)]
    assert [one.note for one in references if isinstance(one, NoteReference)] == ["n1", "p2n1"]


def test_a_page_that_could_not_be_had_is_a_link() -> None:
    last = joined([of("新规", "一。")], None, f"{SITE}/a_2.html").blocks[-1]
    assert isinstance(last, Paragraph)
    assert isinstance(last.inlines[0], Link)
    assert last.inlines[0].href == f"{SITE}/a_2.html"


def test_the_same_page_again() -> None:
    assert repeats([of("新规", "一。"), of("新规", "二。")], of("新规（3）", "二。"))
    assert not repeats([of("新规", "一。")], of("新规", "二。"))
