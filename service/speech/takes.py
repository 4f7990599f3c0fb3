"""Takes: the segments of a plan in their order, each with its sound once it is there, and which is wanted next."""

from collections.abc import Iterable, Iterator

from service.speech.recorder import Recorded
from service.speech.segments import Segment


class Take:
    """One segment of the plan. `start_ms` is its place in the joined file, known once all before it are there."""

    def __init__(self, n: int, segment: Segment) -> None:
        self.n = n
        self.segment = segment
        self.recorded: Recorded | None = None
        self.start_ms: int | None = None
        self.failed = False


class Takes:
    """`made` are the numbers of those with a sound in the order in which they got it; `duration_ms` is how long the
    joined file is as far as it has no gap."""

    def __init__(self) -> None:
        self.made: list[int] = []
        self.duration_ms = 0
        self._takes: list[Take] = []
        self._waiting: set[int] = set()
        self._cursor = 0
        self._placed = 0

    def __len__(self) -> int:
        return len(self._takes)

    def __getitem__(self, n: int) -> Take:
        return self._takes[n]

    def __iter__(self) -> Iterator[Take]:
        return iter(self._takes)

    def add(self, segments: Iterable[Segment]) -> None:
        for segment in segments:
            self._waiting.add(len(self._takes))
            self._takes.append(Take(len(self._takes), segment))
        self._place()

    def seek(self, n: int) -> None:
        """A listener is at take `n`: what follows it is wanted next."""
        self._cursor = n

    def next(self) -> Take | None:
        """The nearest take ahead of the listener that nobody has begun, or else the first one behind."""
        if not self._waiting:
            return None
        while self._cursor < len(self._takes) and self._cursor not in self._waiting:
            self._cursor += 1
        if self._cursor >= len(self._takes):
            self._cursor = min(self._waiting)
        self._waiting.remove(self._cursor)
        return self._takes[self._cursor]

    def finish(self, take: Take, recorded: Recorded) -> None:
        """Give a take its sound."""
        take.recorded, take.failed = recorded, False
        self._waiting.discard(take.n)
        self.made.append(take.n)
        self._place()

    def _place(self) -> None:
        while self._placed < len(self._takes):
            take = self._takes[self._placed]
            take.start_ms = self.duration_ms
            if take.recorded is None:
                return
            self.duration_ms += take.recorded.duration_ms
            self._placed += 1
