"""What is spoken again when one sentence of a hundred has changed."""

from collections.abc import AsyncIterator

from bench.setup import Setup, house, spoken
from bench.table import Row, at_most
from service.intake.document import Document

_COUNT = 100
_NUMBERS = "一二三四五六七八九十"


async def measure(setup: Setup) -> AsyncIterator[Row]:
    """The sentences are short and of our own: how they sound is measured elsewhere."""
    sentences = [f"这是第{_NUMBERS[n // 10]}组第{_NUMBERS[n % 10]}句。" for n in range(_COUNT)]
    changed = [*sentences[:50], "这一句改过了。", *sentences[51:]]
    async with house() as (at, _):
        before = 0
        for text in (sentences, changed):
            document = Document(body=("改动\n\n" + "".join(text)).encode())
            track = await spoken(at, (await at.library.add(document)).article)
            total = at.workshop.recorder.totals["kokoro"].segments
            made, before = total - before, total
        segments = len(track.segments)
    yield at_most("one sentence of a hundred changed, segments spoken", made, 1, "{:.0f}", f"of {segments}")
