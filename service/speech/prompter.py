"""The prompter: an article's lines as they are said, worked out in other processes, the first at once."""

import hashlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import msgspec

from service.article import Article
from service.errors import ReadingTimeout
from service.jobs.processes import Processes
from service.lexicons import Lexicons
from service.speech import segments
from service.speech.timeline import Cue
from service.speech.track import Track, TrackSegment
from service.text import reading
from service.text.lexicon import EMPTY, Lexicon
from service.text.marking import mark
from service.text.reading import Line, lines, say
from service.text.scripts import Conversion, Script, conversions
from service.text.sentences import Sentence
from service.text.spoken import Spoken

_LARGEST = 32  # lines worked out in one go; more would keep others waiting


class Prompter:
    """A `Recital` by one of the policies. `seconds` bound each part; raises ReadingTimeout where one takes longer."""

    def __init__(
        self, processes: Processes, lexicons: Lexicons, policy: str = "everything", *, seconds: float = 60.0
    ) -> None:
        self.version = _version(policy)
        self._policy = policy
        self._lexicons = lexicons
        self._processes = processes
        self._seconds = seconds

    def words(self, article: Article, locale: str) -> str:
        """The version of the lexicon that counts."""
        return self._lexicons.of(article, locale).version

    async def parts(self, article: Article, locale: str) -> AsyncIterator[tuple[Spoken, ...]]:
        """One sentence first and then more at a time: the first is being spoken while the rest are worked out."""
        lexicon = self._lexicons.of(article, locale)
        rest, spoken = await self._processes.run(
            self._seconds, ReadingTimeout(), _begin, article, self._policy, lexicon
        )
        size = 2
        while spoken or rest:
            if spoken:
                yield spoken
            part, rest = rest[:size], rest[size:]
            spoken = await self._processes.run(self._seconds, ReadingTimeout(), _say, part, lexicon) if part else ()
            size = min(2 * size, _LARGEST)

    async def in_script(self, article: Article, track: Track, script: Script) -> Track:
        """The track's sentences and the places of its words as they are on the article's page in `script`."""
        lexicon = self._lexicons.of(article)
        return await self._processes.run(self._seconds, ReadingTimeout(), in_script, article, track, script, lexicon)


def in_script(article: Article, track: Track, script: Script, lexicon: Lexicon = EMPTY) -> Track:
    """See `Prompter.in_script`; an article that is not Chinese keeps its track."""
    converted = conversions(mark(article), script, lexicon)
    if not converted:
        return track
    sentences = (line.sentence for line in lines(article))
    places = {sentence.id: _Place(converted[sentence.passage], sentence) for sentence in sentences}

    def moved(cue: Cue) -> Cue:
        words = tuple((*places[cue.sentence].word(offset, length), *times) for offset, length, *times in cue.words)
        return msgspec.structs.replace(cue, words=words)

    def changed(segment: TrackSegment) -> TrackSegment:
        return msgspec.structs.replace(segment, cues=tuple(map(moved, segment.cues)))

    return msgspec.structs.replace(
        track,
        language=script,
        sentences={id: places[id].text for id in track.sentences},
        segments=tuple(map(changed, track.segments)),
    )


class _Place:
    """Where a sentence stands in its passage's converted text."""

    def __init__(self, conversion: Conversion, sentence: Sentence) -> None:
        self._alignment = conversion.alignment
        self._written = sentence.start
        self._start = conversion.alignment.cut(sentence.start)
        self._end = conversion.alignment.cut(sentence.end)
        self.text = conversion.text[self._start : self._end]

    def word(self, offset: int, length: int) -> tuple[int, int]:
        """Offset and length of a word in the converted sentence."""
        start, end = self._alignment.span(self._written + offset, self._written + offset + length)
        start, end = max(start, self._start), min(end, self._end)
        return start - self._start, max(0, end - start)


def _begin(article: Article, policy: str, lexicon: Lexicon) -> tuple[tuple[Line, ...], tuple[Spoken, ...]]:
    """The lines after the first that has a word to say, and that one as it is said."""
    rest = lines(article, policy)
    while rest:
        first, rest = _say(rest[:1], lexicon), rest[1:]
        if first:
            return rest, first
    return (), ()


def _say(part: tuple[Line, ...], lexicon: Lexicon) -> tuple[Spoken, ...]:
    """Lines as they are said; those without a word to say are left out."""
    return tuple(said for said in say(part, lexicon) if said.words)


def _rules() -> Iterator[Path]:
    """Everything that decides how an article is divided and said."""
    yield Path(segments.__file__)
    yield from sorted(path for path in Path(reading.__file__).parent.rglob("*") if path.suffix != ".pyc")


def _version(policy: str) -> str:
    """A change of the rules makes new tracks; of their segments only those that are said otherwise are new."""
    digest = hashlib.sha256(policy.encode())
    for path in _rules():
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
