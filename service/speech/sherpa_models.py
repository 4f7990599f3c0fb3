"""Models for sherpa-onnx: what a folder of them holds, and who speaks in each."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from service.speech.voice import Voice, listed

NAME = "sherpa"
VOICES = "voices.toml"


class BadModel(ValueError):
    """A model that cannot be used; the message names its folder and says what it lacks."""


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """One model by its files, in the layout of sherpa-onnx's own releases.

    It is Kokoro where there is a file of styles, Matcha where there is a vocoder, and VITS otherwise.
    """

    folder: Path
    network: Path
    tokens: Path
    lexicons: tuple[Path, ...]
    styles: Path | None = None
    vocoder: Path | None = None

    @property
    def synthesizer(self) -> str:
        return f"{NAME}-{self.folder.name}"


def models(folder: Path) -> tuple[Model, ...]:
    """The model in each folder of a folder, by name; hidden ones are passed over. Raises BadModel."""
    if not folder.is_dir():
        raise BadModel(f"{folder} is no folder")
    return tuple(_model(path) for path in sorted(folder.glob("[!.]*")) if path.is_dir())


def voices(model: Model) -> tuple[Voice, ...]:
    """Who speaks in a model, by its `voices.toml`, whose form is that of the house's own; raises BadModel."""
    path = model.folder / VOICES
    try:
        return tuple(_speakers(path, model))
    except FileNotFoundError:
        raise BadModel(f"{path} is missing: it names the model's voices") from None
    except (OSError, ValueError) as error:
        raise BadModel(f"{path}: {error}") from error


def _speakers(path: Path, model: Model) -> Iterator[Voice]:
    ours = f'synthesizer = "{model.synthesizer}"\n'
    for voice in listed(ours + path.read_text(encoding="utf-8"), native="0"):
        if not (voice.native.isascii() and voice.native.isdigit()):
            raise ValueError(f'`native` of {voice.id} is the number of a speaker, such as "0"')
        yield msgspec.structs.replace(voice, synthesizer=model.synthesizer, online=False, estimated=True)


def _model(folder: Path) -> Model:
    networks = sorted(folder.glob("*.onnx"))
    vocoder = next((path for path in networks if path.name.startswith(("vocos", "hifigan"))), None)
    networks = [path for path in networks if path != vocoder]
    tokens, styles = folder / "tokens.txt", folder / "voices.bin"
    if len(networks) != 1:
        raise BadModel(
            f"{folder} holds {len(networks)} models: it should be one .onnx file, beside a vocoder's at most"
        )
    if not tokens.is_file():
        raise BadModel(f"{tokens} is missing")
    return Model(
        folder=folder,
        network=networks[0],
        tokens=tokens,
        lexicons=tuple(sorted(folder.glob("lexicon*.txt"))),
        styles=styles if styles.is_file() else None,
        vocoder=vocoder,
    )
