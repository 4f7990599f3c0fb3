"""The model: put together from its packages, checked, mended, and never half there."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from service.errors import ModelDamaged, StorageFull
from service.settings import load
from service.speech.model import assemble, has_vnni


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
