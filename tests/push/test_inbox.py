"""The inbox: hosts in turn, the newest of an address, nothing lost when it is opened again."""

import pytest

from service.blobs.store import Blobs
from service.push.inbox import Delivery, Inbox

pytestmark = pytest.mark.anyio


def delivery(host: str, n: int, at: int, body: bytes | None = b"x") -> Delivery:
    return Delivery(source=f"https://{host}/{n}.html", at=at, body=body)


async def opened(blobs: Blobs) -> Inbox:
    inbox = Inbox(blobs, "inbox")
    await inbox.open()
    return inbox


async def test_hosts_take_turns_and_keep_their_order() -> None:
    inbox = await opened(Blobs("memory://"))
    for n in range(4):
        await inbox.put(delivery("a.example", n, at=n))
    await inbox.put(delivery("b.example:8080", 0, at=10))
    taken = [(await inbox.take()).source for _ in range(5)]
    assert taken == [
        "https://a.example/0.html",
        "https://b.example:8080/0.html",
        "https://a.example/1.html",
        "https://a.example/2.html",
        "https://a.example/3.html",
    ]


async def test_of_one_address_only_the_newest_waits() -> None:
    blobs = Blobs("memory://")
    inbox = await opened(blobs)
    await inbox.put(delivery("a.example", 1, at=1, body=b"old"))
    await inbox.put(delivery("a.example", 1, at=2, body=b"new"))
    assert inbox.waiting == 1
    assert (await inbox.take()).body == b"new"
    assert len(await blobs.keys("inbox/")) == 1


async def test_what_was_not_done_waits_again_after_a_restart() -> None:
    blobs = Blobs("memory://")
    first = await opened(blobs)
    for n in range(3):
        await first.put(delivery("a.example", n, at=n))
    await first.done(await first.take())
    await first.take()
    again = await opened(blobs)
    assert again.waiting == 2
    assert [(await again.take()).at for _ in range(2)] == [1, 2]


async def test_what_is_withdrawn_is_not_taken() -> None:
    blobs = Blobs("memory://")
    inbox = await opened(blobs)
    await inbox.put(delivery("a.example", 1, at=1))
    await inbox.put(delivery("a.example", 2, at=2))
    await inbox.withdraw("https://a.example/1.html")
    await inbox.withdraw("https://a.example/9.html")
    assert (await inbox.take()).at == 2
    assert (await opened(blobs)).waiting == 1


async def test_what_failed_for_now_waits_again_unless_something_newer_has_come() -> None:
    inbox = await opened(Blobs("memory://"))
    old = delivery("a.example", 1, at=1)
    await inbox.put(old)
    await inbox.take()
    inbox.back(old, 0)
    assert (await inbox.take()).at == 1
    inbox.back(old, 0)
    await inbox.put(delivery("a.example", 1, at=2))
    assert (await inbox.take()).at == 2


async def test_what_another_server_has_taken_in_is_found_and_what_is_at_work_is_not_taken_again() -> None:
    blobs = Blobs("memory://")
    here, there = await opened(blobs), await opened(blobs)
    await here.put(delivery("a.example", 1, at=1))
    await there.put(delivery("a.example", 2, at=2))
    first = await here.take()
    await here.open()
    assert here.waiting == 1
    assert (await here.take()).at == 2
    await there.open()
    assert there.waiting == 2
    await here.done(first)
    assert not await there.waits(first)
    assert (await there.take()).at == 2


async def test_the_newest_of_an_address_stays_whichever_server_has_it() -> None:
    blobs = Blobs("memory://")
    here, there = await opened(blobs), await opened(blobs)
    await here.put(delivery("a.example", 1, at=1, body=b"old"))
    await there.put(delivery("a.example", 1, at=2, body=b"new"))
    for inbox in (there, here):
        await inbox.open()
        assert inbox.waiting == 1
    assert (await here.take()).body == b"new"
    assert len(await blobs.keys("inbox/")) == 1


async def test_what_cannot_be_read_is_left_and_holds_nothing_up() -> None:
    blobs = Blobs("memory://")
    inbox = await opened(blobs)
    await inbox.put(delivery("a.example", 1, at=1))
    (key,) = await blobs.keys("inbox/")
    await blobs.delete(key)
    await blobs.put(key, b"half")
    await inbox.put(delivery("a.example", 2, at=2))
    assert (await inbox.take()).at == 2
    assert key in await blobs.keys("inbox/")


def test_a_digest_is_of_what_is_sent_and_not_of_when() -> None:
    assert delivery("a.example", 1, at=1).digest == delivery("a.example", 1, at=2).digest
    assert delivery("a.example", 1, at=1).digest != delivery("a.example", 1, at=1, body=b"y").digest
