"""Encodings of Chinese documents: right, wrong and missing labels, short texts, marks, damage, bytes that are none."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.errors import UnreadableText
from service.intake.charset import decode

SIMPLIFIED = {
    "notice": "各位家长：本周五下午两点在学校礼堂召开家长会，请准时参加。会后各班老师将介绍本学期的学习情况。",
    "weather": "今天夜间到明天，北部地区有小雨，气温比昨天下降三度左右，请老年朋友出门带好雨伞，注意路滑。",
    "report": "一年来，社区服务中心共办理各类事项三千余件，群众满意度明显提高，为老服务的水平上了一个新台阶。",
    "story": "他把信放在桌子上，慢慢地走到窗前。院子里的枣树已经开花了，风一吹，满地都是细碎的香味。",
    "list": "第一，检查门窗；第二，关好煤气；第三，把药盒放在看得见的地方。",
    "names": "罗喆、李镕、王堃三位同志负责本次活动的组织工作，联系电话见公告栏。",
}
TRADITIONAL = {
    "notice": "各位鄉親：本週六上午九點在活動中心舉辦健康檢查，請攜帶健保卡，並於當天早上保持空腹。",
    "library": "圖書館自下個月起延長開放時間，歡迎年長讀者使用大字版圖書與有聲書，館員會協助您辦理借書手續。",
    "traffic": "為配合道路施工，公車路線將暫時調整，請依照現場指示搭車，造成不便，敬請見諒。",
    "story": "奶奶坐在門口剝豆子，一邊剝一邊說起從前的事。我們聽著聽著，天就黑了。",
}
HONG_KONG = "嗰啲長者中心嘅活動，佢哋個個都鍾意參加，尤其係喺公園度耍太極。"


def html(text: str, label: str | None) -> str:
    meta = f'<meta charset="{label}">' if label else ""
    return f"<!DOCTYPE html><html><head>{meta}<title>{text[:8]}</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize("label", ["gb2312", "GBK", "gb18030", "utf-8", "big5", "iso-8859-1", "nonsense", None])
@pytest.mark.parametrize("name", SIMPLIFIED)
def test_simplified_whatever_the_label(name: str, label: str | None) -> None:
    text = html(SIMPLIFIED[name], label)
    assert decode(text.encode("gb18030")) == text
    assert decode(text.encode("gb18030"), "utf-8") == text
    assert decode(text.encode("utf-8"), label) == text


@pytest.mark.parametrize("label", ["big5", "Big5-HKSCS", "x-x-big5", "utf-8", "gb2312", "windows-1252", "", None])
@pytest.mark.parametrize("name", TRADITIONAL)
def test_traditional_whatever_the_label(name: str, label: str | None) -> None:
    text = html(TRADITIONAL[name], label)
    assert decode(text.encode("big5hkscs")) == text
    assert decode(text.encode("big5hkscs"), label) == text
    assert decode(text.encode("gbk"), label) == text


def test_characters_that_only_the_superset_has() -> None:
    text = html("朱镕基、陶喆、㐂、𠮷野家：都不在 GB2312 里，标签却写着它。这些字要照样显示出来。", "gb2312")
    assert decode(text.encode("gb18030"), "gb2312") == text
    assert decode(html(HONG_KONG, "big5").encode("big5hkscs"), "big5") == html(HONG_KONG, "big5")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("label", ["gb2312", "utf-8", None])
def test_unicode_with_and_without_a_mark(encoding: str, label: str | None) -> None:
    text = html(SIMPLIFIED["weather"], None)
    assert decode(text.encode(encoding), label) == text


def test_a_mark_of_gb18030() -> None:
    assert decode(b"\x84\x31\x95\x33" + "长者".encode("gb18030"), "utf-8") == "长者"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("中国", "gbk"),
        ("学校通知", "gbk"),
        ("关于放假的通知", "gbk"),
        ("联通", "gbk"),
        ("我们的老师", "gbk"),
        ("台灣", "big5"),
        ("我們的老師", "big5"),
        ("關於放假的通知", "big5"),
    ],
)
def test_a_few_characters_with_their_label(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), encoding) == text


@pytest.mark.parametrize("text", ["关于放假的通知", "我们的老师和同学", "第一章 总则", "今天是个好日子，我们去学校。"])
def test_a_few_characters_without_a_label(text: str) -> None:
    assert decode(text.encode("gbk")) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("これは日本語の文章です。学校のお知らせを読み上げます。", "shift_jis"),
        ("これは日本語の文章です。学校のお知らせを読み上げます。", "euc-jp"),
        ("これは日本語の文章です。", "iso-2022-jp"),
        ("이것은 한국어 문장입니다. 어르신을 위한 큰 글씨 안내문입니다.", "euc-kr"),
        ("Это русский текст для пожилых читателей, крупным шрифтом.", "windows-1251"),
        ("Les élèves ont reçu une lettre de l’école à Orléans.", "windows-1252"),
        ("Şehir kütüphanesi yaşlılar için açık.", "iso-8859-9"),
        ("中文~HZ", "hz"),
    ],
)
def test_other_languages_with_their_label(text: str, encoding: str) -> None:
    assert decode(html(text, None).encode(encoding), encoding) == html(text, None)
    assert decode(html(text, encoding).encode(encoding)) == html(text, encoding)


def test_the_labels_of_the_web_mean_their_supersets() -> None:
    assert decode("“café” – 5 €".encode("cp1252"), "iso-8859-1") == "“café” – 5 €"
    assert decode(b"plain", "us-ascii") == "plain"


def test_an_xml_declaration_is_a_label() -> None:
    text = '<?xml version="1.0" encoding="windows-1251"?><html><body><p>Привет, читатель</p></body></html>'
    assert decode(text.encode("cp1251")) == text


def test_a_character_cut_in_two_costs_no_more_than_itself() -> None:
    text = SIMPLIFIED["report"] * 3
    assert decode(text.encode()[:-1]) == text[:-1]
    assert decode(text.encode("gbk")[:-1]) == text[:-1]
    broken = text.encode()[:30] + text.encode()[31:]
    assert decode(broken, "gbk").count("\ufffd") <= 2
    assert decode(broken, "gbk")[20:] == decode(broken)[20:]
    assert text[40:] in decode(broken)


def test_nuls_are_left_out() -> None:
    assert decode("第一\0第二".encode()) == "第一第二"


@pytest.mark.parametrize(
    "label", ["utf-7", "hex", "base64", "rot13", "unicode_escape", "../../etc/passwd", "x" * 5000, "\0"]
)
def test_labels_that_are_no_charset_are_not_obeyed(label: str) -> None:
    assert decode(SIMPLIFIED["story"].encode("gbk"), label) == SIMPLIFIED["story"]
    assert decode(b"+ADw-script+AD4-", label) == "+ADw-script+AD4-"


@pytest.mark.parametrize("seed", range(8))
def test_bytes_in_no_encoding(seed: int) -> None:
    noise = random.Random(seed).randbytes(3000)
    for label in (None, "utf-8", "gbk", "latin1"):
        with pytest.raises(UnreadableText):
            decode(noise, label)


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=200))
@settings(max_examples=60, deadline=None)
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode()) == text.removeprefix("\ufeff")


@given(
    st.lists(st.sampled_from(list(SIMPLIFIED.values())), min_size=1, max_size=4),
    st.sampled_from(["gbk", "utf-8", "utf-16"]),
    st.sampled_from([None, "big5", "utf-8", "latin1"]),
)
@settings(max_examples=40, deadline=None)
def test_any_running_text_in_any_of_its_encodings(parts: list[str], encoding: str, label: str | None) -> None:
    assert decode("".join(parts).encode(encoding), label) == "".join(parts)


@given(st.binary(max_size=400), st.sampled_from([None, "gbk", "utf-8", "utf-16", "shift_jis", "x"]))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_text_or_unreadable(body: bytes, label: str | None) -> None:
    try:
        text = decode(body, label)
    except UnreadableText:
        return
    text.encode()  # no lone surrogates
    assert "\0" not in text


def test_a_replacement_character_that_stands_in_the_text_is_no_mistake() -> None:
    text = '<p class="\ufffdlambda">A plain page in English with nothing else outside ASCII.</p>'
    assert decode(text.encode(), "utf-8") == text


def test_characters_that_java_writes_as_two_surrogates_are_whole() -> None:
    assert (
        decode("春天来了".encode() + b"\xed\xa0\xbd\xed\xb8\x80" + "，大家都去散步。".encode())
        == "春天来了😀，大家都去散步。"
    )


def test_half_a_character_does_not_spoil_a_short_text() -> None:
    assert decode("春天来了".encode() + b"\xed\xa0\xbd" + "，散步。".encode()) == "春天来了，散步。"


def test_a_page_filled_up_with_nuls_is_not_utf16() -> None:
    assert decode("<p>春天来了</p>".encode() + bytes(4000)) == "<p>春天来了</p>"
