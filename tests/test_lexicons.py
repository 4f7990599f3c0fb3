"""Lexicons: which file counts where, and what an editor is told of a slip."""

from pathlib import Path

import pytest

from service.article import Article, Paragraph, make_article
from service.check import checks
from service.errors import BadLexicon
from service.inlines import Text
from service.lexicons import Lexicons
from service.settings import load
from service.sites import NO_SITES, Site, Sites
from service.text.lexicon import Entry, Lexicon
from service.text.pronunciation import pinyin


def article(text: str = "单县的单先生。", language: str = "zh-Hans", source: str | None = None) -> Article:
    blocks = (Paragraph(inlines=(Text(text=text),)),)
    return make_article(title="题", blocks=blocks, language=language, source=source)


def write(folder: Path, name: str, word: str, reading: str) -> None:
    (folder / name).write_text(f'[[word]]\nword = "{word}"\nreading = "{reading}"\n', "utf-8")


def read(lexicon: Lexicon, text: str) -> str:
    return " ".join(pinyin(text, lexicon))


def test_the_nearer_file_counts(tmp_path: Path) -> None:
    one = article(source="https://www.example.cn/a.html")
    site = Site(
        name="站", hosts=("https://www.example.cn",), lexicon=Lexicon((Entry(word="重阳", reading="chang2 yang4"),))
    )
    write(tmp_path, "zh.toml", "重阳", "chong2 yang1")
    lexicons = Lexicons(tmp_path, NO_SITES)
    assert read(lexicons.of(one), "重阳") == "chong2 yang1"
    assert read(Lexicons(tmp_path, Sites((site,))).of(one), "重阳") == "chang2 yang4"
    before = lexicons.of(one).version
    write(tmp_path, f"{one.id}.toml", "重阳", "zhòng yáng")
    assert read(lexicons.of(one), "重阳") == "zhong4 yang2"
    assert read(lexicons.of(article("别的文章")), "重阳") == "chong2 yang1"
    assert lexicons.of(one).version != before


def test_taiwan_reads_otherwise_and_in_either_script() -> None:
    lexicons = Lexicons(None, NO_SITES)
    taiwan, mainland = lexicons.of(article(), "zh-TW"), lexicons.of(article())
    assert read(taiwan, "你和我收垃圾") == "ni3 han4 wo3 shou1 le4 se4"
    assert read(taiwan, "和平的企业攜帶著品質") == "he2 ping2 de5 qi4 ye4 xi1 dai4 zhe5 pin3 zhi2"
    assert read(taiwan, "他的頭髮，發展和发展") == "ta1 de5 tou2 fa3 fa1 zhan3 han4 fa1 zhan3"
    assert read(mainland, "你和我收垃圾") == "ni3 he2 wo3 shou1 la1 ji1"


def test_an_article_that_is_not_chinese_has_only_its_own_words(tmp_path: Path) -> None:
    english = article("Hello.", language="en")
    assert Lexicons(tmp_path, NO_SITES).of(english).entries == ()


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("zh.toml", '[[word]]\nword = "枫林"\nreading = "feng1"\n', ("zh.toml:1", "2 个汉字", "1 syllables")),
        ("zh.toml", "[[word]]\nword = 枫林\n", ("zh.toml", "英文引号")),
        ("mine.toml", "", ("mine.toml", "zh-TW.toml")),
    ],
)
def test_a_slip_is_told_at_the_start(tmp_path: Path, name: str, text: str, words: tuple[str, ...]) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(BadLexicon) as told:
        Lexicons(tmp_path, NO_SITES)
    assert [word for word in words if word not in str(told.value)] == []


def test_check_tells_a_slip_as_well(tmp_path: Path) -> None:
    good, slip = (load({"CHANGDU_STORE": str(tmp_path), "CHANGDU_LEXICON": str(tmp_path / name)}) for name in "ab")
    for name in "ab":
        (tmp_path / name).mkdir()
    write(tmp_path / "b", "zh.toml", "重阳", "chong2")
    told = {finding.remedy for settings in (good, slip) for finding in checks(settings) if "lexicons" in finding.what}
    assert [remedy[:4] for remedy in sorted(told)] == ["", "读音词典"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadLexicon, match="CHANGDU_LEXICON"):
        Lexicons(tmp_path / "none", NO_SITES)


def test_a_slip_in_an_articles_own_file_keeps_only_that_from_counting(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    one, lexicons = article(), Lexicons(tmp_path, NO_SITES)
    before = lexicons.of(one)
    (tmp_path / f"{one.id}.toml").write_text("[[wort]]\n", "utf-8")
    assert lexicons.of(one) == before
    assert f"{one.id}.toml" in caplog.text
