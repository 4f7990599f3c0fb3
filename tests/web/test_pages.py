"""Pages: what the article says, and nothing it did not."""

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from service.article import Article, Code, make_article
from service.inlines import Abbreviation, CodeSpan, Ruby, Text
from service.web.preferences import DEFAULT, VIEWS, View
from tests.web import specimens
from tests.web.difficult import difficult
from tests.web.rendering import Tree, is_well_formed, page, pages
from tests.web.trees import articles
from tests.web.writing import p, text


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(articles)
@settings(max_examples=60, deadline=None)
def test_any_tree_gives_a_page_with_its_text_and_nothing_live(article: Article) -> None:
    for view in VIEWS:
        tree = page(article, view)
        for expansion in tree.xpath("//*[@data-unsaid]"):
            expansion.text = ""
        for reading in tree.xpath("//rt | //rp"):
            reading.text = ""
        text = squeezed(tree.find(".//article").text_content())
        for leaf in _leaves(article.blocks):
            assert squeezed(leaf) in text
        _is_safe(tree)
        is_well_formed(tree)


def _leaves(value: Any) -> Iterator[str]:
    """The characters of every text, code and ruby in a tree."""
    if isinstance(value, Text | CodeSpan | Code):
        yield value.text
    elif isinstance(value, Ruby):
        yield value.base
    elif isinstance(value, tuple):
        for each in value:
            yield from _leaves(each)
    elif isinstance(value, msgspec.Struct):
        yield from _leaves(msgspec.structs.astuple(value))


@pytest.mark.parametrize("name", difficult())
@pytest.mark.parametrize("view", VIEWS)
def test_difficult_articles(name: str, view: View) -> None:
    tree = page(difficult()[name], view)
    _is_safe(tree)
    is_well_formed(tree)


def _is_safe(tree: Tree) -> None:
    """No element or attribute that acts, except our own scripts from our own address."""
    for element in tree.xpath("//*"):
        assert element.tag not in {"iframe", "object", "embed", "base"}
        assert not any(name.startswith("on") or name == "style" for name in element.attrib)
        for name in ("href", "src", "action"):
            assert _scheme(element.get(name, "")) in {"", "http", "https", "mailto", "tel"}
    for script in tree.iter("script"):
        assert script.get("type") in {"application/ld+json", "application/json"} or script.get("src", "").startswith(
            "/assets/"
        )


def _scheme(address: str) -> str:
    match = re.match(r"\s*([a-z][a-z0-9+.-]*):", address.lower())
    return match[1] if match else ""


def test_what_the_source_wrote_is_text() -> None:
    html = pages.article("elder", difficult()["markup"], DEFAULT)
    assert "<script>alert(1)" not in html
    assert "javascript:" not in html
    assert "&lt;b&gt;不是标签&lt;/b&gt;" in html


def test_a_sentence_has_its_id_once() -> None:
    tree = page(specimens.report())
    spans = tree.xpath("//*[@data-s]")
    first = {span.get("id") for span in spans if span.get("id")}
    assert {span.get("data-s") for span in spans} == first
    assert tree.get_element_by_id("b0.s1").getparent().tag == "h1"


def test_pictures_say_once_whether_they_are_described() -> None:
    tree = page(specimens.report())
    described, bare = tree.iter("figure")
    assert described.find("img").get("alt") == "六位老人围坐在木桌旁，每人面前一本大字书"
    assert described.get("data-b") == "b2"
    assert bare.find("img").get("alt") == ""
    assert bare.text_content().count("图片没有说明") == 1
    for image in tree.iter("img"):
        assert image.get("referrerpolicy") == "no-referrer"
        assert image.get("loading") == "lazy"


@pytest.mark.parametrize("view", VIEWS)
def test_an_abbreviation_is_explained_once_unless_the_text_does(view: View) -> None:
    def short(letters: str, expansion: str) -> Abbreviation:
        return Abbreviation(expansion=expansion, inlines=text(letters))

    led, who = short("LED", "发光二极管"), short("WHO", "世界卫生组织")
    article = make_article(title="灯", blocks=(p("换上", led, "灯"), p("世界卫生组织（", who, "）说"), p(led, who)))
    tree = page(article, view)
    first, *others = tree.iter("abbr")
    assert (first.get("title"), first.getnext().text) == (None, "（发光二极管）")
    later = [("WHO", "世界卫生组织"), ("LED", "发光二极管"), ("WHO", "世界卫生组织")]
    titles = [title if view == "elder" else None for _, title in later]
    assert [other.text for other in others] == [letters for letters, _ in later]
    assert [other.get("title") for other in others] == titles
    english = page(make_article(title="A", language="en", blocks=(p("By ", short("BBC", "British Broad"), "."),)), view)
    assert english.xpath("string(//article//p)") == "By BBC (British Broad)."


def test_notes_lead_there_and_back() -> None:
    tree = page(specimens.essay(), "accessible")
    references = tree.xpath("//a[@role='doc-noteref']")
    assert [link.get("href") for link in references] == ["#note1", "#note2", "#note1"]
    assert [link.get("href") for link in tree.xpath("//a[@role='doc-backlink']")] == ["#ref1", "#ref2"]


def test_levels_without_a_gap_keep_who_stands_under_whom() -> None:
    tree = page(specimens.interview())
    found = [(heading.tag, heading.text_content()) for heading in tree.iter("h2", "h3", "h4")]
    assert found == [("h2", "開始"), ("h3", "為什麼想做這件事？"), ("h3", "用什麼工具？"), ("h2", "後來")]


def test_language_agrees_everywhere() -> None:
    tree = page(specimens.english())
    assert tree.get("lang") == "en"
    assert json.loads(tree.xpath("//script[@type='application/ld+json']")[0].text)["inLanguage"] == "en"
    assert tree.xpath("//article//span[@lang='zh-Hans']")[0].text == "慢读书屋"
    mixed = page(specimens.english(), query={"language": "zh-Hans"})
    assert mixed.xpath("//footer")[0].get("lang") == "zh-Hans"
