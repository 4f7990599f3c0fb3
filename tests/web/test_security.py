"""The policy: nothing unsafe, and what a page needs; and what every answer of a real server holds to."""

import re
from collections.abc import Iterator

import httpx2
import pytest

from service.web import security
from service.web.palette import own_style
from service.web.preferences import parse
from tests.speech.openai_server import SpeechServer
from tests.web.service import known
from tests.web.stage import stage


@pytest.mark.parametrize("policy", [security.PAGE, security.FILE])
def test_no_policy_is_unsafe_or_open(policy: security.Policy) -> None:
    text = security.serialise(policy)
    assert "unsafe" not in text
    assert "*" not in text
    assert policy["default-src"] == ("'none'",)


def test_only_pictures_may_come_from_elsewhere() -> None:
    elsewhere = {name for name, sources in security.PAGE.items() if {"http:", "https:"} & set(sources)}
    assert elsewhere == {"img-src"}


def test_a_readers_two_colours_are_allowed_by_their_digest() -> None:
    style = own_style(parse({"theme": "own", "ink": "#102030", "paper": "#ffffff"}))
    policy = security.page_headers(style)["Content-Security-Policy"]
    assert f"style-src 'self' {security.digest(style)};" in policy
    assert "sha256" not in security.page_headers()["Content-Security-Policy"]


def test_digest_is_that_of_csp_level_2() -> None:
    """The example of the specification, section 7.17.2."""
    assert security.digest("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"


def asked(client: httpx2.Client, host: str = "", **headers: str) -> dict[str, httpx2.Response]:
    """An answer of each kind: pages, files, JSON, redirects, refusals, each as a browser asks for it."""
    shown = {"Accept": "text/html", **({"Host": host} if host else {}), **headers}
    text = {"Content-Type": "text/plain", **headers}
    id = client.post("/articles", content="题\n\n正文在这里，很短。".encode(), headers=text).json()["id"]
    form = {"view": "elder", "text": "题\n\n正文在这里，很短。"}
    places = f"""/ /help /articles/{id} /articles/{id}/elder /articles/{id}/accessible?script=zh-Hant /articles/{id}/report
/embed/{id} /oembed?url=/articles/{id}/elder /sites/www.example.cn/feed.zh-Hans.xml /player.js /player.d.ts /offline.js
/assets/elder.js /assets/icons.svg /voices /openapi.json /health /ready /metrics /nowhere /articles/none/elder /tracks/none
/elder/www.elsewhere.example/ /read?view=elder /read?url=http://127.0.0.1/ /articles/{id}/elder?script=klingon"""
    answers = {place: client.get(place, headers=shown) for place in places.split()}
    answers["a form"] = client.post("/articles", data=form, headers=shown)
    answers["a reading"] = client.post(
        f"/articles/{id}/tracks", data={"view": "elder", "way": "//elsewhere.example/\r\nX: y"}, headers=shown
    )
    answers["no method"] = client.put("/help", headers=shown)
    return answers


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """A server that speaks by a server of tones, so that no model is loaded here."""
    with stage() as here:
        speech = here.enter(SpeechServer().running()).url
        tones = {"openai_url": speech, "openai_voices": "tone", "voice": "openai-tone"}
        with known(tmp_path_factory.mktemp("security"), base_url="https://read.example.cn", **tones) as client:
            yield client


def test_every_response_says_what_it_is(client: httpx2.Client) -> None:
    answers = asked(client)
    assert {answer.status_code for answer in answers.values()} >= {200, 303, 400, 403, 404, 405}
    for place, answer in answers.items():
        assert {name: answer.headers.get(name) for name in security.HEADERS} == security.HEADERS, place
        if answer.headers.get("content-type", "").startswith("text/html"):
            policy = answer.headers["content-security-policy"]
            assert policy.startswith("default-src 'none'"), place
            assert "unsafe" not in policy, place


def test_a_made_up_host_is_told_to_nobody(client: httpx2.Client) -> None:
    for place, answer in asked(client, host="evil.example").items():
        assert "evil.example" not in answer.text + str(answer.headers), place


def test_no_answer_leads_to_another_site(client: httpx2.Client) -> None:
    leads = {place: answer.headers["location"] for place, answer in asked(client).items() if answer.is_redirect}
    assert {"a form", "a reading"} <= leads.keys()
    assert [lead for lead in leads.values() if not re.match(r"/[a-z]", lead)] == []
    assert "\r" not in leads["a reading"]
