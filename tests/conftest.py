"""Shared by all tests: coroutine tests (`pytest.mark.anyio`) run on asyncio."""

import pytest


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"
