"""Pagination: articles that their sites cut into pages, told by the pages' addresses and titles, and made whole again."""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec

from service.article import Article, Block, Blocks, Note, Notes, Paragraph, body_text, make_article
from service.inlines import Link, Text

PAGES = 30  # of one article
_PARAMETERS = frozenset("page p pn pg pageno page_no pagenum pageindex page_index curpage currentpage part".split())
_NUMBER = "([1-9][0-9]?|0)"
_MARKS = (
    re.compile(rf"(?P<stem>.*[^/_-])[_-]{_NUMBER}(?P<end>\.[a-z]{{2,6}})"),
    re.compile(rf"(?P<stem>.*?[^/])/(?:page/|p)?{_NUMBER}(?P<end>/?)"),
    re.compile(rf"(?P<stem>.*[^/])/(?:index|page)[_-]?{_NUMBER}(?P<end>\.[a-z]{{2,6}})"),
)
_INDEX = re.compile(r"/(?:index|default)\.[a-z]{2,6}$")
# What a title says of the page that it stands on: （2）, (2/5), 第二页, _2, - Page 2.
_PAGE_OF_TITLE = re.compile(
    r"[\s_\-–—|·,，]*(?:[(（\[【]\s*\d{1,2}(?:\s*/\s*\d{1,2})?\s*[)）\]】]|[(（]?第?\s*[\d一二三四五六七八九十]{1,3}\s*[页頁][)）]?|page\s*\d{1,2}|_\d{1,2})\s*$",
    re.IGNORECASE,
)


def is_page(first: str, following: str, number: int) -> bool:
    """Whether `following` is by its spelling page `number`, 2 or more, of the article that begins at `first`.

    So are a_2.html, a/2 and a?page=2 of a.html, and a_1.html where a site counts from 0.
    """
    mark, own = _marked(following), _marked(first)
    if mark is None or mark[1] not in (number - 1, number):
        return False
    return mark[0] == _plain(first) or (own is not None and own[1] <= 1 and mark[0] == own[0])


def counts_on(address: str, following: str) -> bool:
    """Whether two addresses differ in a number only, and by one: pages of an article, or articles of a site."""
    before, after = _marked(address), _marked(following)
    return before is not None and after == (before[0], before[1] + 1)


def goes_on(article: Article, other: Article) -> bool:
    """Whether two pages have one title, apart from the number of the page, and not the same text."""
    title = _PAGE_OF_TITLE.sub("", article.title)
    return bool(title) and title == _PAGE_OF_TITLE.sub("", other.title)


def joined(pages: Sequence[Article], source: str | None, following: str | None = None) -> Article:
    """One article of all pages, by the title and credits of the first; `following` is a page that could not be had.

    Footnotes are gathered at the end.
    """
    first = pages[0]
    blocks: list[Block] = []
    notes: list[Note] = []
    for number, page in enumerate(pages, 1):
        for block in _numbered(page.blocks, number) if number > 1 else page.blocks:
            if isinstance(block, Notes):
                notes += block.notes
            else:
                blocks.append(block)
    if following is not None:
        words = "下一页" if first.language.startswith("zh") else "Next page"
        blocks.append(Paragraph(inlines=(Link(href=following, inlines=(Text(text=words),)),)))
    if notes:
        blocks.append(Notes(notes=tuple(notes)))
    return make_article(
        title=_PAGE_OF_TITLE.sub("", first.title) if len(pages) > 1 else first.title,
        blocks=tuple(blocks),
        source=source,
        byline=first.byline or _last_said(page.byline for page in pages),
        site=first.site,
        published=first.published,
        language=first.language,
        kind=first.kind,
    )


def repeats(pages: Sequence[Article], other: Article) -> bool:
    """Whether a page has come before: some sites answer the last page to any number beyond it."""
    text = body_text(other.blocks)
    return any(body_text(page.blocks) == text for page in pages)


def _last_said(values: Iterable[str | None]) -> str | None:
    """A byline may stand at the very end."""
    return next((value for value in reversed(list(values)) if value), None)


def _marked(address: str) -> tuple[str, int] | None:
    """An address without its page number, and that number."""
    parts = urlsplit(address)
    fields = parse_qsl(parts.query, keep_blank_values=True)
    numbered = [(name, value) for name, value in fields if name.lower() in _PARAMETERS]
    if len(numbered) == 1 and re.fullmatch(r"[1-9]?[0-9]", numbered[0][1]):
        query = urlencode([field for field in fields if field != numbered[0]])
        return _plain(parts._replace(query=query).geturl()), int(numbered[0][1])
    for mark in _MARKS:
        if found := mark.fullmatch(parts.path):
            path = found["stem"] + (found["end"] if "." in found["end"] else "")
            return _plain(parts._replace(path=path).geturl()), int(found[2])
    return None


def _plain(address: str) -> str:
    """An address as its first page may be spelled: no scheme, fragment, final slash or index.html."""
    parts = urlsplit(address)
    path = _INDEX.sub("/", parts.path).rstrip("/")
    return f"{parts.netloc.lower()}{path}?{urlencode(parse_qsl(parts.query, keep_blank_values=True))}"


def _numbered(blocks: Blocks, page: int) -> Blocks:
    """`blocks` with the ids of their notes made unlike those of other pages."""
    named = _prefixed(msgspec.to_builtins(blocks), f"p{page}")
    return msgspec.convert(named, type=Blocks)


def _prefixed(value: Any, prefix: str) -> Any:
    if isinstance(value, list | tuple):
        return [_prefixed(item, prefix) for item in value]
    if not isinstance(value, dict):
        return value
    named = {key: _prefixed(item, prefix) for key, item in value.items()}
    for key in ("note", "id"):  # of a reference, and of a note: nothing else in a tree has these
        if key in named:
            named[key] = prefix + named[key]
    return named
