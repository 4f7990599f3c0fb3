"""The audience of a recording."""

import asyncio

import pytest

from service.speech.audience import Audience

pytestmark = pytest.mark.anyio


async def test_it_is_gone_when_nobody_follows_and_nobody_has_asked_for_a_while() -> None:
    audience = Audience()
    assert not audience.gone(60)
    with audience.listening():
        await asyncio.sleep(0.02)
        assert audience.idle >= 0.02
        assert not audience.gone(0.01)
    assert not audience.gone(0.01)
    await asyncio.sleep(0.02)
    assert audience.gone(0.01)
    audience.touch()
    assert not audience.gone(0.01)


async def test_a_change_between_asking_and_waiting_is_not_missed() -> None:
    audience = Audience()
    first, second = audience.changed(), audience.changed()
    audience.tell()
    await asyncio.wait_for(asyncio.gather(first, second), 1)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(audience.changed(), 0.01)
