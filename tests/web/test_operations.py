"""Operations: what Prometheus is told, ids of requests, limits for each address, and a restart nobody notices."""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families

from service.logs import JsonLines, request_id
from service.web.throttle import makes_work
from service.web.traffic import route
from tests.web.service import serving, settings

NOTICE = "通知\n\n今天下雨，书法课改在二楼教室上，请大家带好雨伞。"


def post(client: httpx2.Client, text: str = NOTICE) -> httpx2.Response:
    return client.post("/articles", content=text.encode(), headers={"Content-Type": "text/plain"})


def samples(client: httpx2.Client) -> dict[tuple[str, ...], float]:
    found = {}
    for family in text_string_to_metric_families(client.get("/metrics").text):
        for sample in family.samples:
            found[(sample.name, *(value for _, value in sorted(sample.labels.items())))] = sample.value
    return found


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    with serving(settings(tmp_path_factory.mktemp("store"))) as client:
        yield client


def test_metrics_tell_what_happened(client: httpx2.Client) -> None:
    id = post(client).json()["id"]
    for _ in range(3):
        client.get(f"/articles/{id}/elder?script=zh-Hans").raise_for_status()
    client.get("/nothing")
    client.post("/articles", json={"url": "http://127.0.0.1/"})
    told = samples(client)
    assert told["changdu_request_seconds_count", "/articles", "201"] == 1
    assert told["changdu_extraction_seconds_count",] == 1
    assert told["changdu_pages_total", "made"] == 1
    assert told["changdu_pages_total", "memory"] == 2
    assert told["changdu_problems_total", "not-found"] == 1
    assert told["changdu_problems_total", "blocked-address"] == 1
    assert told["changdu_queue_waiting", "interactive", "kokoro"] == 0
    assert told["process_open_fds",] > 3


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "/"),
        ("/articles", "/articles"),
        ("/articles/abcdefghijklmnopqrstuvwxyz/elder", "/articles/…/elder"),
        ("/articles/whatever/elder", "/articles/…/elder"),
        ("/tracks/abcdefghijklmnopqrstuvwxyz.mp3", "/tracks/….mp3"),
        ("/tracks/abcdefghijklmnopqrstuvwxyz/segments/12.mp3", "/tracks/…/segments/….mp3"),
        ("/elder/example.org/a/b/c/d", "/elder/…"),
        ("/wp-login.php", "other"),
        ("/articles/a/b/c/d/e/f", "/articles/…"),
    ],
)
def test_a_stranger_cannot_make_many_routes(path: str, kind: str) -> None:
    assert route(path) == kind


def test_a_request_keeps_its_id_where_it_is_plain(client: httpx2.Client) -> None:
    assert client.get("/health", headers={"X-Request-ID": "a-1.B_2"}).headers["x-request-id"] == "a-1.B_2"
    forged = client.get("/health", headers={"X-Request-ID": "a b\tc"}).headers["x-request-id"]
    assert forged != client.get("/health").headers["x-request-id"]
    assert len(forged) == 16


def test_a_log_line_is_one_object_with_its_request() -> None:
    token = request_id.set("abc")
    try:
        raise ValueError("第一行\n第二行")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "坏了：%s", ("甲",), sys.exc_info())
        line = JsonLines().format(record)
    finally:
        request_id.reset(token)
    told = json.loads(line)
    assert "\n" not in line
    assert (told["message"], told["level"], told["request"]) == ("坏了：甲", "error", "abc")
    assert "第二行" in told["error"]


def test_one_address_may_ask_for_so_much_work(tmp_path: Path) -> None:
    with serving(settings(tmp_path, rate="2/hour")) as client:
        assert [post(client, f"{NOTICE}{n}").status_code for n in range(3)] == [201, 201, 429]
        refused = post(client)
        assert refused.json()["type"] == "/problems/too-many-requests"
        assert int(refused.headers["retry-after"]) > 0
        assert client.get("/").status_code == 200


def test_where_it_cannot_be_counted_it_is_let_pass(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        gone = f"redis://127.0.0.1:{unused.getsockname()[1]}/0"
        with serving(settings(tmp_path, rate="1/hour", queue=gone)) as client:
            assert [post(client, f"{NOTICE}{n}").status_code for n in range(2)] == [201, 201]
            assert samples(client)["changdu_problems_total", "uncounted"] >= 2


@pytest.mark.parametrize(
    ("method", "path", "work"),
    [
        ("POST", "/articles", True),
        ("GET", "/read", True),
        ("GET", "/elder/example.org/1.html", True),
        ("GET", "/articles/abc/elder", False),
        ("GET", "/assets/changdu.css", False),
        ("GET", "/tracks/abc/segments/0.mp3", False),
    ],
)
def test_only_what_makes_work_is_counted(method: str, path: str, work: bool) -> None:
    assert makes_work(method, path) is work


def test_a_restart_loses_no_request(tmp_path: Path) -> None:
    """As systemd does it: the socket outlives the server, and one server follows the other on it."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        said = tmp_path / "said"

        def start() -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", "service.cli", "serve", "--fd", str(listener.fileno())]
            environment = {**os.environ, "CHANGDU_STORE": str(tmp_path)}
            with said.open("a") as output:
                return subprocess.Popen(command, env=environment, pass_fds=[listener.fileno()], stderr=output)

        first, statuses, ended = start(), [], threading.Event()

        def ask() -> None:
            while not ended.is_set():
                statuses.append(httpx2.get(f"{address}/health", timeout=60).status_code)
                time.sleep(0.02)

        asking = threading.Thread(target=ask)
        asking.start()
        while len(statuses) < 10:
            time.sleep(0.05)
        first.send_signal(signal.SIGTERM)
        assert first.wait(60) in (0, -signal.SIGTERM)
        second = start()
        try:
            before = len(statuses)
            while len(statuses) < before + 10:
                time.sleep(0.05)
        finally:
            ended.set()
            asking.join(60)
            second.terminate()
            second.wait(60)
    assert set(statuses) == {200}
    assert said.read_text().splitlines() == [f"changdu: {address}/"] * 2


@pytest.mark.parametrize(
    ("language", "said"), [("zh-Hans", "请检查网址"), ("zh-Hant", "請檢查網址"), ("en", "Check the address")]
)
def test_a_problem_speaks_the_readers_language(client: httpx2.Client, language: str, said: str) -> None:
    accepted = {"Accept-Language": language}
    assert said in client.get("/nothing", headers={"Accept": "text/html", **accepted}).text
    assert said in client.get("/nothing", headers=accepted).json()["detail"]
