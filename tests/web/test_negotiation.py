"""Negotiation: the reader's languages by their weight, one address that varies, and no choice overridden."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from service.text.tags import Script
from service.web.negotiation import interface_language, text_script
from service.web.preferences import Language
from tests.web.service import serving, settings

SIMPLIFIED = "头发和发展，软件和网络，这里的面条。".encode()
MARKS = {"zh-Hans": "头发", "zh-Hant": "頭髮", "zh-Hant-TW": "軟體", "zh-Hant-HK": "頭髮"}


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "zh-Hans"),
        ("zh-TW,zh;q=0.9", "zh-Hant"),
        ("zh-CN,en;q=0.8", "zh-Hans"),
        ("fr, en-GB;q=0.7", "en"),
        ("en;q=0.2, zh-Hant-HK;q=0.9", "zh-Hant"),
        ("en;q=0, zh-MO", "zh-Hant"),
        ("enm, en-AU", "en"),
        ("de;q=x, ,;;", "zh-Hans"),
    ],
)
def test_the_interface_language(header: str, language: Language) -> None:
    assert interface_language(header) == language


@pytest.mark.parametrize(
    ("header", "script"),
    [
        ("", None),
        ("en-US,en;q=0.9", None),
        ("zh-CN,zh;q=0.9", "zh-Hans"),
        ("zh-TW", "zh-Hant-TW"),
        ("zh-CN;q=0.1, zh-HK;q=0.8, en", "zh-Hant-HK"),
        ("zh-hant ; Q=0.5", "zh-Hant"),
        ("zh-TW;q=0, zh-SG;q=0.001", "zh-Hans"),
        ("*", None),
        ("zh-TW;q=2, zh-TW;q=nan, zh-TW;q=-1", None),
    ],
)
def test_the_script_of_a_text(header: str, script: Script | None) -> None:
    assert text_script(header) == script


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    folder: Path = tmp_path_factory.mktemp("store")
    with serving(settings(folder)) as client:
        yield client


@pytest.fixture(scope="module")
def page(client: httpx2.Client) -> str:
    made = client.post("/articles", content=SIMPLIFIED, headers={"Content-Type": "text/plain"})
    return f"{made.headers['Location']}/elder"


@pytest.mark.parametrize(
    ("asked", "language"),
    [("zh-TW,zh;q=0.5", "zh-Hant-TW"), ("en, zh-HK;q=0.3", "zh-Hant-HK"), ("zh-CN", "zh-Hans"), ("en", "zh-Hans")],
)
def test_one_address_answers_in_the_readers_script(client: httpx2.Client, page: str, asked: str, language: str) -> None:
    for _ in range(2):  # made, and from memory
        answer = client.get(page, headers={"Accept-Language": asked})
        assert answer.headers["Content-Language"] == language
        assert f'<html lang="{language}"' in answer.text
        assert MARKS[language] in answer.text
        assert "Accept-Language" in answer.headers["Vary"]
    variant = answer.headers.get("Content-Location")
    assert variant == (None if language == "zh-Hans" else f"?script={language}")
    if variant:
        assert client.get(page + variant).headers["ETag"] == answer.headers["ETag"]


@pytest.mark.parametrize("script", [*MARKS, "none"])
def test_a_choice_has_its_own_address_and_is_never_overridden(client: httpx2.Client, page: str, script: str) -> None:
    for asked in ("zh-TW", "zh-CN", "en"):
        answer = client.get(f"{page}?script={script}", headers={"Accept-Language": asked})
        assert answer.headers["Content-Language"] == ("zh-Hans" if script == "none" else script)
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert "Content-Location" not in answer.headers


@pytest.mark.parametrize(
    ("asked", "language"), [("zh-TW", "zh-Hant-TW"), ("zh-CN", "zh-Hans"), ("zh-HK", "zh-Hant-HK")]
)
def test_an_empty_choice_is_none(client: httpx2.Client, page: str, asked: str, language: str) -> None:
    answer = client.get(f"{page}?script=", headers={"Accept-Language": asked})
    assert answer.headers["Content-Language"] == language


@pytest.mark.parametrize(
    ("cookie", "language"),
    [("zh-Hant", "zh-Hant"), ("none", "zh-Hans"), ("nonsense", "zh-Hant-TW"), ("", "zh-Hant-TW")],
)
def test_what_the_reader_chose_before_comes_first(client: httpx2.Client, page: str, cookie: str, language: str) -> None:
    headers = {"Accept-Language": "zh-TW", "Cookie": f"other=1; changdu.script={cookie}; more=2"}
    assert client.get(page, headers=headers).headers["Content-Language"] == language
    assert client.get(f"{page}?script=zh-Hant-HK", headers=headers).headers["Content-Language"] == "zh-Hant-HK"


def test_x_default_is_the_negotiating_address(client: httpx2.Client, page: str) -> None:
    html = client.get(f"{page}?script=zh-Hant").text
    assert f'hreflang="x-default" href="{page}"' in html
    for script in MARKS:
        assert f'hreflang="{script}" href="{page}?script={script}"' in html


def test_a_text_that_is_not_chinese_is_not_negotiated(client: httpx2.Client) -> None:
    body = b"The room has six tables, and every book in it is set in large print for slow readers."
    made = client.post("/articles", content=body, headers={"Content-Type": "text/plain"})
    answer = client.get(f"{made.headers['Location']}/elder", headers={"Accept-Language": "zh-TW"})
    assert answer.headers["Content-Language"] == "en"
    assert answer.headers["Vary"] == "Accept-Encoding"
