"""HTML: a page as it came, to the article in it."""

from urllib.parse import urlsplit

from service.article import Article, Blocks, Heading, Paragraph, Text, body_text, make_article, plain
from service.errors import EmptyDocument, NoArticle
from service.intake.addresses import Base
from service.intake.blocks import BlockReader
from service.intake.credits import is_credits, read_credits
from service.intake.dates import finer, machine_date
from service.intake.footnotes import Footnotes
from service.intake.languages import language
from service.intake.markup import parse, prune
from service.intake.metadata import read_metadata
from service.intake.regions import Survey, body
from service.intake.titles import find_title
from service.intake.trimming import trim
from service.intake.headings import with_headings


def read_html(html: str, url: str | None) -> Article:
    """The article of a page; `url` is its address, None where unknown.

    Raises EmptyDocument where there is no text at all, NoArticle where there is no article in it.
    """
    if not html.strip():
        raise EmptyDocument
    root = parse(html)
    metadata = read_metadata(root)
    prune(root)
    survey = Survey(root)
    title, heading = find_title(survey, metadata.titles, metadata.site_name)
    region = body(survey, heading)
    spoken = language(metadata.language, survey.sample(region), urlsplit(url or "").hostname or "")
    address = Base(url).url or Base(metadata.canonical).url
    reader = BlockReader(
        Base(Base(address).resource(metadata.base) or address),
        spoken,
        survey.left_out(region),
        Footnotes(region.element),
    )
    blocks, lines = trim(reader.read(region.element), title)
    if not blocks:
        raise NoArticle
    title = title or _beginning(blocks)
    chinese = spoken.startswith("zh")
    return make_article(
        title=title,
        blocks=with_headings(blocks),
        source=url,
        byline=metadata.author,
        site=metadata.source or metadata.site_name,
        published=machine_date(metadata.published, chinese=chinese),
        language=spoken,
    )


def _beginning(blocks: Blocks) -> str:
    return " ".join(body_text(blocks).split())[:40]
