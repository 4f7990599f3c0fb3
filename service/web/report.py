"""A report on one article for its editor: what was checked, whether it held, and where it did not."""

import re
from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from service.article import Article, Block, Figure, Heading, Media, Note, Table, body_text
from service.inlines import Foreign, Inline, Inlines, Link, NoteReference, Text, Verbatim, plain
from service.text.passages import passages
from service.web.outline import walk
from service.web.preferences import Theme

Check = Literal[
    "article_title", "headings", "sections", "pictures", "links", "tables", "notes", "media", "languages", "contrast"
]

_EMPTY_WORDS: Final = (
    "点击 点击这里 点这里 点击此处 此处 这里 点我 更多 查看 查看更多 查看详情 详情 详细 链接 阅读全文 原文 "
    "點擊 點擊這裡 點這裡 點擊此處 這裡 檢視更多 查看詳情 連結 閱讀全文 here click more link read this details"
)
_SAYS_NOTHING: Final = frozenset(_EMPTY_WORDS.split())
_LONG: Final = 1500  # characters of text that want a heading
_EXCERPT: Final = 60
_FOREIGN: Final = re.compile(
    r"[A-Za-zÀ-ɏ]+(?:[ ,'’-]+[A-Za-zÀ-ɏ]+){3,}|[\u0400-\u04ff\u0600-\u06ff\u3040-\u30ff\uac00-\ud7af]{4,}"
)
_HIGH: Final = 7.0


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One check. `checked` counts what was looked at; `places` quotes what did not hold, at most 60 characters each."""

    check: Check
    held: bool
    checked: int
    places: tuple[str, ...] = ()


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """`contrast` is the ratio of text on its ground in each scheme of the pages."""

    article: str
    title: str
    findings: tuple[Finding, ...]
    contrast: dict[Theme, float]


def report(article: Article, contrast: dict[Theme, float]) -> Report:
    """What was found in an article as its source gives it; nothing that was not checked is claimed."""
    blocks = tuple(walk(article.blocks))
    runs = [passage.inlines for passage in passages(article)]
    inlines = [inline for run in runs for inline in _each(run)]
    findings = (
        Finding(check="article_title", held=bool(article.title.strip()), checked=1),
        _headings([block for block in blocks if isinstance(block, Heading) and plain(block.inlines).strip()]),
        _sections(article, blocks),
        _pictures([block for block in blocks if isinstance(block, Figure)]),
        _links([inline for inline in inlines if isinstance(inline, Link)]),
        _tables([block for block in blocks if isinstance(block, Table)]),
        _notes(blocks, inlines),
        _media([block for block in blocks if isinstance(block, Media)]),
        _languages(article, runs),
        _finding("contrast", list(contrast), [name for name, ratio in contrast.items() if ratio < _HIGH]),
    )
    return Report(article=article.id, title=article.title, findings=findings, contrast=contrast)


def _finding(check: Check, checked: list[str] | list[Theme], places: list[str]) -> Finding:
    quoted = tuple(place if len(place) <= _EXCERPT else f"{place[: _EXCERPT - 1]}…" for place in places)
    return Finding(check=check, held=not places, checked=len(checked), places=quoted)


def _headings(headings: list[Heading]) -> Finding:
    """Levels go down one at a time; the title is level 1."""
    texts = [plain(heading.inlines).strip() for heading in headings]
    levels = [1, *(heading.level for heading in headings)]
    skipped = [text for text, above, level in zip(texts, levels, levels[1:], strict=False) if level > above + 1]
    return _finding("headings", texts, skipped)


def _sections(article: Article, blocks: tuple[Block | Note, ...]) -> Finding:
    """A long text has headings to find one's way by."""
    is_long = len(body_text(article.blocks)) > _LONG
    has_headings = any(isinstance(block, Heading) for block in blocks)
    return Finding(check="sections", held=has_headings or not is_long, checked=int(is_long))


def _pictures(figures: list[Figure]) -> Finding:
    sources = [figure.src for figure in figures]
    return _finding("pictures", sources, [figure.src for figure in figures if figure.alt is None])


def _links(links: list[Link]) -> Finding:
    """A link's own text says where it goes."""
    texts = [plain(link.inlines).strip() or link.href for link in links]
    return _finding("links", texts, [text for text in texts if _says_nothing(text)])


def _says_nothing(text: str) -> bool:
    bare = text.lower().strip(" 。.>»→…！!【】[]（）()")
    return bare in _SAYS_NOTHING or bare.startswith(("http://", "https://", "www.")) or not bare


def _tables(tables: list[Table]) -> Finding:
    """A table of more than one row and column says what its columns or rows are."""
    names = [plain(table.caption).strip() or _first_cell(table) for table in tables]
    bare = [
        name
        for name, table in zip(names, tables, strict=True)
        if not table.head and not any(cell.header for row in table.rows for cell in row)
    ]
    return _finding("tables", names, bare)


def _first_cell(table: Table) -> str:
    return next((text for row in table.head + table.rows for cell in row if (text := plain(cell.inlines).strip())), "")


def _notes(blocks: tuple[Block | Note, ...], inlines: list[Inline]) -> Finding:
    """Every reference has its note."""
    known = {block.id for block in blocks if isinstance(block, Note)}
    references = [inline for inline in inlines if isinstance(inline, NoteReference)]
    return _finding(
        "notes", [one.label for one in references], [one.label for one in references if one.note not in known]
    )


def _media(media: list[Media]) -> Finding:
    return _finding("media", [one.src for one in media], [one.src for one in media if not (one.title or "").strip()])


def _languages(article: Article, runs: list[Inlines]) -> Finding:
    """A phrase of four words or more in another script is marked with its language."""
    if not article.language.startswith("zh"):
        return Finding(check="languages", held=True, checked=0)
    marked = [plain(inline.inlines) for run in runs for inline in _each(run) if isinstance(inline, Foreign)]
    unmarked = [match[0] for run in runs for text in _unmarked(run) for match in _FOREIGN.finditer(text)]
    return _finding("languages", marked + unmarked, unmarked)


def _unmarked(inlines: Inlines) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, Text):
            yield inline.text
        elif not isinstance(inline, Foreign | Verbatim):
            yield from _unmarked(getattr(inline, "inlines", ()))


def _each(inlines: Inlines) -> Iterator[Inline]:
    for inline in inlines:
        yield inline
        yield from _each(getattr(inline, "inlines", ()))
