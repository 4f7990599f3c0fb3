"""A small real synthesizer for tests: every written word is a tone of exact length, encoded as MP3."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable

import msgspec
import numpy as np

from service.article import Article, Paragraph, make_article
from service.inlines import Text
from service.speech.mp3 import RATE, encode
from service.speech.synthesizer import Utterance
from service.speech.timeline import Cue
from service.speech.track import Track
from service.speech.voice import Catalogue, Voice
from service.text.scripts import Script
from service.text.sentences import Sentence, sentences
from service.text.spoken import Spoken, Word

WORD_MS = 48  # two frames
_STEP = RATE * WORD_MS // 1000

HUMMER = Voice(id="hummer", locale="zh-CN", name="哼唱", gender="female", synthesizer="tones")
WHISTLER = Voice(id="whistler", locale="en-US", name="Whistler", gender="male", synthesizer="tones")
FAR_HUMMER = Voice(id="far", locale="zh-CN", name="远方", gender="male", synthesizer="far", online=True)


def catalogue() -> Catalogue:
    return Catalogue((WHISTLER, HUMMER, FAR_HUMMER))


def article(*paragraphs: str, title: str = "标题") -> Article:
    return make_article(title=title, blocks=tuple(Paragraph(inlines=(Text(text=text),)) for text in paragraphs))


def speak(sentence: Sentence) -> Spoken:
    """A sentence said as it is written, every letter and character a word."""
    words = tuple(
        Word(place, place + 1, place, place + 1) for place, char in enumerate(sentence.text) if char.isalnum()
    )
    return Spoken(sentence=sentence, text=sentence.text, pinyin=(), words=words)


class PlainRecital:
    """The sentences of an article as they are written, one at first and then four at a time."""

    def __init__(self, version: str = "plain-1") -> None:
        self.version = version

    def words(self, article: Article, locale: str) -> str:
        return ""

    async def parts(self, article: Article, locale: str) -> AsyncIterator[tuple[Spoken, ...]]:
        spoken = [said for said in map(speak, sentences(article)) if said.words]
        for start, end in [(0, 1), *((start, start + 4) for start in range(1, len(spoken), 4))]:
            if spoken[start:end]:
                yield tuple(spoken[start:end])

    async def in_script(self, article: Article, track: Track, script: Script) -> Track:
        return msgspec.structs.replace(track, language=script)


class Tones:
    """`errors` are raised for sentences that contain a text, `spoils` change what is said for them.

    `gate` holds everyone while it is clear.
    """

    def __init__(self, version: str = "tones-1") -> None:
        self.version = version
        self.spoken: list[str] = []
        self.times: Counter[str] = Counter()
        self.errors: dict[str, Exception] = {}
        self.spoils: dict[str, Callable[[Utterance], Utterance]] = {}
        self.gate = asyncio.Event()
        self.gate.set()

    async def speak(self, voice: Voice, sentences: tuple[Spoken, ...], rate: float) -> Utterance:
        text = "".join(spoken.text for spoken in sentences)
        self.spoken.append(text)
        self.times[text] += 1
        await self.gate.wait()
        for mark, error in self.errors.items():
            if mark in text:
                raise error
        utterance = tones(sentences)
        for mark, spoil in self.spoils.items():
            if mark in text:
                utterance = spoil(utterance)
        return utterance

    async def close(self) -> None:
        """Nothing is kept open."""


def tones(sentences: tuple[Spoken, ...]) -> Utterance:
    cues: list[Cue] = []
    now = 0
    for spoken in sentences:
        words = tuple(
            (word.written_start, word.written_end - word.written_start, now + n * WORD_MS, now + (n + 1) * WORD_MS)
            for n, word in enumerate(spoken.words)
        )
        end = now + len(words) * WORD_MS
        cues.append(Cue(sentence=spoken.sentence.id, start_ms=now, end_ms=end, words=words))
        now = end
    clock = np.arange(now // WORD_MS * _STEP) / RATE
    samples = (0.3 * np.sin(2 * np.pi * 330 * clock)).astype(np.float32)
    return Utterance(mp3=encode(samples), duration_ms=now, cues=tuple(cues))


def silenced(good: Utterance) -> Utterance:
    """As long as it was, and nothing heard."""
    return msgspec.structs.replace(good, mp3=encode(np.zeros(good.duration_ms * RATE // 1000, np.float32)))
