"""Sources as the command line names them: an address, a file, or `-` for standard input."""

import asyncio
import sys
from pathlib import Path

from service.article import Article
from service.errors import ArticleNotFound, SourceMissing
from service.intake.document import Document
from service.intake.fetch import Fetcher
from service.intake.opening import Opener
from service.intake.reader import Page, read, read_page
from service.settings import Settings


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
    return asyncio.run(_open(source, settings)) if is_address(source) else read(load(source))


async def _open(source: str, settings: Settings) -> Article:
    async def here(document: Document) -> Page:
        return read_page(document)

    fetcher = Fetcher(settings)
    try:
        opened = await Opener(settings, fetcher, here).open(source)
    finally:
        await fetcher.close()
    if opened.article is None:
        raise ArticleNotFound
    return opened.article
