"""HTML: a page as it came, to the article in it."""

from urllib.parse import urlsplit

from service.article import Article, Blocks, Figure, Paragraph, body_text, make_article
from service.errors import EmptyDocument, NoArticle
from service.intake.addresses import Base, encoding
from service.intake.attribution import attribute
from service.intake.blocks import BlockReader
from service.intake.body import body
from service.intake.credits import is_credits, name
from service.intake.dates import written_date
from service.intake.directory import Directory
from service.intake.footnotes import Footnotes
from service.intake.forms import asks
from service.intake.furniture import is_footer
from service.intake.headings import with_headings
from service.intake.languages import language
from service.intake.listing import headlines, is_listing, read_listing
from service.intake.markup import parse, prune
from service.intake.metadata import read_metadata
from service.intake.regions import Region, Survey
from service.intake.selection import Selection, region_of, select
from service.intake.titles import find_title, nearer_title
from service.intake.trimming import Trimmed, linked_share, trim
from service.intake.vocabulary import FURNITURE
from service.sites import Selectors

_FORM = 300.0  # what a page has to say at most for its form to be what it is there for
_DIRECTIONS = 60.0  # what it says at least that is worth reading before the form


def read_html(html: str, url: str | None, selectors: Selectors | None = None) -> Article:
    """The article of a page; `url` is its address, None where unknown.

    `selectors` are those of its site's profile, None where it has none. A page of a site with a profile is followed
    from page to page, so its lists keep every way on, and one that is there to be filled in is said to be a form.

    Raises EmptyDocument where there is no text at all, NoArticle where there is no article in it.
    """
    if not html.strip():
        raise EmptyDocument
    root = parse(html)
    metadata = read_metadata(root)
    form = selectors is not None and asks(root)
    prune(root)
    chosen = select(root, selectors) if selectors is not None else Selection()
    survey = Survey(root)
    title, heading = find_title(survey, metadata.titles, metadata.site_name)
    title = chosen.title or title
    region = body(survey, heading) if chosen.body is None else region_of(survey, chosen.body)
    spoken = language(metadata.language, survey.sample(region), urlsplit(url or "").hostname or "")
    address = Base(url).url or Base(metadata.canonical).url
    base = Base(Base(address).resource(metadata.base) or address, encoding(root))
    if selectors is not None and chosen.body is None and not form:
        directory = Directory(survey, base)
        credited = any(
            is_credits(line) and written_date(line, chinese=True) for line in survey.between(heading, region)
        )
        if directory.is_one(region, url, credited=credited):
            return make_article(
                title=title or _beginning(directory.blocks("")),
                blocks=directory.blocks(title),
                source=url,
                site=name(metadata.site_name),
                language=spoken,
                kind="index",
            )
    links = headlines(survey) if region.prose < 200 else []
    if is_listing(survey, heading, region, links) and (listing := read_listing(links, base)):
        return make_article(
            title=title or _beginning((listing,)),
            blocks=(listing,),
            source=url,
            site=name(metadata.site_name),
            language=spoken,
            kind="index",
        )
    reader = BlockReader(base, spoken, survey.left_out(region), Footnotes(region.element))
    blocks, lines = trim(reader.read(region.element), title)
    if not FURNITURE.isdisjoint(region.words) and all(is_footer(body_text((block,))) for block in blocks):
        blocks = _pictures(survey, heading, reader) or blocks
    if not blocks and not form:
        blocks, lines = _below(survey, heading, reader, title)
    form = form and region.prose < _FORM
    if form and region.prose < _DIRECTIONS:
        blocks = ()
    if not blocks and not form:
        raise NoArticle
    if heading is None and chosen.title is None:
        title = nearer_title(survey, title, region)
    chinese = spoken.startswith("zh")
    before = [*survey.between(heading, region), *lines]
    told = attribute(metadata, before, survey.after(region), blocks, title=title, chinese=chinese)
    credits = chosen.credits.or_else(told)
    return make_article(
        title=title or _beginning(blocks),
        blocks=with_headings(blocks),
        source=url,
        byline=credits.author,
        site=credits.source,
        published=credits.published,
        language=spoken,
        kind="form" if form else "article",
    )


def _pictures(survey: Survey, heading: Region | None, reader: BlockReader) -> Blocks:
    """What a page shows that has no text but its imprint, such as a poster: the pictures nearest its title."""
    for around in survey.upwards(heading):
        if pictures := tuple(block for block in reader.read(around.element) if isinstance(block, Figure)):
            return pictures
    return ()


def _below(survey: Survey, heading: Region | None, reader: BlockReader, title: str) -> Trimmed:
    """What stands nearest a title where nothing of the page is prose, such as a poem without any marks."""
    for around in survey.upwards(heading):
        found = trim(reader.read(around.element), title)
        if any(isinstance(block, Paragraph) and linked_share(block) < 0.5 for block in found.blocks):
            return found
    return Trimmed((), ())


def _beginning(blocks: Blocks) -> str:
    return " ".join(body_text(blocks).split())[:40]
