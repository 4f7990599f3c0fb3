"""Pages: what the article says, nothing it did not, and every choice as a link that keeps the others."""

import json
import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import lxml.html
import msgspec
import pytest
from hypothesis import given, settings

from service.article import Article, Code, CodeSpan, Ruby, Text
from service.settings import resources
from service.speech.voice import Voice
from service.text.marking import mark
from service.web import security
from service.web.pages import KEYS, Pages
from service.web.palette import own_style
from service.web.preferences import DEFAULT, LANGUAGES, VIEWS, View, parse
from tests.web import specimens
from tests.web.trees import articles

TEMPLATES = resources("templates")
ASSETS = TEMPLATES / "assets"
NAMES = ["声音", "语速", "指读", "连读", "配色", "放大", "缩小", "大鼠标", "十字线", "大字幕", "拼音", "繁简"]
NAMES += ["重置", "读屏专用", "说明", "退出"]
VOICES = (
    Voice(id="zf_xiaobei", locale="zh-CN", name="小贝", gender="female", synthesizer="kokoro"),
    Voice(id="zh-CN-XiaoxiaoNeural", locale="zh-CN", name="晓晓", gender="female", synthesizer="edge", online=True),
)

Tree = Any  # lxml.html.HtmlElement, whose stubs know too little
pages = Pages(TEMPLATES)


def _tree(html: str) -> Tree:
    return lxml.html.document_fromstring(html)


def _page(article: Article, view: View = "elder", query: dict[str, str] | None = None, **more: Any) -> Tree:
    return _tree(pages.article(view, mark(article), parse(query or {}, view), **more))


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def track(state: str = "ready", **more: Any) -> dict[str, Any]:
    """A Track's JSON with two segments."""
    segments = [
        {"n": n, "state": "ready" if state == "ready" or n == 0 else "waiting", "href": f"/tracks/t1/segments/{n}.mp3"}
        for n in range(2)
    ]
    return {
        "id": "t1",
        "article": "a",
        "state": state,
        "voice": {"id": "v", "name": "小贝", "locale": "zh-CN", "synthesizer": "kokoro", "online": False},
        "fallback": None,
        "duration_ms": 90_500 if state == "ready" else None,
        "audio": "/tracks/t1.mp3",
        "captions": "/tracks/t1.vtt",
        "problem": None,
        "segments": segments,
        **more,
    }


# What reaches a page


@given(articles)
@settings(max_examples=60, deadline=None)
def test_any_tree_gives_a_page_with_its_text_and_nothing_live(article: Article) -> None:
    for view in VIEWS:
        tree = _page(article, view)
        for reading in tree.xpath("//rt | //rp"):
            reading.text = ""
        text = _squeezed(tree.find(".//article").text_content())
        for leaf in _leaves(article.blocks):
            assert _squeezed(leaf) in text
        _is_safe(tree)
        _is_well_formed(tree)


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


@pytest.mark.parametrize("name", specimens.hostile())
@pytest.mark.parametrize("view", VIEWS)
def test_difficult_articles(name: str, view: View) -> None:
    tree = _page(specimens.hostile()[name], view)
    _is_safe(tree)
    _is_well_formed(tree)


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


def _is_well_formed(tree: Tree) -> None:
    """One h1, no level skipped, no id twice, every fragment and label pointing to something."""
    levels = [int(heading.tag[1]) for heading in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [element.get("id") for element in tree.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    assert {link.get("href")[1:] for link in tree.xpath("//a[starts-with(@href, '#')]")} <= set(ids)
    assert not tree.xpath("//a[not(@href)]")
    for link in tree.iter("a"):
        assert link.text_content().strip()


def test_what_the_source_wrote_is_text() -> None:
    html = pages.article("elder", specimens.hostile()["markup"], DEFAULT)
    assert "<script>alert(1)" not in html
    assert "javascript:" not in html
    assert "&lt;b&gt;不是标签&lt;/b&gt;" in html


def test_a_sentence_has_its_id_once() -> None:
    tree = _page(specimens.report())
    spans = tree.xpath("//*[@data-s]")
    first = {span.get("id") for span in spans if span.get("id")}
    assert {span.get("data-s") for span in spans} == first
    assert tree.get_element_by_id("b0.s1").getparent().tag == "h1"


def test_pictures_say_once_whether_they_are_described() -> None:
    tree = _page(specimens.report())
    described, bare = tree.iter("figure")
    assert described.find("img").get("alt") == "六位老人围坐在木桌旁，每人面前一本大字书"
    assert described.get("data-b") == "b2"
    assert bare.find("img").get("alt") == ""
    assert bare.text_content().count("图片没有说明") == 1
    for image in tree.iter("img"):
        assert image.get("referrerpolicy") == "no-referrer"
        assert image.get("loading") == "lazy"


def test_notes_lead_there_and_back() -> None:
    tree = _page(specimens.essay(), "accessible")
    references = tree.xpath("//a[@role='doc-noteref']")
    assert [link.get("href") for link in references] == ["#note1", "#note2", "#note1"]
    assert [link.get("href") for link in tree.xpath("//a[@role='doc-backlink']")] == ["#ref1", "#ref2"]


def test_levels_without_a_gap_keep_who_stands_under_whom() -> None:
    tree = _page(specimens.interview())
    found = [(heading.tag, heading.text_content()) for heading in tree.iter("h2", "h3", "h4")]
    assert found == [("h2", "開始"), ("h3", "為什麼想做這件事？"), ("h3", "用什麼工具？"), ("h2", "後來")]


def test_language_agrees_everywhere() -> None:
    tree = _page(specimens.english())
    assert tree.get("lang") == "en"
    assert json.loads(tree.xpath("//script[@type='application/ld+json']")[0].text)["inLanguage"] == "en"
    assert tree.xpath("//article//span[@lang='zh-Hans']")[0].text == "慢读书屋"
    mixed = _page(specimens.english(), query={"language": "zh-Hans"})
    assert mixed.xpath("//footer")[0].get("lang") == "zh-Hans"


# Choices


def test_the_toolbar_has_the_known_names_in_the_known_order() -> None:
    tree = _page(specimens.report(), voices=VOICES)
    bar = tree.xpath("//*[@role='toolbar']")[0]
    assert [tool.text_content().strip() for tool in bar] == NAMES
    assert all(tool.find("svg") is not None for tool in bar)
    assert [tool.get("data-key") for tool in bar] == list(KEYS.values())


@pytest.mark.parametrize("view", VIEWS)
def test_every_choice_is_a_link_that_keeps_the_others(view: View) -> None:
    chosen = parse({"theme": "white-on-blue", "size": "150", "spacing": "wide", "script": "zh-Hant"}, view)
    tree = _tree(pages.article(view, mark(specimens.report()), chosen))
    seen = set()
    for link in tree.xpath("//a[contains(@class, 'choice')] | //*[@role='toolbar']/a"):
        address = urlsplit(link.get("href"))
        if not address.path.endswith(f"/{view}") or "重置" in link.text_content():
            continue
        other = parse(dict(parse_qsl(address.query)), view)
        changed = {name for name in chosen.__struct_fields__ if getattr(other, name) != getattr(chosen, name)}
        assert len(changed) <= 1
        seen |= changed
    assert seen >= {"theme", "size", "spacing", "script", "pinyin"}


def test_reset_forgets_and_leaving_leads_to_the_original() -> None:
    tree = _page(specimens.report(), query={"theme": "white-on-blue", "size": "150"})
    tools = {tool.text_content().strip(): tool.get("href") for tool in tree.xpath("//*[@role='toolbar']/a")}
    assert urlsplit(tools["重置"]).query == ""
    assert tools["退出"] == "https://example.org/news/slow-reading"
    assert tools["读屏专用"].endswith("/accessible?theme=white-on-blue&size=150")


def test_own_colours_are_a_form_with_a_warning() -> None:
    query = {"theme": "own", "ink": "#777777", "paper": "#888888"}
    html = pages.article("elder", specimens.report(), parse(query))
    assert own_style(parse(query)) in html
    assert "对比度是" in html
    assert "对比度是" not in pages.article(
        "elder", specimens.report(), parse(query | {"paper": "#ffffff", "ink": "#000"})
    )


def test_without_choices_of_script_where_there_is_no_chinese() -> None:
    names = {tool.get("data-tool") for tool in _page(specimens.english()).xpath("//*[@role='toolbar']/*")}
    assert not {"script", "pinyin"} & names


# Listening without scripts, and what the head says


def test_listening_is_a_form_that_keeps_the_choices() -> None:
    tree = _page(specimens.notice(), "accessible", {"size": "150"}, voices=VOICES)
    form = tree.get_element_by_id("listen-form")
    assert (form.method, urlsplit(form.action).path.rpartition("/")[2]) == ("POST", "tracks")
    assert dict(form.fields) == {"size": "150", "view": "accessible"}
    assert tree.xpath("//select[@name='voice']/@form") == ["listen-form"]
    assert tree.xpath("//optgroup[contains(@label, '微软')]/option/@value") == ["zh-CN-XiaoxiaoNeural"]
    assert not tree.xpath("//script[@src]")


def test_a_track_that_is_being_made_says_how_far_it_is() -> None:
    tree = _page(specimens.notice(), "accessible", {"track": "t1"}, track=track("working"))
    status = tree.xpath("//*[@role='status']")[0]
    assert "共 2 段，已好 1 段" in status.text_content()
    assert "track=t1" in status.find("a").get("href")


def test_a_finished_track_is_audio_with_captions() -> None:
    tree = _page(specimens.notice(), "accessible", {"track": "t1"}, track=track())
    audio = tree.find(".//audio")
    assert audio.get("src") == "/tracks/t1.mp3"
    assert "controls" in audio.attrib
    assert "autoplay" not in audio.attrib
    assert audio.find("track").get("src") == "/tracks/t1.vtt"
    data = json.loads(tree.xpath("//script[@type='application/ld+json']")[0].text)
    assert data["audio"]["duration"] == "PT90.500S"


def test_another_voice_is_admitted() -> None:
    fallback: Any = {"from": "x", "reason": {"zh": "“晓晓”暂时用不了，改用本机的声音朗读。", "en": "Another voice."}}
    tree = _page(specimens.notice(), track=track(fallback=fallback))
    assert tree.xpath("//*[@role='status']")[0].text_content().strip() == fallback["reason"]["zh"]


def test_variants_name_each_other() -> None:
    public = Pages(TEMPLATES, "https://read.example.org/changdu/")
    found = []
    for query in ({}, {"script": "zh-Hant"}):
        tree = _tree(public.article("elder", specimens.report(), parse(query)))
        found.append({link.get("hreflang"): link.get("href") for link in tree.xpath("//link[@rel='alternate']")})
        assert tree.xpath("//link[@rel='canonical']/@href") == ["https://example.org/news/slow-reading"]
    assert found[0] == found[1]
    assert set(found[0]) == {"x-default", "zh-Hans", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK"}
    assert found[0]["zh-Hant"].startswith("https://read.example.org/changdu/articles/")


def test_every_own_link_has_the_prefix_of_the_public_address() -> None:
    public = Pages(TEMPLATES, "https://read.example.org/changdu")
    for html in (public.home(DEFAULT), public.help(DEFAULT), public.article("elder", specimens.notice(), DEFAULT)):
        tree = _tree(html)
        own = tree.xpath("//@href[starts-with(., '/')] | //@src[starts-with(., '/')] | //@action[starts-with(., '/')]")
        assert own
        assert all(link.startswith("/changdu/") for link in own)


# The other pages and the words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_site_in_each_language(language: str) -> None:
    choices = DEFAULT.change(language=language)
    for html in (pages.home(choices), pages.help(choices), pages.problem(404, "not-found", "没有。", "None.", choices)):
        tree = _tree(html)
        assert tree.get("lang") == language
        _is_well_formed(tree)


def test_home_is_a_form_for_text_an_address_or_a_file() -> None:
    form = _tree(pages.home(DEFAULT)).forms[0]
    assert (form.action, form.method, form.get("enctype")) == ("/articles", "POST", "multipart/form-data")
    assert {"text", "url", "file", "view"} == set(form.fields.keys())


def test_a_problem_speaks_the_readers_language() -> None:
    assert "没有。" in pages.problem(404, "not-found", "没有。", "None.", DEFAULT)
    assert "None." in pages.problem(404, "not-found", "没有。", "None.", DEFAULT.change(language="en"))


def test_every_word_of_the_catalogue_is_used() -> None:
    sources = "".join(
        path.read_text() for path in (*TEMPLATES.glob("*.html"), Path(security.__file__).parent / "pages.py")
    )
    made = ("tool_", "help_", "theme_", "spacing_", "script_", "media_", "service_", "home_", "report_")
    for name in tomllib.loads((TEMPLATES / "interface.toml").read_text()):
        assert name.startswith(made) or name in VIEWS or f"t.{name}" in sources or f'"{name}"' in sources, name


def test_version_follows_the_templates(tmp_path: Path) -> None:
    copy = tmp_path / "templates"
    (copy / "assets").mkdir(parents=True)
    (copy / "interface.toml").write_bytes((TEMPLATES / "interface.toml").read_bytes())
    before = Pages(copy).version
    (copy / "home.html").write_text("changed")
    assert Pages(copy).version != before
    assert Pages(TEMPLATES).version == pages.version


# Weight, and pages on disk


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_carries_little(view: View) -> None:
    """Issue 5: 15 kB of styles and 15 kB of scripts a page before compression, further tools as they are used."""
    tree = _page(specimens.report(), view, track=track())
    scripts = [ASSETS / urlsplit(src).path.rpartition("/")[2] for src in tree.xpath("//script/@src")]
    assert sum(path.stat().st_size for path in scripts) <= 15_000
    assert (ASSETS / "changdu.css").stat().st_size <= 15_000


def test_an_accessible_page_loads_no_script_until_audio_is_asked_for() -> None:
    assert not _page(specimens.report(), "accessible").xpath("//script[@src]")


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_on_disk_allows_exactly_what_it_contains(view: View) -> None:
    html = pages.standalone(view, mark(specimens.report()), DEFAULT, track())
    tree = _tree(html)
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert not tree.xpath("//link[@rel='stylesheet'] | //script[@src]")
    for style in tree.iter("style"):
        assert security.digest(style.text) in policy
    for script in tree.xpath("//script[@type='module']"):
        assert security.digest(script.text) in policy
    assert tree.find(".//audio").get("src") == "audio.mp3"
    assert json.loads(tree.get_element_by_id("timeline").text)["audio"] == "audio.mp3"


def test_pages_on_disk_link_to_each_other() -> None:
    files: dict[View, str] = {"accessible": "index.html", "elder": "elder.html"}
    tree = _tree(pages.standalone("accessible", specimens.report(), DEFAULT, files=files))
    entrance = {link.text: link.get("href") for link in tree.xpath("//nav")[0].iter("a")}
    assert (entrance["长者专版"], entrance["无障碍"]) == ("elder.html", "index.html")
    assert not tree.xpath("//*[@id='listen']//form")
