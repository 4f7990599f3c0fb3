"""Every parser that meets what strangers wrote, with seeds of what it reads."""

import asyncio
import gzip
import random
from collections.abc import Callable
from typing import Any, Final

import msgspec
from multidict import CIMultiDict

from service import profiles
from service.article import Article
from service.blobs.store import Blobs
from service.intake import charset, freshness, reader
from service.intake.backlog import backlog
from service.intake.document import Document
from service.intake.egress import parse as address
from service.speech import frames
from service.speech.track import Track
from service.text import lexicon
from service.text.pronunciation import doubts
from service.text.scripts import SCRIPTS, convert_text
from service.text.sentences import Sentence, split
from service.text.spoken import speak
from service.visits import Visit
from service.web import negotiation, preferences, responses
from tests.fuzz.mutation import broken, packed, text, written
from tests.intake.offices import docx, epub, odt, para, picture
from tests.intake.pdfs import A4, Page, paragraph, pdf

_SAID: Final = (
    "阅览室周二闭馆，2024年3月18日（星期一）9:30恢复。",
    "“长大以后，”他说，“还要去银行存 3.5 万元吗？”……谁知道呢！",
    "電話 010-64161707，頭髮與發展；乾坤、乾燥，於是裡面有臺灣的軟體。",
    "Wi-Fi 6 与 5G 的速率达 1.2 Gbit/s，约 3/4 的用户用 iPhone 15 Pro。",
    "甲、乙两队 3:2，气温 -5℃～12℃，面积 100㎡，房号 8-1201，https://a.example/b?c=1。",
)
_HTML: Final = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>通知 - 学校</title>'
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"通知","datePublished":"2024-03-18"}</script>'
    '<base href="/a/"></head><body><nav><a href="/">首页</a></nav><div class="article"><h1>通知</h1>'
    "<p>来源：春风里 时间：2024-03-18 09:30 作者：张三</p>"
    f"<p>{_SAID[0]}<b>头</b>发<ruby>行<rt>xíng</rt></ruby>{_SAID[1]}</p><p>{_SAID[2] * 3}</p>"
    "<table><caption>表</caption><tr><th>楼</th><td rowspan=2>一</td></tr><tr><td>二</td></tr></table>"
    '<ol start="3"><li>甲<ul><li>乙</li></ul></li></ol><img data-src="x.png" alt="图" width="300">'
    '<pre><code>x = 1</code></pre><p>见<a href="#n1">[1]</a></p><p id="n1">[1] 注</p><p>责任编辑：李四</p></div></body></html>',
    "<p>短。<p>" + "<div><span style='display:none'>藏</span><blockquote>引</blockquote></div>" * 3,
)
_PLAIN: Final = (
    "通知\n\n" + "\n".join(_SAID) + "\n\n一、甲\n二、乙\n  - 丙\n\n    代码\n| a | b |\n",
    "\n\n".join(_SAID),
)
_MARKDOWN: Final = (
    "---\ntitle: 题\nlang: zh\n---\n# 题\n\n> 引\n\n1. 甲\n   - 乙\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
    f"{_SAID[0]}[链](https://a.example)![图](b.png)`c`[^1]\n\n[^1]: 注\n\n```py\nx\n```\n",
)
_RTF: Final = rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 SimSun;}}\f0\b \'cd\'a8\'d6\'aa\b0\par \u23398?\u26657? text\par}"
_DOCX: Final = docx(
    para("通知", "1")
    + para(_SAID[0])
    + para(picture("图"))
    + para("项", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    + "<w:tbl><w:tr><w:tc>" + para("格") + "</w:tc></w:tr></w:tbl>",
    notes='<w:footnote w:id="2">' + para("注") + "</w:footnote>",
)  # fmt: skip
_ODT: Final = odt(
    f'<text:h text:outline-level="1">通知</text:h><text:p>{_SAID[0]}</text:p><text:list><text:list-item><text:p>甲'
    "</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell table:number-columns-repeated"
    '="2"><text:p>格</text:p></table:table-cell></table:table-row></table:table>'
)
_EPUB: Final = epub({"a.xhtml": f"<html><body><h1>一</h1><p>{_SAID[0]}</p></body></html>", "b.xhtml": "<p>二</p>"})
_PDF: Final = pdf([Page(lines=paragraph("".join(_SAID[:3]), y=A4[1] - 100, width=30))], title="通知")
_LISTS: Final = (
    b"https://a.example/1\nhttps://a.example/2\n",
    b'<?xml version="1.0"?><urlset xmlns="x"><url><loc>https://a.example/1</loc></url></urlset>',
    b"<rss><channel><item><link>https://a.example/1</link></item></channel></rss>",
    gzip.compress(b"<urlset><url><loc>https://a.example/1</loc></url></urlset>", mtime=0),
)
_DIRECTIVES: Final = ("max-age=60, no-cache", "no-store", 'private="a, b"', "s-maxage=1;x", "max-age=99999999999999999")
_DATES: Final = ("Tue, 24 Nov 2026 21:17:41 GMT", "Tue, 01 Jan 0001 00:00:00 +2359", "0", "24-Nov-26 21:17:41")
_RANGES: Final = ("bytes=0-1", "bytes=-500", "bytes=9-", "bytes=0-1,3-4", "bytes=5-2", "items=0-1")
_LANGUAGES: Final = ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hant-HK", "*;q=0", "en-GB;q=1.000, fr;level=1;q=.2")
_CHOICES: Final = ("zh-Hant", "own", "150", "wider", "1.2", "#ff00aa", "zf_xiaobei", "on", "none", "elder")
_LEXICON: Final = (
    '[[word]]\nword = "行长"\nreading = "hang2 zhang3"\nnote = "银行"\n\n[[word]]\nword = "APP"\nsay = "应用"\n'
    'forms = {zh-Hant-TW = "應用程式"}\nanywhere = true\n',
)
_PROFILE: Final = (
    'name = "学校"\nhosts = ["https://www.example.cn"]\nlogo = "https://www.example.cn/l.png"\nfooter = ["甲"]\n'
    '[select]\nbody = "#content > p"\nremove = [".ad"]\n[reading]\nvoice = "a"\ncolours = "black-on-white"\n'
    f'[[push]]\nname = "k"\nkey = "sha256:{"0" * 64}"\n',
)
_ADDRESSES: Final = (
    "http://www.example.cn:8080/a/b.html?c=%E4%B8%80#d",
    "https://user:pass@例子.测试/路?径=一",
    "http://0x7f.1/",
    "http://[::ffff:10.0.0.1]/",
    "//example.cn/a",
)
_FRAMES: Final = (bytes([0xFF, 0xF3, 0x64, 0xC0]) + bytes(140)) * 3
_VISIT: Final = b'{"url":"https://a.example/","article":"abc","fetched":1.0}'
_ARTICLE: Final = msgspec.json.encode(
    reader.read(Document(body=_HTML[0].encode(), media_type="text/html", charset="utf-8"))
)
_TRACK: Final = b'{"id":"a","article":"b","voice":"c","state":"ready","segments":[{"key":"d","sentences":["b1.s1"]}]}'


class Target(msgspec.Struct, frozen=True):
    """`attempt` gives a parser one random input; `share` is how many of these it gets against the other targets."""

    name: str
    share: int
    attempt: Callable[[random.Random], object]
    allowed: tuple[type[Exception], ...] = ()


def _document(media_type: str, make: Callable[[random.Random], bytes]) -> Callable[[random.Random], object]:
    def attempt(chance: random.Random) -> object:
        return reader.read_page(Document(body=make(chance), media_type=media_type, url="https://a.example/b/c.html"))

    return attempt


def _labelled(chance: random.Random) -> object:
    """A document of any kind under any name."""
    seed = chance.choice((_HTML[0].encode(), _PLAIN[0].encode("gb18030"), _RTF, _DOCX, _ODT, _EPUB, _PDF))
    return reader.read(
        Document(
            body=broken(chance, seed),
            media_type=chance.choice((None, "text/html; charset=x", "application/pdf", text(chance, 10))),
            charset=chance.choice((None, "gbk", "utf-16", "hz", text(chance, 5))),
            name=chance.choice((None, "a.docx", "b.PDF", ".", text(chance, 10))),
        )
    )


def _decode(chance: random.Random) -> object:
    encoding = chance.choice(("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-32-be", "cp932", "hz", "cp1252"))
    seed = chance.choice((*_PLAIN, _HTML[0])).encode(encoding, "replace")
    declared = chance.choice((None, encoding, text(chance, 8), "unicode-escape", "base64", "utf-7"))
    return charset.decode(broken(chance, seed), declared)


def _headers(chance: random.Random) -> object:
    said = CIMultiDict(
        (name, written(chance, seeds))
        for name, seeds in (("Cache-Control", _DIRECTIVES), ("X-Robots-Tag", ("a: noarchive", *_DIRECTIVES)))
    )
    said.update((name, written(chance, _DATES)) for name in ("Expires", "Date"))
    said["Age"] = written(chance, ("0", "60"))
    freshness.validators(said)
    return freshness.lifetime(said)


def _negotiated(chance: random.Random) -> object:
    said = written(chance, _LANGUAGES)
    responses.matches(written(chance, ('"a"', 'W/"a", "b"', "*")), '"a"')
    responses.byte_range(written(chance, _RANGES), chance.choice((0, 1, 500)))
    return negotiation.interface_language(said), negotiation.text_script(said)


def _chosen(chance: random.Random) -> object:
    query = {name: written(chance, _CHOICES) for name in preferences.Choices.__struct_fields__}
    chosen = preferences.parse(query if chance.random() < 0.3 else {**query, "script": "zh-Hans"})
    return chosen.query(), chosen.fields(), preferences.contrast(chosen.ink, chosen.paper)


def _spoken(chance: random.Random) -> object:
    said = written(chance, _SAID)
    sentences = [said[start:end] for start, end in split(said)]
    doubts(sentences)
    return [speak(Sentence(id="b1.s1", passage=1, start=0, end=len(each), text=each)) for each in sentences]


def _converted(chance: random.Random) -> object:
    return convert_text(written(chance, _SAID), chance.choice((None, *SCRIPTS)), chance.choice(SCRIPTS))


def _sound(chance: random.Random) -> object:
    mp3 = chance.choice((_FRAMES, b"ID3\x04\0\0\0\0\0\x10" + bytes(16) + _FRAMES))
    return frames.is_silent(frames.whole_frames(broken(chance, mp3)))


def _record(chance: random.Random) -> object:
    seed, kind = chance.choice(((_ARTICLE, Article), (_VISIT, Visit), (_TRACK, Track)))
    return asyncio.run(_stored(broken(chance, seed), kind))


async def _stored(data: bytes, kind: Any) -> object:
    blobs = Blobs("memory://")
    await blobs.put("a", data)
    return await blobs.record("a", kind)


TARGETS: Final = (
    Target("html", 4, _document("text/html", lambda chance: written(chance, _HTML).encode())),
    Target("plain text", 6, _document("text/plain", lambda chance: written(chance, _PLAIN).encode())),
    Target("markdown", 6, _document("text/markdown", lambda chance: written(chance, _MARKDOWN).encode())),
    Target("rtf", 6, _document("text/rtf", lambda chance: broken(chance, _RTF))),
    Target("docx", 2, _document("", lambda chance: packed(chance, _DOCX))),
    Target("odt", 4, _document("", lambda chance: packed(chance, _ODT))),
    Target("epub", 4, _document("", lambda chance: packed(chance, _EPUB))),
    Target("pdf", 4, _document("application/pdf", lambda chance: broken(chance, _PDF))),
    Target("any label", 6, _labelled),
    Target("charset", 6, _decode),
    Target("sitemaps and feeds", 10, lambda chance: backlog(Document(body=broken(chance, chance.choice(_LISTS))))),
    Target("cache headers", 20, _headers),
    Target("range and language", 20, _negotiated),
    Target("addresses", 20, lambda chance: address(written(chance, _ADDRESSES), (80, 443))),
    Target("a reader's choices", 20, _chosen),
    Target("lexicon", 10, lambda chance: lexicon.parse(written(chance, _LEXICON), "a.toml")),
    Target("site profile", 10, lambda chance: profiles.parse(written(chance, _PROFILE), "a.toml")),
    Target("sentences and speech", 4, _spoken),
    Target("scripts", 8, _converted),
    Target("mp3", 20, _sound, (frames.BadFrames,)),
    Target("stored records", 10, _record),
)
