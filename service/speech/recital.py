"""What the studio has read: an article's sentences in their spoken form, and their places in other scripts."""

from collections.abc import AsyncIterator
from typing import Protocol

from service.article import Article
from service.speech.track import Track
from service.text.scripts import Script
from service.text.spoken import Spoken


class Recital(Protocol):
    """`version` changes whenever the same article would be spoken otherwise."""

    @property
    def version(self) -> str: ...

    def words(self, article: Article, locale: str) -> str:
        """Changes whenever a word of the article would be read otherwise by a voice of this locale."""

    def parts(self, article: Article, locale: str) -> AsyncIterator[tuple[Spoken, ...]]:
        """The sentences that are read aloud, in order; those without a word to say are left out."""

    async def in_script(self, article: Article, track: Track, script: Script) -> Track:
        """A finished track whose sentences and words' places are those of the article in a script."""
