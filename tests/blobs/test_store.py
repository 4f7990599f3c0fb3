"""The store: in memory, in a folder and in an object store, each the same to whoever uses it."""

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import msgspec
import pytest
from moto.server import ThreadedMotoServer

from service.blobs.store import REFRESH, Blobs
from service.errors import StorageFull, StoredByNewer, StoreUnavailable

pytestmark = pytest.mark.anyio


class Word(msgspec.Struct, frozen=True):
    text: str


class Newer(msgspec.Struct, frozen=True):
    words: list[str]


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """A bucket of a real server of S3 on loopback."""
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": "us-east-1",
        }.items():
            patch.setenv(name, value)
        httpx2.put(f"http://{host}:{port}/changdu").raise_for_status()
        yield "s3://changdu/store"
    server.stop()


@pytest.fixture(params=["memory", "folder", "s3"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    if request.param == "s3":
        return Blobs(f"{request.getfixturevalue('bucket')}/{tmp_path.name}")
    return Blobs({"memory": "memory://", "folder": str(tmp_path / "store")}[request.param])


async def test_what_is_put_is_found_again(blobs: Blobs) -> None:
    assert (await blobs.get("a/b.mp3"), await blobs.size("a/b.mp3")) == (None, None)
    await blobs.put("a/b.mp3", bytes(range(256)))
    assert await blobs.get("a/b.mp3") == bytes(range(256))
    assert await blobs.size("a/b.mp3") == 256
    assert await blobs.get_range("a/b.mp3", 10, 12) == bytes([10, 11])
    await blobs.delete("a/b.mp3")
    await blobs.delete("a/b.mp3")
    assert await blobs.get("a/b.mp3") is None


async def test_pieces_are_stored_as_one(blobs: Blobs) -> None:
    async def pieces() -> object:
        for n in range(3):
            yield bytes([n]) * 1000

    await blobs.put("joined", pieces())  # type: ignore[arg-type]
    assert await blobs.size("joined") == 3000


async def test_what_is_stored_is_listed(blobs: Blobs) -> None:
    for key in ("a/1.json", "a/b/2.json", "c/3.json"):
        await blobs.put(key, b"xy")
    entries = await blobs.entries("a/")
    assert sorted((entry.key, entry.bytes) for entry in entries) == [("a/1.json", 2), ("a/b/2.json", 2)]
    assert all(abs(entry.used - time.time()) < 60 for entry in entries)


async def test_a_record_is_read_as_what_it_is(blobs: Blobs) -> None:
    await blobs.put("word", msgspec.json.encode(Word("字")))
    assert await blobs.record("word", Word) == Word("字")
    assert await blobs.record("none", Word) is None


async def test_a_record_of_a_newer_version_is_told(blobs: Blobs) -> None:
    await blobs.put("word", msgspec.json.encode(Newer(["字"])))
    with pytest.raises(StoredByNewer):
        await blobs.record("word", Word)


@pytest.mark.parametrize("left", [0, 5])
async def test_half_a_record_is_none(blobs: Blobs, left: int) -> None:
    await blobs.put("word", msgspec.json.encode(Word("字"))[:left])
    assert await blobs.record("word", Word) is None


async def test_a_record_whose_bytes_are_broken_is_none(blobs: Blobs) -> None:
    await blobs.put("word", msgspec.json.encode(Word("字")).replace("字".encode(), b"\xed"))
    assert await blobs.record("word", Word) is None


@pytest.mark.parametrize("how", ["get", "size"])
async def test_use_is_noted_now_and_then(tmp_path: Path, how: str) -> None:
    blobs = Blobs(str(tmp_path), notes_use=True)
    await blobs.put("a/b", b"x")
    long_ago = time.time() - REFRESH - 10
    os.utime(tmp_path / "a/b", (long_ago, long_ago))
    await getattr(blobs, how)("a/b")
    (entry,) = await blobs.entries("a/")
    assert entry.used > long_ago + 10


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 kB."""
    if os.geteuid() != 0 or os.system(f"mount -t tmpfs -o size=64k tmpfs {tmp_path} 2>/dev/null"):
        pytest.skip("a small file system can be mounted by root only")
    yield tmp_path
    os.system(f"umount {tmp_path}")


async def test_a_full_disk_is_told(small_disk: Path) -> None:
    blobs = Blobs(str(small_disk))
    with pytest.raises(StorageFull):
        await blobs.put("big", bytes(1 << 20))
    assert await blobs.get("big") is None
    await blobs.put("small", b"x")


async def test_a_store_that_is_away_is_told(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{unused.getsockname()[1]}")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "other")
        away = Blobs("s3://nothing/here")
        for asking in (away.get("a"), away.size("a"), away.entries("a/")):
            with pytest.raises(StoreUnavailable):
                await asking
