"""Articles whose sources ask that no copy be kept: read and heard for an hour, in no cache, and then gone."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import msgspec
import pytest
from aiohttp import web

from service.article import Article
from service.blobs.store import Blobs
from service.loans import SECONDS, Loan, Loans
from service.speech import assembly
from service.speech.track import Ask
from tests.intake.origins import Handler, run, site
from tests.web import specimens
from tests.web.service import serving, settings
from tests.web.stage import stage

SENTENCE = "城南社区将于三月十六日组织春日散步，路线沿河边步道，全程约三公里，请穿舒适的鞋子。"


def page(head: str = "", **headers: str) -> Handler:
    html = f"<html><head><title>春日散步</title>{head}</head><body><h1>春日散步</h1><p>{SENTENCE * 3}</p></body></html>"
    said = {name.replace("_", "-"): value for name, value in headers.items()}

    async def handler(request: web.Request) -> web.Response:
        return web.Response(text=html, content_type="text/html", headers=said)

    return handler


ROUTES = {
    "/no-store": page(Cache_Control="no-store"),
    "/header": page(X_Robots_Tag="noarchive"),
    "/meta": page('<meta name="robots" content="noarchive">'),
    "/crawler": page(X_Robots_Tag="somebot: noarchive"),
    "/private": page(Cache_Control="private, max-age=60"),
}


class Service:
    def __init__(self, client: httpx2.Client, origin: str, store: Path) -> None:
        self.client, self.origin, self.store = client, origin, store

    def open(self, path: str) -> str:
        """The id of the article at a page of the origin."""
        response = self.client.post("/articles", json={"url": self.origin + path})
        assert response.status_code in (200, 201), response.text
        return str(response.json()["id"])

    def stored(self, id: str) -> list[str]:
        """What is in the store under an article's id."""
        return sorted(path.relative_to(self.store).parts[0] for path in self.store.rglob(f"*{id}*") if path.is_file())


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    store = tmp_path_factory.mktemp("store")
    with stage() as here:
        port = here.enter(site(ROUTES))
        with serving(settings(store, fetch_allow="127.0.0.1", fetch_ports=str(port))) as client:
            yield Service(client, f"http://127.0.0.1:{port}", store)


@pytest.mark.parametrize("path", ["/no-store", "/header", "/meta"])
def test_what_may_not_be_kept_is_read_from_a_loan_and_no_cache_keeps_it(service: Service, path: str) -> None:
    id = service.open(path)
    for _ in range(2):
        for view in ("elder", "accessible"):
            response = service.client.get(f"/articles/{id}/{view}")
            assert SENTENCE[:9] in response.text
            assert response.headers["cache-control"] == "no-store"
    assert service.client.get(f"/articles/{id}").headers["cache-control"] == "no-store"
    assert service.stored(id) == ["loans"]
    assert service.open(path) == id


@pytest.mark.parametrize("path", ["/crawler", "/private"])
def test_what_a_browser_may_keep_is_kept(service: Service, path: str) -> None:
    id = service.open(path)
    response = service.client.get(f"/articles/{id}/elder")
    assert response.headers["cache-control"] == "public, max-age=3600"
    assert "loans" not in service.stored(id)


def test_a_loan_that_has_run_out_is_no_article(service: Service) -> None:
    id = service.open("/no-store")
    service.client.get(f"/articles/{id}/elder")
    file = service.store / "loans" / f"{id}.json"
    loan = msgspec.json.decode(file.read_bytes(), type=Loan)
    file.write_bytes(msgspec.json.encode(msgspec.structs.replace(loan, until=loan.until - SECONDS - 1)))
    for path in ("", "/elder", "/elder?pinyin=1"):
        assert service.client.get(f"/articles/{id}{path}").status_code == 404


def test_a_sweep_takes_what_has_run_out_with_its_readings_and_nothing_else() -> None:
    article, other, kept = specimens.report(), specimens.table(), specimens.essay()

    async def work() -> list[str]:
        blobs = Blobs("memory://")
        loans = Loans(blobs)
        for one in (article, other):
            await loans.put(one)
        await blobs.put(f"loans/{article.id}.json", msgspec.json.encode(Loan(until=1.0, article=article)))
        for number, one in enumerate((article, other, kept)):
            await track(blobs, f"{'abc'[number] * 26}", one)
        await loans.sweep()
        await loans.sweep()
        return sorted([*await blobs.keys("loans/"), *await blobs.keys("tracks/")])

    async def track(blobs: Blobs, id: str, one: Article) -> None:
        await assembly.store_ask(blobs, id, Ask(article=one.id, voice="zf_xiaobei", rate=1.0))
        for what in ("mp3", "json", "vtt", "zh-Hant.vtt"):
            await blobs.put(f"tracks/{id}.{what}", b"x")

    whats = ("ask", "json", "mp3", "vtt", "zh-Hant.vtt")
    assert run(work()) == [
        f"loans/{other.id}.json",
        *(f"tracks/{letter * 26}.{what}" for letter in "bc" for what in whats),
    ]
