"""Prints the gain that brings each embedded voice to the house's loudness, for `gain_db` in voices/kokoro.toml."""

import asyncio
import io

import msgspec
import numpy as np
import soundfile

from service.settings import load, resources
from service.speech.kokoro import Kokoro
from service.speech.loudness import TARGET, loudness
from service.speech.voice import Catalogue, Voice
from service.text.sentences import Sentence
from service.text.spoken import speak

TEXTS = {
    "zh": (
        "社区图书馆从下周起延长开放时间，每天上午八点到晚上九点。",
        "请居民带好身份证，到一楼服务大厅办理登记手续。",
        "街道召开工作会议，总结上半年的情况，安排下一步的任务。",
        "天气转凉，老年朋友出门散步时，要注意添加衣服。",
    ),
    "en": (
        "The library will stay open until nine in the evening, starting next week.",
        "Please bring your card and register at the desk on the ground floor.",
    ),
}


async def gain(kokoro: Kokoro, voice: Voice) -> float:
    """Decibels from what the voice is without gain to the target, over all its texts in one."""
    texts = TEXTS[voice.locale[:2]]
    said = tuple(
        speak(Sentence(id=f"b1.s{n}", passage=1, start=0, end=len(text), text=text)) for n, text in enumerate(texts, 1)
    )
    utterance = await kokoro.speak(msgspec.structs.replace(voice, gain_db=0.0), said, 1.0)
    samples, rate = soundfile.read(io.BytesIO(utterance.mp3), dtype="float32")
    return TARGET - loudness(np.asarray(samples), rate)


async def main() -> None:
    kokoro = Kokoro(load({}))
    for voice in Catalogue.load(resources("voices")).voices:
        if voice.synthesizer == "kokoro":
            print(f"{voice.id}: {await gain(kokoro, voice):+.1f} dB")
    await kokoro.close()


if __name__ == "__main__":
    asyncio.run(main())
