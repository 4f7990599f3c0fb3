"""Conversion of single texts: forms that longest match gets wrong, words of a region, what stays as it is."""

import csv
from functools import cache
from pathlib import Path

import pytest

from service.text.conversion import convert_text
from service.text.detection import detect
from service.text.lexicon import Entry, Lexicon
from service.text.tags import FALLBACKS, SCRIPTS, Script

TRADITIONAL: tuple[Script, ...] = ("zh-Hant", "zh-Hant-TW", "zh-Hant-HK")


@cache
def known() -> tuple[dict[str, str], ...]:
    """Sentences with their forms; a region's column is empty where it prints what zh-Hant says."""
    with (Path(__file__).parent / "conversions.tsv").open(encoding="utf-8") as lines:
        return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def form(row: dict[str, str], script: Script) -> str:
    return next(row[name] for name in FALLBACKS[script] if row[name])


def to(script: Script, text: str, source: Script | None = "zh-Hans", lexicon: Lexicon | None = None) -> str:
    return convert_text(text, source, script, lexicon or Lexicon()).text


@pytest.mark.parametrize("script", TRADITIONAL)
def test_no_known_sentence_converts_wrongly(script: Script) -> None:
    converted = {row["zh-Hans"]: (to(script, row["zh-Hans"]), form(row, script)) for row in known()}
    assert len(converted) >= 300
    assert not {hans: pair for hans, pair in converted.items() if pair[0] != pair[1]}


@pytest.mark.parametrize("script", TRADITIONAL)
def test_a_sentence_already_in_the_script_stays(script: Script) -> None:
    sentences = [form(row, script) for row in known()]
    assert [to(script, sentence, script) for sentence in sentences] == sentences


def test_simplified_characters_come_back() -> None:
    wrong = {row["zh-Hans"] for row in known() if to("zh-Hans", row["zh-Hant"], "zh-Hant") != row["zh-Hans"]}
    assert not wrong


@pytest.mark.parametrize(
    ("hans", "taiwan", "hong_kong"),
    [
        ("出租车上的软件", "計程車上的軟體", "的士上的軟件"),
        ("他的博客有视频", "他的部落格有影片", "他的網誌有視頻"),
        ("公交车和土豆", "公車和馬鈴薯", "巴士和薯仔"),
    ],
)
def test_a_region_says_it_otherwise_and_back(hans: str, taiwan: str, hong_kong: str) -> None:
    assert to("zh-Hant-TW", hans) == taiwan
    assert to("zh-Hans", taiwan, "zh-Hant-TW") == hans
    assert to("zh-Hant-HK", hans) == hong_kong
    assert to("zh-Hans", hong_kong, "zh-Hant-HK") == hans


def test_words_that_taiwan_shares_stay_in_its_own_texts() -> None:
    written = "載入時顯示的默認程序訊息，可從程式的選單匯出。"
    assert to("zh-Hant-TW", to("zh-Hans", written, "zh-Hant-TW")) == written
    assert to("zh-Hant-TW", "默认信息") == "預設資訊"


def test_a_person_keeps_the_name_all_through() -> None:
    text = "记者于晓光报道。今天凌晨于晓光回到家中，他于上午休息。"
    assert to("zh-Hant-TW", text) == "記者于曉光報道。今天凌晨于曉光回到家中，他於上午休息。"
    assert to("zh-Hant", "今天凌晨于晓光回到家中") == "今天凌晨於曉光回到家中"


@pytest.mark.parametrize("kept", ["https://例子.com/头发/里面?后=1", "www.example.cn/发现", "fa.li@example.cn"])
def test_addresses_stay(kept: str) -> None:
    assert to("zh-Hant", f"头发（{kept}）里面") == f"頭髮（{kept}）裡面"


def test_japanese_stays_and_a_shop_sign_does_not_make_it_so() -> None:
    assert (
        to("zh-Hans", "他說：「学校の勉強を続ける」，後來走了。", "zh-Hant") == "他说：“学校の勉強を続ける”，后来走了。"
    )
    assert to("zh-Hant", "优の良品专卖店的发展") == "優の良品專賣店的發展"


def test_an_entry_of_the_lexicon_counts_first() -> None:
    lexicon = Lexicon(
        (Entry(word="发布", forms={"zh-Hant": "發布"}), Entry(word="云计算", forms={"zh-Hant-TW": "雲計算"}))
    )
    assert to("zh-Hant-TW", "云计算发布会的头发", lexicon=lexicon) == "雲計算發布會的頭髮"
    assert to("zh-Hant-HK", "云计算发布会", lexicon=lexicon) == "雲端運算發布會"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("头发和发展", "zh-Hans"),
        ("頭髮和發展", "zh-Hant"),
        ("軟體和網路的品質", "zh-Hant-TW"),
        ("網絡質素與的士", "zh-Hant-HK"),
        ("群峰之中", None),
        ("hello, 2024", None),
    ],
)
def test_the_script_is_seen(text: str, script: Script | None) -> None:
    assert detect(text) == script


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_text_without_chinese_stays(script: Script) -> None:
    assert to(script, "plain “quoted” text, 100%", None) == "plain “quoted” text, 100%"


def test_length_and_places_are_known() -> None:
    conversion = convert_text("我的博客里", "zh-Hans", "zh-Hant-TW")
    assert conversion.text == "我的部落格裡"
    assert conversion.alignment.span(2, 4) == (2, 5)
    assert conversion.alignment.written(5, 6) == (4, 5)
