"""The timeline: when each sentence and each word is heard, as JSON for the player and WebVTT for captions."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

Word = tuple[int, int, int, int]
_Block = tuple[str, int, int, str]  # a cue's id, its times in milliseconds, its payload


class Cue(msgspec.Struct, frozen=True, kw_only=True):
    """When a sentence is heard, in milliseconds.

    Each word is (offset, length, start_ms, end_ms), its offset and length in the characters of the written sentence.
    """

    sentence: str
    start_ms: int
    end_ms: int
    words: tuple[Word, ...] = ()


def shifted(cues: Iterable[Cue], ms: int) -> tuple[Cue, ...]:
    """The same cues, `ms` later."""
    return tuple(
        Cue(
            sentence=cue.sentence,
            start_ms=cue.start_ms + ms,
            end_ms=cue.end_ms + ms,
            words=tuple((offset, length, start + ms, end + ms) for offset, length, start, end in cue.words),
        )
        for cue in cues
    )


def named(cues: Sequence[Cue], sentences: Sequence[str]) -> tuple[Cue, ...]:
    """Stored cues under the sentence ids of the article at hand: a segment is stored by what it says."""
    return tuple(msgspec.structs.replace(cue, sentence=id) for cue, id in zip(cues, sentences, strict=True))


def merged(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    """One cue a sentence: a sentence that was spoken in two segments has two, one after the other."""
    result: list[Cue] = []
    for cue in cues:
        if result and result[-1].sentence == cue.sentence:
            last = result.pop()
            cue = Cue(sentence=cue.sentence, start_ms=last.start_ms, end_ms=cue.end_ms, words=last.words + cue.words)
        result.append(cue)
    return tuple(result)


def webvtt(cues: Iterable[tuple[Cue, str]], language: str = "") -> str:
    """Captions (https://www.w3.org/TR/webvtt1/): each cue with its written text, the sentence's id as the cue's."""
    return _webvtt(
        language, ((cue.sentence, cue.start_ms, cue.end_ms, " ".join(_escaped(text).split())) for cue, text in cues)
    )


def webvtt_words(cues: Iterable[tuple[Cue, str]], language: str = "") -> str:
    """Metadata for a page's own script: a cue for each word, as JSON with its sentence, its place there in characters,
    and the word. The cue's id is the sentence's and that place."""
    return _webvtt(language, (told for cue, text in cues for told in _words(cue, text)))


class _Told(msgspec.Struct, frozen=True):
    sentence: str
    offset: int
    length: int
    word: str


def _words(cue: Cue, text: str) -> Iterator[_Block]:
    for offset, length, start, end in cue.words:
        told = msgspec.json.encode(_Told(cue.sentence, offset, length, text[offset : offset + length])).decode()
        yield f"{cue.sentence}@{offset}", start, end, told.replace(">", "\\u003e")  # an arrow would end the cue


def _webvtt(language: str, blocks: Iterable[_Block]) -> str:
    header = "WEBVTT\n" + (f"Language: {language}\n" if language else "")
    timed = (
        f"{id}\n{_time(start)} --> {_time(max(end, start + 1))}\n{payload or ' '}\n"
        for id, start, end, payload in blocks
    )
    return "\n".join([header, *timed])


def _time(ms: int) -> str:
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{ms:03}"


def _escaped(text: str) -> str:
    """Without markup and arrows."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
