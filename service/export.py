"""Export: an article as a folder that opens from disk, its two pages, its sound and its data, all or nothing."""

import asyncio
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

import msgspec

from service.app import House
from service.article import Article
from service.errors import Busy, StorageFull, TrackFailed
from service.jobs.engine import Lane
from service.speech import assembly
from service.speech.track import Track
from service.text.scripts import Script
from service.web.articles import article_json
from service.web.preferences import VIEWS, Choices, View

_SOUND: Final[Mapping[str, assembly.Kind]] = {"audio.mp3": "mp3", "timeline.json": "json", "captions.vtt": "vtt"}


class Progress(Protocol):
    """Told of the track as it grows; the estimate of how many sentences there are may grow with it."""

    def __call__(self, track: Track) -> None: ...


def _silent(track: Track) -> None:
    """Nobody watches."""


async def export(
    house: House,
    article: Article,
    folder: Path,
    *,
    view: View,
    script: Script | None,
    track: Track | None,
) -> None:
    """Write `index.html` (the view asked for), the other view and `article.json` into `folder`, and with a finished
    track `audio.mp3`, `timeline.json` and `captions.vtt`.

    Nothing is there before everything is. Raises what converting and writing raise.
    """
    sound = (
        {}
        if track is None
        else {
            name: await house.blobs.get(await house.studio.joined(track.id, kind, script)) or b""
            for name, kind in _SOUND.items()
        }
    )
    spoken = msgspec.json.decode(sound["timeline.json"]) if sound else None
    edition = await house.library.edition(article.id, script)
    names = file_names(view)
    pages = {
        name: house.pages.standalone(shown, edition, Choices(view=shown, script=script), spoken, files=names).encode()
        for shown, name in names.items()
    }
    await asyncio.to_thread(write, folder, {"article.json": article_json(article), **sound, **pages})


async def speak(
    house: House, article: Article, voice: str | None, *, lane: Lane = "interactive", progress: Progress = _silent
) -> Track:
    """The finished track of an article, waiting until there is room for it; raises TrackFailed."""
    while True:
        try:
            track = await house.studio.open(article, voice, lane=lane)
            break
        except Busy as busy:
            await asyncio.sleep(busy.retry_after or 1)
    async for _ in house.studio.events(track.id):
        track = await house.studio.get(track.id)
        progress(track)
    if track.problem is not None:
        raise TrackFailed(zh=track.problem.zh, en=track.problem.en)
    return track


def file_names(first: View) -> dict[View, str]:
    """Each view's file: the one that comes first is `index.html`, the other has its own name."""
    return {view: "index.html" if view == first else f"{view}.html" for view in VIEWS}


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Every file or none; raises StorageFull, or OSError where the folder cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _beside(folder) as staging:
            for name, data in files.items():
                (staging / name).write_bytes(data)
            for name in files:
                os.replace(staging / name, folder / name)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull from error
        raise


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    staging = Path(tempfile.mkdtemp(prefix=".changdu-", dir=folder))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)
