"""Voices: what a catalogue's file says, and voices that are blended of others."""

import numpy as np
import pytest

from service.errors import UnknownVoice, VoiceUnavailable
from service.settings import load, resources
from service.speech.voice import Catalogue, listed
from service.speech.voicebox import VoiceBox

VOICES = Catalogue.load(resources("voices"))
FILE = 'synthesizer = "kokoro"\nlocale = "zh-CN"\n[[voice]]\nid = "a"\nname = "甲"\ngender = "female"\n'


def box() -> VoiceBox:
    return VoiceBox(resources("voices") / "no model", resources("voices") / "kokoro")


def test_a_voice_is_its_own_where_nothing_else_is_said() -> None:
    (voice,) = listed(FILE)
    assert (voice.native, voice.shares) == ("a", {"a": 1.0})


@pytest.mark.parametrize("blend", ["{ b = 0.6, c = 0.5 }", "{ b = 1.2, c = -0.2 }"])
def test_shares_are_parts_of_one_whole(blend: str) -> None:
    with pytest.raises(ValueError, match="shares of a's blend"):
        listed(f"{FILE}blend = {blend}\n")


def test_a_blend_lies_between_its_voices() -> None:
    blended = VOICES.get(load({}).voice)
    assert len(blended.shares) > 1
    style = box().style(blended, 100)
    parts = [share * box().style(VOICES.get(id), 100) for id, share in blended.shares.items()]
    assert np.allclose(style, np.sum(parts, axis=0), atol=1e-6)


def test_a_blend_of_a_voice_that_is_not_there_is_told() -> None:
    (voice,) = listed(f"{FILE}blend = {{ zf_xiaobei = 0.5, nobody = 0.5 }}\n")
    with pytest.raises(VoiceUnavailable):
        box().style(voice, 10)


def test_an_unknown_voice_is_told() -> None:
    with pytest.raises(UnknownVoice):
        VOICES.get("nobody")
