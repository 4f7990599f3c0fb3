"""A recording: one track while it is being made, in the order in which its listeners will need its segments."""

import asyncio
from collections.abc import AsyncIterator

import msgspec

from service.blobs.store import Blobs
from service.errors import Busy, ChangduError, SegmentNotFound, SpeechFailed
from service.errors.problem import Problem, problem
from service.jobs.engine import Engine, Job, Lane
from service.speech import recorder
from service.speech.audience import Audience
from service.speech.estimate import spoken_ms
from service.speech.segments import Segment
from service.speech.takes import Take, Takes
from service.speech.track import Fallback, State, Track, TrackSegment, segment_href

_NEAR = 3  # segments ahead of a listener that are needed in the next moments


class Recording:
    """Takes in planned segments and has each of them spoken once, those ahead of the listener first.

    `linger` is how many seconds it goes on while nobody listens or asks. After its track is final it takes no more.
    """

    def __init__(self, track: Track, queue: str, lane: Lane, *, blobs: Blobs, engine: Engine, linger: float) -> None:
        self.state: State = "working"
        self.problem: Problem | None = None
        self.fallback: Fallback | None = None
        self.stand_in: Recording | None = None
        self._track = track
        self._queue = queue
        self._lane = lane
        self._blobs = blobs
        self._engine = engine
        self._linger = linger
        self._takes = Takes()
        self._complete = False
        self._position = 0
        self._stalled = False
        self.audience = Audience()

    @property
    def id(self) -> str:
        return self._track.id

    @property
    def audio(self) -> list[str]:
        """The blob of every segment's sound, in order; all of them are made."""
        return [take.recorded.audio for take in self._takes if take.recorded]

    @property
    def track(self) -> Track:
        """What listeners see now; a recording that was handed over shows the one that stands in for it."""
        if self.stand_in is not None:
            asked = self._track.asked
            return msgspec.structs.replace(self.stand_in.track, id=self.id, asked=asked, fallback=self.fallback)
        return msgspec.structs.replace(
            self._track,
            state=self.state,
            problem=self.problem,
            complete=self._complete,
            duration_ms=self._takes.duration_ms if self.state == "ready" else None,
            expected_ms=self._expected_ms(),
            segments=tuple(map(self._view, self._takes)),
            sentences={
                spoken.sentence.id: spoken.sentence.text for take in self._takes for spoken in take.segment.sentences
            },
        )

    @property
    def made(self) -> list[int]:
        """The numbers of the segments that are ready, in the order in which they became so."""
        return self._takes.made

    def segment_view(self, n: int) -> TrackSegment:
        return self._view(self._takes[n])

    @property
    def stalled(self) -> bool:
        """Whether it was put aside unfinished, or what stands in for it was."""
        return self._stalled if self.stand_in is None else self.stand_in.stalled

    def touch(self) -> None:
        """Somebody asked for this track just now."""
        self.audience.touch()
        if self.stand_in is not None:
            self.stand_in.touch()

    async def make(self, plan: AsyncIterator[tuple[Segment, ...]]) -> bool:
        """Have every segment of the plan spoken; False where it stopped because nobody wants it any more.

        Raises what the plan or a segment raised; what is made by then stays playable.
        """
        reading = asyncio.create_task(self._read(plan))
        making: dict[asyncio.Task[None], Take] = {}
        try:
            while True:
                while len(making) <= self._engine.slots(self._queue) and (take := self._takes.next()):
                    if not await self._find(take):
                        making[asyncio.create_task(self._make(take, self._lane_of(take)))] = take
                if not making and reading.done():
                    await reading
                    return True
                change = asyncio.create_task(self.audience.changed())
                await asyncio.wait({*making, change}, timeout=self._linger, return_when=asyncio.FIRST_COMPLETED)
                change.cancel()
                for task in [task for task in making if task.done()]:
                    await task
                    del making[task]
                if reading.done():
                    await reading
                if self._lane == "interactive" and self.audience.gone(self._linger):
                    self._stalled = True
                    return False
        except ChangduError:
            for take in list(making.values()):
                await self._find(take)  # what was made beside the one that failed is playable
            raise
        finally:
            for task in (reading, *making):
                task.cancel()
            await asyncio.gather(reading, *making, return_exceptions=True)

    async def audio_of(self, n: int) -> str:
        """The blob of segment `n`, waiting until it is made; raises SegmentNotFound, or why it cannot be made."""
        self._position = n
        self._takes.seek(n)
        with self.audience.listening():
            while n >= len(self._takes):
                if self._complete or not self._is_open:
                    raise SegmentNotFound
                await self.audience.changed()
            take = self._takes[n]
            if self._is_open and not await self._find(take):
                await self._make(take, "interactive")
            if take.recorded is None or self.stand_in is not None:
                raise SegmentNotFound
            return take.recorded.audio

    def finish(self) -> None:
        self.state = "ready"
        self.audience.tell()

    def fail(self, error: ChangduError) -> None:
        self.state = "failed"
        self.problem = problem(error)
        self.audience.tell()

    def hand_over(self, stand_in: "Recording", fallback: Fallback) -> None:
        """From now on the whole track is another recording; nothing made here belongs to it any more."""
        self.stand_in = stand_in
        self.fallback = fallback
        self.audience.tell()

    async def _read(self, plan: AsyncIterator[tuple[Segment, ...]]) -> None:
        try:
            async for segments in plan:
                self._takes.add(segments)
                self.audience.tell()
            self._complete = True
        finally:
            self.audience.tell()

    def _lane_of(self, take: Take) -> Lane:
        near = 0 <= take.n - self._position < _NEAR
        return self._lane if near else "bulk"

    async def _find(self, take: Take) -> bool:
        """Whether a segment's sound is stored; from then on it is ready."""
        if take.recorded is None:
            recorded = await recorder.find(self._blobs, take.segment)
            if recorded is not None and take.recorded is None:
                self._takes.finish(take, recorded)
                self.audience.tell()
        return take.recorded is not None

    async def _make(self, take: Take, lane: Lane) -> None:
        job = Job(queue=self._queue, track=self.id, lane=lane, segment=take.segment, rate=self._track.rate)
        try:
            await self._run(job)
        except ChangduError:
            take.failed = True
            self.audience.tell()
            raise
        await self._find(take)

    async def _run(self, job: Job) -> None:
        """Run a job, once more where its sentence failed, and after a while where there is no room."""
        tries = 2
        while True:
            try:
                return await self._engine.run(job)
            except Busy as error:
                await asyncio.sleep(error.retry_after or 1)
            except SpeechFailed:
                tries -= 1
                if not tries:
                    raise

    def _expected_ms(self) -> int | None:
        """What is made as long as it is, and what is not as long as it is likely to be, once the plan is complete."""
        if not self._complete:
            return self._track.expected_ms
        rate = self._track.rate
        return sum(
            take.recorded.duration_ms
            if take.recorded
            else sum(spoken_ms(spoken.text, rate) for spoken in take.segment.sentences)
            for take in self._takes
        )

    def _view(self, take: Take) -> TrackSegment:
        made = take.recorded
        return TrackSegment(
            n=take.n,
            state="ready" if made else "failed" if take.failed else "waiting",
            href=segment_href(self.id, take.n),
            start_ms=take.start_ms,
            duration_ms=made.duration_ms if made else None,
            cues=made.cues if made else (),
        )

    @property
    def _is_open(self) -> bool:
        return self.state == "working" and self.stand_in is None
