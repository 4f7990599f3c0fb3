"""The words of the interface in its three languages, from one file."""

import tomllib
from pathlib import Path

from service.web.preferences import LANGUAGES, Language

Words = dict[str, str]


def load(path: Path) -> dict[Language, Words]:
    """The catalogue by language; raises KeyError where a word is missing in one of them."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    return {language: {name: entry[language] for name, entry in entries.items()} for language in LANGUAGES}
