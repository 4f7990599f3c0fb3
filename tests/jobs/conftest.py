"""What the tests of jobs share: a Redis for each of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobs.redis import RedisServer


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()
