"""Ways: every spelling of a known site's address leads to one place in the gateway, and from there back to the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.profiles import parse
from service.sites import Sites
from service.ways import address, canonical, inside, way

SITES = Sites((parse('name = "x"\nhosts = ["www.x.example", "http://old.x.example", "127.0.0.1:18800"]', "x.toml"),))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.x.example", "www.x.example/"),
        ("http://WWW.X.example:80/a/../b/./c.html#top", "www.x.example/b/c.html"),
        ("https://old.x.example/show.asp?id=1&b=%c4%e3", "old.x.example/show.asp%3Fid=1&b=%C4%E3"),
        ("https://www.x.example/%d6%d0%b9%fa/%41.html", "www.x.example/%D6%D0%B9%FA/A.html"),
        ("https://www.x.example/新闻.html?q=中文", "www.x.example/%E6%96%B0%E9%97%BB.html%3Fq=%E4%B8%AD%E6%96%87"),
        ("https://www.x.example/a%3Fb?x=y?z", "www.x.example/a%253Fb%3Fx=y%3Fz"),
        ("https://www.x.example/a%253Fb", "www.x.example/a%25253Fb"),
        ("https://www.x.example//a//b/..", "www.x.example//a//"),
        ("https://www.x.example/%2e%2e/%2F/x", "www.x.example/%2F/x"),
        ("https://www.x.example/a;jsessionid=12?utm_source=a&id=3&spm=9", "www.x.example/a%3Fid=3"),
        ("https://www.x.example/100%", "www.x.example/100%25"),
        ("https://www.x.example/a?", "www.x.example/a"),
        ("//127.0.0.1:18800/a b?c d", "127.0.0.1:18800/a%20b%3Fc%20d"),
        ("https://www.x.example/form.DOC", None),
        ("https://www.x.example/report.pdf", "www.x.example/report.pdf"),
        ("https://other.example/", None),
        ("mailto:a@www.x.example", None),
    ],
)
def test_the_way_to_an_address(url: str, expected: str | None) -> None:
    assert inside(url, SITES) == expected


@given(path=st.text(max_size=30), query=st.text(max_size=30))
def test_a_way_leads_back_to_its_address(path: str, query: str) -> None:
    url = canonical(
        f"https://www.x.example/{path.replace('?', '%3F').replace('#', '%23')}?{query.replace('#', '')}", SITES
    )
    assert address(way(url), SITES) == url
    assert canonical(url, SITES) == url
    assert set(way(url)).isdisjoint("?# \n")


def test_no_way_leads_to_an_unknown_host() -> None:
    assert address("other.example/a", SITES) is None
    assert address("www.x.example@other.example/", SITES) is None
    assert address("www.x.example:8080/", SITES) is None
