"""The report: each check finds what it is for, and what is fine is not complained about."""

import pytest
from hypothesis import given, settings

from service.article import Article, Block, Cell, Figure, Heading, Media, Paragraph, Table, make_article
from service.inlines import Foreign, Link, NoteReference
from service.settings import resources
from service.web import palette
from service.web.report import Check, Finding, report
from tests.web import specimens
from tests.web.trees import articles
from tests.web.writing import p, text

CSS = (resources("templates") / "assets" / "changdu.css").read_text(encoding="utf-8")
CONTRASTS = palette.contrasts(CSS)


def _found(check: Check, *blocks: Block, title: str = "题") -> Finding:
    findings = report(make_article(title=title, blocks=blocks), CONTRASTS).findings
    return next(finding for finding in findings if finding.check == check)


def _link(words: str) -> Paragraph:
    return p(Link(href="https://example.org/", inlines=text(words)))


def test_a_good_article_holds() -> None:
    findings = report(specimens.english(), CONTRASTS).findings
    assert [finding.check for finding in findings if not finding.held] == []


def test_title() -> None:
    assert not _found("article_title", title=" ").held


def test_headings_that_skip_a_level_are_quoted() -> None:
    blocks = [Heading(level=level, inlines=text(f"第 {level} 级")) for level in (2, 4, 3, 2)]
    assert _found("headings", *blocks) == Finding(check="headings", held=False, checked=4, places=("第 4 级",))


def test_a_long_text_wants_headings() -> None:
    long = p(*text("长" * 1600))
    assert not _found("sections", long).held
    assert _found("sections", long, Heading(level=2, inlines=text("节"))).held


def test_pictures_without_description() -> None:
    blocks = (Figure(src="https://example.org/a.png"), Figure(src="b.png", alt=""), Figure(src="c.png", alt="一只猫"))
    finding = _found("pictures", *blocks)
    assert (finding.checked, finding.places) == (3, ("https://example.org/a.png",))


@pytest.mark.parametrize("words", ["点击这里", "【更多>>】", "Here", "https://example.org/a", ""])
def test_link_texts_that_say_nothing(words: str) -> None:
    assert not _found("links", _link(words)).held


def test_link_texts_that_say_where_they_lead() -> None:
    assert _found("links", _link("去书屋的路线图"), _link("更多大字书")).held


def test_tables_want_headers() -> None:
    cell, header = Cell(inlines=text("甲")), Cell(inlines=text("甲"), header=True)
    assert _found("tables", Table(rows=((cell,),))).places == ("甲",)
    assert _found("tables", Table(rows=((header, cell),)), Table(head=((cell,),))).held


def test_notes_and_media() -> None:
    assert _found("notes", p(NoteReference(note="x", label="[9]"))).places == ("[9]",)
    assert not _found("media", Media(kind="video", src="https://example.org/v")).held


def test_foreign_phrases_want_a_language() -> None:
    phrase = "slow and steady wins the race"
    assert _found("languages", p(*text(f"英文说 {phrase}。"))).places == (phrase,)
    assert _found("languages", p(Foreign(lang="en", inlines=text(phrase)))).held
    assert _found("languages", p(*text("用 Word 和 PDF 都行。"))).held


def test_contrast_is_measured_on_the_style_sheet() -> None:
    assert CONTRASTS["black-on-white"] == 21.0
    assert set(CONTRASTS) == {"original", "black-on-white", "yellow-on-black", "black-on-yellow", "white-on-blue"}
    assert min(CONTRASTS.values()) >= 7
    pale = palette.contrasts(CSS.replace("--ink: #1a1a1a", "--ink: #999999"))
    assert pale["original"] < 7


@given(articles)
@settings(max_examples=60, deadline=None)
def test_any_article_has_a_report(article: Article) -> None:
    for finding in report(article, CONTRASTS).findings:
        assert len(finding.places) <= finding.checked or not finding.held
        assert all(len(place) <= 60 for place in finding.places)
