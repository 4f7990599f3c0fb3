"""Corrections: readings that listeners propose, queued until an editor takes or refuses them."""

import hashlib
import time
from pathlib import Path
from typing import Final

import msgspec

from service.article import Article
from service.blobs.store import Blobs
from service.errors import BadLexicon, BadReading, CorrectionNotFound, NotInArticle, TooManyCorrections
from service.text.han import han_places
from service.text.lexicon import parse
from service.text.passages import passages
from service.text.ruby import divided

_LONGEST: Final = 20  # characters of a word
_NOTE: Final = 200
_WAITING: Final = 200  # proposals for one article


class Proposal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a listener sends: a word of the article, how it is read (`fēng lín` or `feng1 lin2`), and why."""

    word: str
    reading: str
    note: str = ""


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal in the queue; `id` names it, `at` is in seconds since 1970."""

    id: str
    article: str
    title: str
    word: str
    reading: str
    note: str
    at: float


class Corrections:
    """The queue, in blobs. `folder` holds the lexicons that accepted corrections are written to."""

    def __init__(self, blobs: Blobs, folder: Path | None) -> None:
        self._blobs = blobs
        self._folder = folder

    async def propose(self, article: Article, proposal: Proposal) -> Correction:
        """Queue a proposal; the same one again stays one. Raises NotInArticle, BadReading, TooManyCorrections."""
        word, note = proposal.word.strip(), " ".join(proposal.note.split())[:_NOTE]
        known = 0 < len(word) <= _LONGEST and any(word in passage.text for passage in passages(article))
        if not known or not han_places(word):
            raise NotInArticle(word=word[:_LONGEST])
        reading = " ".join(divided(proposal.reading, len(han_places(word))))
        if not reading:
            raise BadReading(word=word, reading=proposal.reading[:_NOTE])
        id = hashlib.sha256(f"{article.id} {word} {reading}".encode()).hexdigest()[:12]
        waiting = await self._blobs.keys(f"corrections/{article.id}/")
        found = Correction(
            id=id,
            article=article.id,
            title=article.title,
            word=word,
            reading=reading,
            note=note,
            at=time.time(),
        )
        if _key(found) not in waiting:
            if len(waiting) >= _WAITING:
                raise TooManyCorrections
            await self._blobs.put(_key(found), msgspec.json.encode(found))
        return found

    async def waiting(self) -> list[Correction]:
        """All that wait, the oldest first."""
        keys = await self._blobs.keys("corrections/")
        found = [await self._blobs.record(key, Correction) for key in keys]
        return sorted((one for one in found if one is not None), key=lambda one: (one.at, one.id))

    async def accept(self, id: str, language: str | None = None) -> Path:
        """Write a correction into its article's lexicon, or into a language's; raises CorrectionNotFound, BadLexicon."""
        correction = await self._find(id)
        if self._folder is None:
            raise BadLexicon(
                place="CHANGDU_LEXICON",
                fix_zh="请先设好这个文件夹，采用的读音要写在里面",
                fix_en="set this folder first: what is accepted is written there",
            )
        path = self._folder / f"{language or correction.article}.toml"
        before = path.read_text("utf-8") if path.is_file() else ""
        text = f"{before.rstrip()}\n\n{_table(correction)}".lstrip()
        parse(text, path.name)
        fresh = path.with_suffix(".new")
        fresh.write_text(text, "utf-8")
        fresh.replace(path)
        await self._blobs.delete(_key(correction))
        return path

    async def refuse(self, id: str) -> None:
        """Take a correction out of the queue; raises CorrectionNotFound."""
        await self._blobs.delete(_key(await self._find(id)))

    async def _find(self, id: str) -> Correction:
        for correction in await self.waiting():
            if correction.id == id:
                return correction
        raise CorrectionNotFound(id=id)


def _key(correction: Correction) -> str:
    return f"corrections/{correction.article}/{correction.id}.json"


def _table(correction: Correction) -> str:
    """The correction as an editor would write it."""
    lines = [f"word = {_quoted(correction.word)}", f"reading = {_quoted(correction.reading)}"]
    if correction.note:
        lines.append(f"note = {_quoted(correction.note)}")
    return "\n".join(("[[word]]", *lines)) + "\n"


def _quoted(text: str) -> str:
    """A TOML basic string, which has the escapes of JSON's."""
    return msgspec.json.encode(text).decode().replace("\x7f", "")
