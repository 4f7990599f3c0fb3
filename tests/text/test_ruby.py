"""Ruby: what an article prints above its own characters is what is said."""

import pytest

from service.article import Paragraph, make_article
from service.inlines import Link, Ruby, Text
from service.text.reading import read_aloud
from service.text.ruby import divided, printed


@pytest.mark.parametrize(
    ("reading", "count", "sounds"),
    [
        ("háng", 1, ("hang2",)),
        ("yínháng", 2, ("yin2", "hang2")),
        ("yin2 hang2", 2, ("yin2", "hang2")),
        ("xī'ān", 2, ("xi1", "an1")),
        ("xīān", 2, ("xi1", "an1")),
        ("lǜ", 1, ("lv4",)),
        ("de", 1, ("de5",)),
        ("hang", 1, ()),
        ("háng", 2, ()),
        ("ㄏㄤˊ", 1, ()),
        ("とうきょう", 2, ()),
        ("a" * 5000, 1, ()),
        ("", 0, ()),
    ],
)
def test_pinyin_is_divided_into_syllables(reading: str, count: int, sounds: tuple[str, ...]) -> None:
    assert divided(reading, count) == sounds


def test_a_printed_reading_counts_in_its_place_alone() -> None:
    inlines = (
        Text(text="2024年，他"),
        Link(href="https://example.org/", inlines=(Ruby(base="重", reading="zhòng"),)),
        Text(text="新。银行"),
        Ruby(base="行长", reading="xíngcháng"),
        Text(text="和银行行长。"),
    )
    assert [(one.start, one.end) for one in printed(inlines)] == [(7, 8), (12, 14)]
    said = read_aloud(make_article(title="题", blocks=(Paragraph(inlines=inlines),)))
    assert " ".join(said[1].pinyin) == "er4 ling2 er4 si4 nian2 ta1 zhong4 xin1"
    assert " ".join(said[2].pinyin) == "yin2 hang2 xing2 chang2 he2 yin2 hang2 hang2 zhang3"
