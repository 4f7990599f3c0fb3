"""The player's own page and oEmbed, on a real server: framed by known sites only, and found by a client of the registry."""

import socket
from collections.abc import Iterator
from html.parser import HTMLParser

import httpx2
import msgspec
import pytest
from oembedpy import consumer, discovery, types

from tests.web.service import known, serving, settings

TITLE = '春天 "来了" <河边>'
TEXT = f"# {TITLE}\n\n河边的柳树绿了。孩子们在放风筝。"


class Frame(HTMLParser):
    """The attributes of the one element in a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    with known(tmp_path_factory.mktemp("embed")) as client:
        yield client


@pytest.fixture(scope="module")
def article(client: httpx2.Client) -> str:
    """The id of an article whose title needs care."""
    return str(client.post("/articles", content=TEXT.encode(), headers={"Content-Type": "text/markdown"}).json()["id"])


def test_only_known_sites_may_frame_the_player(client: httpx2.Client, article: str) -> None:
    page = client.get(f"/embed/{article}")
    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert "frame-ancestors 'self' https://www.example.cn https://m.example.cn;" in policy
    assert "unsafe" not in policy
    assert f'<changdu-player article="{article}"' in page.text
    assert "<河边>" not in page.text
    elder = client.get(f"/articles/{article}/elder").headers["content-security-policy"]
    assert "example.cn" not in elder


def test_the_page_is_not_sent_twice_and_not_made_up(client: httpx2.Client, article: str) -> None:
    page = client.get(f"/embed/{article}")
    assert client.get(f"/embed/{article}", headers={"If-None-Match": page.headers["etag"]}).status_code == 304
    assert client.get("/embed/none").status_code == 404


def test_oembed_says_what_the_specification_asks(client: httpx2.Client, article: str) -> None:
    """Section 2.3.4: what must be there for the type `rich`, and the sizes within what was asked."""
    for path in (f"/articles/{article}/elder", f"/articles/{article}", f"/embed/{article}"):
        answer = client.get(
            "/oembed", params={"url": str(client.base_url.join(path)), "maxwidth": "400", "maxheight": "200"}
        )
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
        said = answer.json()
        assert (said["version"], said["type"], said["width"], said["height"]) == ("1.0", "rich", 400, 200)
        ((tag, frame),) = Frame(said["html"]).tags
        assert (tag, frame["width"], frame["height"]) == ("iframe", "400", "200")
        assert TITLE in (frame["title"] or "")
        assert client.get(frame["src"] or "").status_code == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 400),
        ({"url": "https://elsewhere.example/1"}, 404),
        ({"url": "https://elsewhere.example/embed/{id}"}, 404),
        ({"url": "http://["}, 404),
        ({"url": "/embed/none"}, 404),
        ({"url": "/embed/{id}", "format": "xml"}, 501),
        ({"url": "/embed/{id}", "maxwidth": "wide"}, 400),
        ({"url": "/embed/{id}", "maxwidth": "0"}, 400),
        ({"url": "/embed/{id}", "maxheight": "99999999999999999999"}, 200),
    ],
)
def test_oembed_refuses_what_it_cannot_answer(
    client: httpx2.Client, article: str, query: dict[str, str], status: int
) -> None:
    asked = {name: value.replace("{id}", article) for name, value in query.items()}
    assert client.get("/oembed", params=asked).status_code == status


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # from the client's own dependencies
def test_a_client_discovers_it_from_each_page(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The client of the registry reads the page, asks what it names, and takes the answer as its type `Rich`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    chosen = settings(tmp_path_factory.mktemp("discovered"), base_url=base)
    with serving(chosen, port=port) as client:
        made = client.post("/articles", content=TEXT.encode(), headers={"Content-Type": "text/markdown"})
        id = msgspec.json.decode(made.content)["id"]
        for view in ("elder", "accessible"):
            found, parameters = discovery.find_from_content(f"{base}/articles/{id}/{view}")
            assert (found, parameters.url) == (f"{base}/oembed", f"{base}/embed/{id}")
            content = consumer.fetch_content(found, parameters)
            assert type(content) is types.Rich
            assert f"{base}/embed/{id}" in str(content.to_dict()["html"])
