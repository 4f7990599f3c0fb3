"""What is deployed: the units run commands that exist, the image holds the whole program, the dashboard asks for metrics."""

import configparser
import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from prometheus_client.parser import text_string_to_metric_families

from service.cli.arguments import parser
from service.errors import of_slug
from service.settings import SETTINGS
from tests.web.service import serving, settings

ROOT: Final = Path(__file__).parents[1]
DEPLOY: Final = ROOT / "deploy"
UNITS: Final = sorted(DEPLOY.glob("*.service"))
LANES: Final = ("interactive", "bulk")
_COMMAND: Final = "/opt/changdu/bin/changdu"
_METRIC: Final = re.compile(r"\b(?:changdu|process)_\w+")


def unit(path: Path) -> configparser.RawConfigParser:
    read = configparser.RawConfigParser(strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]  # the way the library offers to keep capitals
    read.read(path)
    return read


def instructions(name: str) -> list[list[str]]:
    """The words of each instruction of the Containerfile of one kind."""
    joined = (DEPLOY / "Containerfile").read_text().replace("\\\n", " ")
    return [line.split()[1:] for line in joined.splitlines() if line.startswith(f"{name} ")]


def expressions() -> Iterator[str]:
    dashboard = json.loads((DEPLOY / "grafana" / "changdu.json").read_text())
    for panel in dashboard["panels"]:
        for target in panel["targets"]:
            yield target["expr"]
    for variable in dashboard["templating"]["list"]:
        yield variable["query"]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
@pytest.mark.parametrize("lane", LANES)
def test_units_run_commands_that_exist(path: Path, lane: str) -> None:
    command, *arguments = shlex.split(unit(path)["Service"]["ExecStart"].replace("%i", lane))
    assert command == _COMMAND
    assert parser().parse_args(arguments).command


def test_settings_that_are_deployed_exist() -> None:
    variables = {setting.variable for setting in SETTINGS}
    used = [
        word for path in DEPLOY.iterdir() if path.is_file() for word in re.findall(r"CHANGDU_\w+", path.read_text())
    ]
    assert used
    assert set(used) <= variables


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd (Debian package systemd)")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    shutil.copy(DEPLOY / "changdu.socket", tmp_path)
    for path in UNITS:
        for lane in LANES:
            text = path.read_text().replace(_COMMAND, shutil.which("true") or "")
            (tmp_path / path.name.replace("@", f"@{lane}")).write_text(text)
    names = sorted(map(str, tmp_path.iterdir()))
    found = subprocess.run(["systemd-analyze", "verify", *names], capture_output=True, text=True)
    assert (found.returncode, found.stderr) == (0, "")


def test_the_image_holds_the_whole_program() -> None:
    copied = {name for words in instructions("COPY") if not words[0].startswith("--") for name in words[:-1]}
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert copied >= {
        "requirements-redis.lock",
        "pyproject.toml",
        "service",
        "templates",
        "voices",
        "LICENSE",
        "NOTICE",
    }


def pins(name: str) -> dict[str, str]:
    lines = (line.split() for line in (ROOT / name).read_text().splitlines() if re.match(r"\w", line))
    return {package: version for package, _, version in (line[0].partition("==") for line in lines)}


def test_a_lock_has_what_its_extra_asks_for_and_the_versions_of_the_lock_before() -> None:
    locks = [pins(f"requirements{kind}.lock") for kind in ("", "-redis", "-dev")]
    for smaller, larger in pairwise(locks):
        assert smaller.items() <= larger.items()
    assert {"saq", "redis"} <= locks[1].keys() - locks[0].keys()
    assert {"pytest", "moto"} <= locks[2].keys() - locks[1].keys()


def test_the_image_serves_as_nobody_in_particular() -> None:
    (arguments,) = (json.loads(" ".join(words)) for words in instructions("CMD"))
    assert parser().parse_args(arguments[1:]).command
    assert instructions("USER") == [["changdu"]]
    assert instructions("HEALTHCHECK")


def test_the_dashboard_asks_for_metrics_that_are_told(tmp_path: Path) -> None:
    with serving(settings(tmp_path)) as client:
        text = client.get("/metrics").text
    told = {family.name for family in text_string_to_metric_families(text)}
    asked = {name for expression in expressions() for name in _METRIC.findall(expression)}
    assert {re.sub(r"_(?:total|count|sum)$", "", name) for name in asked} <= told
    assert {name for name in told if name.startswith("changdu_")} <= {
        re.sub(r"_(?:total|count|sum)$", "", name) for name in asked
    }


def test_the_runbook_names_what_exists(tmp_path: Path) -> None:
    runbook = (ROOT / "docs" / "runbook.md").read_text()
    slugs = set(re.findall(r"(?:\b[1-5]\d\d|or \d{3}) `([a-z-]+)`", runbook))
    assert len(slugs) > 10
    assert [slug for slug in slugs if of_slug(slug).slug != slug] == []
    variables = {setting.variable for setting in SETTINGS}
    assert {name for name in re.findall(r"CHANGDU_[A-Z_]*[A-Z]", runbook) if name != "CHANGDU_OPENAI"} <= variables
    with serving(settings(tmp_path)) as client:
        told = client.get("/metrics").text
    assert [name for name in re.findall(r"changdu_\w+", runbook) if name.removesuffix("_total") not in told] == []
