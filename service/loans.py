"""Loans: articles whose sources ask that no copy be kept, here for the reader who opened them and then gone."""

import asyncio
import logging
import time

import msgspec

from service.article import Article
from service.blobs.store import Blobs
from service.speech import assembly

SECONDS = 3600  # long enough to read and to hear an article
_EVERY = 600  # seconds between two looks at what has run out
_FOLDER = "loans/"
_log = logging.getLogger(__name__)


class Loan(msgspec.Struct, frozen=True, kw_only=True):
    """`until` is in seconds since 1970."""

    until: float
    article: Article


class Loans:
    """In the store, so that every process serves them; each is given for `SECONDS` from its last opening."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    async def put(self, article: Article) -> None:
        loan = Loan(until=time.time() + SECONDS, article=article)
        await self._blobs.put(_key(article.id), msgspec.json.encode(loan))

    async def has(self, id: str) -> bool:
        """Whether an article is here on loan only."""
        return await self._blobs.size(_key(id)) is not None

    async def get(self, id: str) -> Article | None:
        """The article, None where there is none or its time has run out."""
        loan = await self._get(_key(id))
        return loan.article if loan is not None and time.time() < loan.until else None

    async def sweep(self) -> None:
        """Delete what has run out, and the readings made of it."""
        ended = set()
        for key in await self._blobs.keys(_FOLDER):
            loan = await self._get(key)
            if loan is not None and loan.until <= time.time():
                ended.add(loan.article.id)
        if ended:
            await assembly.forget(self._blobs, ended)
        for id in ended:
            await self._blobs.delete(_key(id))

    async def watch(self) -> None:
        """Sweep now and then, for as long as the service runs."""
        while True:
            try:
                await self.sweep()
            except Exception:  # a store that is away now may be back the next time
                _log.exception("loans were not swept")
            await asyncio.sleep(_EVERY)

    async def _get(self, key: str) -> Loan | None:
        return await self._blobs.record(key, Loan)


def _key(id: str) -> str:
    return f"{_FOLDER}{id}.json"
