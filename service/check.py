"""Checks: what Changdu needs on this machine, whether it is here, and how to get what is missing."""

import importlib.util
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from service.errors import ChangduError
from service.lexicons import Lexicons
from service.profiles import load as load_sites
from service.profiles import parse as parse_site
from service.settings import BadSetting, Settings, resources
from service.sites import NO_SITES
from service.speech.cast import cast
from service.speech.model import assemble, has_vnni
from service.speech.voice import Catalogue

_INSTALL = "pip install --force-reinstall changdu"
_ROOM_MB = 500


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """`remedy` is what to do where `ok` is false."""

    what: str
    ok: bool
    remedy: str = ""


def checks(settings: Settings) -> Iterator[Finding]:
    """Every check, in the order in which a newcomer would meet its failure."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(what=f"Python {version}", ok=sys.version_info >= (3, 11), remedy="install Python 3.11 or newer")
    yield _model(settings.cache)
    voices = _cast(settings)
    yield from _voices(settings, voices)
    yield _store(settings.store)
    yield from _sites(settings, voices)
    yield _lexicon(settings)
    for module, kind in (("mammoth", "Word documents"), ("pypdfium2", "PDF documents")):
        there = importlib.util.find_spec(module) is not None
        yield Finding(what=f"{kind} ({module})", ok=there, remedy=_INSTALL)


def _model(cache: Path) -> Finding:
    try:
        return Finding(what=f"speech model {assemble(cache, vnni=has_vnni())}", ok=True)
    except ChangduError as error:
        return Finding(
            what="speech model", ok=False, remedy=f"{error.sentence('en')} pip install --force-reinstall changdu"
        )


def _cast(settings: Settings) -> Catalogue:
    """Everyone who can read, or the house's own voices where the rest cannot be told."""
    try:
        return cast(settings)
    except BadSetting:
        return Catalogue.load(resources("voices"))


def _voices(settings: Settings, voices: Catalogue) -> Iterator[Finding]:
    try:
        cast(settings)
    except BadSetting as error:
        yield Finding(what="voices", ok=False, remedy=str(error))
    folder = resources("voices")
    for voice in voices.voices:
        if voice.synthesizer == "kokoro":
            there = all((folder / "kokoro" / f"{native}.bin").is_file() for native in voice.shares)
            yield Finding(what=f"voice {voice.id}", ok=there, remedy="pip install --force-reinstall changdu")
    known = settings.voice in {voice.id for voice in voices.voices}
    yield Finding(
        what=f"default voice {settings.voice}", ok=known, remedy="set CHANGDU_VOICE to one of `changdu voices`"
    )


def _lexicon(settings: Settings) -> Finding:
    try:
        Lexicons(settings.lexicon, NO_SITES)
    except ChangduError as error:
        return Finding(what="lexicons", ok=False, remedy=str(error))
    return Finding(what=f"lexicons {settings.lexicon or ''}".rstrip(), ok=True)


def _sites(settings: Settings, catalogue: Catalogue) -> Iterator[Finding]:
    """Each profile by itself, then all together."""
    voices = {voice.id for voice in catalogue.voices}
    paths = sorted(settings.sites.glob("*.toml")) if settings.sites else []
    for path in paths:
        try:
            site = parse_site(path.read_bytes().decode("utf-8", "replace"), path.name)
        except ChangduError as error:
            yield Finding(what=f"site {path.name}", ok=False, remedy=str(error))
            continue
        voice = site.reading.voice
        remedy = f"{path.name}: voice “{voice}” is not one of `changdu voices`"
        yield Finding(what=f"site {path.name}, {site.name}", ok=voice is None or voice in voices, remedy=remedy)
    try:
        count = len(load_sites(settings.sites).sites)
    except ChangduError as error:
        yield Finding(what="sites", ok=False, remedy=str(error))
    else:
        yield Finding(what=f"{count} sites", ok=True)


def _store(address: str) -> Finding:
    if "://" in address and not address.startswith("file://"):
        return Finding(what=f"store {address}", ok=True)
    folder = Path(address.removeprefix("file://")).expanduser()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free >> 20
        probe = folder / ".changdu-check"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        remedy = f"{error.strerror}: set CHANGDU_STORE to a folder that can be written"
        return Finding(what=f"store {folder}", ok=False, remedy=remedy)
    what = f"store {folder}, {free} MB free"
    return Finding(what=what, ok=free >= _ROOM_MB, remedy=f"free {_ROOM_MB} MB or set CHANGDU_STORE to another disk")
