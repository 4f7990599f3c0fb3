"""The desk on several servers: each push read and told once, nothing left behind, nothing read for a site that is gone."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest

from service.app import House, build
from service.push.inbox import Delivery
from service.push.register import Pushed
from tests.jobs.redis import RedisServer, needs_redis
from tests.push.receiver import SECRET, Receiver, receiving
from tests.web.service import settings

pytestmark = [pytest.mark.anyio, needs_redis]
HOME = "https://www.liuxi.example"
PAGE = "<html><head><title>第{n}号通知</title></head><body><h1>第{n}号通知</h1><p>请居民带好身份证，到便民服务中心办理。</p><p>{text}</p>"


@asynccontextmanager
async def server(folder: Path, redis: RedisServer, hook: str = "", *, works: bool = True) -> AsyncIterator[House]:
    """One of several servers on a store; one that is not at work takes pushes in and is then lost."""
    profiles = folder / "sites"
    profiles.mkdir(exist_ok=True)
    told = f'[[webhook]]\nurl = "{hook}"\nsecret = "{SECRET}"\n' if hook else ""
    (profiles / "liuxi.toml").write_text(f'name = "柳溪镇"\nhosts = ["www.liuxi.example"]\n{told}', encoding="utf-8")
    house = build(settings(folder / "store", sites=str(profiles), queue=redis.url))
    working = asyncio.create_task(house.desk.work(look=0.2)) if works else None
    try:
        yield house
    finally:
        if working is not None:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
        await house.close()


def delivery(n: int, text: str = "有效期为一年。", at: int | None = None) -> Delivery:
    body = PAGE.format(n=n, text=text).encode()
    return Delivery(source=f"{HOME}/{n}.html", at=at or time.time_ns(), body=body, media_type="text/html")


async def settled(house: House, source: str) -> Pushed:
    for _ in range(1000):
        known = await house.desk.known(source)
        if known is not None and known.state != "waiting":
            return known
        await asyncio.sleep(0.03)
    raise AssertionError(known)


async def told(receiver: Receiver, count: int) -> Counter[str]:
    """The addresses that the site was told of, when that many messages have come and no more come."""
    sources: Counter[str] = Counter()
    while True:
        try:
            _, body = await asyncio.wait_for(receiver.got.get(), 30 if sources.total() < count else 1)
        except TimeoutError:
            return sources
        sources[msgspec.json.decode(body)["data"]["source"]] += 1


async def test_two_servers_on_one_store_read_each_push_once_and_tell_it_once(
    tmp_path: Path, redis: RedisServer
) -> None:
    receiver, deliveries = Receiver(), [delivery(n) for n in range(12)]
    async with (
        receiving(receiver) as hook,
        server(tmp_path, redis, hook) as here,
        server(tmp_path, redis, hook) as there,
    ):
        for n, each in enumerate(deliveries):
            await (here if n % 2 else there).desk.push(each)
        states = [(await settled(there, each.source)).state for each in deliveries]
        assert states == ["ready"] * len(deliveries)
        assert await told(receiver, len(deliveries)) == Counter(each.source for each in deliveries)
        assert await here.blobs.keys("inbox/") == await here.blobs.keys("outbox/") == []


async def test_what_a_lost_server_has_taken_in_is_read_by_another_one(tmp_path: Path, redis: RedisServer) -> None:
    receiver, deliveries = Receiver(), [delivery(n) for n in range(3)]
    async with receiving(receiver) as hook, server(tmp_path, redis, hook) as there:
        async with server(tmp_path, redis, hook, works=False) as lost:
            for each in deliveries:
                await lost.desk.push(each)
        for each in deliveries:
            assert (await settled(there, each.source)).state == "ready"
        assert await told(receiver, len(deliveries)) == Counter(each.source for each in deliveries)


async def test_a_push_for_a_site_that_was_removed_is_refused_and_says_why(
    tmp_path: Path, redis: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    waiting = delivery(1)
    async with server(tmp_path, redis, works=False) as before:
        await before.desk.push(waiting)
    (tmp_path / "sites" / "liuxi.toml").unlink()
    house = build(settings(tmp_path / "store", sites=str(tmp_path / "sites"), queue=redis.url))
    working = asyncio.create_task(house.desk.work(look=0.2))
    known = await settled(house, waiting.source)
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    assert known.state == "failed"
    assert known.problem is not None
    assert (known.problem.type, known.article) == ("/problems/site-not-known", None)
    assert "www.liuxi.example" in caplog.text
    assert await house.blobs.keys("inbox/") == await house.blobs.keys("articles/") == []
    await house.close()


async def test_the_last_push_counts_although_the_clock_was_set_back(tmp_path: Path, redis: RedisServer) -> None:
    now = time.time_ns()
    async with server(tmp_path, redis) as house:
        await house.desk.push(delivery(1, at=now))
        first = await settled(house, delivery(1).source)
        await house.desk.push(delivery(1, "办理时间改为每天下午。", at=now - 3600 * 10**9))
        second = await settled(house, delivery(1).source)
        assert first.article is not None
        assert second.article not in (None, first.article)
        await house.desk.withdraw(delivery(1).source, now - 7200 * 10**9)
        assert (await settled(house, delivery(1).source)).state == "withdrawn"
        await house.desk.push(delivery(1, at=now - 7200 * 10**9))
        assert (await settled(house, delivery(1).source)).state == "ready"
