"""Voices: who can read, kept in `voices/*.toml`, one file a synthesizer."""

import math
import tomllib
from pathlib import Path
from typing import Literal

import msgspec

from service.errors import UnknownVoice

Gender = Literal["female", "male"]


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """`name` is what a reader sees; `native` is what the synthesizer itself calls the voice.

    `online` voices send the text to someone else's server. `gain_db` brings the voice to the house's loudness.
    `estimated` voices do not tell when a word is heard. A `blend` is of the synthesizer's own voices, each with its
    share of the whole.
    """

    id: str
    locale: str
    name: str
    gender: Gender
    synthesizer: str
    online: bool = False
    native: str = ""
    gain_db: float = 0.0
    estimated: bool = False
    blend: dict[str, float] = {}

    def __post_init__(self) -> None:
        if self.blend and not (min(self.blend.values()) > 0 and math.isclose(sum(self.blend.values()), 1)):
            raise ValueError(f"the shares of {self.id}'s blend are not above 0, or are not 1 together")

    @property
    def shares(self) -> dict[str, float]:
        """The synthesizer's own voices that this one is made of, with their shares."""
        return self.blend or {self.native: 1.0}


def listed(toml: str, *, native: str = "") -> tuple[Voice, ...]:
    """The voices of a catalogue's file: its own keys are the defaults of each `[[voice]]` in it.

    A voice without `native` has `native`, and where that is empty its id. Raises ValueError.
    """
    table = tomllib.loads(toml)
    entries = table.pop("voice", None)
    if not isinstance(entries, list) or not all(isinstance(entry, dict) and "id" in entry for entry in entries):
        raise ValueError("it has no [[voice]] with an id")
    voices = [{"native": native or entry["id"]} | table | entry for entry in entries]
    try:
        return msgspec.convert(voices, tuple[Voice, ...])
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error


class Catalogue:
    """All voices, embedded ones first, each group in the order of its file."""

    def __init__(self, voices: tuple[Voice, ...]) -> None:
        self.voices = tuple(sorted(voices, key=lambda voice: voice.online))
        self._by_id = {voice.id: voice for voice in self.voices}
        if len(self._by_id) < len(self.voices):
            ids = [voice.id for voice in self.voices]
            raise ValueError(f"two voices have the id {max(ids, key=ids.count)}")

    @classmethod
    def load(cls, folder: Path) -> "Catalogue":
        """Every `*.toml` of a folder; a file's own keys are the defaults of each `[[voice]]` in it."""
        paths = sorted(folder.glob("*.toml"))
        return cls(tuple(voice for path in paths for voice in listed(path.read_text(encoding="utf-8"))))

    def get(self, id: str) -> Voice:
        """The voice with this id; raises UnknownVoice."""
        try:
            return self._by_id[id]
        except KeyError:
            raise UnknownVoice(voice=id) from None

    def __contains__(self, id: object) -> bool:
        return id in self._by_id

    def speaking(self, voice: Voice, language: str) -> Voice:
        """The voice itself, or where it speaks another language than a text (BCP 47) an embedded one that speaks that."""
        spoken = language.partition("-")[0]
        able = [other for other in self.voices if _language(other) == spoken and not other.online]
        return voice if _language(voice) == spoken or not able else able[0]

    def fallback(self, voice: Voice) -> Voice:
        """The embedded voice nearest to a voice: its language first, then its locale, then its gender."""
        embedded = [other for other in self.voices if not other.online]
        return min(
            embedded,
            key=lambda other: (
                _language(other) != _language(voice),
                other.locale != voice.locale,
                other.gender != voice.gender,
            ),
        )


def _language(voice: Voice) -> str:
    return voice.locale.partition("-")[0]
