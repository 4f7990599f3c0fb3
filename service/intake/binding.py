"""The blocks of a document bound to an article: its title found, its headings ranked, its language told."""

import re

import msgspec

from service.article import Article, Block, Blocks, Heading, Paragraph, body_text, make_article, plain
from service.errors import EmptyDocument
from service.text.scripts import detect

_TITLE_CHARACTERS = 80
_NO_TITLE = re.compile(
    r"(microsoft word|untitled|无标题|未命名|文档|新建|document|title|slide)\b.*|.*\.(docx?|wps|pdf|indd|rtf)", re.I
)
_KANA, _HANGUL, _HAN, _LETTER = (
    re.compile(pattern) for pattern in ("[\u3041-\u30ff]", "[\uac00-\ud7af]", "[\u3400-\u9fff]", r"[^\W\d_]")
)


def bound(blocks: Blocks, *, source: str | None, title: str | None = None, byline: str | None = None) -> Article:
    """The article made of `blocks`. A heading or short first paragraph is its title, else `title`, which the file says.

    Heading levels become 2, 3, … without gaps, in the order that the document ranks them. Raises EmptyDocument where
    there is no text.
    """
    if not body_text(blocks).strip():
        raise EmptyDocument
    name, rest = _title(blocks, (title or "").strip())
    return make_article(
        title=name,
        blocks=_ranked(rest),
        source=source,
        byline=(byline or "").strip() or None,
        language=language(name + "\n" + body_text(rest)),
    )


def language(text: str) -> str:
    """The BCP 47 tag of the language that most letters of `text` are of; English for other Latin text."""
    sample = text[:20_000]
    letters = len(_LETTER.findall(sample)) or 1
    han, kana, hangul = (len(pattern.findall(sample)) for pattern in (_HAN, _KANA, _HANGUL))
    if kana > (han + kana) / 10 and kana + han > letters / 3:
        return "ja"
    if hangul > letters / 3:
        return "ko"
    if han * 5 > letters:
        return detect(sample) or "zh-Hans"
    return "en"


def _title(blocks: Blocks, given: str) -> tuple[str, Blocks]:
    for place, block in enumerate(blocks[:5]):
        if isinstance(block, Heading) and (text := _line(block)):
            return text, blocks[:place] + blocks[place + 1 :]
    if given and not _NO_TITLE.fullmatch(given):
        first = next((place for place, block in enumerate(blocks) if _line(block) == given), None)
        return given, blocks if first is None else blocks[:first] + blocks[first + 1 :]
    first_line = _line(blocks[0])
    if 0 < len(first_line) <= _TITLE_CHARACTERS and len(blocks) > 1:
        return first_line, blocks[1:]
    opening = body_text(blocks).strip().split("\n")[0]
    return re.split(r"(?<=[。！？])", opening)[0][:_TITLE_CHARACTERS], blocks


def _line(block: Block) -> str:
    return " ".join(plain(block.inlines).split()) if isinstance(block, Heading | Paragraph) else ""


def _ranked(blocks: Blocks) -> Blocks:
    levels = sorted({block.level for block in blocks if isinstance(block, Heading)})
    ranks = {level: min(rank, 6) for rank, level in enumerate(levels, 2)}
    return tuple(
        msgspec.structs.replace(block, level=ranks[block.level]) if isinstance(block, Heading) else block
        for block in blocks
    )
