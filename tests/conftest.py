"""Shared by all tests: coroutine tests (`pytest.mark.anyio`) run on asyncio."""

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # speed is measured in bench/, never in a test
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"
