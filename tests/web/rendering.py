"""Pages as the tests look at them: rendered without a server, and read back by lxml."""

from itertools import pairwise
from typing import Any

import lxml.html

from service.article import Article
from service.settings import resources
from service.speech.voice import Voice
from service.text.marking import mark
from service.web.pages import Pages
from service.web.preferences import View, parse

TEMPLATES = resources("templates")
NAMES = ["声音", "语速", "指读", "连读", "配色", "放大", "缩小", "大鼠标", "十字线", "大字幕", "拼音", "繁简"]
NAMES += ["重置", "读屏专用", "说明", "退出"]
VOICES = (
    Voice(id="zf_xiaobei", locale="zh-CN", name="小贝", gender="female", synthesizer="kokoro"),
    Voice(id="zh-CN-XiaoxiaoNeural", locale="zh-CN", name="晓晓", gender="female", synthesizer="edge", online=True),
)

Tree = Any  # lxml.html.HtmlElement, whose stubs know too little
pages = Pages(TEMPLATES)


def parsed(html: str) -> Tree:
    return lxml.html.document_fromstring(html)


def page(article: Article, view: View = "elder", query: dict[str, str] | None = None, **more: Any) -> Tree:
    return parsed(pages.article(view, mark(article), parse(query or {}, view), **more))


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
        "sentences": {"b0.s1": "x"},
        "problem": None,
        "segments": segments,
        **more,
    }


def is_well_formed(tree: Tree) -> None:
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
