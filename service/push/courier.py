"""The courier: brings articles to a Changdu server, as a site's own system does."""

import mimetypes
from collections.abc import Sequence
from urllib.parse import urlencode

import aiohttp
import msgspec

from service.errors import BadRequest, FetchFailed, PushRefused
from service.intake.document import Document
from service.sources import is_address, load

_SECONDS = 60


class _Answer(msgspec.Struct, frozen=True):
    """What of an answer or of a problem is told."""

    state: str = ""
    zh: str = ""
    en: str = ""


async def push(
    to: str, key: str, sources: Sequence[str], *, source: str | None = None, listen: bool = False
) -> list[str]:
    """Push addresses, or one file whose article's address is `source`; a line for each.

    Raises BadRequest for a file without an address, SourceMissing, FetchFailed where the server cannot be reached and
    PushRefused with what it says.
    """
    files = [each for each in sources if not is_address(each)]
    if files and (source is None or len(sources) > 1):
        raise BadRequest(what=f"{files[0]}: --source URL")
    timeout = aiohttp.ClientTimeout(total=_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout, trust_env=False) as session:
        return [await _push(session, to, key, each, source or each, listen=listen) for each in sources]


async def _push(session: aiohttp.ClientSession, to: str, key: str, given: str, source: str, *, listen: bool) -> str:
    document = Document(body=b"") if is_address(given) else load(given)
    kind = mimetypes.guess_type(document.name or "")[0] if document.body else None
    headers = {"Authorization": f"Bearer {key}", **({"Content-Type": kind} if kind else {})}
    query = urlencode({"source": source, **({"listen": ""} if listen else {})})
    try:
        async with session.put(f"{to.rstrip('/')}/articles?{query}", data=document.body, headers=headers) as response:
            said = msgspec.json.decode(await response.read(), type=_Answer)
    except (aiohttp.ClientError, TimeoutError, msgspec.MsgspecError) as error:
        raise FetchFailed(host=to, what=str(error) or type(error).__name__) from error
    if response.status >= 400:
        raise PushRefused(source=source, zh=said.zh, en=said.en)
    return f"{said.state}  {source}"
