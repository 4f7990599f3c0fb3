"""Sources as the command line names them: an address, a file, or `-` for standard input."""

import asyncio
import sys
from pathlib import Path

from service.article import Article
from service.errors import ChangduError
from service.intake.document import Document
from service.intake.fetch import Fetcher
from service.intake.reader import read
from service.settings import Settings


class SourceMissing(ChangduError):
    status, slug = 404, "source-missing"
    zh = "打不开文件“{name}”（{what}）。请检查文件名。"
    en = "The file “{name}” cannot be opened ({what}). Check its name."


def is_address(source: str) -> bool:
    return source.lower().startswith(("http://", "https://"))


def load(source: str) -> Document:
    """The bytes of a file or of standard input; raises SourceMissing."""
    if source == "-":
        return Document(body=sys.stdin.buffer.read())
    path = Path(source)
    try:
        return Document(body=path.read_bytes(), name=path.name)
    except OSError as error:
        raise SourceMissing(name=source, what=error.strerror or type(error).__name__) from error


def article(source: str, settings: Settings) -> Article:
    """The article in a source, read in this process; raises what fetching and reading raise."""
    return read(asyncio.run(_fetch(source, settings)) if is_address(source) else load(source))


async def _fetch(source: str, settings: Settings) -> Document:
    fetcher = Fetcher(settings)
    try:
        fetched = await fetcher.fetch(source)
    finally:
        await fetcher.close()
    return fetched.document or Document(body=b"")
