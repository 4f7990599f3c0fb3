"""Events: what happens to a track, as it is told to those who follow it."""

from collections.abc import AsyncGenerator
from typing import Literal

import msgspec

from service.speech.recording import Recording
from service.speech.track import Track, TrackSegment


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What happened to a track. `segment` carries that segment, every other kind the whole track."""

    kind: Literal["segment", "fallback", "ready", "failed"]
    data: TrackSegment | Track


async def events(recording: Recording) -> AsyncGenerator[Event, None]:
    """Each segment when it is ready, in the order of being made; then `ready` or `failed`, which is the last.

    `fallback` says that another voice has taken over the whole track: what came before no longer counts.
    """
    current, sent = recording, 0
    while True:
        if recording.stand_in is not None and current is recording:
            current, sent = recording.stand_in, 0
            yield Event(kind="fallback", data=recording.track)
        with current.audience.listening():
            while sent < len(current.made):
                yield Event(kind="segment", data=current.segment_view(current.made[sent]))
                sent += 1
            if current.state != "working":
                yield Event(kind=current.state, data=recording.track)
                return
            if current is not recording or recording.stand_in is None:
                await current.audience.changed()
