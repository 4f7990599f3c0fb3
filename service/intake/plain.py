"""Plain text: what somebody typed, or copied from a web page with its navigation and footer, to an article."""

import re
from statistics import median

from service.article import Article, Block, Figure, Paragraph, make_article
from service.errors import EmptyDocument
from service.inlines import Break, Inline, Text
from service.intake.credits import Credits, is_credits, read_credits
from service.intake.furniture import is_footer, is_navigation
from service.intake.headings import split_run_on, with_headings
from service.intake.languages import language

_UNREADABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff\ud800-\udfff]")
_IMAGE = re.compile(r"[^\s/\\:*?\"<>|]{1,100}\.(?:png|jpe?g|gif|webp|bmp|svg|heic)", re.IGNORECASE)
_STOP = re.compile(r"[。！？；：，…”）.!?;:,]$")
_CJK = re.compile(r"[\u2e80-\u9fff\uff00-\uff60\u3000-\u303f]")
_DATED = re.compile(r"时间|時間|日期|发布|發[佈布]|发表|發表|更新|\b(?:published|updated|posted)\b", re.IGNORECASE)
_TITLE = 80  # characters
_VERSE = 25  # characters: shorter lines were broken for their shape
_HEAD = 40  # lines in which a title and its credits are looked for

Group = list[str]


def read_plain(text: str, source: str | None) -> Article:
    """The article of a plain text; `source` is where it came from, if anywhere.

    The title is the line above the credits, or the first line where that looks like a title; where the first line
    is already text, the title is its beginning and the body keeps it. Only where there are credits is a footer taken off:
    other text may end as it likes. Raises EmptyDocument.
    """
    groups = _groups(_UNREADABLE.sub("", text))
    if not groups:
        raise EmptyDocument
    credits, title, groups = _headed(groups)
    if credits != Credits():
        groups = _without_footer(groups)
    blocks = with_headings(tuple(_blocks(groups)))
    spoken = language(None, title + text[:8000])
    return make_article(
        title=title,
        blocks=blocks or (Paragraph(inlines=(Text(text=title),)),),
        source=source,
        byline=credits.author,
        site=credits.source,
        published=credits.published,
        language=spoken,
    )


def _groups(text: str) -> list[Group]:
    """The lines without their indentation, in groups apart by empty lines."""
    groups: list[Group] = [[]]
    for line in text.splitlines():
        stripped = line.strip(" \t\u3000\xa0\u200b\u2003")
        if stripped:
            groups[-1].append(stripped)
        elif groups[-1]:
            groups.append([])
    return groups if groups[-1] else groups[:-1]


def _headed(groups: list[Group]) -> tuple[Credits, str, list[Group]]:
    """Credits, title, and the groups after both."""
    lines = [(place, row) for place, group in enumerate(groups) for row in range(len(group))][:_HEAD]
    text = [groups[place][row] for place, row in lines]
    at = next((n for n, line in enumerate(text) if n and _is_signed(line) and _is_title(text[n - 1])), None)
    if at is not None and all(len(line) <= _TITLE for line in text[:at]):
        last = at
        credits = read_credits(text[at], chinese=True)
        while last + 1 < len(text) and is_credits(text[last + 1]):
            last += 1
            more = read_credits(text[last], chinese=True)
            credits = Credits(*(one or other for one, other in zip(credits, more, strict=True)))
        title = text[at - 1]
        return credits, title, _after(groups, *lines[last])
    first = next((n for n, line in enumerate(text) if not is_navigation(line)), 0)
    title = text[first]
    only = sum(map(len, groups)) == 1
    if _is_title(title) and not only and len(text) > first + 1:
        return Credits(), title, _after(groups, *lines[first])
    return Credits(), _beginning(title), _after(groups, *lines[first - 1]) if first else groups


def _is_signed(line: str) -> bool:
    """Whether a line holds credits that say what they are: a bare date may stand in any text."""
    credits = read_credits(line, chinese=True)
    return is_credits(line) and bool(credits.source or credits.author or (credits.published and _DATED.search(line)))


def _after(groups: list[Group], place: int, row: int) -> list[Group]:
    rest = groups[place][row + 1 :]
    return [*([rest] if rest else []), *groups[place + 1 :]]


def _is_title(line: str) -> bool:
    return (
        2 <= len(line) <= _TITLE
        and not re.search(r"[。；;，,：:、.]$", line)
        and line.count("。") == 0
        and not _IMAGE.fullmatch(line)
    )


def _beginning(line: str) -> str:
    sentence = re.match(r".{4,40}?[。！？!?.](?=\s|\S|$)", line)
    if len(line) <= 40:
        return line
    return sentence[0].rstrip("。.") if sentence else line[:30].rsplit(" ", 1)[0] + "…"


def _without_footer(groups: list[Group]) -> list[Group]:
    kept = list(groups)
    while (
        len(kept) > 1
        and all(is_footer(line) or is_navigation(line) for line in kept[-1])
        and any(map(is_footer, kept[-1]))
    ):
        kept.pop()
    while kept and len(kept[-1]) > 1 and is_footer(kept[-1][-1]):
        kept[-1] = kept[-1][:-1]
    return kept


def _blocks(groups: list[Group]) -> list[Block]:
    blocks: list[Block] = []
    wrapped = _is_wrapped(groups)
    for group in groups:
        lines = _joined(group) if wrapped else group
        if (
            len(lines) > 1
            and max(map(len, lines)) <= _VERSE
            and not any(map(_IMAGE.fullmatch, lines))
            and len(groups) > 1
        ):
            blocks.append(_verse(lines))
            continue
        for line in lines:
            if _IMAGE.fullmatch(line):
                blocks.append(Figure(src=line))
            else:
                blocks += [Paragraph(inlines=(Text(text=part),)) for part in split_run_on(line) or (line,)]
    return blocks


def _verse(lines: Group) -> Paragraph:
    inlines: list[Inline] = []
    for line in lines:
        inlines += [Break(), Text(text=line)] if inlines else [Text(text=line)]
    return Paragraph(inlines=tuple(inlines))


def _is_wrapped(groups: list[Group]) -> bool:
    """Whether lines were cut at one width: all but the last of a group are long, and few end a sentence."""
    inner = [line for group in groups for line in group[:-1]]
    if len(inner) < 2:
        return False
    width = max(map(len, inner))
    middle = median(map(len, inner))
    ending = sum(1 for line in inner if _STOP.search(line))
    return middle >= 0.75 * width and 30 <= width <= 130 and ending < 0.5 * len(inner) and middle >= 25


def _joined(group: Group) -> Group:
    text = group[0]
    for line in group[1:]:
        wide = _CJK.match(line) and _CJK.match(text[-1])
        text += line if wide else " " + line
    return [text]
