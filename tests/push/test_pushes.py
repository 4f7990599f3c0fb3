"""Pushing over HTTP: what is taken in, from whom, what readers then get, and that nothing is lost when the power fails."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from service import cli
from service.push.keys import digest, new_key
from service.push.webhooks import is_secret
from tests.web.service import serving, settings

HOME = "https://www.liuxi.example"
SITE_KEY, NEWS_KEY, OTHER_KEY = new_key(), new_key(), new_key()
PROFILE = f"""name = "柳溪镇人民政府"
hosts = ["www.liuxi.example", "news.liuxi.example"]
[[push]]
name = "CMS"
key = "{digest(SITE_KEY)}"
[[push]]
name = "新闻系统"
key = "{digest(NEWS_KEY)}"
hosts = ["news.liuxi.example"]
"""
OTHER = f"""name = "东河村"
hosts = ["www.donghe.example"]
[[push]]
name = "CMS"
key = "{digest(OTHER_KEY)}"
"""


def page(n: int, text: str = "请居民带好身份证，到便民服务中心一楼办理。") -> bytes:
    title = f"第{n}号通知"
    html = f"""<html><head><meta charset="utf-8"><title>{title}</title></head><body><div class="nav"><a href="/">首页</a></div>
<h1>{title}</h1><div class="content"><p>{title}已经发布，从下周一起开始执行，有效期为一年。</p><p>{text}</p></div></body></html>"""
    return html.encode()


def profiles(folder: Path) -> str:
    folder.mkdir(exist_ok=True)
    (folder / "liuxi.toml").write_text(PROFILE, encoding="utf-8")
    (folder / "donghe.toml").write_text(OTHER, encoding="utf-8")
    return str(folder)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    folder = tmp_path_factory.mktemp("push")
    with serving(settings(folder / "store", sites=profiles(folder / "sites"), body_limit_mb="1")) as client:
        yield client


def ask(
    client: httpx2.Client, method: str, source: str, body: bytes | None = None, key: str | None = SITE_KEY, **query: str
) -> httpx2.Response:
    headers = {"Content-Type": "text/html"} | ({"Authorization": f"Bearer {key}"} if key else {})
    return client.request(method, "/articles", params={"source": source, **query}, content=body, headers=headers)


def settled(client: httpx2.Client, source: str, key: str = SITE_KEY) -> dict[str, Any]:
    """What has become of an address, once it no longer waits."""
    for _ in range(600):
        state: dict[str, Any] = ask(client, "GET", source, key=key).json()
        if state["state"] != "waiting":
            return state
        time.sleep(0.05)
    raise AssertionError(state)


def test_what_is_pushed_is_what_readers_get(client: httpx2.Client) -> None:
    source = f"{HOME}/news/1.html"
    first = ask(client, "PUT", source, page(1))
    assert first.status_code == 202
    assert first.json()["state"] == "waiting"
    state = settled(client, source)
    assert state["state"] == "ready"
    view = client.get("/elder/www.liuxi.example/news/1.html", headers={"Accept": "text/html"})
    assert view.status_code == 200
    assert "第1号通知已经发布" in view.text
    assert client.get(f"/articles/{state['article']}").json()["source"] == source
    assert client.post("/articles", json={"url": source}).json()["id"] == state["article"]


def test_the_same_again_does_nothing_and_a_change_makes_a_new_page(client: httpx2.Client) -> None:
    source = f"{HOME}/news/2.html"
    ask(client, "PUT", source, page(2))
    before = settled(client, source)
    again = ask(client, "PUT", f"{HOME}:443/news/./2.html#top", page(2))
    assert (again.status_code, again.json()) == (200, before)
    changed = ask(client, "PUT", source, page(2, "办理时间改为每天下午，请互相转告。"))
    assert (changed.status_code, changed.json()["article"]) == (202, before["article"])
    after = settled(client, source)
    assert after["article"] != before["article"]
    assert "每天下午" in client.get("/accessible/www.liuxi.example/news/2.html").text


def test_what_is_withdrawn_is_gone_for_readers_until_it_is_pushed_again(client: httpx2.Client) -> None:
    source, place = f"{HOME}/news/3.html", "/elder/www.liuxi.example/news/3.html"
    ask(client, "PUT", source, page(3))
    id = settled(client, source)["article"]
    assert client.get(f"/articles/{id}/elder").status_code == 200
    assert client.get(place).status_code == 200
    assert ask(client, "DELETE", source).status_code == 204
    gone = client.get(place, headers={"Accept": "text/html", "Accept-Language": "zh-CN"})
    assert gone.status_code == 410
    assert "撤下了这篇文章" in gone.text
    assert client.get(f"/articles/{id}/elder").status_code == 404
    assert client.get(f"/articles/{id}").status_code == 404
    assert ask(client, "GET", source).json()["state"] == "withdrawn"
    assert ask(client, "DELETE", source).status_code == 204
    ask(client, "PUT", source, page(3))
    assert settled(client, source)["state"] == "ready"
    assert client.get(place).status_code == 200


def test_withdrawing_goes_before_what_still_waits(client: httpx2.Client) -> None:
    sources = [f"{HOME}/many/{n}.html" for n in range(20)]
    for n, source in enumerate(sources):
        ask(client, "PUT", source, page(n))
    assert ask(client, "DELETE", sources[-1]).status_code == 204
    assert all(settled(client, source)["state"] == "ready" for source in sources[:-1])
    assert ask(client, "GET", sources[-1]).json()["state"] == "withdrawn"


def test_what_holds_no_article_is_said(client: httpx2.Client) -> None:
    source = f"{HOME}/news/4.html"
    ask(client, "PUT", source, b"%PDF-1.7 broken")
    state = settled(client, source)
    assert state["state"] == "failed"
    assert state["problem"]["zh"].endswith("。")
    ask(client, "PUT", source, page(4))
    assert settled(client, source)["state"] == "ready"


@pytest.mark.parametrize(
    ("key", "source", "status", "slug", "challenge"),
    [
        (None, HOME, 401, "key-needed", 'Bearer realm="changdu"'),
        ("", HOME, 401, "key-needed", 'Bearer realm="changdu"'),
        ("wrong", HOME, 401, "key-unknown", 'Bearer realm="changdu", error="invalid_token"'),
        (digest(SITE_KEY), HOME, 401, "key-unknown", 'Bearer realm="changdu", error="invalid_token"'),
        (SITE_KEY[:-1], HOME, 401, "key-unknown", 'Bearer realm="changdu", error="invalid_token"'),
        (NEWS_KEY, HOME, 403, "key-not-for-host", 'Bearer realm="changdu", error="insufficient_scope"'),
        (OTHER_KEY, HOME, 403, "key-not-for-host", 'Bearer realm="changdu", error="insufficient_scope"'),
        (SITE_KEY, "https://evil.example", 403, "site-not-known", None),
        (SITE_KEY, f"{HOME}@evil.example", 403, "site-not-known", None),
        ("wrong", "https://evil.example", 401, "key-unknown", 'Bearer realm="changdu", error="invalid_token"'),
    ],
    ids=["none", "empty", "wrong", "hash", "cut", "one host", "other site", "strange", "userinfo", "wrong and strange"],
)
@pytest.mark.parametrize("method", ["PUT", "GET", "DELETE"])
def test_who_may_not_push_is_told_why(
    client: httpx2.Client, method: str, key: str | None, source: str, status: int, slug: str, challenge: str | None
) -> None:
    refused = ask(client, method, f"{source}/x.html", page(9) if method == "PUT" else None, key)
    assert (refused.status_code, refused.json()["type"]) == (status, f"/problems/{slug}")
    assert refused.headers.get("www-authenticate") == challenge
    assert ask(client, "GET", f"{HOME}/x.html").status_code == 404


def test_a_key_for_one_host_serves_there(client: httpx2.Client) -> None:
    assert ask(client, "PUT", "https://news.liuxi.example/1.html", page(1), NEWS_KEY).status_code == 202
    assert settled(client, "https://news.liuxi.example/1.html", NEWS_KEY)["state"] == "ready"


def test_what_is_too_large_is_not_taken_in(client: httpx2.Client) -> None:
    assert ask(client, "PUT", f"{HOME}/big.html", b"x" * (2 << 20)).status_code == 413
    assert ask(client, "GET", f"{HOME}/big.html").status_code == 404


@contextmanager
def process(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A server in a process of its own, which can be killed."""
    environ = {
        **os.environ,
        "CHANGDU_STORE": str(folder / "store"),
        "CHANGDU_SITES": profiles(folder / "sites"),
        "CHANGDU_PORT": str(port),
    }
    command = [sys.executable, "-m", "service.cli", "serve"]
    with (folder / "output").open("ab") as output:
        running = subprocess.Popen(command, env=environ, stdout=output, stderr=output, start_new_session=True)
        try:
            yield running
        finally:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait(20)


def answering(port: int) -> httpx2.Client:
    address = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            httpx2.get(f"{address}/health")
            return httpx2.Client(base_url=address, timeout=60)
        except httpx2.TransportError:
            time.sleep(0.05)
    raise AssertionError("the server does not answer")


def test_nothing_that_was_accepted_is_lost_when_the_power_fails(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    sources = [f"{HOME}/archive/{n}.html" for n in range(150)]
    with process(tmp_path, port), answering(port) as client:
        answers = [ask(client, "PUT", source, page(n)).status_code for n, source in enumerate(sources)]
        assert set(answers) == {202}
    with process(tmp_path, port), answering(port) as client:
        assert [settled(client, source)["state"] for source in sources] == ["ready"] * len(sources)
        assert ask(client, "GET", sources[0]).json()["waiting"] == 0


def test_the_command_line_pushes_a_file(
    client: httpx2.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "5.html"
    file.write_bytes(page(5))
    to, source = str(client.base_url), f"{HOME}/news/5.html"
    monkeypatch.setenv("CHANGDU_PUSH_KEY", SITE_KEY)
    assert cli.main(["push", str(file), "--source", source, "--to", to]) == 0
    assert capsys.readouterr().out == f"waiting  {source}\n"
    assert settled(client, source)["state"] == "ready"
    assert cli.main(["push", str(file), "--to", to]) == 1
    assert "--source" in capsys.readouterr().err
    monkeypatch.setenv("CHANGDU_PUSH_KEY", "wrong")
    assert cli.main(["push", str(file), "--source", source, "--to", to]) == 1
    assert "密钥不对" in capsys.readouterr().err


def test_a_key_that_is_made_can_be_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["key"]) == 0
    made = capsys.readouterr().out
    key = made.partition("CHANGDU_PUSH_KEY=")[2].strip()
    assert f'key = "{digest(key)}"' in made
    assert cli.main(["key", "--webhook"]) == 0
    assert is_secret(capsys.readouterr().out.partition('"')[2].partition('"')[0])


def test_a_voice_that_nobody_has_is_told_at_once(client: httpx2.Client) -> None:
    query = {"source": f"{HOME}/voiced.html", "listen": "nobody"}
    headers = {"Authorization": f"Bearer {SITE_KEY}", "Content-Type": "text/html; charset=utf-8"}
    answer = client.put("/articles", params=query, content=page(77), headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/unknown-voice")
    del query["listen"]
    assert client.get("/articles", params=query, headers=headers).status_code == 404
