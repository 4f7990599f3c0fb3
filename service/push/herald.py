"""The herald: tells a site what is ready, and enters its readings among its episodes."""

import time

import msgspec

from service import ways
from service.article import Article
from service.episodes import Episode, Episodes
from service.errors import ChangduError
from service.errors.problem import problem
from service.push.outbox import Outbox
from service.sites import Sites
from service.speech.track import Track
from service.web.preferences import VIEWS


class Herald:
    """`base_url` goes before the addresses that sites are told."""

    def __init__(self, outbox: Outbox, episodes: Episodes, sites: Sites, base_url: str) -> None:
        self._outbox = outbox
        self._episodes = episodes
        self._sites = sites
        self._base = base_url.rstrip("/")

    async def page_ready(self, source: str, article: Article) -> None:
        if site := self._sites.of(source):
            views: dict[str, str] = {view: f"{self._base}/{view}/{ways.way(source)}" for view in VIEWS}
            await self._outbox.tell(site, "page.ready", {"source": source, "article": article.id, **views})

    async def page_failed(self, source: str, error: ChangduError) -> None:
        if site := self._sites.of(source):
            said = msgspec.to_builtins(problem(error))
            await self._outbox.tell(site, "page.failed", {"source": source, "problem": said})

    async def track_ready(self, article: Article, track: Track) -> None:
        """A reading is ready, whoever asked for it."""
        site = self._sites.of(article.source)
        if site is None or article.source is None:
            return
        episode = Episode(source=article.source, article=article.id, track=track.id, at=time.time())
        await self._episodes.add(site, episode)
        data = {
            "source": article.source,
            "article": article.id,
            "track": track.id,
            "audio": f"{self._base}{track.audio}",
            "captions": f"{self._base}{track.captions}",
            "duration_ms": track.duration_ms,
        }
        await self._outbox.tell(site, "track.ready", data)
