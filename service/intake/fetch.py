"""One guarded client that opens a reader's address and brings back the document there.

A fetch is one page that one reader asked for, so it behaves as that reader's browser would: it says who it is, keeps
cookies within the fetch, follows redirects, revalidates, and obeys Cache-Control and noarchive. It follows no links and
crawls nothing, and so does not ask robots.txt, which speaks to crawlers (RFC 9309, 1).
"""

import asyncio
import errno
import ipaddress
import os
import re
import socket
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from email.message import Message
from typing import Any
from urllib.parse import unquote

import aiohttp
import msgspec
from aiohttp.abc import AbstractResolver
from yarl import URL

from service.errors import (
    BadAddress,
    BlockedAddress,
    BrokenReply,
    CertificateRefused,
    ChangduError,
    FetchFailed,
    HostNotFound,
    SourceRefused,
    SourceTimeout,
    SourceTooLarge,
    TooManyRedirects,
    UnreadableText,
    UnsupportedDocument,
)
from service.intake.charset import decode
from service.intake.document import Document
from service.intake.egress import Allowance, allowance, parse, permitted, shown
from service.intake.freshness import Lifetime, Validators, lifetime, validators
from service.jobs.aside import Aside
from service.settings import Settings

REDIRECTS = 5
_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.9,*/*;q=0.5",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "User-Agent": "Mozilla/5.0 (compatible; Changdu/0.1; reader's request)",
}
_CODINGS = {"", "identity", "gzip", "deflate", "br", "zstd"}
_NO_TEXT = re.compile(r"(image|audio|video|font|model)/(?!svg)|application/(zip|x-rar|java|x-msdownload|wasm)")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLOCKED = "not a public address"


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What an address gave; `document` is None where it has not changed, `url` is where redirects ended."""

    url: str
    document: Document | None
    validators: Validators
    lifetime: Lifetime


class Fetcher:
    """Opens addresses for readers, with a cookie jar to each fetch; `close` it when done.

    `resolver` takes the place of the system's name service.
    """

    def __init__(self, settings: Settings, resolver: AbstractResolver | None = None) -> None:
        self._settings = settings
        self._allowed = allowance(settings.fetch_allow)
        self._resolver = resolver
        self._connectors: tuple[aiohttp.TCPConnector, aiohttp.TCPConnector] | None = None
        self._aside = Aside()

    async def fetch(self, url: str, *, known: Validators | None = None) -> Fetched:
        """The document at `url`, redirects followed, in at most `fetch_seconds`.

        Raises BadAddress, BlockedAddress, BlockedPort, TooManyRedirects, SourceTimeout, SourceRefused,
        SourceTooLarge, UnsupportedDocument, HostNotFound, CertificateRefused, BrokenReply, FetchFailed.
        """
        return await self._aside.run(self._fetch(url, known))

    async def close(self) -> None:
        if self._connectors is not None:
            await self._aside.run(self._disconnect(self._connectors))
        self._connectors = None
        await self._aside.close()

    async def _disconnect(self, connectors: Iterable[aiohttp.TCPConnector]) -> None:
        for connector in connectors:
            await connector.close()

    async def _fetch(self, url: str, known: Validators | None) -> Fetched:
        address = parse(url, self._settings.fetch_ports)
        jar = aiohttp.CookieJar()
        try:
            async with asyncio.timeout(self._settings.fetch_seconds):
                for _ in range(REDIRECTS + 1):
                    async with self._open(address, jar, known) as response:
                        if response.status not in (301, 302, 303, 307, 308) or "Location" not in response.headers:
                            return await self._fetched(response, known)
                        address = self._redirected(address, response.headers["Location"])
        except TimeoutError as error:
            raise SourceTimeout(host=_host(address)) from error
        except (aiohttp.ClientError, ValueError) as error:
            raise _failure(error, _host(address)) from error
        raise TooManyRedirects(host=_host(address))

    @asynccontextmanager
    async def _open(
        self, address: URL, jar: aiohttp.CookieJar, known: Validators | None
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        session = aiohttp.ClientSession(
            connector=self._connector(address),
            connector_owner=False,
            cookie_jar=jar,
            headers=_HEADERS,
            timeout=aiohttp.ClientTimeout(total=None),  # `fetch` limits the whole, redirects included
            trust_env=False,
        )
        async with session, session.get(address, headers=_conditions(known), allow_redirects=False) as response:
            yield response

    def _connector(self, address: URL) -> aiohttp.TCPConnector:
        if self._connectors is None:
            guarded = aiohttp.TCPConnector(resolver=self._resolver, socket_factory=_guard(self._allowed))
            self._connectors = (guarded, aiohttp.TCPConnector(resolver=self._resolver))
        return self._connectors[_host(address).rstrip(".") in self._allowed.hosts]

    def _redirected(self, address: URL, location: str) -> URL:
        # Servers send raw UTF-8 or GBK here; aiohttp keeps bytes that are not UTF-8 as surrogates.
        location = re.sub(
            "[\udc80-\udcff]+", lambda found: "".join(f"%{ord(byte) - 0xDC00:02X}" for byte in found[0]), location
        )
        try:
            return parse(str(address.join(URL(location.strip()))), self._settings.fetch_ports)
        except ValueError as error:
            raise BadAddress(url=shown(location)) from error

    async def _fetched(self, response: aiohttp.ClientResponse, known: Validators | None) -> Fetched:
        document = None
        if response.status != 304 or known is None:
            document = await self._document(response)
        return Fetched(
            url=str(response.url),
            document=document,
            validators=validators(response.headers),
            lifetime=lifetime(response.headers),
        )

    async def _document(self, response: aiohttp.ClientResponse) -> Document:
        if response.status not in (200, 203):
            raise SourceRefused(host=_host(response.url), code=response.status)
        media_type = response.content_type if "Content-Type" in response.headers else None
        if media_type is not None and _NO_TEXT.match(media_type):
            raise UnsupportedDocument(what=shown(media_type))
        if response.headers.get("Content-Encoding", "").strip().lower() not in _CODINGS:
            raise BrokenReply(host=_host(response.url))
        return Document(
            body=await self._body(response),
            media_type=media_type,
            charset=response.charset,
            name=_file_name(response.headers.get("Content-Disposition", "")) or response.url.name or None,
            url=str(response.url),
        )

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        limit = self._settings.fetch_limit_mb
        body = bytearray()
        async for piece in response.content.iter_any():
            body += piece
            if len(body) > limit << 20:
                response.close()
                raise SourceTooLarge(host=_host(response.url), limit=limit)
        return bytes(body)


def _guard(allowed: Allowance) -> Any:
    """A socket factory that sees the very address to be connected to, whatever name or redirect led there."""

    def make(info: tuple[Any, ...]) -> socket.socket:
        family, kind, protocol, _, sockaddr = info
        if not permitted(ipaddress.ip_address(sockaddr[0]), allowed):
            raise PermissionError(_BLOCKED)
        return socket.socket(family, kind, protocol)

    return make


def _conditions(known: Validators | None) -> Mapping[str, str]:
    """RFC 9110 13.1: the request's headers that ask for the page only where it has changed."""
    known = known or Validators()
    pairs = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in pairs.items() if value}


def _file_name(disposition: str) -> str | None:
    """The name that a download gives itself: servers write it in raw UTF-8 or GBK, or as in an address, too."""
    message = Message()
    message["Content-Disposition"] = _readable(disposition)
    name = message.get_filename()
    return None if name is None else _readable(unquote(name, errors="surrogateescape"))


def _readable(text: str) -> str:
    """A header's text, whose bytes aiohttp takes for UTF-8, in the encoding that they are in."""
    if text.isascii():
        return text
    try:
        return decode(text.encode("utf-8", "surrogateescape"))
    except UnreadableText:
        return _SURROGATE.sub("\ufffd", text)


def _host(address: URL) -> str:
    return address.host or ""


def _failure(error: Exception, host: str) -> ChangduError:
    match error:
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientConnectorSSLError():
            return CertificateRefused(host=host)
        case aiohttp.ClientConnectorDNSError():
            return HostNotFound(host=host)
        case aiohttp.ClientConnectorError() if _BLOCKED in str(error.os_error):
            # Where a name has several addresses, aiohttp joins their errors into one text.
            return BlockedAddress(host=host)
        case aiohttp.ClientConnectorError():
            return FetchFailed(host=host, what=os.strerror(error.os_error.errno or errno.ECONNREFUSED))
        case _:
            return BrokenReply(host=host)
