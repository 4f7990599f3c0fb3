"""What a page's head and pager tell a browser: its own address, its next page, whether it may be kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.intake.hints import Hints, read_hints

URL = "https://www.news.example/2024/a.html"


def of(html: str) -> Hints:
    return read_hints(html, URL)


@pytest.mark.parametrize(
    ("href", "found"),
    [
        ("https://www.news.example/2024/b.html", "https://www.news.example/2024/b.html"),
        ("/2024/b.html?a=1&amp;b=2#part", "https://www.news.example/2024/b.html?a=1&b=2"),
        ("//m.news.example/2024/a.html", "https://m.news.example/2024/a.html"),
        ("https://news.example/2024/a.html", "https://news.example/2024/a.html"),
        ("https://other.example/2024/a.html", None),
        ("https://www.news.example/", None),
        ("https://www.news.example", None),
        ("javascript:alert(1)", None),
        ("https://[broken/", None),
        ("", URL),
    ],
)
def test_canonical(href: str, found: str | None) -> None:
    assert of(f'<head><LINK href="{href}" REL="Canonical"></head>').canonical == found


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ('<link rel="next" href="a_2.html">', "https://www.news.example/2024/a_2.html"),
        ("<link href=a_2.html rel=next />", "https://www.news.example/2024/a_2.html"),
        ('<link rel="prefetch next" href="?page=2">', "https://www.news.example/2024/a.html?page=2"),
        ('<link rel="next" title="下一页" href="b.html">', "https://www.news.example/2024/b.html"),
        ('<link rel="next" title="另一篇文章" href="b.html">', None),
        ('<link rel="next" href="https://other.example/a_2.html">', None),
        ('<link rel="next" href="https://news.example/2024/a_2.html">', None),
        ('<link rel="next" href="#b">', None),
        ('<link rel="amphtml" href="a_amp.html">', None),
        ('<!-- <link rel="next" href="a_2.html"> -->', None),
        ('<script>\'<link rel="next" href="a_2.html">\'</script>', None),
        ('<base href="/x/"><link rel="next" href="a_2.html">', "https://www.news.example/x/a_2.html"),
    ],
)
def test_a_link_to_the_next_page(link: str, found: str | None) -> None:
    assert of(f"<html><head>{link}</head><body>正文</body></html>").linked == found


@pytest.mark.parametrize(
    "pager",
    [
        '<a href="a_2.html">下一页</a>',
        "<A class='n' HREF='a_2.html' target=_blank> 下页 &gt;</A>",
        '<a href="a.html">1</a> <a href="a_2.html"><span>下一頁</span> »</a>',
        '<a href="a_2.html"><i class="x"></i>Next page</a>',
        '<a rel="next" href="a_2.html">→</a>',
        '<script>createPageHTML(3, 1, "a", "html");</script>',
    ],
)
def test_a_pager(pager: str) -> None:
    assert of(f"<body><p>正文</p>{pager}</body>").paged == "https://www.news.example/2024/a_2.html"


@pytest.mark.parametrize(
    "pager",
    [
        '<a href="b.html">下一篇</a>',
        '<a href="b.html">下一页的内容更精彩</a>',
        '<a href="b.html">返回</a> 下一页</a>',
        "<p>请翻到下一页</p>",
        '<a href="#">下一页</a>',
        '<a href="javascript:next()">下一页</a>',
        '<!-- <a href="a_2.html">下一页</a> -->',
        '<script>createPageHTML(3, 2, "a", "html");</script>',
    ],
)
def test_no_pager(pager: str) -> None:
    assert of(f"<body><p>正文</p>{pager}</body>").paged is None


@pytest.mark.parametrize(
    ("meta", "storable"),
    [
        ('<meta name="robots" content="noarchive">', False),
        ("<META CONTENT='index, NOARCHIVE' NAME='ROBOTS'>", False),
        ('<meta name="robots" content="noindex, nofollow">', True),
        ('<meta name="googlebot" content="noarchive">', True),
        ('<meta name="description" content="noarchive">', True),
    ],
)
def test_whether_a_copy_may_be_kept(meta: str, storable: bool) -> None:
    assert of(f"<head>{meta}</head>").storable is storable


@given(st.text(alphabet="<>a =\"'/linkrefx下一页next!-s", max_size=300))
def test_anything_gives_hints(html: str) -> None:
    of(html)


@pytest.mark.parametrize(
    "html",
    [
        '<a "' * 300_000,
        "<a " * 300_000,
        "<a x='" * 300_000,
        "<!--" * 300_000,
        "下一页" * 300_000,
        "<a href=x>" + "<i>" * 300_000 + "下一页",
        '<a href="x">下一页' + "<i>" * 300_000,
        '<link rel=next href="' + "x" * 900_000 + '">',
        "<script>" * 100_000,
    ],
)
def test_markup_made_slow_is_read_once(html: str) -> None:
    assert of(html).linked is None
