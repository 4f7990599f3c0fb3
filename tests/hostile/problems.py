"""What a hostile request must be answered with: a problem of its own status, in one clear text in two languages."""

import re
from typing import NamedTuple

import httpx2


class Problem(NamedTuple):
    status: int
    slug: str


def said(response: httpx2.Response) -> Problem:
    """The problem in a response, held to what every problem must be: no 500, no trace, no unfilled place."""
    assert response.headers["content-type"] == "application/problem+json", response.text[:300]
    body = response.json()
    assert 400 <= response.status_code < 600
    assert response.status_code != 500, body
    assert body["status"] == response.status_code
    for sentence, end in ((body["zh"], "。"), (body["en"], ".")):
        assert sentence.endswith(end)
        assert len(sentence) < 400
        assert not re.search(r"\{\w*\}|[\x00-\x1f\ud800-\udfff]|Traceback|Error\b|0x[0-9a-f]{6}", sentence), sentence
    return Problem(response.status_code, body["type"].removeprefix("/problems/"))
