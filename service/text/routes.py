"""Routes: from each script to each other, the characters' forms and the words that a region says otherwise."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import accumulate
from typing import NamedTuple

import opencc

from service.text.contexts import Rule, rules
from service.text.forms import Forms, forms, is_word, segment, simplified
from service.text.persons import names_of
from service.text.tables import regional, shared_words, taiwanisms
from service.text.tags import Script

_KEPT_WORDS = 60_000
_SIGNS = 2
"""So many different words of Taiwan's make a simplified text Taiwanese."""


class Replacement(NamedTuple):
    """Characters [start, end) of the written text become `form`."""

    start: int
    end: int
    form: str


class Route:
    """From `source` to `target`. Words are always found in simplified characters, where the dictionary is best."""

    def __init__(self, source: Script, target: Script) -> None:
        self._from_hans = source == "zh-Hans"
        self._forms: Forms | None = forms(target) if self._from_hans else None
        self._rules: Mapping[str, tuple[Rule, ...]] = rules(target) if self._from_hans else {}
        self._surnames = {word for word, listed in self._rules.items() if any(rule.person for rule in listed)}
        self._words = _regional_words(source, target)
        self._shared = shared_words() if target == "zh-Hant-TW" else frozenset[str]()
        self._places = _Places(self._words, frozenset(self._rules))
        self._characters = None if self._from_hans or target == "zh-Hans" else _between(source, target)

    def convert(self, text: str) -> tuple[str, list[Replacement]]:
        """The characters of `text` in the target's forms, as many as before, and the words to put in."""
        hans = text if self._from_hans else simplified(text)
        words = segment(hans)
        return self._converted(text, hans, words), self._replaced(hans, words)

    def _converted(self, piece: str, hans: str, words: list[str]) -> str:
        if self._forms is not None:
            return "".join(map(self._forms.__getitem__, words))
        if self._characters is None:
            return hans
        for converter in self._characters:
            form = converter.convert(piece)
            piece = form if len(form) == len(piece) else piece
        return piece

    def _replaced(self, hans: str, words: list[str]) -> list[Replacement]:
        places = self._places
        hits = places.hits(words)
        if not hits:
            return []
        stays = self._shared if _taiwanese(hans) else frozenset[str]()
        found = []
        starts = list(accumulate(map(len, words), initial=0))
        indexes = [index for index, word in enumerate(words) if word in hits]
        names = names_of(hans, [starts[index] for index in indexes if words[index] in self._surnames])
        for index in indexes:
            for first, last in places[words[index]]:
                begin, end = starts[index] + first, starts[index] + last
                word = words[index][first:last]
                form = None if word in stays else self._choose(word, hans, begin, end, names)
                if form is not None:
                    found.append(Replacement(begin, end, form))
        return found

    def _choose(self, word: str, text: str, start: int, end: int, names: frozenset[str]) -> str | None:
        for rule in self._rules.get(word, ()):
            if rule.holds(text, start, end, names):
                return rule.form
        return self._words.get(word)


class _Places(dict[str, tuple[tuple[int, int], ...]]):
    """Where in a word the words to be replaced or looked at stand: the whole word, or a part beside another word."""

    def __init__(self, words: Mapping[str, str], ruled: frozenset[str]) -> None:
        super().__init__()
        self._words = words
        self._ruled = ruled
        self._without: set[str] = set()
        self._longest = max(map(len, words), default=0)  # a run of digits is one word, however long

    def hits(self, words: list[str]) -> set[str]:
        """Those of `words` in which something stands."""
        found = set()
        for word in set(words).difference(self._without):
            if self[word]:
                found.add(word)
            elif len(self._without) < _KEPT_WORDS:
                self._without.add(word)
        return found

    def __missing__(self, word: str) -> tuple[tuple[int, int], ...]:
        if len(self) >= _KEPT_WORDS:
            self.clear()
        found = self[word] = tuple(self._find(word))
        return found

    def _find(self, word: str) -> Iterator[tuple[int, int]]:
        if word in self._words or word in self._ruled:
            yield 0, len(word)
            return
        for cut in range(2, min(len(word), self._longest + 1)):
            if word[:cut] in self._words and (len(word) - cut == 1 or is_word(word[cut:])):
                yield 0, cut
                return
        for cut in range(max(1, len(word) - self._longest), len(word) - 1):
            if word[cut:] in self._words and is_word(word[:cut]):
                yield cut, len(word)
                return


def _taiwanese(hans: str) -> bool:
    return sum(sign in hans for sign in taiwanisms()) >= _SIGNS


@cache
def route(source: Script, target: Script) -> Route:
    """The one route between two scripts in this process."""
    return Route(source, target)


def _regional_words(source: Script, target: Script) -> dict[str, str]:
    """Words as they stand in simplified characters, with the target region's word for them."""
    kept = shared_words() if (source, target) == ("zh-Hant-TW", "zh-Hans") else frozenset[str]()
    mainland = {simplified(pair.form): pair.hans for pair in reversed(regional(source)) if pair.hans not in kept}
    if target == "zh-Hans":
        return mainland
    said = {pair.hans: pair.form for pair in regional(target)}
    if source in ("zh-Hans", "zh-Hant"):
        return said
    own = forms(target)
    words = {word: said.get(hans) or own[hans] for word, hans in mainland.items()}
    return {word: form for word, form in words.items() if simplified(form) != word}


def _between(source: Script, target: Script) -> tuple[opencc.OpenCC, ...]:
    """OpenCC's steps between two traditional scripts: to its own standard, then to the target's characters."""
    to_standard = {"zh-Hant-TW": ("tw2t",), "zh-Hant-HK": ("hk2t",)}.get(source, ())
    from_standard = {"zh-Hant-TW": "t2tw", "zh-Hant-HK": "t2hk"}[target]
    return tuple(opencc.OpenCC(name) for name in (*to_standard, from_standard))
