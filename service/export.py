"""Export: an article as a folder that opens from disk, its two pages, its sound and its data, all or nothing."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import msgspec

from service.app import House
from service.errors import StorageFull, TrackFailed
from service.sources import is_address, load
from service.speech.track import Track
from service.text.scripts import Script
from service.web.articles import article_json
from service.web.preferences import VIEWS, Choices, View


class Progress(Protocol):
    """Told of the track as it grows; the estimate of how many sentences there are may grow with it."""

    def __call__(self, track: Track) -> None: ...


async def export(
    house: House,
    source: str,
    folder: Path,
    *,
    view: View,
    script: Script | None,
    voice: str | None,
    progress: Progress,
) -> None:
    """Write `index.html` (the view asked for), the other view, `audio.mp3`, `timeline.json`, `captions.vtt` and
    `article.json` into `folder`.

    Nothing is there before everything is. Raises what reading, speaking and writing raise.
    """
    shelved = await (house.library.open(source) if is_address(source) else house.library.add(load(source)))
    track = await house.studio.open(shelved.article, voice)
    async for _ in house.studio.events(track.id):
        track = await house.studio.get(track.id)
        progress(track)
    if track.problem is not None:
        raise TrackFailed(zh=track.problem.zh, en=track.problem.en)
    audio, timeline, captions = [
        await house.blobs.get(await house.studio.joined(track.id, kind, script)) or b""
        for kind in ("mp3", "json", "vtt")
    ]
    edition = await house.library.edition(shelved.article.id, script)
    files = {name: view for view, name in file_names(view).items()}
    spoken = msgspec.json.decode(timeline)
    pages = {
        name: house.pages.standalone(
            shown, edition, Choices(view=shown, script=script), spoken, files=file_names(view)
        ).encode()
        for name, shown in files.items()
    }
    write(
        folder,
        {
            "article.json": article_json(shelved.article),
            "audio.mp3": audio,
            "timeline.json": timeline,
            "captions.vtt": captions,
            **pages,
        },
    )


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
