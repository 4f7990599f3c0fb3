"""Forms: how each word of a simplified text is written in another script, and which words a region replaces."""

from functools import cache

import opencc
import rjieba

from service.text.tables import own_words, regional, telling_phrases
from service.text.tags import Script

Words = dict[str, str]

_FREQUENCY = {2: 2}
_LONG_FREQUENCY = 20
_OWN_FREQUENCY = 1000
_READ_AHEAD = 8
_KEPT_FORMS = 60_000
_NAME = 3
_SURNAMES = frozenset("于余范郁涂")
_PATTERNS = frozenset("范围 范本 范例 范畴 范式 范文 范型 范读".split())
"""What begins with 範; any other word that begins with it is somebody's name."""
_PRINTED = str.maketrans("臺羣峯牀麪糉啓", "台群峰床麵粽啟")
_TAIWAN = str.maketrans("臺賬汙溼巖歎絃", "台帳污濕岩嘆弦")


class Forms(Words):
    """Simplified words with their forms in `target`, found as they are asked for: characters only, same length."""

    def __init__(self, target: Script) -> None:
        super().__init__()
        self._target = target
        self._own = own_words()
        self._longest = max(map(len, self._own), default=0)
        self._base = opencc.OpenCC("s2hk" if target == "zh-Hant-HK" else "s2tw")

    def __missing__(self, word: str) -> str:
        if len(self) >= _KEPT_FORMS:
            self.clear()
        form = self[word] = self._form(word)
        return form

    def _form(self, word: str) -> str:
        """OpenCC's form of the word, with our own words put over it wherever they stand in it."""
        form = self._opencc(word)
        if _names(word):
            form = word[0] + form[1:]
        start = 0
        while start < len(word):
            for length in range(min(self._longest, len(word) - start), 1, -1):
                own = self._own.get(word[start : start + length])
                if own is not None:
                    form = form[:start] + regional_characters(own, self._target) + form[start + length :]
                    start += length
                    break
            else:
                start += 1
        return form

    def _opencc(self, word: str) -> str:
        form: str = self._base.convert(word)
        return printed(form, self._target) if len(form) == len(word) else word


@cache
def forms(target: Script) -> Forms:
    """The one table of forms for `target` in this process."""
    return Forms(target)


def printed(text: str, target: Script) -> str:
    """OpenCC's traditional text for `target` with the characters that newspapers print there."""
    return text.translate(_PRINTED if target == "zh-Hant-HK" else _TAIWAN)


def regional_characters(text: str, target: Script) -> str:
    """Traditional text in the characters that `target` uses; Taiwan's forms stand for zh-Hant."""
    if target != "zh-Hant-HK":
        return text
    form: str = _hong_kong().convert(_standard().convert(text))
    return form.translate(_PRINTED)


@cache
def _standard() -> opencc.OpenCC:
    return opencc.OpenCC("tw2t")


@cache
def _hong_kong() -> opencc.OpenCC:
    return opencc.OpenCC("t2hk")


@cache
def _jieba() -> rjieba.Jieba:
    """jieba with OpenCC's phrases and our own words beside its dictionary.

    A phrase of OpenCC's that jieba does not know gets a low frequency: it wins where its characters are rarely words by
    themselves, and loses where longest match goes wrong, as with 被发 in 被发明.
    """
    jieba = rjieba.Jieba()
    for phrase in telling_phrases():
        if not jieba.has_word(phrase):
            jieba.add_word(phrase, _FREQUENCY.get(len(phrase), _LONG_FREQUENCY), "x")
    pairs = [*regional("zh-Hant-TW"), *regional("zh-Hant-HK")]
    for word in {*own_words(), *(pair.hans for pair in pairs), *(simplified(pair.form) for pair in pairs)}:
        jieba.add_word(word, max(jieba.suggest_freq(word), _OWN_FREQUENCY), "x")
    return jieba


def is_word(hans: str) -> bool:
    """Whether the dictionary has it as a word."""
    known: bool = _jieba().has_word(hans)
    return known


def _names(hans: str) -> bool:
    """Whether a word begins with a surname that is also a common word: a name in the dictionary, any with 范 but patterns."""
    if hans[0] == "范" and hans[:2] not in _PATTERNS:
        return True
    if hans[0] not in _SURNAMES or len(hans) != _NAME:
        return False
    tagged: list[tuple[str, str]] = _jieba().tag(hans, False)
    return tagged[0][1].startswith("nr")


def kind_of_next(hans: str, place: int) -> str:
    """The part of speech of the word that begins at `place`, as jieba's dictionary gives it: n, v, d …"""
    tagged: list[tuple[str, str]] = _jieba().tag(hans[place : place + _READ_AHEAD], False)
    return tagged[0][1] if tagged else ""


def segment(hans: str) -> list[str]:
    """The words of simplified text, in order; together they are the text."""
    words: list[str] = _jieba().cut(hans, False)
    return words


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("tw2s")


def simplified(text: str) -> str:
    """Traditional text of any region in simplified characters, as many as before."""
    form: str = _simplifier().convert(text)
    return form if len(form) == len(text) else "".join(map(_one, text))


def _one(character: str) -> str:
    form: str = _simplifier().convert(character)
    return form if len(form) == 1 else character
