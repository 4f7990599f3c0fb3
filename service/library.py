"""The library: find an article or make it, and find its editions and pages or make them."""

from functools import partial
from typing import Final

import msgspec
from cachetools import TTLCache

from service import ways
from service.article import Article
from service.blobs.pages import StoredPages
from service.blobs.store import Blobs
from service.errors import ArticleNotFound, ArticleWithdrawn, ReadingTimeout
from service.intake.document import Document
from service.intake.fetch import Fetcher
from service.intake.opening import Opener
from service.intake.reader import Page, read, read_page
from service.jobs.engine import Turn
from service.jobs.once import Once
from service.jobs.processes import Processes
from service.lexicons import Lexicons
from service.loans import Loans
from service.push.register import Register
from service.settings import Settings
from service.sites import Sites
from service.speech import assembly
from service.text.doubtful import DoubtfulConversions, doubtful_conversions
from service.text.edition import Readings, edition
from service.text.lexicon import Lexicon
from service.text.review import DoubtfulReading, doubtful_readings
from service.text.scripts import Script
from service.visits import Visit, Visits

_REMEMBERED: Final = 60.0  # seconds for which pages that differ in little are made of one edition


class Shelved(msgspec.Struct, frozen=True, kw_only=True):
    """An article and whether the library has only now got it; `url` is where redirects ended, None where it was sent."""

    article: Article
    new: bool
    url: str | None = None


_Which = tuple[str, Script | None, Readings, str]
"""An article's id, its script, its readings, and the version of the lexicon: a page is stored under that version."""


class Library:
    """`reading` processes take hostile documents, `writing` processes convert text that is already an Article.

    What belongs to one of `sites` is read as its profile says; `lexicons` give the words it is converted by. `turn` is held while an address is
    fetched: other processes that share the store wait for it.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        sites: Sites,
        lexicons: Lexicons,
        blobs: Blobs,
        fetcher: Fetcher,
        reading: Processes,
        writing: Processes,
        turn: Turn,
    ) -> None:
        self._settings = settings
        self._sites = sites
        self._lexicons = lexicons
        self._blobs = blobs
        self._fetcher = fetcher
        self._opener = Opener(settings, fetcher, self._read_page)
        self._reading = reading
        self._writing = writing
        self.loans = Loans(blobs)
        self.pages = StoredPages(blobs)
        self._visits = Visits(blobs, sites, settings.revalidate_seconds)
        self._turn = turn
        self._register = Register(blobs)
        self._opening: Once[tuple[str, bool], Shelved] = Once()
        self._making: Once[_Which, Article] = Once()
        self._editions: TTLCache[_Which, Article] = TTLCache(maxsize=32, ttl=_REMEMBERED)

    async def add(self, document: Document) -> Shelved:
        """The article in a document; raises what `read` raises, ReadingTimeout and StorageFull."""
        seconds, document = self._settings.read_seconds, self._profiled(document)
        return await self._shelve(await self._reading.run(seconds, ReadingTimeout(), read, document))

    async def open(self, url: str, *, again: bool = False) -> Shelved:
        """The article at an address, fetched once however many ask; raises what `Opener.open` raises, and StorageFull.

        `again` asks the source even where what is known of it is still fresh.
        """
        return await self._opening.run((url, again), partial(self._visit, url, again))

    async def withdraw(self, source: str, article: str | None) -> set[str]:
        """Take away what is known of an address: its articles, whose ids come back, with their pages and readings."""
        visit = await self._visits.get(source)
        await self._visits.forget(source)
        gone = {id for id in (article, visit.article if visit else None) if id is not None}
        await assembly.forget(self._blobs, gone)
        for id in gone:
            await self._blobs.delete(_article_key(id))
            await self.pages.forget(id)
            for which in [which for which in self._editions if which[0] == id]:
                del self._editions[which]
        return gone

    async def fetch(self, url: str) -> Document:
        """The document at an address as it is, which is kept nowhere; raises what `Fetcher.fetch` raises."""
        fetched = await self._fetcher.fetch(url)
        if fetched.document is None:
            raise ArticleNotFound
        return fetched.document

    async def article(self, id: str) -> Article:
        """A stored article, or one on loan; raises ArticleNotFound."""
        if not id.isalnum():
            raise ArticleNotFound
        found = await self._blobs.record(_article_key(id), Article) or await self.loans.get(id)
        if found is None:
            raise ArticleNotFound
        return found

    async def edition(self, id: str, script: Script | None, *, readings: Readings = "none") -> Article:
        """An article with its sentences marked, in one script; raises ArticleNotFound."""
        article = await self.article(id)
        lexicon = self.lexicon(article, script)
        which = (id, script, readings, lexicon.version)
        make = partial(self._edition, which, article, lexicon)
        return self._editions.get(which) or await self._making.run(which, make)

    def lexicon(self, article: Article, script: Script | None = None) -> Lexicon:
        """The words that count for an article's page in a script."""
        return self._lexicons.of(article, "zh-TW" if (script or article.language) == "zh-Hant-TW" else "zh-CN")

    async def doubtful_readings(self, article: Article) -> tuple[DoubtfulReading, ...]:
        """The readings of an article that its editor should look at; raises ReadingTimeout."""
        seconds, lexicon = self._settings.read_seconds, self._lexicons.of(article)
        return await self._writing.run(seconds, ReadingTimeout(), doubtful_readings, article, lexicon)

    async def doubts(self, id: str, script: Script) -> DoubtfulConversions:
        """The doubtful conversions of an article into one script; raises ArticleNotFound."""
        article = await self.article(id)
        lexicon, seconds = self.lexicon(article, script), self._settings.read_seconds
        return await self._writing.run(seconds, ReadingTimeout(), doubtful_conversions, article, script, lexicon)

    async def _read_page(self, document: Document) -> Page:
        seconds, document = self._settings.read_seconds, self._profiled(document)
        return await self._reading.run(seconds, ReadingTimeout(), read_page, document)

    def _profiled(self, document: Document) -> Document:
        site = self._sites.of(document.url)
        return msgspec.structs.replace(document, select=site.select) if site else document

    async def _edition(self, which: _Which, article: Article, lexicon: Lexicon) -> Article:
        id, script, readings, _ = which
        make = partial(edition, readings=readings)
        seconds = self._settings.read_seconds
        found = await self._writing.run(seconds, ReadingTimeout(), make, article, script, lexicon)
        if not await self.loans.has(id):
            self._editions[which] = found
        return found

    async def _visit(self, url: str, again: bool) -> Shelved:
        """What is known and fresh, or else what is fetched, unless another process has done so in the meantime.

        What its site has pushed goes before what would be fetched. Raises ArticleWithdrawn.
        """
        if not again and (pushed := await self._pushed(url)):
            return pushed
        if not again and (known := await self._revisit(url)):
            return known
        async with self._turn(self._visits.key(url)):
            return (None if again else await self._revisit(url)) or await self._fetch(url)

    async def _pushed(self, url: str) -> Shelved | None:
        site = self._sites.of(url)
        pushed = await self._register.get(ways.canonical(url, self._sites)) if site and site.push else None
        if pushed is not None and pushed.state == "withdrawn":
            raise ArticleWithdrawn
        article = pushed.article if pushed and pushed.sent else None
        found = await self._blobs.record(_article_key(article), Article) if article else None
        return Shelved(article=found, new=False, url=url) if found else None

    async def _revisit(self, url: str) -> Shelved | None:
        known = await self._known(url)
        if known is None or not self._visits.fresh(known):
            return None
        return Shelved(article=await self.article(known.article), new=False, url=known.url)

    async def _fetch(self, url: str) -> Shelved:
        known = await self._known(url)
        opened = await self._opener.open(url, known.leaves if known else ())
        if opened.article is None and known is not None:
            shelved = Shelved(article=await self.article(known.article), new=False)
        elif opened.article is None:
            raise ArticleNotFound
        elif opened.storable:
            shelved = await self._shelve(opened.article)
        else:
            shelved = await self._lend(opened.article)
        await self._visits.put(url, shelved.article.id, opened)
        return msgspec.structs.replace(shelved, url=opened.url)

    async def _known(self, url: str) -> Visit | None:
        visit = await self._visits.get(url)
        if visit is None:
            return None
        return visit if await self._blobs.record(_article_key(visit.article), Article) else None

    async def _lend(self, article: Article) -> Shelved:
        """An article whose source asks that no copy be kept, unless the shelf has it already."""
        if await self._blobs.size(_article_key(article.id)) is not None:
            return Shelved(article=article, new=False)
        new = not await self.loans.has(article.id)
        await self.loans.put(article)
        return Shelved(article=article, new=new)

    async def _shelve(self, article: Article) -> Shelved:
        key = _article_key(article.id)
        new = await self._blobs.record(key, Article) is None
        if new:
            await self._blobs.put(key, msgspec.json.encode(article))
        return Shelved(article=article, new=new)


def _article_key(id: str) -> str:
    return f"articles/{id[:2]}/{id}.json"
