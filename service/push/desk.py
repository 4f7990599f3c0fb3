"""The desk: takes what was pushed from the inbox, has it read, enters it in the register and tells the site."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any, Final

import msgspec

from service.errors import (
    ChangduError,
    FetchFailed,
    SiteNotKnown,
    SourceRefused,
    SourceTooLarge,
    StoreUnavailable,
    Unavailable,
)
from service.errors.problem import problem
from service.intake.document import Document
from service.jobs.engine import Claim
from service.library import Library
from service.push.herald import Herald
from service.push.inbox import Delivery, Inbox
from service.push.outbox import Outbox
from service.push.register import Pushed, Register, State
from service.sites import Sites, netloc
from service.speech.studio import Studio

_ATTEMPTS: Final = 5
_LOOK: Final = 60.0  # seconds between two looks at what other servers have taken in
_ELSEWHERE: Final = 5.0  # seconds before another look at what another server has a claim on
_PAUSE: Final = 10.0  # seconds before the second attempt; each further one waits twice as long
_LASTING: Final = (SourceRefused, SourceTooLarge)
Make = Callable[[Delivery], Awaitable[None]]
_log = logging.getLogger(__name__)


class Desk:
    """`pages` is what waits to be read, `readings` what waits to be spoken.

    One of each is made at a time: readers and listeners come first. Of several servers on one store each makes what no
    other has a `claim` on, also what another one has taken in and left.
    """

    def __init__(
        self,
        *,
        library: Library,
        studio: Studio,
        register: Register,
        pages: Inbox,
        readings: Inbox,
        outbox: Outbox,
        herald: Herald,
        sites: Sites,
        claim: Claim,
    ) -> None:
        self._library = library
        self._studio = studio
        self._register = register
        self._pages = pages
        self._readings = readings
        self._outbox = outbox
        self._herald = herald
        self._sites = sites
        self._claim = claim
        self._failures: Counter[str] = Counter()

    @property
    def waiting(self) -> int:
        """Pages that wait to be read."""
        return self._pages.waiting

    async def known(self, source: str) -> Pushed | None:
        """What has become of an address."""
        return await self._register.get(source)

    async def push(self, delivery: Delivery) -> Pushed:
        """Take a delivery in, unless it says what is known already; raises StorageFull, and then nothing has happened."""
        known = await self._register.get(delivery.source)
        settled = ("waiting",) if delivery.body is None else ("waiting", "ready")
        if known is not None and known.digest == delivery.digest and known.state in settled:
            return known
        if known is not None and delivery.at <= known.at:  # the clock was set back, or another server's is ahead
            delivery = msgspec.structs.replace(delivery, at=known.at + 1)
        await self._pages.put(delivery)
        waiting = Pushed(source=delivery.source, at=delivery.at, digest=delivery.digest, state="waiting")
        if known is not None:
            waiting = msgspec.structs.replace(waiting, article=known.article, sent=known.sent)
        await self._register.put(waiting)
        return waiting

    async def withdraw(self, source: str, at: int) -> set[str]:
        """Take an address's articles away from readers, and what waits for it; their ids. `at` as in `Pushed`."""
        known = await self._register.get(source)
        at = max(at, known.at + 1) if known else at
        await self._register.put(Pushed(source=source, at=at, digest="", state="withdrawn"))
        for inbox in (self._pages, self._readings):
            await inbox.withdraw(source)
        return await self._library.withdraw(source, known.article if known else None)

    async def work(self, *, look: float = _LOOK) -> None:
        """Read, speak and tell, until it is cancelled; every `look` seconds see what other servers have left."""
        async with asyncio.TaskGroup() as working:
            working.create_task(self._look(look))
            working.create_task(self._outbox.work())
            working.create_task(self._attend(self._pages, self._read))
            working.create_task(self._attend(self._readings, self._speak))

    async def _look(self, seconds: float) -> None:
        while True:
            try:
                for waiting in (self._pages, self._readings, self._outbox):
                    await waiting.open()
            except StoreUnavailable as error:
                _log.warning("inbox: %s", error)
            await asyncio.sleep(seconds)

    async def _attend(self, inbox: Inbox, make: Make) -> None:
        while True:
            try:
                await self._treat(inbox, await inbox.take(), make)
            except ChangduError as error:  # the store is away or full
                _log.warning("inbox: %s", error)
                await asyncio.sleep(_PAUSE)

    async def _treat(self, inbox: Inbox, delivery: Delivery, make: Make) -> None:
        try:
            async with self._claim(inbox.key(delivery)) as ours:
                if not ours:
                    inbox.back(delivery, _ELSEWHERE)
                elif not await inbox.waits(delivery) or await self._settle(inbox, delivery, make):
                    self._failures.pop(delivery.source, None)
                    await inbox.done(delivery)
        except ChangduError:
            inbox.back(delivery, _PAUSE)
            raise

    async def _settle(self, inbox: Inbox, delivery: Delivery, make: Make) -> bool:
        """Do what a delivery asks; false where it waits for another attempt."""
        try:
            known = await self._register.get(delivery.source)
            if known is None or known.at <= delivery.at:
                if self._sites.of(delivery.source) is None:
                    raise SiteNotKnown(host=netloc(delivery.source))
                await make(delivery)
        except Exception as raised:
            error = raised if isinstance(raised, ChangduError) else ChangduError()
            _log.warning("push of %s: %s", delivery.source, error, exc_info=error is not raised)
            if self._again(inbox, delivery, error):
                return False
            await self._fail(delivery, error)
        return True

    async def _read(self, delivery: Delivery) -> None:
        if delivery.body is None:
            shelved = await self._library.open(delivery.source, again=True)
        else:
            document = Document(
                body=delivery.body, media_type=delivery.media_type, charset=delivery.charset, url=delivery.source
            )
            shelved = await self._library.add(document)
        article = shelved.article
        if await self._enter(delivery, "ready", article=article.id, sent=delivery.body is not None):
            if delivery.voice is not None:
                await self._readings.put(msgspec.structs.replace(delivery, body=None))
            await self._herald.page_ready(delivery.source, article)

    async def _speak(self, delivery: Delivery) -> None:
        known = await self._register.get(delivery.source)
        if known is None or known.article is None:
            return
        article = await self._library.article(known.article)
        track = await self._studio.open(article, delivery.voice or None, lane="bulk")
        async for event in self._studio.events(track.id):
            if event.kind == "failed":
                _log.warning("reading of %s failed", delivery.source)

    async def _fail(self, delivery: Delivery, error: ChangduError) -> None:
        if await self._enter(delivery, "failed", problem=problem(error)):
            await self._herald.page_failed(delivery.source, error)

    async def _enter(self, delivery: Delivery, state: State, **more: Any) -> bool:
        """Enter what has become of a delivery, unless something newer is known by now."""
        known = await self._register.get(delivery.source)
        if known is not None and known.at > delivery.at:
            return False
        now = Pushed(source=delivery.source, at=delivery.at, digest=delivery.digest, state=state)
        if known is not None:
            now = msgspec.structs.replace(now, article=known.article, sent=known.sent)
        await self._register.put(msgspec.structs.replace(now, **more))
        return True

    def _again(self, inbox: Inbox, delivery: Delivery, error: ChangduError) -> bool:
        """Whether a delivery that failed waits for another attempt: it may go well later."""
        passing = isinstance(error, Unavailable | FetchFailed) and not isinstance(error, _LASTING)
        failures = self._failures[delivery.source] = self._failures[delivery.source] + 1
        if failures >= _ATTEMPTS or not (passing or type(error) is ChangduError):
            return False
        inbox.back(delivery, _PAUSE * 2 ** (failures - 1))
        return True
