"""Articles over HTTP: taken in from every source, given back as JSON and as pages, and every error said clearly."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from aiohttp import web

from tests.intake.origins import site
from tests.web.service import serving, settings
from tests.web.stage import stage

NOTICE = """社区图书馆春节开放时间

来源: 城南社区 时间: 2024-02-01 09:30

春节期间，图书馆照常开放。请读者带好借书证，从东门进馆。

第一，开放时间

每天上午九点到下午五点。发展阅读，欢迎理发师傅也来读书。
"""
PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>春日散步活动报名 - 城南社区</title></head>
<body><nav><a href="/">首页</a> <a href="/news">新闻</a></nav><article><h1>春日散步活动报名</h1>
<p>城南社区将于三月十六日组织春日散步，路线沿河边步道，全程约三公里，请穿舒适的鞋子。</p>
<p>报名请到居委会办公室，或者请家人代为登记。活动当天在东门集合，由志愿者带队，中途有两处可以休息。</p>
</article><footer>主办单位：城南社区</footer></body></html>"""


async def page(request: web.Request) -> web.Response:
    if request.headers.get("If-None-Match") == '"1"':
        return web.Response(status=304, headers={"ETag": '"1"'})
    return web.Response(text=PAGE, content_type="text/html", headers={"ETag": '"1"', "Cache-Control": "no-cache"})


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    """A real site on loopback, whose page is asked for again."""
    with stage() as here:
        yield f"http://127.0.0.1:{here.enter(site({'/walk.html': page}))}"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, origin: str) -> Iterator[httpx2.Client]:
    port = origin.rpartition(":")[2]
    chosen = settings(
        tmp_path_factory.mktemp("store"), fetch_allow="127.0.0.1", fetch_ports=f"80,443,{port}", body_limit_mb="1"
    )
    with serving(chosen) as client:
        yield client


def post_text(client: httpx2.Client, text: str, kind: str = "text/plain; charset=utf-8") -> httpx2.Response:
    return client.post("/articles", content=text.encode(), headers={"Content-Type": kind})


def test_text_becomes_an_article(client: httpx2.Client) -> None:
    response = post_text(client, NOTICE)
    article = response.json()
    assert response.status_code in (200, 201)
    assert response.headers["location"] == f"/articles/{article['id']}"
    assert article["title"] == "社区图书馆春节开放时间"
    assert article["published"] == "2024-02-01T09:30+08:00"
    assert "城南社区" in (article["site"], article["byline"])
    assert "春节期间，图书馆照常开放。请读者带好借书证，从东门进馆。" in article["text"]
    assert post_text(client, NOTICE).status_code == 200


def test_a_page_becomes_an_article(client: httpx2.Client) -> None:
    article = client.post(
        "/articles?url=https://example.org/walk", content=PAGE.encode(), headers={"Content-Type": "text/html"}
    ).json()
    assert article["title"] == "春日散步活动报名"
    assert "全程约三公里" in article["text"]
    assert "首页" not in article["text"]
    assert article["source"] == "https://example.org/walk"


def test_a_source_that_is_no_address_is_left_out(client: httpx2.Client) -> None:
    article = client.post("/articles?url=javascript:alert(1)", content=PAGE.encode()).json()
    assert article["source"] is None
    assert article["title"] == "春日散步活动报名"


def test_an_address_is_opened_and_then_only_revalidated(client: httpx2.Client, origin: str) -> None:
    first = client.post("/articles", json={"url": f"{origin}/walk.html"})
    again = client.post("/articles", json={"url": f"{origin}/walk.html"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]


def test_a_link_of_the_main_site_leads_to_the_page(client: httpx2.Client, origin: str) -> None:
    response = client.get("/read", params={"url": f"{origin}/walk.html", "view": "accessible", "script": "zh-Hant"})
    assert response.status_code == 303
    page = client.get(response.headers["location"])
    assert page.status_code == 200
    assert 'lang="zh-Hant"' in page.text
    assert page.headers["content-language"] == "zh-Hant"
    assert "請穿舒適的鞋子" in page.text


@pytest.mark.parametrize(("field", "value"), [("text", NOTICE), ("url", "/walk.html")])
def test_the_form_leads_to_the_page(client: httpx2.Client, origin: str, field: str, value: str) -> None:
    value = origin + value if field == "url" else value
    response = client.post("/articles", data={field: value, "view": "elder", "theme": "yellow-on-black"})
    assert response.status_code == 303
    assert response.headers["location"].endswith("/elder?theme=yellow-on-black")


def test_a_file_in_the_form(client: httpx2.Client) -> None:
    response = client.post("/articles", files={"file": ("notice.txt", NOTICE.encode("gb18030"), "text/plain")})
    assert response.status_code == 303
    assert "社区图书馆春节开放时间" in client.get(response.headers["location"]).text


@pytest.mark.parametrize("view", ["elder", "accessible"])
@pytest.mark.parametrize("script", [None, "zh-Hans", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK"])
@pytest.mark.parametrize("theme", ["original", "white-on-blue"])
def test_pages_in_every_script(client: httpx2.Client, view: str, script: str | None, theme: str) -> None:
    id = post_text(client, NOTICE).json()["id"]
    query = {name: value for name, value in {"script": script, "theme": theme}.items() if value}
    page = client.get(f"/articles/{id}/{view}", params=query)
    assert page.status_code == 200
    assert f'<html lang="{script or "zh-Hans"}"' in page.text
    traditional = "發展閲讀，歡迎理髮師傅" if script == "zh-Hant-HK" else "發展閱讀，歡迎理髮師傅"
    assert (traditional if (script or "").startswith("zh-Hant") else "发展阅读，欢迎理发师傅") in page.text
    assert 'id="b1.s1"' in page.text
    assert "unsafe" not in page.headers["content-security-policy"]


def test_a_page_is_compressed_stored_and_not_sent_twice(client: httpx2.Client) -> None:
    id = post_text(client, NOTICE).json()["id"]
    page = client.get(f"/articles/{id}/elder", headers={"Accept-Encoding": "br"})
    assert page.headers["content-encoding"] == "br"
    plain = client.get(f"/articles/{id}/elder", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert int(plain.headers["content-length"]) > int(page.headers["content-length"])
    again = client.get(f"/articles/{id}/elder", headers={"If-None-Match": page.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_senseless_choices_are_the_default(client: httpx2.Client) -> None:
    id = post_text(client, NOTICE).json()["id"]
    assert client.get(f"/articles/{id}/elder", params={"theme": "pink", "size": "-7"}).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "options", "status", "slug"),
    [
        ("POST", "/articles", {"content": b""}, 400, "empty-document"),
        ("POST", "/articles", {"content": b" \n "}, 400, "empty-document"),
        ("POST", "/articles", {"content": b"x" * (2 << 20)}, 413, "too-large"),
        ("POST", "/articles", {"content": b"{", "headers": {"Content-Type": "application/json"}}, 400, "bad-request"),
        ("POST", "/articles", {"json": {"url": "ftp://example.org/"}}, 400, "bad-address"),
        ("POST", "/articles", {"json": {"url": "http://10.1.2.3/"}}, 403, "blocked-address"),
        ("POST", "/articles", {"json": {"url": "http://[::1]/"}}, 403, "blocked-address"),
        ("POST", "/articles", {"content": b"%PDF-1.7 broken", "headers": {"Content-Type": "text/html"}}, 415, None),
        ("POST", "/articles", {"content": bytes(range(128, 256)) * 9 + b"\x00\x01\xff"}, 400, None),
        ("POST", "/articles", {"data": {"text": ""}}, 400, "empty-document"),
        ("GET", "/articles/abc", {}, 404, "article-not-found"),
        ("GET", "/articles/../../etc/passwd", {}, 404, "not-found"),
        ("GET", "/articles/abc/elder", {}, 404, "article-not-found"),
        ("GET", "/articles/abc/pretty", {}, 400, "unknown-view"),
        ("GET", "/articles/abc/elder?script=klingon", {}, 400, "unknown-script"),
        ("GET", "/articles/abc/elder", {"headers": {"Accept": "application/pdf"}}, 406, "not-acceptable"),
        ("GET", "/read", {}, 400, "bad-request"),
        ("GET", "/nowhere", {}, 404, "not-found"),
        ("PATCH", "/articles", {}, 405, "method-not-allowed"),
        ("GET", "/tracks/abc", {}, 404, "track-not-found"),
    ],
)
def test_every_problem_is_clear_and_the_next_request_works(
    client: httpx2.Client, method: str, path: str, options: dict[str, object], status: int, slug: str | None
) -> None:
    response = client.request(method, path, **options)  # type: ignore[arg-type]
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert slug is None or problem["type"] == f"/problems/{slug}"
    assert problem["zh"].endswith("。")
    assert problem["en"].endswith(".")
    assert client.get("/health").json() == {"status": "ok"}


def test_a_source_that_fails_is_named(client: httpx2.Client, origin: str) -> None:
    problem = client.post("/articles", json={"url": f"{origin}/gone.html"}).json()
    assert (problem["status"], problem["type"]) == (502, "/problems/source-refused")
    assert "127.0.0.1" in problem["en"]


@pytest.mark.parametrize(("language", "words"), [("zh-TW", "沒有"), ("en", "There is no such page")])
def test_a_browser_gets_a_page_in_its_language(client: httpx2.Client, language: str, words: str) -> None:
    response = client.get("/nowhere", headers={"Accept": "text/html", "Accept-Language": language})
    assert response.status_code == 404
    assert words in response.text


@pytest.mark.parametrize("path", ["/", "/help", "/health", "/ready", "/voices", "/openapi.json"])
def test_the_site_itself(client: httpx2.Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["x-content-type-options"] == "nosniff"


def test_nothing_half_written_lies_in_the_store(
    client: httpx2.Client, tmp_path_factory: pytest.TempPathFactory
) -> None:
    post_text(client, NOTICE)
    store = next(Path(tmp_path_factory.getbasetemp()).glob("store*"))
    assert not list(store.rglob("*#*"))
    assert all(path.stat().st_size for path in store.rglob("*") if path.is_file())


def test_doubtful_conversions_are_listed_for_an_editor(client: httpx2.Client) -> None:
    text = "笔的历史\n\n笔被发明以后，服务窗口用上了。"
    id = client.post("/articles", content=text.encode(), headers={"Content-Type": "text/plain"}).json()["id"]
    found = client.get(f"/articles/{id}/doubts", params={"script": "zh-Hant-TW"}).json()
    assert [(each["sentence"], each["doubt"]["chosen"], each["doubt"]["other"]) for each in found["doubts"]] == [
        ("b1.s1", "發明", "髮明"),
        ("b1.s1", "窗口", "視窗"),
    ]
    assert len(client.get(f"/articles/{id}/doubts").json()["doubts"]) == 1
    assert client.get(f"/articles/{id}/doubts", params={"script": "zh-Hans"}).json()["doubts"] == []
    for address, status in ((f"/articles/{id}/doubts?script=xx", 400), ("/articles/none/doubts", 404)):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
