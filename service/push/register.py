"""The register: what was pushed for each address, and what has become of it."""

import hashlib
from typing import Literal

import msgspec

from service.blobs.store import Blobs
from service.errors.problem import Problem

State = Literal["waiting", "ready", "failed", "withdrawn"]


class Pushed(msgspec.Struct, frozen=True, kw_only=True):
    """`at` is when it was pushed, in nanoseconds since 1970; `digest` is that of what was sent.

    `article` is the one that readers get, which while another is waiting is the one before; `sent` says whether the site
    sent it itself, which then goes before what would be fetched.
    """

    source: str
    at: int
    digest: str
    state: State
    article: str | None = None
    sent: bool = False
    problem: Problem | None = None


class Register:
    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    async def get(self, source: str) -> Pushed | None:
        return await self._blobs.record(_key(source), Pushed)

    async def put(self, pushed: Pushed) -> None:
        await self._blobs.put(_key(pushed.source), msgspec.json.encode(pushed))


def _key(source: str) -> str:
    name = hashlib.sha256(source.encode()).hexdigest()
    return f"pushed/{name[:2]}/{name}.json"
