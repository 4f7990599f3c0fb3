"""The player as it is served: one small file that any page may load, and types that an editor can read."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from service.settings import resources
from service.web import catalogue, player
from service.web.preferences import LANGUAGES
from tests.web.service import serving, settings


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    with serving(settings(tmp_path_factory.mktemp("player"))) as client:
        yield client


def test_one_file_below_its_limit(client: httpx2.Client) -> None:
    script = client.get("/player.js", headers={"Accept-Encoding": "identity"})
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert len(script.content) <= 25_000
    assert not re.search(r"\bimport\b|\binnerHTML\b|\beval\b|\.style\b", script.text)
    assert client.get("/player.js").text == script.text, "the compressed form says the same"


def test_any_page_may_load_it_and_keep_it(client: httpx2.Client) -> None:
    script = client.get("/player.js", headers={"Origin": "https://elsewhere.example"})
    assert script.headers["access-control-allow-origin"] == "*"
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    again = client.get("/player.js", headers={"If-None-Match": script.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_it_is_a_script_that_node_can_read(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    file = tmp_path / "player.js"
    file.write_text(player.script(resources("templates")), encoding="utf-8")
    assert subprocess.run([node, "--check", file], capture_output=True, check=False).stderr == b""


def test_every_word_can_stand_in_its_table() -> None:
    words = catalogue.load(resources("templates") / "interface.toml")
    said = [words[language][name] for language in LANGUAGES for name in player.WORDS]
    assert not [word for word in said if re.search(r"[|`\\\n]|\$\{", word)]


def test_every_word_that_it_asks_for_is_there() -> None:
    parts = [(resources("templates") / "player" / f"{part}.js").read_text(encoding="utf-8") for part in player.PARTS]
    asked = set(re.findall(r"(?<!cue\.)\bwords\.(\w+)", "".join(parts)))
    assert asked <= {name.removeprefix("player_") for name in player.WORDS} | {"lang", "said"}
