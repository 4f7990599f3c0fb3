"""A reader who follows every link of a site of 240 pages: none leaves the view, is a wrong page, or fails."""

from collections import deque
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from lxml.etree import _Element as Element
from lxml.etree import strip_elements

from service.intake.vocabulary import text_of
from service.web.preferences import VIEWS
from tests.gateway.house import ELSEWHERE, FOOTER, NAME, Town, town


@pytest.fixture(scope="module")
def liuxi(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town(tmp_path_factory.mktemp("liuxi")) as found:
        yield found


@pytest.mark.parametrize("view", VIEWS)
def test_every_page_is_reached_and_is_the_right_one(liuxi: Town, view: str) -> None:
    begin = f"/{view}/{liuxi.host}/"
    waiting, seen, out = deque([begin]), {begin}, set[str]()
    wrong: list[str] = []
    reached: set[str] = set()
    while waiting:
        path = waiting.popleft()
        response = liuxi.client.get(path, headers={"Accept": "text/html"})
        page = liuxi.pages.get(path.removeprefix(f"/{view}/{liuxi.host}").replace("%3F", "?"))
        if response.status_code != 200 or page is None:
            wrong.append(f"{response.status_code} {path}")
            continue
        reached.add(page.path)
        tree = lxml.html.fromstring(response.text)
        strip_elements(tree, "rt", "rp", with_tail=False)  # readings above characters are not the page's words
        text = _part(tree, "main")
        target = liuxi.pages[page.body.decode()] if page.kind == "moved" else page
        kind = _kind(tree)
        if kind != target.kind or [word for word in target.words if word not in text]:
            wrong.append(f"{kind} {path} {text[:80]}")
        if NAME not in _part(tree, "header") or FOOTER[0] not in _part(tree, "footer"):
            wrong.append(f"unnamed {path}")
        for href in (link.get("href") or "" for main in tree.iter("main") for link in main.iter("a")):
            if href.startswith(("#", "mailto:", "?")):
                continue
            if urlsplit(href).netloc:
                out.add(href)
            elif href not in seen:
                seen.add(href)
                waiting.append(href)
    assert wrong == []
    assert len(reached) >= 200
    # What leads out: other sites, files that no view can show, and the pages of forms, which are done there.
    assert {href for href in out if not href.startswith((ELSEWHERE, f"http://{liuxi.host}/files/"))} == {
        urljoin(f"http://{liuxi.host}", page.path) for page in liuxi.pages.values() if page.kind == "form"
    }


def _part(tree: Element, tag: str) -> str:
    return "".join(map(text_of, tree.iter(tag)))


def _kind(tree: Element) -> str:
    names = {element.get("class") for element in tree.iter("p", "article")}
    return "form" if "notice" in names else "index" if "text index" in names else "article"
