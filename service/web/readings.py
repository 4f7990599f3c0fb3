"""Routes of an article's doubtful readings, and of what listeners propose instead."""

import math
import time

import msgspec
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from service.corrections import Corrections, Proposal
from service.errors import BadRequest, CorrectionsOff, TooManyCorrectionsAtOnce
from service.library import Library
from service.text.review import DoubtfulReading
from service.web import bodies

_LIMIT_MB = 1


class Doubtful(msgspec.Struct, frozen=True, kw_only=True):
    """What an editor gets: the readings of an article that are not certain, in reading order."""

    article: str
    readings: tuple[DoubtfulReading, ...]


class Readings:
    """`rate` is how many corrections one address may propose, such as `10/hour`; empty takes none."""

    def __init__(self, library: Library, corrections: Corrections, rate: str) -> None:
        self._library = library
        self._corrections = corrections
        self._rate: RateLimitItem | None = parse(rate) if rate else None
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def routes(self) -> list[Route]:
        return [
            Route("/articles/{id}/readings", self.show, methods=["GET"]),
            Route("/articles/{id}/readings", self.propose, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """Raises ArticleNotFound."""
        article = await self._library.article(request.path_params["id"])
        found = Doubtful(article=article.id, readings=await self._library.doubtful_readings(article))
        headers = {"Cache-Control": "no-cache"}
        return Response(msgspec.json.encode(found), headers=headers, media_type="application/json")

    async def propose(self, request: Request) -> Response:
        """Raises CorrectionsOff, ArticleNotFound, TooManyCorrectionsAtOnce, and what `Corrections.propose` raises."""
        if self._rate is None:
            raise CorrectionsOff
        article = await self._library.article(request.path_params["id"])
        try:
            proposal = msgspec.json.decode(await bodies.raw(request, _LIMIT_MB), type=Proposal)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise BadRequest(what='expected {"word": "枫林", "reading": "fēng lín"}') from None
        self._count(self._rate, request.client.host if request.client else "")
        correction = await self._corrections.propose(article, proposal)
        return Response(msgspec.json.encode(correction), status_code=202, media_type="application/json")

    def _count(self, rate: RateLimitItem, address: str) -> None:
        if not self._limiter.hit(rate, address):
            wait = max(1, math.ceil(self._limiter.get_window_stats(rate, address).reset_time - time.time()))
            raise TooManyCorrectionsAtOnce(retry_after=wait, minutes=math.ceil(wait / 60))
