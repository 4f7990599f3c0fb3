"""Attribution: who wrote an article, where it first stood and when, from all the places where its page says so."""

from collections.abc import Iterable, Sequence

from service.article import Blocks, Paragraph
from service.inlines import plain
from service.intake.credits import (
    Credits,
    dated_later,
    editor,
    gather,
    name,
    posted_later,
    read_credits,
    signature,
    written_by,
)
from service.intake.dates import finer, machine_date
from service.intake.metadata import Metadata

_OPENING = 60  # characters of a text in which its author is named
_CLOSING = 120


def attribute(
    metadata: Metadata, before: Sequence[str], after: Sequence[str], blocks: Blocks, *, title: str, chinese: bool
) -> Credits:
    """The credits of an article.

    `before` are the lines between its title and its body and those taken off the body, `after` those that follow
    it. What is written beside the text counts for more than what the page's head declares.
    """
    said = gather(before, title=title, chinese=chinese, site=name(metadata.site_name))
    passages = [plain(block.inlines) for block in blocks if isinstance(block, Paragraph)]
    opening, closing = (passages[0][:_OPENING], passages[-1][-_CLOSING:]) if passages else ("", "")
    signed = read_credits(closing, chinese=chinese)
    source = said.source or signed.source or name(metadata.account) or name(metadata.source) or name(metadata.site_name)
    source = source or next((found for line in after if (found := read_credits(line, chinese=chinese).source)), None)
    author = said.author or signed.author or _declared_author(metadata, [*before, closing], source, title)
    published = finer(machine_date(metadata.published, chinese=chinese), said.published)
    return Credits(
        source,
        author
        or written_by(opening)
        or written_by(closing)
        or signature(closing)
        or posted_later(after)
        or _named_later(after),
        published or dated_later(after, chinese=chinese),
    )


def _named_later(lines: Iterable[str]) -> str | None:
    """The author that a box after the body names, as blogs have it."""
    labelled = (line for line in lines if line.startswith("本文作者"))
    return next((found for line in labelled if (found := read_credits(line[2:], chinese=True).author)), None)


def _declared_author(metadata: Metadata, lines: Iterable[str], source: str | None, title: str) -> str | None:
    """The author by the page's head, unless that names its editor, its source or its site, which stands after a title."""
    author = name(metadata.author)
    if author is None or author in (source, name(metadata.site_name), editor(lines)):
        return None
    return None if author not in title and any(author in whole for whole in metadata.titles[-1:]) else author
