"""Every choice on a page is a link that keeps the others; listening is a form that does."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import lxml.html
import pytest

from service.text.marking import mark
from service.web.palette import own_style
from service.web.preferences import THEMES, VIEWS, View, parse
from service.web.toolbar import KEYS
from tests.web import specimens
from tests.web.rendering import NAMES, VOICES, page, pages, parsed, track


def test_the_toolbar_has_the_known_names_in_the_known_order() -> None:
    tree = page(specimens.report(), voices=VOICES)
    bar = tree.xpath("//*[@role='toolbar']")[0]
    assert [tool.text_content().strip() for tool in bar] == NAMES
    assert all(tool.find("svg") is not None for tool in bar)
    assert [tool.get("data-key") for tool in bar] == list(KEYS.values())


@pytest.mark.parametrize("view", VIEWS)
def test_every_choice_is_a_link_that_keeps_the_others(view: View) -> None:
    chosen = parse({"theme": "white-on-blue", "size": "150", "spacing": "wide", "script": "zh-Hant"}, view)
    tree = parsed(pages.article(view, mark(specimens.report()), chosen))
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
    tree = page(specimens.report(), query={"theme": "white-on-blue", "size": "150"})
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
    names = {tool.get("data-tool") for tool in page(specimens.english()).xpath("//*[@role='toolbar']/*")}
    assert not {"script", "pinyin"} & names


# Listening without scripts


def test_listening_is_a_form_that_keeps_the_choices() -> None:
    tree = page(specimens.notice(), "accessible", {"size": "150"}, voices=VOICES)
    form = tree.get_element_by_id("listen-form")
    assert (form.method, urlsplit(form.action).path.rpartition("/")[2]) == ("POST", "tracks")
    assert dict(form.fields) == {"size": "150", "view": "accessible"}
    assert tree.xpath("//select[@name='voice']/@form") == ["listen-form"]
    assert tree.xpath("//optgroup[contains(@label, '微软')]/option/@value") == ["zh-CN-XiaoxiaoNeural"]
    assert not tree.xpath("//script[@src]")


def test_a_track_that_is_being_made_says_how_far_it_is() -> None:
    tree = page(specimens.notice(), "accessible", {"track": "t1"}, track=track("working"))
    status = tree.xpath("//*[@role='status']")[0]
    assert "共 2 段，已好 1 段" in status.text_content()
    again = status.find("button")
    assert (again.text, again.get("form"), again.get("type")) == ("再看一看", "listen-form", "submit")


def test_a_finished_track_is_audio_with_captions() -> None:
    tree = page(specimens.notice(), "accessible", {"track": "t1"}, track=track())
    audio = tree.find(".//audio")
    assert audio.get("src") == "/tracks/t1.mp3"
    assert "controls" in audio.attrib
    assert "autoplay" not in audio.attrib
    assert audio.find("track").get("src") == "/tracks/t1.vtt?script=zh-Hans"
    data = json.loads(tree.xpath("//script[@type='application/ld+json']")[0].text)
    assert data["audio"]["duration"] == "PT90.500S"


def test_another_voice_is_admitted() -> None:
    reason = {"zh": "暂时用不了，改用本机的声音。", "zh-Hant": "暫時用不了，改用本機的聲音。", "en": "Another voice."}
    fallback: Any = {"from": "x", "reason": reason}
    for language, said in (("zh-Hans", "zh"), ("zh-Hant", "zh-Hant"), ("en", "en")):
        tree = page(specimens.notice(), "elder", {"language": language}, track=track(fallback=fallback))
        assert tree.xpath("//*[@role='status']")[0].text_content().strip() == reason[said]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    ("name", "value"), [*(("theme", theme) for theme in THEMES), ("size", "200"), ("spacing", "wider")]
)
def test_colours_size_and_spacing_are_an_attribute_of_the_root(view: View, name: str, value: str) -> None:
    """And the current one among the choices, and the sheet of one's own colours: else the page is the same, so that a
    browser may look at one for all."""

    def rest(query: dict[str, str]) -> str:
        tree = page(specimens.report(), view, query)
        assert tree.get(f"data-{name}") == query.get(name, tree.get(f"data-{name}"))
        current = [link.get(f"data-{name}") for link in tree.xpath(f"//a[@data-{name}][@aria-current]")]
        assert set(current) <= {tree.get(f"data-{name}")}
        del tree.attrib[f"data-{name}"]
        for element in tree.xpath("//*[@aria-current='true']"):
            del element.attrib["aria-current"]
        for element in tree.xpath("//a[@href] | //input[@value]"):
            element.attrib.pop("href", None)
        for element in tree.xpath("//input[@type='hidden'] | //style"):
            element.drop_tree()
        return str(lxml.html.tostring(tree, encoding="unicode"))

    assert rest({name: value}) == rest({})
