"""A reader in Chromium goes from page to page of a site by its links: the view stays, and every kind of page passes."""

from pathlib import Path

import pytest

from service.web.preferences import VIEWS
from tests.browser.conftest import Open
from tests.browser.engines import both
from tests.gateway.house import ELSEWHERE, NAME, town


@pytest.mark.parametrize("view", VIEWS)
def test_the_view_stays_from_page_to_page(open_page: Open, tmp_path: Path, view: str) -> None:
    with town(tmp_path, '[reading]\ncolours = "black-on-yellow"\n') as liuxi:
        place = f"{str(liuxi.client.base_url).rstrip('/')}/{view}/{liuxi.host}/"
        page = open_page(place)
        assert page.locator("html").get_attribute("data-theme") == "black-on-yellow"
        assert both(page) == []
        for link in ("通知公告", "下一页", "镇情要闻"):
            page.locator("article").get_by_role("link", name=link, exact=True).click()
            assert page.url.startswith(place)
            assert page.locator("header .brand").inner_text() == NAME
        page.locator("article a").nth(6).click()
        out = page.get_by_role("link", name="县报的报道")
        assert (out.get_attribute("href") or "").startswith(ELSEWHERE)
        assert "county.example" in out.evaluate("link => getComputedStyle(link, '::after').content")
        assert both(page) == []
        page.get_by_role("link", name="镇情月报").click()
        assert "登载柳溪镇各村消息4条" in page.locator("main").inner_text()
        page.locator("header .brand").click()
        page.locator("article").get_by_role("link", name="便民服务", exact=True).click()
        page.locator("article").get_by_role("link", name="镇长信箱", exact=True).click()
        assert page.locator(".notice a").get_attribute("href") == f"http://{liuxi.host}/hudong/xinxiang.asp"
        assert both(page) == []
        page.goto(f"{place}nowhere.html")
        assert both(page) == []
        assert page.locator("main a.choice").last.get_attribute("href") == f"/{view}/{liuxi.host}/"


def test_a_page_of_the_gateway_opens_without_network(open_page: Open, tmp_path: Path) -> None:
    with town(tmp_path) as liuxi:
        base = str(liuxi.client.base_url).rstrip("/")
        page = open_page(f"{base}/elder/{liuxi.host}/", service_workers="allow")
        page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        page.locator("article").get_by_role("link", name="通知公告", exact=True).click()
        place, title = page.url, page.locator("h1").inner_text()
        page.wait_for_function(
            """async place => (await (await caches.open('changdu')).keys()).some(key => key.url === place)""", arg=place
        )
        page.context.set_offline(True)
        page.goto(place)
        assert page.locator("h1").inner_text() == title
        page.goto(f"{base}/")
        assert page.locator("h1").inner_text() == title
        page.context.set_offline(False)
