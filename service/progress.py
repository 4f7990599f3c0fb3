"""Progress of a reading and of a preparation: a bar on a terminal, plain lines elsewhere, or nothing."""

import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn

from service.prepare import Prepared
from service.speech.track import Track

_SOUND = (TextColumn("{task.fields[sound]} of sound"), TextColumn("{task.fields[left]} left"))
_EVERY = 2.0  # seconds between two plain lines


class _Shown:
    """On a terminal a bar, which a context manager always ends."""

    def __init__(self, out: TextIO, noun: str, columns: Sequence[ProgressColumn], *, quiet: bool) -> None:
        self._out = out
        self._quiet = quiet
        self._bar = None if quiet or not out.isatty() else _bar(out, noun, *columns)

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()


class Meter(_Shown):
    """Shows sentences done, sound made and time left."""

    def __init__(self, out: TextIO = sys.stderr, *, quiet: bool = False) -> None:
        super().__init__(out, "sentences", _SOUND, quiet=quiet)
        self._begun = time.monotonic()
        self._printed = 0.0
        self._task = self._bar.add_task("", total=None, sound="", left="") if self._bar else None

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


class Tally(_Shown):
    """Shows articles done and what went wrong with which."""

    def __init__(self, out: TextIO = sys.stderr, *, quiet: bool = False) -> None:
        super().__init__(out, "articles", (TimeRemainingColumn(),), quiet=quiet)
        self._task = self._bar.add_task("", total=None) if self._bar else None

    def __call__(self, prepared: Prepared, count: int, total: int) -> None:
        line = f"{prepared.address} {prepared.problem}" if prepared.problem else prepared.address
        if self._bar and self._task is not None:
            self._bar.update(self._task, completed=count, total=total)
            if prepared.problem:
                self._bar.console.print(line, markup=False)
        elif prepared.problem or not self._quiet:
            print(f"{count}/{total} {line}", file=self._out, flush=True)


def _bar(out: TextIO, noun: str, *columns: ProgressColumn) -> Progress:
    return Progress(
        TextColumn(noun),
        BarColumn(),
        MofNCompleteColumn(),
        *columns,
        console=Console(file=out),
        transient=False,
    )
