"""Routes of a site's feeds, and of a reading's chapters, which feeds name."""

import hashlib
from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from service.article import Article, body_text
from service.blobs.store import Blobs
from service.episodes import Episode, Episodes
from service.errors import ArticleNotFound, SiteNotKnown, TrackNotFound
from service.feed import Item, rss
from service.library import Library
from service.sites import Sites
from service.speech import assembly
from service.text.tags import Script
from service.web.preferences import script_named
from service.web.responses import matches

_SUMMARY: Final = 200  # characters
_FRESH: Final = "public, max-age=300"


class Feeds:
    """`base_url` goes before every address; without one it is where the service was asked."""

    def __init__(self, library: Library, episodes: Episodes, blobs: Blobs, sites: Sites, base_url: str) -> None:
        self._library = library
        self._episodes = episodes
        self._blobs = blobs
        self._sites = sites
        self._base = base_url.rstrip("/")

    def routes(self) -> list[Route]:
        return [
            Route("/sites/{host}/feed.{script}.xml", self.feed, methods=["GET"]),
            Route("/tracks/{id}/chapters.json", self.chapters, methods=["GET"]),
        ]

    async def feed(self, request: Request) -> Response:
        """The newest readings of a site, `?section=/news/` those below a path; raises SiteNotKnown, UnknownScript."""
        host, script = request.path_params["host"], script_named(request.path_params["script"])
        site = self._sites.of(f"//{host}")
        if site is None:
            raise SiteNotKnown(host=host[:100])
        section = request.query_params.get("section") or "/"
        base = self._base or str(request.base_url).rstrip("/")
        address = f"{base}{request.url.path.removeprefix(request.scope.get('root_path', ''))}"
        address += f"?{request.url.query}" if request.url.query else ""
        episodes = await self._episodes.of(site, section)
        items = [item for episode in episodes if (item := await self._item(episode, script, base))]
        body = rss(site, items, address=address, script=script, section=section)
        tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
        headers = {"ETag": tag, "Cache-Control": _FRESH, "Content-Language": script}
        if matches(request.headers.get("if-none-match"), tag):
            return Response(status_code=304, headers=headers)
        return Response(body, headers=headers, media_type="application/rss+xml")

    async def chapters(self, request: Request) -> Response:
        """JSON chapters 1.2 of the podcast namespace; raises TrackNotFound for a reading that is not ready."""
        track = await assembly.stored(self._blobs, request.path_params["id"])
        if track is None:
            raise TrackNotFound
        found = assembly.chapters(await self._library.article(track.article), track)
        said = [{"startTime": each.start_ms / 1000, "title": each.title} for each in found]
        body = msgspec.json.encode({"version": "1.2.0", "chapters": said})
        return Response(body, headers={"Cache-Control": _FRESH}, media_type="application/json+chapters")

    async def _item(self, episode: Episode, script: Script, base: str) -> Item | None:
        """None where the reading or its article is there no longer."""
        track = await assembly.stored(self._blobs, episode.track)
        size = await self._blobs.size(assembly.key(track.source, "mp3")) if track else None
        if track is None or size is None:
            return None
        try:
            article = await self._edition(episode.article, script)
        except ArticleNotFound:
            return None
        return Item(
            id=f"{base}{track.audio}",
            title=article.title,
            summary=body_text(article.blocks)[:_SUMMARY],
            link=f"{base}/articles/{article.id}/elder?script={script}",
            published=article.published,
            at=episode.at,
            audio=f"{base}{track.audio}",
            bytes=size,
            duration_ms=track.duration_ms or 0,
            captions=f"{base}{track.captions}?script={script}",
            chapters=f"{base}/tracks/{track.id}/chapters.json",
        )

    async def _edition(self, id: str, script: Script) -> Article:
        article = await self._library.article(id)
        chinese = article.language.startswith("zh") and article.language != script
        return await self._library.edition(id, script) if chinese else article
