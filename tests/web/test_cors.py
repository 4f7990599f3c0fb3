"""What pages of other sites may ask, on a real server: admitted by profile or host, refused in words, never a proxy."""

from collections.abc import Iterator

import httpx2
import pytest

from tests.web.service import known

KNOWN, STRANGE = "https://m.example.cn", "https://elsewhere.example"
TEXT = "春天来了。"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    with known(tmp_path_factory.mktemp("cors")) as client:
        yield client


def _ask(client: httpx2.Client, origin: str, url: str, **headers: str) -> httpx2.Response:
    return client.post("/articles", json={"url": url}, headers={"Origin": origin, **headers})


def test_a_preflight_says_what_may_be_asked(client: httpx2.Client) -> None:
    asked = {"Origin": KNOWN, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    answer = client.options("/articles", headers=asked)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (204, KNOWN)
    assert answer.headers["access-control-allow-methods"] == "POST"
    assert "Content-Type" in answer.headers["access-control-allow-headers"]
    assert client.options("/voices", headers=asked).status_code == 405


def test_a_known_site_reads_the_answer_and_caches_keep_origins_apart(client: httpx2.Client) -> None:
    id = client.post("/articles", content=TEXT.encode(), headers={"Content-Type": "text/plain"}).json()["id"]
    answer = client.get(f"/articles/{id}", headers={"Origin": KNOWN})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, KNOWN)
    words = client.get("/tracks/none.words.vtt", headers={"Origin": KNOWN})
    assert (words.status_code, words.headers["access-control-allow-origin"]) == (404, KNOWN)
    plain = client.get(f"/articles/{id}")
    assert "access-control-allow-origin" not in plain.headers
    assert "Origin" in answer.headers["vary"]
    assert "Origin" in plain.headers["vary"]


def test_the_services_own_host_on_another_port_may_ask(client: httpx2.Client) -> None:
    answer = client.get("/articles/none", headers={"Origin": "http://127.0.0.1:1"})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (404, "http://127.0.0.1:1")


@pytest.mark.parametrize("origin", [STRANGE, "null", "https://www.example.cn.evil.example", "https://example.cn", "x"])
def test_a_strange_site_is_refused_in_words_it_can_read(client: httpx2.Client, origin: str) -> None:
    answer = _ask(client, origin, "https://www.example.cn/1")
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/site-not-known")
    assert answer.headers["access-control-allow-origin"] == origin
    assert "CHANGDU_SITES" in answer.json()["zh"]


@pytest.mark.parametrize("url", ["https://elsewhere.example/1", "http://127.0.0.1/1", "//x", "http://[", ""])
def test_a_known_site_may_not_ask_for_other_sites_pages(client: httpx2.Client, url: str) -> None:
    answer = _ask(client, KNOWN, url)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/site-not-known")


def test_neither_may_it_send_a_document_as_another_sites(client: httpx2.Client) -> None:
    headers = {"Origin": KNOWN, "Content-Type": "text/plain"}
    for url, status in (("https://www.example.cn/2", 201), ("https://elsewhere.example/2", 403)):
        answer = client.post("/articles", params={"url": url}, content=TEXT.encode(), headers=headers)
        assert answer.status_code == status


def test_links_forms_and_own_pages_are_not_held_up(client: httpx2.Client) -> None:
    for headers in ({"Sec-Fetch-Mode": "navigate"}, {"Sec-Fetch-Site": "same-origin"}):
        answer = client.post(
            "/articles",
            content=TEXT.encode(),
            headers={"Origin": STRANGE, "Content-Type": "text/plain", **headers},
        )
        assert answer.status_code in (200, 201)
        assert "access-control-allow-origin" not in answer.headers
