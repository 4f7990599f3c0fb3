"""The outbox: a webhook that fails is told again, one that is down is told after a restart, and nobody else is told."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from service.blobs.store import Blobs
from service.jobs.engine import Job
from service.jobs.local import LocalEngine
from service.profiles import parse
from service.push.outbox import PAUSES, Outbox
from service.sites import Sites
from tests.push.receiver import SECRET, Receiver, receiving

pytestmark = pytest.mark.anyio


def outbox_of(blobs: Blobs, sites: Sites, *pauses: float) -> Outbox:
    return Outbox(blobs, sites, LocalEngine(_no_work, slots={}, limit=0).claim, pauses=pauses or PAUSES)


async def _no_work(job: Job) -> None: ...


def sites(url: str) -> Sites:
    profile = f'name = "x"\nhosts = ["a.example"]\n[[webhook]]\nurl = "{url}"\nsecret = "{SECRET}"'
    return Sites((parse(profile, "x.toml"),))


@asynccontextmanager
async def working(outbox: Outbox) -> AsyncIterator[None]:
    await outbox.open()
    task = asyncio.create_task(outbox.work())
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def emptied(blobs: Blobs) -> None:
    for _ in range(1000):
        if not await blobs.keys("outbox/"):
            return
        await asyncio.sleep(0.01)
    raise AssertionError("a message is still there")


async def test_a_webhook_that_fails_is_told_again_with_the_same_id() -> None:
    blobs, receiver = Blobs("memory://"), Receiver(500, 503)
    async with receiving(receiver) as url:
        known = sites(url)
        outbox = outbox_of(blobs, known, 0.01, 0.01, 0.01)
        async with working(outbox):
            await outbox.tell(known.sites[0], "page.ready", {"source": "https://a.example/1"})
            _, body = await asyncio.wait_for(receiver.got.get(), 10)
            assert b'"page.ready"' in body
            await emptied(blobs)
    assert receiver.asked == 3


async def test_what_could_not_be_told_is_told_after_a_restart() -> None:
    blobs, receiver = Blobs("memory://"), Receiver()
    async with receiving(receiver) as url:
        known = sites(url)
        await outbox_of(blobs, known).tell(known.sites[0], "track.ready", {"track": "t"})
        async with working(outbox_of(blobs, known)):
            _, body = await asyncio.wait_for(receiver.got.get(), 10)
            assert b'"track.ready"' in body


async def test_a_webhook_that_never_answers_well_is_given_up() -> None:
    blobs, receiver = Blobs("memory://"), Receiver(*[500] * 9)
    async with receiving(receiver) as url:
        known = sites(url)
        outbox = outbox_of(blobs, known, 0.0, 0.0)
        async with working(outbox):
            await outbox.tell(known.sites[0], "page.ready", {})
            await emptied(blobs)
    assert receiver.asked == 3


async def test_a_webhook_leads_nowhere_else() -> None:
    blobs, receiver = Blobs("memory://"), Receiver(302)
    async with receiving(receiver) as url:
        known = sites(url)
        outbox = outbox_of(blobs, known, 0.0)
        async with working(outbox):
            await outbox.tell(known.sites[0], "page.ready", {})
            await emptied(blobs)
    assert (receiver.asked, receiver.led_on) == (2, False)


async def test_one_that_the_profile_names_no_longer_is_not_told() -> None:
    blobs, receiver = Blobs("memory://"), Receiver()
    async with receiving(receiver) as url:
        await outbox_of(blobs, sites(url)).tell(sites(url).sites[0], "page.ready", {})
        async with working(outbox_of(blobs, Sites())):
            await emptied(blobs)
    assert receiver.asked == 0
