"""What lines around a title say of source, author and time, in the ways of writing that sites have."""

import pytest

from service.intake.credits import Credits, dated_later, gather, posted_later, written_by
from service.intake.dates import finer

TITLE = "河堤步道月底开放"


@pytest.mark.parametrize(
    ("lines", "right"),
    [
        (["来源：江城日报 作者：方晴 时间：2024-05-06 10:20"], ("江城日报", "方晴", "2024-05-06T10:20+08:00")),
        (["文章来源： 作者： 发布时间：2024年05月06日 点击数： 次"], (None, None, "2024-05-06")),
        (["信息来源:水务局", "发布日期：2024-05-06", "浏览次数：12"], ("水务局", None, "2024-05-06")),
        (["2024-05-06 10:20 江城日报 方晴"], ("江城日报", "方晴", "2024-05-06T10:20+08:00")),
        (["2024-05-06 10:20 方晴 罗小溪 祝平"], (None, "方晴 罗小溪 祝平", "2024-05-06T10:20+08:00")),
        (["江城日报", "2024-05-06 10:20"], ("江城日报", None, "2024-05-06T10:20+08:00")),
        (["2024-05-06 10:20 河畔观察 来自北京"], ("河畔观察", None, "2024-05-06T10:20+08:00")),
        (["北窗 于 2024-05-06 10:20:30 发布"], (None, "北窗", "2024-05-06T10:20:30+08:00")),
        (
            ["最新推荐文章于 2024-06-01 08:00:00 发布", "北窗 于 2024-05-06 10:20:30 发布"],
            (None, "北窗", "2024-05-06T10:20:30+08:00"),
        ),
        (["最後更新：2024-06-01 08:00", "發佈時間：2024-05-06 10:20"], (None, None, "2024-05-06T10:20+08:00")),
        (["河畔观察", "发布时间：05-06 10:20"], ("河畔观察", None, None)),
        (["首頁新聞", "河堤步道　月底開放", "2024年5月6日 下午3:40"], (None, None, "2024-05-06T15:40+08:00")),
        (["文／方晴", "2024-05-06"], (None, "方晴", "2024-05-06")),
        (["作者：河畔观察专栏作者 方晴"], (None, "方晴", None)),
    ],
)
def test_credits(lines: list[str], right: tuple[str | None, ...]) -> None:
    title = "河堤步道 月底開放" if lines[0] == "首頁新聞" else TITLE
    assert gather(lines, title=title, chinese=True) == Credits(*right)


@pytest.mark.parametrize(
    ("passage", "author"),
    [
        ("江城日报讯（记者 方晴 罗小溪）昨天，河堤步道", "方晴 罗小溪"),
        ("江城网5月6日讯（记者方晴 整合）河堤步道", "方晴"),
        ("步道两旁种了新树。（文/图 方晴）", "方晴"),
        ("【执笔/方晴、罗小溪】", "方晴、罗小溪"),
        ("記者方晴／台北報導", "方晴"),
        ("（中央社記者方晴台北6日電）河堤步道", "方晴"),
        ("他对记者说，步道月底开放。", None),
        ("（图：步道入口）", None),
    ],
)
def test_authors_in_the_text(passage: str, author: str | None) -> None:
    assert written_by(passage) == author


def test_a_date_after_the_body_counts_only_with_its_label() -> None:
    assert dated_later(["相关阅读", "2024-04-01 水位下降", "时间：2024-05-06 10:20"], chinese=True) == (
        "2024-05-06T10:20+08:00"
    )
    assert dated_later(["2024-04-01 水位下降"], chinese=True) is None


@pytest.mark.parametrize(
    ("declared", "shown", "right"),
    [
        ("2024-05-06", "2024-05-06T10:20+08:00", "2024-05-06T10:20+08:00"),
        ("2024-05-06T10:35:12+08:00", "2024-05-06T10:20+08:00", "2024-05-06T10:20+08:00"),
        ("2024-05-06T10:20:12+08:00", "2024-05-06T10:20+08:00", "2024-05-06T10:20:12+08:00"),
        ("2024-05-06T00:00:00+08:00", "2024-05-06", "2024-05-06"),
        ("2024-05-06T10:20+02:00", "2024-05-06T09:00", "2024-05-06T10:20+02:00"),
        ("2024-05-06T10:20+08:00", "2023-01-01T00:10+08:00", "2024-05-06T10:20+08:00"),
        (None, "2024-05-06", "2024-05-06"),
        ("2024-05-06", None, "2024-05-06"),
        (None, None, None),
    ],
)
def test_the_time_a_page_shows_and_the_one_it_declares(
    declared: str | None, shown: str | None, right: str | None
) -> None:
    assert finer(declared, shown) == right


def test_who_posted_is_read_behind_the_date_below_the_body() -> None:
    lines = ["评论已关闭", "posted @ \n2024-05-09 14:45\xa0\n林下听雨\xa0\n阅读(430)\xa0\n评论(2)"]
    assert posted_later(lines) == "林下听雨"
    assert posted_later(["发表于 2024-05-09 14:45 阅读(430)", "2024-05-09 14:45 很好 阅读"]) is None


@pytest.mark.parametrize("place", ["四川", "北京", "星期一"])
def test_where_or_on_what_day_is_no_source(place: str) -> None:
    said = gather(["江城日报", f"2024-05-06 10:20 {place}"], title=TITLE, chinese=True)
    assert said == Credits("江城日报", None, "2024-05-06T10:20+08:00")
