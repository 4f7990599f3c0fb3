"""The prompter: an article's recital, prepared by text processes that keep the dictionaries reading needs."""

from collections.abc import AsyncIterator
from typing import Final

import msgspec

from service.article import Article
from service.errors import ReadingTimeout
from service.jobs.processes import Processes
from service.speech.timeline import Cue
from service.speech.track import Track
from service.text.marking import mark
from service.text.scripts import Script, conversions
from service.text.sentences import sentences
from service.text.spoken import Spoken, speak

_FIRST: Final = 2  # sentences in the first part: the listener waits for it
_LARGEST: Final = 64
_SECONDS: Final = 60.0


class Prompter:
    version = "1"
    """Changes whenever the same article would be spoken otherwise."""

    def __init__(self, processes: Processes) -> None:
        self._processes = processes

    async def parts(self, article: Article) -> AsyncIterator[tuple[Spoken, ...]]:
        """The sentences that are read aloud, in growing parts; those without a word to say are left out."""
        start, count = 0, _FIRST
        while True:
            part, total = await self._processes.run(_SECONDS, ReadingTimeout(), prepare, article, start, count)
            if part:
                yield part
            start += count
            if start >= total:
                return
            count = min(2 * count, _LARGEST)

    async def in_script(self, article: Article, track: Track, script: Script) -> Track:
        """A finished track whose sentences and words' places are those of the article in a script."""
        return await self._processes.run(_SECONDS, ReadingTimeout(), in_script, article, track, script)


def prepare(article: Article, start: int, count: int) -> tuple[tuple[Spoken, ...], int]:
    """Sentences [start, start + count) of an article as they are said, and how many there are in all."""
    read = sentences(article)
    said = map(speak, read[start : start + count])
    return tuple(spoken for spoken in said if spoken.words), len(read)


def in_script(article: Article, track: Track, script: Script) -> Track:
    """The track with the texts of its sentences, and its words' places in them, as the article has them in `script`."""
    converted = conversions(mark(article), script)
    if not converted:
        return track
    written = {sentence.id: sentence for sentence in sentences(article)}
    places = {
        id: converted[sentence.passage].alignment.span(sentence.start, sentence.end) for id, sentence in written.items()
    }

    def text(id: str) -> str:
        start, end = places[id]
        return converted[written[id].passage].text[start:end]

    def cue(old: Cue) -> Cue:
        sentence, (origin, _) = written[old.sentence], places[old.sentence]
        alignment = converted[sentence.passage].alignment
        words = []
        for offset, length, start_ms, end_ms in old.words:
            start, end = alignment.span(sentence.start + offset, sentence.start + offset + length)
            words.append((start - origin, end - start, start_ms, end_ms))
        return msgspec.structs.replace(old, words=tuple(words))

    segments = tuple(msgspec.structs.replace(segment, cues=tuple(map(cue, segment.cues))) for segment in track.segments)
    texts = {id: text(id) for id in track.sentences}
    return msgspec.structs.replace(track, segments=segments, sentences=texts, language=script)
