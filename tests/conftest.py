"""Shared by all tests: coroutine tests (`pytest.mark.anyio`) run on asyncio, and a Redis for each that asks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.jobs.redis import RedisServer

# Speed is measured in bench/, never in a test. The gate tries the same examples each time, so that it fails for a
# change and never for its luck; `--hypothesis-profile search` tries new ones, and more of them.
settings.register_profile("gate", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile("gate")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()
