"""Responses over stored bytes: whole, by range, or not at all where the browser has them (RFC 9110 13 and 14)."""

import re
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from service.blobs.store import Blobs
from service.errors import ChangduError, NotFound, RangeNotSatisfiable

_RANGE = re.compile(r"bytes=([0-9]{0,20})-([0-9]{0,20})")
_PIECE = 256 * 1024


class BlobResponse(Response):
    """The blob under `key`: 200, 206 for one range, 304 where the ETag matches, 416 outside the blob.

    `etag` is a quoted strong validator. `missing` is raised where nothing is stored.
    """

    def __init__(
        self,
        blobs: Blobs,
        key: str,
        *,
        media_type: str,
        etag: str,
        headers: Mapping[str, str] | None = None,
        missing: ChangduError | None = None,
    ) -> None:
        self._blobs = blobs
        self._key = key
        self._etag = etag
        self._missing = missing or NotFound()
        self._extra = {"Accept-Ranges": "bytes", "ETag": etag, "Content-Type": media_type, **(headers or {})}
        self.background = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = Headers(scope=scope)
        size = await self._blobs.size(self._key)
        if size is None:
            raise self._missing
        if matches(asked.get("if-none-match"), self._etag):
            await self._begin(send, 304, {})
            await send({"type": "http.response.body", "body": b""})
            return
        span = None
        if asked.get("if-range") in (None, self._etag):
            span = byte_range(asked.get("range"), size)
        start, end = span or (0, size)
        length = {"Content-Length": str(end - start)}
        if span:
            length["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
        await self._begin(send, 206 if span else 200, length)
        await self._send_body(send, start, 0 if scope["method"] == "HEAD" else end)

    async def _begin(self, send: Send, status: int, headers: Mapping[str, str]) -> None:
        raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in {**self._extra, **headers}.items()]
        await send({"type": "http.response.start", "status": status, "headers": raw})

    async def _send_body(self, send: Send, start: int, end: int) -> None:
        while start < end:
            stop = min(start + _PIECE, end)
            piece = await self._blobs.get_range(self._key, start, stop)
            await send({"type": "http.response.body", "body": piece, "more_body": stop < end})
            start = stop
            if stop == end:
                return
        await send({"type": "http.response.body", "body": b""})


def matches(if_none_match: str | None, etag: str) -> bool:
    """Whether the browser already has what `etag` names (RFC 9110 13.1.2, the weak comparison)."""
    if if_none_match is None:
        return False
    if if_none_match == etag:  # what browsers send
        return True
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return "*" in tags or etag.removeprefix("W/") in tags


def byte_range(header: str | None, size: int) -> tuple[int, int] | None:
    """[start, end) of the one range asked for; None where the whole is to be sent; raises RangeNotSatisfiable."""
    match = _RANGE.fullmatch((header or "").replace(" ", ""))
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if first == "":
        start, end = max(size - int(last), 0), size
        satisfiable = int(last) > 0
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
        satisfiable = start < size
        if last and int(last) < start:
            return None
    if not satisfiable or size == 0:
        raise RangeNotSatisfiable(size=size)
    return start, end
