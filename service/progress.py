"""Progress of a reading: a bar on a terminal, plain lines elsewhere, or nothing."""

import sys
import time
from types import TracebackType
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from service.speech.track import Track

_EVERY = 2.0  # seconds between two plain lines


class Meter:
    """Shows sentences done, sound made and time left; a context manager, so that the bar always ends."""

    def __init__(self, out: TextIO = sys.stderr, *, quiet: bool = False) -> None:
        self._begun = time.monotonic()
        self._printed = 0.0
        self._out = out
        self._quiet = quiet
        self._bar = None if quiet or not out.isatty() else _bar(out)
        self._task = self._bar.add_task("", total=None, sound="", left="") if self._bar else None

    def __enter__(self) -> "Meter":
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def __call__(self, track: Track) -> None:
        done = [segment for segment in track.segments if segment.state == "ready"]
        total = len(track.segments)
        sound = sum(segment.duration_ms or 0 for segment in done) / 1000
        passed = time.monotonic() - self._begun
        left = passed / len(done) * (total - len(done)) if done else 0.0
        if self._bar and self._task is not None:
            self._bar.update(self._task, completed=len(done), total=total, sound=f"{sound:.0f} s", left=f"{left:.0f} s")
        elif not self._quiet and (passed - self._printed >= _EVERY or track.state != "working"):
            self._printed = passed
            print(
                f"{len(done)}/{total} sentences, {sound:.0f} s of sound, {left:.0f} s left", file=self._out, flush=True
            )


def _bar(out: TextIO) -> Progress:
    return Progress(
        TextColumn("sentences"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[sound]} of sound"),
        TextColumn("{task.fields[left]} left"),
        console=Console(file=out),
        transient=False,
    )
