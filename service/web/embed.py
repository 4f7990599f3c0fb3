"""The player's own page for frames in other sites, and what oEmbed (https://oembed.com/) says of it."""

import re
from html import escape
from typing import Final, Literal
from urllib.parse import urlsplit

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from service.article import Article
from service.blobs.pages import etag
from service.errors import ArticleNotFound, BadRequest, FormatNotOffered
from service.library import Library
from service.sites import Sites, netloc
from service.web.pages import Pages
from service.web.preferences import parse
from service.web.responses import matches
from service.web.security import page_headers

_OWN: Final = re.compile(r"/(?:articles|embed)/(\w+)(?:/\w+)?/?")
_WIDTH: Final = 640
_HEIGHT: Final = 320
_SECONDS: Final = 3600


class OEmbed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A `rich` response (section 2.3.4.4); `width` and `height` are in pixels, `cache_age` in seconds."""

    version: str
    type: Literal["rich"]
    title: str
    author_name: str | None = None
    provider_name: str
    provider_url: str
    cache_age: int
    html: str
    width: int
    height: int


class Embed:
    """`/embed/{article}` and `/oembed`. Pages of `sites` may frame the player, and only theirs are looked up."""

    def __init__(self, library: Library, pages: Pages, sites: Sites, base_url: str) -> None:
        self._library = library
        self._pages = pages
        self._sites = sites
        self._base = base_url.rstrip("/")
        self._ancestors = [origin for site in sites.sites for origin in site.hosts]

    def routes(self) -> list[Route]:
        return [
            Route("/embed/{article}", self.page, methods=["GET"]),
            Route("/oembed", self.oembed, methods=["GET"]),
        ]

    async def page(self, request: Request) -> Response:
        choices = parse(request.query_params, "accessible")
        edition = await self._library.edition(request.path_params["article"], choices.converted)
        html = self._pages.embed(edition, choices)
        tag = etag(html.encode())
        headers = {
            "ETag": tag,
            "Cache-Control": f"public, max-age={_SECONDS}",
            "Content-Language": edition.language,
            **page_headers(ancestors=self._ancestors),
        }
        if matches(request.headers.get("if-none-match"), tag):
            return Response(status_code=304, headers=headers)
        return HTMLResponse(html, headers=headers)

    async def oembed(self, request: Request) -> Response:
        """`?url=` is the address of an article's page here, or of a page of a known site."""
        query = request.query_params
        if query.get("format", "json") != "json":
            raise FormatNotOffered(format=query["format"][:20])
        if not query.get("url"):
            raise BadRequest(what="url")
        base = self._base or str(request.base_url).rstrip("/")
        article = await self._find(query["url"], base)
        width, height = _limited(query.get("maxwidth"), _WIDTH), _limited(query.get("maxheight"), _HEIGHT)
        body = msgspec.json.encode(_described(article, base, self._pages.embed_title(article), width, height))
        headers = {"Cache-Control": f"public, max-age={_SECONDS}", "Access-Control-Allow-Origin": "*"}
        return Response(body, headers=headers, media_type="application/json")

    async def _find(self, url: str, base: str) -> Article:
        own = _own(url, base)
        if own is not None:
            return await self._library.article(own)
        if self._sites.of(url) is None:
            raise ArticleNotFound
        return (await self._library.open(url)).article


def _own(url: str, base: str) -> str | None:
    """The article's id in the address of one of the service's own pages."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    match = _OWN.fullmatch(path.removeprefix(urlsplit(base).path))
    return match[1] if match and netloc(url) in ("", netloc(base)) else None


def _described(article: Article, base: str, title: str, width: int, height: int) -> OEmbed:
    frame = (
        f'<iframe src="{escape(base)}/embed/{article.id}" width="{width}" height="{height}" '
        f'title="{escape(title)}" allow="autoplay" loading="lazy"></iframe>'
    )
    return OEmbed(
        version="1.0",
        type="rich",
        title=title,
        author_name=article.byline,
        provider_name=article.site or "畅读 Changdu",
        provider_url=f"{base}/",
        cache_age=_SECONDS,
        html=frame,
        width=width,
        height=height,
    )


def _limited(asked: str | None, usual: int) -> int:
    if asked is None:
        return usual
    if not asked.isascii() or not asked.isdigit() or int(asked[:9]) == 0:
        raise BadRequest(what="maxwidth, maxheight")
    return min(usual, int(asked[:9]))
