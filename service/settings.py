"""Settings: what the environment says, read once into one frozen value."""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from service.logs import Form
from service.text.policy import policies


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Fields in the units their names give; `SETTINGS` maps each to its environment variable."""

    host: str
    port: int
    base_url: str
    store: str
    queue: str
    keep_gb: float | None
    keep_days: float | None
    cache: Path
    sites: Path | None
    lexicon: Path | None
    corrections: str
    policy: str
    push_key: str
    voice: str
    fallback: bool
    voice_processes: int
    text_processes: int
    body_limit_mb: int
    fetch_allow: tuple[str, ...]
    fetch_ports: tuple[int, ...]
    fetch_seconds: float
    fetch_limit_mb: int
    read_seconds: float
    revalidate_seconds: int
    segment_seconds: float
    waiting_segments: int
    tracks: int
    access_log: bool
    recordings_mb: int
    log: Form
    rate: str
    sherpa: Path | None
    openai_url: str
    openai_key: str
    openai_model: str
    openai_voices: tuple[str, ...]


class Setting(msgspec.Struct, frozen=True):
    """One environment variable: the field it fills, its default as a site would write it, and what it means."""

    variable: str
    field: str
    default: str
    parse: Callable[[str], Any]
    meaning: str


class BadSetting(ValueError):
    """A setting that cannot be used; the message names the variable and says what it takes."""


def _switch(value: str) -> bool:
    words = {"on": True, "1": True, "true": True, "yes": True, "off": False, "0": False, "false": False, "no": False}
    return words[value.lower()]


def _list(value: str) -> tuple[str, ...]:
    return tuple(value.replace(",", " ").split())


def _port(value: str) -> int:
    number = int(value)
    if not 0 <= number <= 65535:
        raise ValueError
    return number


def _ports(value: str) -> tuple[int, ...]:
    return tuple(map(_port, _list(value)))


def _count(value: str) -> int:
    number = int(value)
    if number < 1:
        raise ValueError
    return number


def _bound(value: str) -> int:
    return 0 if value == "0" else _count(value)


def _cores(value: str) -> int:
    return len(os.sched_getaffinity(0)) if value == "cores" else _count(value)


def _seconds(value: str) -> float:
    number = float(value)
    if not 0 < number < float("inf"):
        raise ValueError
    return number


def _form(value: str) -> Form:
    forms: dict[str, Form] = {"text": "text", "json": "json"}
    return forms[value]


def _limit(value: str) -> float | None:
    return _seconds(value) if value else None


def _address(value: str) -> str:
    if value and not value.startswith(("http://", "https://")):
        raise ValueError
    return value


def _queue(value: str) -> str:
    if value != "local" and not value.startswith(("redis://", "rediss://", "unix://")):
        raise ValueError
    return value


def _folder(value: str) -> Path:
    return Path(value).expanduser()


def _optional_folder(value: str) -> Path | None:
    return _folder(value) if value else None


_RATE = re.compile(r"[1-9]\d*/(?:second|minute|hour|day)")


def _rate(value: str) -> str:
    if value.lower() == "off":
        return ""
    if not _RATE.fullmatch(value):
        raise ValueError
    return value


def _policy(value: str) -> str:
    if value not in policies():
        raise ValueError
    return value


SETTINGS: tuple[Setting, ...] = (
    Setting("CHANGDU_HOST", "host", "127.0.0.1", str, "the address to listen on"),
    Setting("CHANGDU_PORT", "port", "8000", _port, "the port to listen on"),
    Setting("CHANGDU_BASE_URL", "base_url", "", str, "the public address, where a proxy stands in front"),
    Setting("CHANGDU_STORE", "store", "~/.local/share/changdu", str, "where articles, pages and audio are kept"),
    Setting(
        "CHANGDU_QUEUE", "queue", "local", _queue, "local, or the redis:// address where workers elsewhere take jobs"
    ),
    Setting("CHANGDU_KEEP_GB", "keep_gb", "", _limit, "what pages and audio may take; then the longest unused goes"),
    Setting("CHANGDU_KEEP_DAYS", "keep_days", "", _limit, "how long anything is kept that nobody uses"),
    Setting("CHANGDU_CACHE", "cache", "~/.cache/changdu", _folder, "where the assembled speech model is kept"),
    Setting("CHANGDU_SITES", "sites", "", _optional_folder, "the folder of site profiles, see docs/sites.md"),
    Setting("CHANGDU_LEXICON", "lexicon", "", _optional_folder, "the folder of lexicons, see docs/lexicon.md"),
    Setting("CHANGDU_CORRECTIONS", "corrections", "off", _rate, "readings a listener may propose, such as 10/hour"),
    Setting("CHANGDU_PUSH_KEY", "push_key", "", str, "the key that `changdu push` shows, made by `changdu key`"),
    Setting(
        "CHANGDU_POLICY",
        "policy",
        "everything",
        _policy,
        "what is read aloud: everything · body · described · verbatim",
    ),
    Setting("CHANGDU_VOICE", "voice", "zf_xiaochang", str, "the voice used when a reader names none"),
    Setting("CHANGDU_FALLBACK", "fallback", "on", _switch, "whether an embedded voice takes over from an online one"),
    Setting("CHANGDU_VOICE_PROCESSES", "voice_processes", "cores", _cores, "processes that speak, 700 MB each at most"),
    Setting("CHANGDU_TEXT_PROCESSES", "text_processes", "1", _count, "processes that read documents and convert text"),
    Setting("CHANGDU_BODY_LIMIT_MB", "body_limit_mb", "10", _count, "the largest document that may be sent"),
    Setting("CHANGDU_FETCH_ALLOW", "fetch_allow", "", _list, "internal hosts or networks that may be opened"),
    Setting("CHANGDU_FETCH_PORTS", "fetch_ports", "80,443", _ports, "ports that may be opened"),
    Setting("CHANGDU_FETCH_SECONDS", "fetch_seconds", "20", _seconds, "time for one address, redirects included"),
    Setting("CHANGDU_FETCH_LIMIT_MB", "fetch_limit_mb", "10", _count, "the largest page fetched, decompressed"),
    Setting("CHANGDU_READ_SECONDS", "read_seconds", "15", _seconds, "time for reading one document"),
    Setting("CHANGDU_REVALIDATE_SECONDS", "revalidate_seconds", "300", _count, "how long a page counts as fresh"),
    Setting("CHANGDU_SEGMENT_SECONDS", "segment_seconds", "60", _seconds, "time for speaking one segment"),
    Setting("CHANGDU_WAITING_SEGMENTS", "waiting_segments", "500", _count, "segments that may wait to be spoken"),
    Setting("CHANGDU_ACCESS_LOG", "access_log", "off", _switch, "whether each request is logged as a line of JSON"),
    Setting("CHANGDU_LOG", "log", "text", _form, "how logs are written: text, or json with one object a line"),
    Setting("CHANGDU_RATE", "rate", "off", _rate, "how much work one address may ask for, such as 60/minute"),
    Setting("CHANGDU_TRACKS", "tracks", "50", _count, "articles that may be read aloud at once"),
    Setting("CHANGDU_RECORDINGS_MB", "recordings_mb", "0", _bound, "the largest recording by a person; 0 takes none"),
    Setting("CHANGDU_SHERPA", "sherpa", "", _optional_folder, "the folder of sherpa-onnx models, see docs/voices.md"),
    Setting("CHANGDU_OPENAI_URL", "openai_url", "", _address, "a speech server, up to and with /v1"),
    Setting("CHANGDU_OPENAI_KEY", "openai_key", "", str, "the key that server asks for"),
    Setting("CHANGDU_OPENAI_MODEL", "openai_model", "tts-1", str, "the model asked of that server"),
    Setting("CHANGDU_OPENAI_VOICES", "openai_voices", "", _list, "its voices, each name or name@locale@gender"),
)


def load(environ: Mapping[str, str]) -> Settings:
    """Settings from environment variables; raises BadSetting for a value that cannot be used."""
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        value = environ.get(setting.variable, "").strip() or setting.default
        try:
            values[setting.field] = setting.parse(value)
        except (ValueError, KeyError):
            raise BadSetting(f"{setting.variable}={value}: cannot be used; it is {setting.meaning}") from None
    return Settings(**values)


def resources(name: str) -> Path:
    """The folder `templates` or `voices`: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name
