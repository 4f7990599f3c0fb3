"""Prints the gain that brings each embedded voice to the house's loudness, for `gain_db` in voices/kokoro.toml."""

import io

import msgspec
import numpy as np
import soundfile

from service.settings import load, resources
from service.speech.loudness import TARGET, limited, loudness
from service.speech.model import assemble, has_vnni
from service.speech.voice import Catalogue, Voice
from service.speech.voicebox import VoiceBox
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


_QUIET = -12.0  # dB: far below what the limiter touches


def gain(box: VoiceBox, voice: Voice) -> float:
    """Decibels that bring the voice to the target behind the limiter, over all its texts in one, found by halving."""
    texts = TEXTS[voice.locale[:2]]
    said = tuple(
        speak(Sentence(id=f"b1.s{n}", passage=1, start=0, end=len(text), text=text)) for n, text in enumerate(texts, 1)
    )
    utterance = box.speak(msgspec.structs.replace(voice, gain_db=_QUIET), said, 1.0)
    samples, rate = soundfile.read(io.BytesIO(utterance.mp3), dtype="float32")
    low, high = -12.0, 18.0
    while high - low > 0.01:
        middle = (low + high) / 2
        louder = limited(np.asarray(samples) * np.float32(10 ** ((middle - _QUIET) / 20)))
        low, high = (low, middle) if loudness(louder, rate) > TARGET else (middle, high)
    return middle


def main() -> None:
    folder = resources("voices")
    box = VoiceBox(assemble(load({}).cache, vnni=has_vnni()), folder / "kokoro")
    for voice in Catalogue.load(folder).voices:
        if voice.synthesizer == "kokoro":
            print(f"{voice.id}: {gain(box, voice):+.1f} dB", flush=True)


if __name__ == "__main__":
    main()
