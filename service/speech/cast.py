"""The cast: everyone who can read on this machine, as its settings say."""

from importlib.util import find_spec

from service.settings import BadSetting, Settings, resources
from service.speech.openai import voices as openai_voices
from service.speech.sherpa_models import BadModel, Model, models
from service.speech.sherpa_models import voices as model_voices
from service.speech.voice import Catalogue


def cast(settings: Settings) -> Catalogue:
    """The house's own voices, those of the models in a folder, and those of a speech server; raises BadSetting."""
    voices = Catalogue.load(resources("voices")).voices
    if settings.openai_url:
        voices += openai_voices(settings.openai_voices)
    found = sherpa_models(settings)
    try:
        return Catalogue(voices + tuple(voice for model in found for voice in model_voices(model)))
    except ValueError as error:
        raise _unusable(settings, error) from None


def sherpa_models(settings: Settings) -> tuple[Model, ...]:
    """The models of `CHANGDU_SHERPA`, none where it is not set; raises BadSetting."""
    if settings.sherpa is None:
        return ()
    if find_spec("sherpa_onnx") is None:
        raise BadSetting(f"CHANGDU_SHERPA={settings.sherpa}: it needs pip install 'changdu[sherpa]'")
    try:
        return models(settings.sherpa)
    except BadModel as error:
        raise _unusable(settings, error) from None


def _unusable(settings: Settings, error: ValueError) -> BadSetting:
    return BadSetting(f"CHANGDU_SHERPA={settings.sherpa}: {error}")
