"""What search engines are told of a page: schema.org's Article and AudioObject."""

from typing import Any

import pytest

from service.article import Article, Heading, Paragraph, make_article
from service.inlines import Text
from service.text.edition import edition
from service.text.lexicon import EMPTY
from service.text.scripts import Script
from service.text.sentences import sentences
from service.web.linkeddata import linked_data
from tests.web.rendering import track

ARTICLE = make_article(
    source="https://www.example.cn/1",
    title="社区食堂开放",
    language="zh-Hans",
    byline="林秋",
    site="柳溪镇",
    published="2024-03-05",
    blocks=(
        Heading(level=2, inlines=(Text(text="开放时间"),)),
        Paragraph(inlines=(Text(text="早上六点半开门。晚上七点关门。"),)),
        Paragraph(inlines=(Text(text="责任编辑：林秋"),)),
    ),
)
READ = {sentence.id: sentence.text for sentence in sentences(ARTICLE) if not sentence.id.startswith("b3.")}


def audio(article: Article, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = linked_data(article, track(sentences=READ, **more), "https://read.example")["audio"]
    return found


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("zh-Hans", "社区食堂开放\n开放时间\n早上六点半开门。晚上七点关门。"),
        ("zh-Hant", "社區食堂開放\n開放時間\n早上六點半開門。晚上七點關門。"),
    ],
)
def test_the_transcript_is_what_is_read_in_the_pages_script(script: Script, text: str) -> None:
    said = audio(edition(ARTICLE, script, EMPTY))
    assert said["transcript"] == text
    assert said["caption"] == {
        "@type": "MediaObject",
        "contentUrl": f"https://read.example/tracks/t1.vtt?script={script}",
        "encodingFormat": "text/vtt",
        "inLanguage": script,
    }


def test_the_sound_has_its_address_length_and_other_form() -> None:
    said = audio(ARTICLE, opus="/tracks/t1.opus")
    assert (said["@type"], said["contentUrl"], said["encodingFormat"], said["duration"]) == (
        "AudioObject",
        "https://read.example/tracks/t1.mp3",
        "audio/mpeg",
        "PT90.500S",
    )
    assert said["encoding"]["contentUrl"] == "https://read.example/tracks/t1.opus"
    assert "encoding" not in audio(ARTICLE)


@pytest.mark.parametrize("making", [None, track("working"), track("failed")], ids=["none", "working", "failed"])
def test_there_is_no_sound_before_it_can_be_played(making: dict[str, Any] | None) -> None:
    assert "audio" not in linked_data(ARTICLE, making, "https://read.example")


def test_an_article_that_says_little_is_told_as_it_is() -> None:
    bare = make_article(title="题", language="zh-Hans", blocks=ARTICLE.blocks)
    assert linked_data(bare, None, "") == {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": "题",
        "inLanguage": "zh-Hans",
    }
    full = linked_data(ARTICLE, None, "")
    assert (full["author"]["name"], full["publisher"]["name"], full["datePublished"]) == (
        "林秋",
        "柳溪镇",
        "2024-03-05",
    )
