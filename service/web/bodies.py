"""Request bodies: read to a limit, as a raw document, as JSON or as a form."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import Message

import msgspec
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.types import Message as Event

from service.errors import BadRequest, EmptyDocument, TooLarge
from service.intake.document import Document

FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


class Address(msgspec.Struct, frozen=True):
    """The JSON that asks for an address to be opened."""

    url: str


def media_type(request: Request) -> tuple[str | None, str | None]:
    """Media type in lower case and charset of the request's body, each None where not given."""
    header = request.headers.get("content-type")
    if not header:
        return None, None
    message = Message()
    message["Content-Type"] = header
    return message.get_content_type(), message.get_content_charset()


async def raw(request: Request, limit_mb: int) -> bytes:
    """The whole body; raises TooLarge as soon as it is known to be longer than the limit."""
    return await _limited(request, limit_mb).body()


async def json_address(request: Request, limit_mb: int) -> str:
    """The address in a JSON body; raises BadRequest for any other JSON."""
    try:
        return msgspec.json.decode(await raw(request, limit_mb), type=Address).url
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise BadRequest(what='expected {"url": "https://…"}') from None


@asynccontextmanager
async def form(request: Request, limit_mb: int) -> AsyncIterator[FormData]:
    """The fields of a form; raises TooLarge, and BadRequest for a broken one."""
    limited = _limited(request, limit_mb)
    async with limited.form(max_files=1, max_fields=30, max_part_size=limit_mb << 20) as fields:
        yield fields


async def source(fields: FormData) -> str | Document:
    """What a form brings: the file, else the text, else the address; raises EmptyDocument where it brings nothing."""
    file, text, url = fields.get("file"), fields.get("text"), fields.get("url")
    if isinstance(file, UploadFile) and file.filename:
        return Document(body=await file.read(), media_type=file.content_type, name=file.filename)
    if isinstance(text, str) and text.strip():
        # The browser sends the page's own encoding, so this is never to be guessed.
        return Document(body=text.encode("utf-8", "replace"), media_type="text/plain", charset="utf-8")
    if isinstance(url, str) and url.strip():
        return url.strip()
    raise EmptyDocument


def _limited(request: Request, limit_mb: int) -> Request:
    limit = limit_mb << 20
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise TooLarge(limit=limit_mb)
    received = 0

    async def receive() -> Event:
        nonlocal received
        event = await request.receive()
        received += len(event.get("body", b""))
        if received > limit:
            raise TooLarge(limit=limit_mb)
        return event

    return Request(request.scope, receive)
