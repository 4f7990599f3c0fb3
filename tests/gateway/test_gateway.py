"""The gateway's answers: the reader's choices and the site's, hosts that are not known, and every failure as a page."""

import re
from collections.abc import Iterator

import httpx2
import pytest

from tests.gateway.house import NAME, Town, town

PROFILE = """
[reading]
colours = "black-on-yellow"
voice = "zm_yunjian"

[select]
title = ".xl-title"
remove = [".xl-info"]

[[word]]
word = "工作"
forms = { zh-Hant = "工作（職務）" }
"""
BROWSER = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def liuxi(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town(tmp_path_factory.mktemp("liuxi"), PROFILE) as found:
        yield found


def get(home: Town, path: str, **headers: str) -> httpx2.Response:
    return home.client.get(f"/elder/{home.host}{path}", headers={**BROWSER, **headers})


def test_what_the_reader_has_not_chosen_is_as_the_site_says(liuxi: Town) -> None:
    page = get(liuxi, "/news/2024/0001.shtml").text
    assert 'data-theme="black-on-yellow"' in page
    assert '<option value="zm_yunjian">' in page
    id = re.findall('data-article="([^"]+)"', page)[0]
    assert liuxi.client.post(f"/articles/{id}/tracks").json()["voice"]["id"] == "zm_yunjian"
    assert f'href="/elder/{liuxi.host}/news/2024/0001.shtml?size=125"' in page


def test_the_readers_own_choice_goes_before_and_is_kept(liuxi: Town) -> None:
    page = get(liuxi, "/news/?theme=original&size=150&script=zh-Hant").text
    assert 'data-theme="original"' in page
    assert 'lang="zh-Hant"' in page
    kept = "?script=zh-Hant&amp;theme=original&amp;size=150"
    assert f'href="/elder/{liuxi.host}/news/2024/0001.shtml{kept}"' in page
    assert f'href="/elder/{liuxi.host}/{kept}"' in page


def test_the_profiles_selectors_and_words_count(liuxi: Town) -> None:
    page = get(liuxi, "/affairs/202403/t20240311_1002.html?script=zh-Hant").text
    assert "柳溪鎮人民政府</span>" not in page
    assert "2024 年 3 月 11 日" not in page
    hearing = get(liuxi, "/news/2024/0001.shtml?script=zh-Hant").text
    assert "工作（職務）" in hearing


def test_a_link_of_the_main_site_leads_into_the_gateway(liuxi: Town) -> None:
    url = f"http://{liuxi.host}/notice/show.asp?id=3&cid=2"
    found = liuxi.client.get("/read", params={"url": url, "view": "accessible", "size": "200"})
    assert found.status_code == 303
    assert found.headers["location"] == f"/accessible/{liuxi.host}/notice/show.asp%3Fid=3&cid=2?size=200"


def test_a_page_of_another_site_cannot_send_its_readers(liuxi: Town) -> None:
    found = liuxi.client.get("/read?view=elder", headers={"Referer": "https://evil.example/page"})
    assert (found.status_code, found.json()["type"]) == (403, "/problems/site-not-known")
    assert liuxi.client.get("/read?view=elder").status_code == 400


def test_a_query_written_as_the_site_writes_it_is_understood(liuxi: Town) -> None:
    moved = get(liuxi, "/notice/show.asp?cid=2&id=3&size=125")
    assert moved.status_code == 308
    assert moved.headers["location"] == f"/elder/{liuxi.host}/notice/show.asp%3Fcid=2&id=3?size=125"


@pytest.mark.parametrize("spelling", ["/./news/2024/../2024/0001.shtml", "/news/2024/0001.shtml?utm_source=a"])
def test_one_page_has_one_address(liuxi: Town, spelling: str) -> None:
    raw = spelling.replace("/../", "/%2e%2e/").replace("/./", "/%2e/")
    moved = get(liuxi, raw)
    assert (moved.status_code, moved.headers["location"]) == (308, f"/elder/{liuxi.host}/news/2024/0001.shtml")


def test_a_page_is_asked_for_again_and_not_sent_again(liuxi: Town) -> None:
    first = get(liuxi, "/news/2024/0002.shtml")
    assert first.headers["cache-control"] == "no-cache"
    again = get(liuxi, "/news/2024/0002.shtml", **{"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = liuxi.client.head(f"/elder/{liuxi.host}/news/2024/0002.shtml", headers=BROWSER)
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize(
    ("path", "status", "slug"),
    [
        ("/nowhere.html", 404, "source-gone"),
        ("/broken.asp", 502, "source-refused"),
        ("/picture", 415, "unsupported-document"),
        ("/away.asp", 403, "leads-away"),
        ("/empty.html", 400, "empty-document"),
        ("/news/?script=klingon", 400, "unknown-script"),
    ],
)
def test_a_failure_leads_to_the_original_page_and_on_in_the_site(
    liuxi: Town, path: str, status: int, slug: str
) -> None:
    response = get(liuxi, path, **{"Accept-Language": "zh-CN"})
    assert response.status_code == status
    assert slug in response.text
    assert NAME in response.text
    assert "打开原网页" in response.text
    assert f'href="/elder/{liuxi.host}/' in response.text
    problem = get(liuxi, path, Accept="application/json").json()
    assert (problem["status"], problem["type"]) == (status, f"/problems/{slug}")


def test_what_is_not_in_a_profile_is_not_opened(liuxi: Town) -> None:
    for host in ("evil.example", "127.0.0.1:1", f"{liuxi.host}@evil.example", "https:", "169.254.169.254"):
        response = liuxi.client.get(f"/elder/{host}/page", headers={**BROWSER, "Accept-Language": "zh-CN"})
        assert response.status_code == 403
        assert "CHANGDU_SITES" in response.text


def test_listening_without_scripts_comes_back_to_the_same_place(liuxi: Town) -> None:
    page = get(liuxi, "/news/2024/0003.shtml").text
    assert f'<input type="hidden" name="way" value="{liuxi.host}/news/2024/0003.shtml">' in page
