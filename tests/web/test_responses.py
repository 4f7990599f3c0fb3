"""BlobResponse: whole, part, unchanged or refused, over a real store."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from service.blobs.store import Blobs
from service.errors import RangeNotSatisfiable
from service.web.responses import BlobResponse, byte_range, matches

DATA = bytes(range(256)) * 3000
TAG = '"abc"'


@pytest.fixture(scope="module")
def client() -> TestClient:
    blobs = Blobs("memory://")
    asyncio.run(blobs.put("a.mp3", DATA))

    async def sound(request: Request) -> Response:
        return BlobResponse(blobs, "a.mp3", media_type="audio/mpeg", etag=TAG)

    return TestClient(Starlette(routes=[Route("/a.mp3", sound)]))


def test_the_whole(client: TestClient) -> None:
    response = client.get("/a.mp3")
    assert (response.status_code, response.content) == (200, DATA)
    assert response.headers["accept-ranges"] == "bytes"
    assert response.headers["content-length"] == str(len(DATA))


def test_the_head_has_the_length_and_no_body(client: TestClient) -> None:
    response = client.head("/a.mp3")
    assert response.headers["content-length"] == str(len(DATA))
    assert response.content == b""


@pytest.mark.parametrize(
    ("header", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=100-", 100, len(DATA)),
        ("bytes=-5", len(DATA) - 5, len(DATA)),
        ("bytes=5-9999999", 5, len(DATA)),
    ],
)
def test_a_part(client: TestClient, header: str, start: int, end: int) -> None:
    response = client.get("/a.mp3", headers={"Range": header})
    assert (response.status_code, response.content) == (206, DATA[start:end])
    assert response.headers["content-range"] == f"bytes {start}-{end - 1}/{len(DATA)}"


def test_a_part_of_another_version_is_the_whole(client: TestClient) -> None:
    assert client.get("/a.mp3", headers={"Range": "bytes=0-1", "If-Range": '"old"'}).status_code == 200


def test_nothing_where_the_browser_has_it(client: TestClient) -> None:
    response = client.get("/a.mp3", headers={"If-None-Match": f'"x", W/{TAG}'})
    assert (response.status_code, response.content) == (304, b"")


@given(st.integers(1, 50), st.integers(0, 60), st.integers(0, 60))
def test_ranges_follow_the_rfc(size: int, first: int, last: int) -> None:
    header = f"bytes={first}-{last}"
    if last < first:
        assert byte_range(header, size) is None
    elif first >= size:
        with pytest.raises(RangeNotSatisfiable):
            byte_range(header, size)
    else:
        assert byte_range(header, size) == (first, min(last + 1, size))


@pytest.mark.parametrize(
    "header", [None, "", "bytes=", "bytes=-", "items=0-1", "bytes=0-1,3-4", "bytes=a-b", f"bytes=0-{'9' * 5000}"]
)
def test_what_is_no_single_range_is_ignored(header: str | None) -> None:
    assert byte_range(header, 10) is None


def test_etags_are_compared_weakly() -> None:
    assert matches('W/"a"', '"a"')
    assert matches("*", '"a"')
    assert not matches('"b"', '"a"')
    assert not matches(None, '"a"')
