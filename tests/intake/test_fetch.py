"""What a fetch brings back from servers that behave."""

import asyncio
import gzip
import zlib

import brotli
import pytest
from aiohttp import web

from service.errors import (
    SourceRefused,
    TooManyRedirects,
    UnsupportedDocument,
)
from service.intake.fetch import Fetched, Fetcher
from service.intake.freshness import Lifetime, Validators
from tests.intake.origins import (
    PAGE,
    body,
    fetch_page,
    fetch_wire,
    page,
    redirect,
    run,
    settings,
    site,
    zstd,
)


def test_a_page_with_what_its_server_says_of_it() -> None:
    found = fetch_page({"/news/一.html": page(ETag='"a1"', Cache_Control="max-age=60")}, "/news/一.html")
    assert found.document is not None
    assert found.document.body.decode() == PAGE
    assert (found.document.media_type, found.document.charset) == ("text/html", "utf-8")
    assert found.document.name == "一.html"
    assert found.document.url == found.url
    assert found.url.endswith("/news/%E4%B8%80.html")
    assert found.validators == Validators(etag='"a1"')
    assert found.lifetime == Lifetime(seconds=60)


def test_it_says_who_it_is_and_what_it_reads() -> None:
    seen: dict[str, str] = {}

    async def handler(request: web.Request) -> web.Response:
        seen.update(request.headers)
        return web.Response(text=PAGE)

    fetch_page({"/": handler})
    assert "Changdu" in seen["User-Agent"]
    assert seen["Accept-Language"].startswith("zh-CN")
    assert not {"Authorization", "Cookie", "Referer", "If-None-Match"} & seen.keys()


@pytest.mark.parametrize(
    "given",
    [
        b"attachment; filename*=UTF-8''%E9%80%9A%E7%9F%A5.docx",
        b"attachment; filename=%E9%80%9A%E7%9F%A5.docx",
        'attachment; filename="通知.docx"'.encode(),
        'attachment; filename="通知.docx"'.encode("gbk"),
    ],
)
def test_the_name_that_a_download_gives_itself(given: bytes) -> None:
    found = fetch_wire(b"HTTP/1.1 200 OK\r\nContent-Disposition: " + given + b"\r\nContent-Length: 2\r\n\r\nPK")
    assert found.document is not None
    assert found.document.name == "通知.docx"


def test_no_content_type_is_left_to_the_bytes() -> None:
    found = fetch_wire(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + PAGE.encode())
    assert found.document is not None
    assert found.document.media_type is None
    assert found.document.body.decode() == PAGE


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw deflate", "br", "zstd", "identity"])
def test_content_codings(coding: str) -> None:
    plain = PAGE.encode()
    packed = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "raw deflate": lambda data: zlib.compress(data, wbits=-15),
        "br": brotli.compress,
        "zstd": zstd,
        "identity": bytes,
    }[coding](plain)
    found = fetch_page({"/": body(packed, Content_Encoding=coding.removeprefix("raw "), Content_Type="text/html")})
    assert found.document is not None
    assert found.document.body == plain


def test_a_page_that_has_not_changed_is_not_sent_again() -> None:
    asked: list[tuple[str | None, str | None]] = []

    async def handler(request: web.Request) -> web.Response:
        asked.append((request.headers.get("If-None-Match"), request.headers.get("If-Modified-Since")))
        if request.headers.get("If-None-Match") == '"v1"':
            return web.Response(status=304, headers={"ETag": '"v1"', "Cache-Control": "max-age=9"})
        return web.Response(text=PAGE)

    known = Validators(etag='"v1"', last_modified="Tue, 26 Dec 2023 02:10:00 GMT")
    found = fetch_page({"/": handler}, known=known)
    assert asked == [('"v1"', "Tue, 26 Dec 2023 02:10:00 GMT")]
    assert found.document is None
    assert found.validators.etag == '"v1"'
    assert found.lifetime.seconds == 9


def test_not_modified_though_nothing_was_known() -> None:
    with pytest.raises(SourceRefused) as caught:
        fetch_wire(b"HTTP/1.1 304 Not Modified\r\n\r\n")
    assert caught.value.facts["code"] == 304


def test_many_at_once_and_then_a_clean_end() -> None:
    async def work() -> None:
        async with site({"/": page(), "/loop": redirect("/loop")}) as port:
            fetcher = Fetcher(settings(port))
            addresses = [f"http://127.0.0.1:{port}{path}" for path in ("/", "/loop", "/none") * 20]
            found = await asyncio.gather(*map(fetcher.fetch, addresses), return_exceptions=True)
            assert [type(one) for one in found] == [Fetched, TooManyRedirects, SourceRefused] * 20
            await fetcher.close()
            await fetcher.close()

    run(work())


def test_a_fetch_that_is_given_up_leaves_nothing_open() -> None:
    async def never(request: web.Request) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    async def work() -> None:
        async with site({"/": never}) as port:
            fetcher = Fetcher(settings(port))
            task = asyncio.create_task(fetcher.fetch(f"http://127.0.0.1:{port}/"))
            await asyncio.sleep(0.1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await fetcher.close()

    run(work())


@pytest.mark.parametrize("code", [204, 400, 401, 403, 404, 410, 412, 418, 429, 500, 502, 503, 521])
def test_a_status_that_is_no_page(code: int) -> None:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=code, text="<p>没有这一页</p>" if code != 204 else None)

    with pytest.raises(SourceRefused) as caught:
        fetch_page({"/": handler})
    assert caught.value.facts == {"host": "127.0.0.1", "code": code}


@pytest.mark.parametrize(
    "media", ["image/png", "video/mp4", "audio/mpeg", "font/woff2", "application/x-rar-compressed"]
)
def test_media_types_that_hold_no_article(media: str) -> None:
    with pytest.raises(UnsupportedDocument):
        fetch_page({"/": body(b"x" * 100, Content_Type=media)})
