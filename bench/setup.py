"""What the parts of a measurement of speech start from: an article, the corpora, and a house of their own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from service.app import House, build
from service.article import Article
from service.intake.document import Document
from service.intake.reader import read
from service.settings import Settings, load
from service.speech.track import Track

ROOT = Path(__file__).parent.parent


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """`corpus` is the folder of the development data; `judge` the interpreter and the script of a judge of speech."""

    article: Path
    corpus: Path
    judge: tuple[str, str] | None = None

    def read(self) -> Article:
        return read(self.document())

    def document(self) -> Document:
        return Document(body=self.article.read_bytes(), name=self.article.name)


@asynccontextmanager
async def house(**variables: str) -> AsyncIterator[tuple[House, Settings]]:
    """A house on an empty store, with patience for a busy machine."""
    with TemporaryDirectory() as store:
        settings = load({"CHANGDU_STORE": store, "CHANGDU_SEGMENT_SECONDS": "600", **variables})
        built = build(settings)
        try:
            yield built, settings
        finally:
            await built.close()


async def spoken(house: House, article: Article) -> Track:
    """The finished track of an article; raises RuntimeError with the problem of one that fails."""
    opened = await house.studio.open(article)
    async for _ in house.studio.events(opened.id):
        pass
    track = await house.studio.get(opened.id)
    if track.problem is not None:
        raise RuntimeError(track.problem.en)
    return track


async def warm(house: House) -> None:
    """Both processes have spoken once."""
    document = Document(body="试音。\n\n请稍等片刻，马上开始。\n\n这是最后一句。".encode())
    await spoken(house, (await house.library.add(document)).article)
