"""HTML that a document was turned into, as blocks: all of it is the article, nothing is taken for furniture."""

from service.article import Blocks
from service.errors import NoArticle
from service.intake.addresses import Base
from service.intake.blocks import BlockReader
from service.intake.footnotes import Footnotes
from service.intake.ideographs import unified
from service.intake.markup import parse, prune


def fragment(html: str, url: str | None = None, *, notes: str = "n") -> Blocks:
    """The blocks of an HTML text whose relative addresses start from `url`; the ids of its notes begin with `notes`."""
    try:
        root = parse(unified(html))
    except NoArticle:
        return ()
    prune(root)
    return BlockReader(Base(url), "", frozenset(), Footnotes(root, notes)).read(root)
