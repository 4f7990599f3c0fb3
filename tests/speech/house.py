"""A whole studio for tests: a store, an engine, and synthesizers that make tones."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from service.article import Article
from service.blobs.store import Blobs
from service.errors import ArticleNotFound
from service.jobs.local import LocalEngine
from service.speech.events import Event
from service.speech.recorder import Recorder
from service.speech.studio import Studio, Terms
from service.speech.synthesizer import Synthesizer
from service.speech.track import Track
from service.speech.voice import Catalogue
from tests.speech.tones import PlainRecital, Tones, article, catalogue


class House:
    """A studio over a store, with the articles it may find."""

    def __init__(
        self,
        blobs: Blobs,
        voices: Catalogue,
        synthesizers: Mapping[str, Synthesizer],
        recital: PlainRecital,
        terms: Terms,
        seconds: float,
        usual: Mapping[str, str],
    ) -> None:
        self.articles: dict[str, Article] = {}
        self.blobs = blobs
        recorder = Recorder(blobs, voices, synthesizers, seconds=seconds)
        self.engine = LocalEngine(recorder.record, slots={"tones": 1, "far": 2, "openai": 2}, limit=50)
        self.studio = Studio(
            blobs, self.engine, voices, synthesizers, recital, self.find, terms, usual=lambda of: usual.get(of.id)
        )

    async def find(self, id: str) -> Article:
        if id not in self.articles:
            raise ArticleNotFound
        return self.articles[id]

    async def open(self, article: Article, voice: str | None = None) -> Track:
        self.articles[article.id] = article
        return await self.studio.open(article, voice)

    async def listen(self, id: str) -> list[Event]:
        return [event async for event in self.studio.events(id)]

    async def read(self, article: Article, voice: str | None = None) -> Track:
        """The track when it is final."""
        track = await self.open(article, voice)
        await asyncio.wait_for(self.listen(track.id), 10)
        return await self.studio.get(track.id)


@asynccontextmanager
async def house(
    blobs: Blobs | None = None,
    synthesizer: Synthesizer | None = None,
    far: Synthesizer | None = None,
    *,
    voices: Catalogue | None = None,
    recital: PlainRecital | None = None,
    fallback: bool = True,
    tracks: int = 10,
    linger: float = 60.0,
    wait: float = 5.0,
    seconds: float = 5.0,
    more: Mapping[str, Synthesizer] | None = None,
    usual: Mapping[str, str] | None = None,
) -> AsyncIterator[House]:
    terms = Terms(voice="hummer", fallback=fallback, tracks=tracks, linger=linger, wait=wait)
    synthesizers = {"tones": synthesizer or Tones(), "far": far or Tones(), **(more or {})}
    opened = House(
        blobs or Blobs("memory://"),
        voices or catalogue(),
        synthesizers,
        recital or PlainRecital(),
        terms,
        seconds,
        usual or {},
    )
    try:
        yield opened
    finally:
        await opened.studio.close()
        await opened.engine.close()


THREE = article("第一句。第二句！", "第三句？")
