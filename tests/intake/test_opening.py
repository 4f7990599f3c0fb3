"""Articles opened from real servers on this machine: pages joined, revalidated, and what is not followed."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from aiohttp import web

from service.article import Article, Paragraph, body_text
from service.inlines import Link
from service.intake.document import Document
from service.intake.fetch import Fetcher
from service.intake.opening import Leaf, Opened, Opener, freshness
from service.intake.pagination import PAGES
from service.intake.reader import Page, read_page
from tests.intake.origins import Handler, Names, run, settings, site

SENTENCES = [
    "第{n}页说的是城南社区的老人怎样学会用手机挂号，志愿者一步一步地教，老人一步一步地记，谁也不着急。",
    "第{n}页的第二段讲了课堂上的事：大家先把字调大，再把声音调响，然后才开始学怎样在网上预约看病。",
    "第{n}页的最后一段是老人们自己的话，他们说学会以后再也不用一大早去排队，家里人也放心多了。",
]


def sheet(number: int, head: str = "", foot: str = "", title: str = "城南社区的手机课堂") -> str:
    """One page of an article, with what stands in its head and under its text."""
    text = "".join(f"<p>{sentence.format(n=number)}</p>" for sentence in SENTENCES)
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><article><h1>{title}</h1>{text}</article>{foot}</body></html>"
    )


def served(html: str, **headers: str) -> Handler:
    """A page that is answered by 304 to whoever knows its ETag."""
    said = {name.replace("_", "-"): value for name, value in headers.items()}

    async def handler(request: web.Request) -> web.Response:
        if said.get("ETag") and request.headers.get("If-None-Match") == said["ETag"]:
            return web.Response(status=304)
        return web.Response(text=html, content_type="text/html", headers=said)

    return handler


async def here(document: Document) -> Page:
    return read_page(document)


class Visitor:
    """Opens addresses of one site and counts what its server is asked for."""

    def __init__(self, routes: dict[str, Handler], **changes: Any) -> None:
        self.asked = Counter[str]()
        self.routes = {path: self._counted(path, handler) for path, handler in routes.items()}
        self._changes = changes

    def _counted(self, path: str, handler: Handler) -> Handler:
        async def counted(request: web.Request) -> web.StreamResponse:
            self.asked[path] += 1
            return await handler(request)

        return counted

    def open(self, path: str, times: int = 1) -> list[Opened]:
        """What opening gives, each time knowing what the time before told."""

        async def work() -> list[Opened]:
            async with site(self.routes) as port:
                chosen = settings(port, **self._changes)
                fetcher = Fetcher(chosen)
                found: list[Opened] = []
                leaves: Sequence[Leaf] = ()
                for _ in range(times):
                    found.append(await Opener(chosen, fetcher, here).open(f"http://127.0.0.1:{port}{path}", leaves))
                    leaves = found[-1].leaves
                await fetcher.close()
                return found

        return run(work())


def numbers(opened: Opened) -> list[int]:
    """The pages whose text is in an article, in order."""
    text = body_text(article(opened).blocks)
    places = {number: text.find(SENTENCES[0].format(n=number)) for number in range(1, 40)}
    return sorted((number for number, place in places.items() if place >= 0), key=lambda number: places[number])


def article(opened: Opened) -> Article:
    assert opened.article is not None
    return opened.article


def linked(path: str) -> str:
    return f'<link rel="next" href="{path}">'


def paged(path: str) -> str:
    return f'<div class="pages"><a href="{path}">下一页</a></div>'


@pytest.mark.parametrize(
    ("first", "second", "third", "how"),
    [
        ("/a.html", "/a_2.html", "/a_3.html", "head"),
        ("/a.html", "/a_2.html", "/a_3.html", "foot"),
        ("/a.html", "/a_1.html", "/a_2.html", "foot"),
        ("/a", "/a/2", "/a/3", "foot"),
        ("/a", "/b", "/c", "head"),
    ],
)
def test_pages_are_joined(first: str, second: str, third: str, how: str) -> None:
    link = {"head": linked, "foot": paged}[how]
    visitor = Visitor(
        {
            first: served(sheet(1, **{how: link(second)})),
            second: served(sheet(2, **{how: link(third)})),
            third: served(sheet(3)),
        }
    )
    [opened] = visitor.open(first)
    assert numbers(opened) == [1, 2, 3]
    assert article(opened).title == "城南社区的手机课堂"
    assert article(opened).source is not None
    assert str(article(opened).source).endswith(first)
    assert set(visitor.asked.values()) == {1}
    assert body_text(article(opened).blocks).count("城南社区的手机课堂") == 0


def test_a_governments_pager_written_by_a_script() -> None:
    def pager(number: int) -> str:
        return f'<script>createPageHTML(2, {number}, "t20240102_7", "html");</script>'

    routes = {
        "/t20240102_7.html": served(sheet(1, foot=pager(0))),
        "/t20240102_7_1.html": served(sheet(2, foot=pager(1))),
    }
    [opened] = Visitor(routes).open("/t20240102_7.html")
    assert numbers(opened) == [1, 2]


@pytest.mark.parametrize(
    "head",
    [
        linked("/other.html"),
        '<link rel="next" title="另一篇" href="/a_2.html">',
        '<link rel="amphtml" href="/a_2.html">',
        '<link rel="prefetch" href="/a_2.html">',
    ],
)
def test_what_is_not_the_next_page(head: str) -> None:
    other = served(sheet(2, title="另一篇文章"))
    [opened] = Visitor({"/a.html": served(sheet(1, head=head)), "/a_2.html": other, "/other.html": other}).open(
        "/a.html"
    )
    assert numbers(opened) == [1]
    assert len(opened.leaves) == 1


def test_the_next_article_of_a_pager_is_not_fetched() -> None:
    visitor = Visitor({"/news.html": served(sheet(1, foot=paged("/olds.html"))), "/olds.html": served(sheet(2))})
    visitor.open("/news.html")
    assert visitor.asked == {"/news.html": 1}


def test_the_next_number_is_the_next_page_only_by_the_same_title() -> None:
    other = served(sheet(3, title="另一篇文章"))
    routes = {"/a_2.html": served(sheet(2, foot=paged("/a_3.html")))}
    [alone] = Visitor({**routes, "/a_3.html": other}).open("/a_2.html")
    [whole] = Visitor({**routes, "/a_3.html": served(sheet(3))}).open("/a_2.html")
    assert (numbers(alone), numbers(whole)) == ([2], [2, 3])


def test_a_page_that_redirects_to_another_host_does_not_belong() -> None:
    async def work() -> Opened:
        names = Names(one_example=[["127.0.0.1"]] * 9, two_example=[["127.0.0.1"]] * 9)

        async def away(request: web.Request) -> web.Response:
            if (request.host).startswith("one."):
                return web.Response(status=302, headers={"Location": str(request.url.with_host("two.example"))})
            return web.Response(text=sheet(2), content_type="text/html")

        async with site({"/a.html": served(sheet(1, linked("a_2.html"))), "/a_2.html": away}) as port:
            fetcher = Fetcher(settings(port), names)
            opened = await Opener(settings(port), fetcher, here).open(f"http://one.example:{port}/a.html")
            await fetcher.close()
            return opened

    assert numbers(run(work())) == [1]


@pytest.mark.parametrize("link", [linked, paged])
def test_pages_that_lead_in_a_circle_end(link: Callable[[str], str]) -> None:
    routes = {
        "/a.html": served(sheet(1, foot=link("/a_2.html"), head=link("/a_2.html"))),
        "/a_2.html": served(sheet(2, foot=link("/a.html"), head=link("/a.html"))),
    }
    [opened] = Visitor(routes).open("/a.html")
    assert numbers(opened) == [1, 2]


def test_a_site_that_answers_its_last_page_to_any_number() -> None:
    async def any_page(request: web.Request) -> web.Response:
        number = int(request.query.get("page", "1"))
        return web.Response(text=sheet(min(number, 2), foot=paged(f"/a?page={number + 1}")), content_type="text/html")

    [opened] = Visitor({"/a": any_page}).open("/a")
    assert numbers(opened) == [1, 2]


def test_no_more_than_so_many_pages_and_then_a_link() -> None:
    async def endless(request: web.Request) -> web.Response:
        number = int(request.query.get("page", "1"))
        return web.Response(text=sheet(number, linked(f"/a?page={number + 1}")), content_type="text/html")

    visitor = Visitor({"/a": endless})
    [opened] = visitor.open("/a")
    assert visitor.asked["/a"] == PAGES
    assert numbers(opened) == list(range(1, PAGES + 1))
    assert _last_link(opened).endswith(f"/a?page={PAGES + 1}")
    assert opened.leaves == ()


def test_a_page_that_fails_is_a_link_and_is_tried_again_the_next_time() -> None:
    times = 0

    async def second(request: web.Request) -> web.Response:
        nonlocal times
        times += 1
        if times == 1:
            return web.Response(status=500)
        return web.Response(text=sheet(2), content_type="text/html")

    visitor = Visitor({"/a.html": served(sheet(1, linked("a_2.html")), ETag='"1"'), "/a_2.html": second})
    broken, whole = visitor.open("/a.html", times=2)
    assert numbers(broken) == [1]
    assert _last_link(broken).endswith("/a_2.html")
    assert numbers(whole) == [1, 2]


def test_pages_together_have_the_time_of_one_address() -> None:
    async def never(request: web.Request) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    visitor = Visitor({"/a.html": served(sheet(1, linked("a_2.html"))), "/a_2.html": never}, fetch_seconds=0.5)
    [opened] = visitor.open("/a.html")
    assert numbers(opened) == [1]
    assert _last_link(opened).endswith("/a_2.html")


def test_pages_together_have_the_bytes_of_one_address() -> None:
    big = f"<!--{'x' * 600_000}-->"
    routes = {
        "/a.html": served(sheet(1, linked("a_2.html"), big)),
        "/a_2.html": served(sheet(2, linked("a_3.html"), big)),
        "/a_3.html": served(sheet(3)),
    }
    [opened] = Visitor(routes).open("/a.html")
    assert numbers(opened) == [1, 2]
    assert _last_link(opened).endswith("/a_3.html")


def _last_link(opened: Opened) -> str:
    last = article(opened).blocks[-1]
    assert isinstance(last, Paragraph)
    assert isinstance(last.inlines[0], Link)
    return last.inlines[0].href


# Freshness of the whole


def pages(second: Handler, **first: str) -> dict[str, Handler]:
    return {"/a.html": served(sheet(1, linked("a_2.html")), ETag='"1"', **first), "/a_2.html": second}


def test_a_whole_is_as_fresh_as_its_weakest_page() -> None:
    second = served(sheet(2), Cache_Control="max-age=20")
    [opened] = Visitor(pages(second, Cache_Control="max-age=5000")).open("/a.html")
    assert freshness(opened.leaves, 300) == 20
    [unsaid] = Visitor(pages(served(sheet(2)), Cache_Control="max-age=5000")).open("/a.html")
    assert freshness(unsaid.leaves, 300) == 300


@pytest.mark.parametrize("headers", [{"Cache_Control": "no-store"}, {"X_Robots_Tag": "noarchive"}])
def test_a_whole_may_be_kept_only_where_every_page_may(headers: dict[str, str]) -> None:
    [opened] = Visitor(pages(served(sheet(2), **headers))).open("/a.html")
    assert not opened.storable


def test_a_robots_meta_forbids_a_copy() -> None:
    [opened] = Visitor({"/a.html": served(sheet(1, '<meta name="robots" content="noarchive">'))}).open("/a.html")
    assert not opened.storable


def test_every_page_is_asked_whether_it_has_changed() -> None:
    visitor = Visitor(pages(served(sheet(2), ETag='"2"', Cache_Control="max-age=9")))
    first, again, third = visitor.open("/a.html", times=3)
    assert numbers(first) == [1, 2]
    assert again.article is third.article is None
    assert visitor.asked == {"/a.html": 3, "/a_2.html": 3}
    assert [leaf.validators.etag for leaf in third.leaves] == ['"1"', '"2"']
    assert freshness(third.leaves, 300) == 9


def test_a_second_page_that_has_changed_brings_the_whole_again() -> None:
    first, again = Visitor(pages(served(sheet(2)))).open("/a.html", times=2)
    assert numbers(first) == numbers(again) == [1, 2]


# Identity


@pytest.mark.parametrize("path", ["/a.html", "/a.html?from=timeline", "/amp/a.html"])
def test_an_article_is_known_by_its_canonical_address(path: str) -> None:
    html = sheet(1, '<link rel="canonical" href="/a.html"><link rel="amphtml" href="/amp/a.html">')
    visitor = Visitor({"/a.html": served(html), "/amp/a.html": served(html)})
    [opened] = visitor.open(path)
    assert str(article(opened).source).endswith("/a.html")
    assert not str(article(opened).source).endswith("/amp/a.html")
    assert sum(visitor.asked.values()) == 1


def test_a_canonical_address_on_another_site_says_nothing() -> None:
    [opened] = Visitor({"/a.html": served(sheet(1, '<link rel="canonical" href="https://x.example/a">'))}).open(
        "/a.html"
    )
    assert str(article(opened).source).endswith("/a.html")


def test_a_list_of_articles_is_not_joined() -> None:
    links = "".join(f'<li><a href="/{n}.html">城南社区第{n}次邻里活动的消息</a></li>' for n in range(30))
    html = f"<html><head><title>新闻</title>{linked('/index_2.html')}</head><body><ul>{links}</ul></body></html>"
    visitor = Visitor({"/": served(html), "/index_2.html": served(html)})
    [opened] = visitor.open("/")
    assert article(opened).kind == "index"
    assert visitor.asked == {"/": 1}
