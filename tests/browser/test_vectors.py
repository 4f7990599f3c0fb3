"""Nothing that a source wrote runs: each known way is tried raw, where it does, and then in every page that we make of it."""

import html
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

import httpx2
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from tests.browser.carriers import DOCUMENTS
from tests.browser.conftest import Site
from tests.browser.vectors import ADDRESSES, CHOICES, HEADS, RUN, SENTENCE, TITLES, VECTORS, Vector

WATCH = """
window.alert = value => console.log('RAN ' + value);
document.addEventListener('securitypolicyviolation', event =>
  console.log('CSP ' + event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sample));
"""
# A reader's every move, inside the text: what is only run when touched is run now.
TOUCH = """async () => {
  const events = ['mouseover', 'mouseenter', 'mousemove', 'pointerenter', 'pointerover', 'wheel', 'copy', 'auxclick'];
  for (const each of document.querySelectorAll('body, main *, article *, body > *')) {
    for (const name of events) each.dispatchEvent(new MouseEvent(name, {bubbles: true}));
    if (each.matches('[tabindex], input, select, textarea, button')) each.focus();
    const way = each.getAttribute('href') ?? each.getAttribute('xlink:href') ?? '';
    const leads = each.matches('a, area') && each.closest('main, article') && !/^(https?:|\\/|\\?|#|mailto:|tel:)/i.test(way);
    const foreign = each.closest('[data-control]') && each.matches('button, input, p, summary, text, image');
    if (leads || foreign) each.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}));
    if (foreign && each.matches('button, input')) each.click();
  }
  await new Promise(done => setTimeout(done, 60));
}"""
# What no page of ours has of its own: these can only be the source's.
REMAINS = """() => [...document.querySelectorAll('*')].flatMap(each => [
  ...[...each.attributes].filter(one => /^(on|srcdoc)/i.test(one.name)
    || /^(xlink:)?(href|src|srcset|action|formaction|data|poster|background|cite|ping)$/i.test(one.name) && /^\\s*(javascript|vbscript|data:text)/i.test(one.value)).map(one => one.name + '=' + one.value),
  ...(each.matches('iframe, object, embed, base, meta[http-equiv], frame, applet, template, math, foreignObject') ? [each.outerHTML] : []),
])"""


class Watched:
    """One tab, and what ran or wanted to run in it."""

    def __init__(self, context: BrowserContext) -> None:
        self._said: list[str] = []
        context.add_init_script(WATCH)
        context.on("console", self._hear)
        context.on("request", self._see)
        self.page: Page = context.new_page()
        self.page.set_default_timeout(60_000)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.text.startswith(("RAN ", "CSP ")):
            self._said.append(message.text)

    def _see(self, request: Request) -> None:
        ours = request.url.startswith(("http://127.0.0.1", "http://localhost"))
        if request.resource_type in ("script", "stylesheet", "fetch", "xhr", "websocket", "font") and not ours:
            self._said.append(f"REQUEST {request.resource_type} {request.url}")

    def ran(self, url: str) -> list[str]:
        """What running an address and touching everything there brought about."""
        self._said.clear()
        self.page.goto(url, wait_until="load")
        self.page.evaluate(TOUCH)
        return list(self._said)


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    context = browser.new_context(locale="zh-CN")
    context.route(
        lambda address: not address.startswith(("http://127.0.0.1", "data:", "blob:")), lambda route: route.abort()
    )
    yield Watched(context)
    context.close()


@pytest.fixture(scope="module")
def client(site: Site) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=site.url, timeout=60) as client:
        yield client


def source(body: str = "", head: str = "", title: str = "朗读会") -> str:
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{html.escape(title)}</title>{head}</head>'
        f"<body data-control><article><h1>{html.escape(title)}</h1><p>{SENTENCE}</p>{body}<p>{SENTENCE}</p></article></body></html>"
    )


SOURCES = {
    **{vector.code: source(vector.code.replace("RUN", RUN)) for vector in VECTORS},
    **{f"head {vector.code}": source(head=vector.code.replace("RUN", RUN)) for vector in HEADS},
    **{f"title {title}": source(title=title.replace("RUN", RUN)) for title in TITLES},
}


@pytest.fixture(scope="module")
def raw() -> Iterator[str]:
    """A server of the sources as they are, without any policy."""
    pages = [page.encode("utf-8", "replace") for page in SOURCES.values()]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.strip("/")
            known = name.isdigit() and int(name) < len(pages)
            self.send_response(200 if known else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(pages[int(name)] if known else b"")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_there_are_more_than_a_hundred_and_most_of_them_run() -> None:
    assert len({vector.code for vector in VECTORS}) > 150
    assert sum(vector.runs for vector in [*VECTORS, *HEADS]) > 120


def test_the_vectors_run_where_nothing_holds_them(watched: Watched, raw: str) -> None:
    """The control: a page that is sent as it is runs them, so the tests below can fail."""
    vectors: list[Vector] = [*VECTORS, *HEADS]
    silent = [
        vector.code for place, vector in enumerate(vectors) if vector.runs and not _runs(watched, f"{raw}/{place}")
    ]
    assert not silent, "\n".join(silent)


def _runs(watched: Watched, url: str) -> bool:
    return any(said.startswith("RAN") for said in watched.ran(url))


def clean(watched: Watched, url: str, text: str = "") -> None:
    """Nothing runs at an address of ours, nothing is left that could, and the text around it is there."""
    assert watched.ran(url) == []
    assert watched.page.evaluate(REMAINS) == []
    assert text in watched.page.inner_text("body")


@pytest.mark.parametrize("view", ["elder", "accessible"])
@pytest.mark.parametrize("part", range(8))
def test_no_page_of_an_article_runs_what_its_source_wrote(
    watched: Watched, client: httpx2.Client, site: Site, view: str, part: int
) -> None:
    for text in list(SOURCES.values())[part::8]:
        response = client.post(
            "/articles", content=text.encode("utf-8", "replace"), headers={"Content-Type": "text/html"}
        )
        assert response.status_code in (200, 201), response.text
        clean(watched, f"{site.url}{response.headers['location']}/{view}", SENTENCE)


def test_no_file_runs_what_it_carries(watched: Watched, client: httpx2.Client, site: Site) -> None:
    for name, body in DOCUMENTS:
        response = client.post("/articles", params={"name": name}, content=body.replace(b"RUN", RUN.encode()))
        assert response.status_code in (200, 201), response.text
        for view in ("elder", "accessible"):
            clean(watched, f"{site.url}{response.headers['location']}/{view}")


def test_no_report_runs_what_it_quotes(watched: Watched, client: httpx2.Client, site: Site) -> None:
    headings = "".join(f"<h2>{html.escape(title)}</h2><h5>{html.escape(title)}</h5>" for title in TITLES)
    pictures = "".join(
        f"<p><img src='https://x.example/{quote(title)}'><a href='/'>这里{html.escape(title)}</a></p>"
        for title in TITLES
    )
    page = source(f"{headings}{pictures}{''.join(vector.code for vector in VECTORS[:60])}".replace("RUN", RUN))
    location = client.post("/articles", content=page.encode(), headers={"Content-Type": "text/html"}).headers[
        "location"
    ]
    clean(watched, f"{site.url}{location}/report", "朗读会")


def test_no_page_runs_what_its_address_says(watched: Watched, client: httpx2.Client, site: Site) -> None:
    response = client.post("/articles", content=source().encode(), headers={"Content-Type": "text/html"})
    for path in (*ADDRESSES, *(f"{response.headers['location']}/{view}{CHOICES}" for view in ("elder", "accessible"))):
        clean(watched, site.url + path.replace("RUN", quote(RUN)))


def test_the_form_does_not_run_what_it_is_given(watched: Watched, client: httpx2.Client, site: Site) -> None:
    for title in TITLES:
        for field in ("url", "text"):
            words = title.replace("RUN", RUN)
            data = {field: words if field == "url" else f"{words}\n\n{SENTENCE}"}
            location = client.post("/articles", data=data, headers={"Accept": "text/html"}).headers.get("location")
            if location is not None:
                clean(watched, site.url + location)
