"""The composition root: settings in, everything built and wired, a Starlette application out."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import msgspec
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from service.blobs import retention
from service.blobs.retention import Limits
from service.blobs.store import Blobs
from service.corrections import Corrections
from service.episodes import Episodes
from service.intake.fetch import Fetcher
from service.jobs.processes import Processes
from service.lexicons import Lexicons
from service.library import Library
from service.metrics import ServiceMetrics, SpeechMetrics, registry
from service.profiles import load as load_sites
from service.push.desk import Desk
from service.push.herald import Herald
from service.push.inbox import Inbox
from service.push.outbox import Outbox
from service.push.register import Register
from service.settings import BadSetting, Settings, resources
from service.sites import Sites
from service.speech.prompter import Prompter
from service.speech.studio import Studio, Terms
from service.web.articles import Articles
from service.web.cors import Cors, Policy
from service.web.doubts import Doubts
from service.web.embed import Embed
from service.web.feeds import Feeds
from service.web.gateway import Gateway
from service.web.headers import RequestIds, SecurityHeaders
from service.web.pages import Pages
from service.web.player import Player
from service.web.prefix import Prefix
from service.web.problems import Problems
from service.web.pushes import Pushes
from service.web.readings import Readings
from service.web.reports import Reports
from service.web.site import Site
from service.web.throttle import Throttle
from service.web.tracks import Tracks
from service.web.traffic import AccessLog, Traffic
from service.web.views import Views
from service.workshop import Workshop


class House(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that was built; the server and the command line work with the same."""

    settings: Settings
    blobs: Blobs
    library: Library
    studio: Studio
    pages: Pages
    sites: Sites
    desk: Desk
    episodes: Episodes
    workshop: Workshop
    reading: Processes
    closing: tuple[Callable[[], Awaitable[None]], ...]

    async def close(self) -> None:
        """Stop what is being made, and end processes and connections."""
        for close in self.closing:
            await close()


def build(settings: Settings) -> House:
    """Everything wired; nothing has started yet. Raises BadSetting, UnknownVoice and what is wrong in a file of the site's.

    Hostile documents are read in processes of their own, so that one that has to be killed takes nothing with it.
    """
    sites = load_sites(settings.sites)
    lexicons = Lexicons(settings.lexicon, sites)
    blobs = Blobs(settings.store, notes_use=not Limits.of(settings).keep_all)
    fetcher = Fetcher(settings)
    reading, writing = Processes(settings.text_processes), Processes(settings.text_processes)
    workshop = Workshop(settings, blobs)
    catalogue, engine = workshop.catalogue, workshop.engine
    if settings.voice not in catalogue:
        raise BadSetting(
            f"CHANGDU_VOICE={settings.voice}: there is no such voice; `changdu voices` lists those there are"
        )
    for site in sites.sites:
        if site.reading.voice is not None:
            catalogue.get(site.reading.voice)
    library = Library(
        settings,
        sites=sites,
        lexicons=lexicons,
        blobs=blobs,
        fetcher=fetcher,
        reading=reading,
        writing=writing,
        turn=engine.turn,
    )
    terms = Terms(voice=settings.voice, fallback=settings.fallback, tracks=settings.tracks)
    outbox = Outbox(blobs, sites, engine.claim)
    episodes = Episodes(blobs)
    herald = Herald(outbox, episodes, sites, settings.base_url)
    studio = Studio(
        blobs,
        engine,
        catalogue,
        workshop.synthesizers,
        Prompter(writing, lexicons, settings.policy),
        library.article,
        terms,
        herald.track_ready,
        lambda article: sites.voice(article.source),
    )
    desk = Desk(
        library=library,
        studio=studio,
        register=Register(blobs),
        pages=Inbox(blobs, "inbox"),
        readings=Inbox(blobs, "readings"),
        outbox=outbox,
        herald=herald,
        sites=sites,
        claim=engine.claim,
    )

    async def end_processes() -> None:
        reading.close()
        writing.close()

    closing = (
        studio.close,
        workshop.close,
        fetcher.close,
        end_processes,
    )
    pages = Pages(resources("templates"), settings.base_url, sites)
    return House(
        settings=settings,
        blobs=blobs,
        library=library,
        studio=studio,
        pages=pages,
        sites=sites,
        desk=desk,
        episodes=episodes,
        workshop=workshop,
        reading=reading,
        closing=closing,
    )


def create_app(settings: Settings) -> Starlette:
    """The whole service as one ASGI application."""
    house = build(settings)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        watching = [
            asyncio.create_task(house.library.loans.watch()),
            asyncio.create_task(retention.watch(house.blobs, Limits.of(settings))),
            asyncio.create_task(house.desk.work()),
        ]
        yield
        for task in watching:
            task.cancel()
        await asyncio.gather(*watching, return_exceptions=True)  # what they have a claim on is let go of
        await house.close()

    views = Views(house.library, house.pages, house.studio)
    policy, problems = Policy(house.sites, settings.base_url), Problems(house.pages)
    traffic = Traffic()
    metrics = registry(
        SpeechMetrics(house.workshop.engine, house.workshop.recorder),
        ServiceMetrics(traffic, house.reading, views, house.studio, problems),
    )
    log = [Middleware(AccessLog)] if settings.access_log else []
    throttle = [Middleware(Throttle, settings.rate, settings.queue, problems)] if settings.rate else []
    routes: list[BaseRoute] = [
        *Site(house.pages, resources("templates") / "assets", house.blobs, metrics).routes(),
        *Player(resources("templates")).routes(),
        *Embed(house.library, house.pages, house.sites, settings.base_url).routes(),
        *Articles(house.library, settings.body_limit_mb, policy).routes(),
        *Feeds(house.library, house.episodes, house.blobs, house.sites, settings.base_url).routes(),
        *Pushes(house.desk, views, house.sites, house.studio.catalogue, settings.body_limit_mb).routes(),
        *Tracks(house.studio, house.library.article, house.blobs, house.sites, settings.recordings_mb).routes(),
        *Reports(house.library, house.pages, resources("templates") / "assets").routes(),
        *Readings(house.library, Corrections(house.blobs, settings.lexicon), settings.corrections).routes(),
        *Doubts(house.library).routes(),
        *views.routes(),
        *Gateway(house.library, views, house.sites, problems).routes(),
    ]
    root = urlsplit(settings.base_url).path.rstrip("/")
    below = [Middleware(Prefix, root)] if root else []
    return Starlette(
        routes=routes,
        lifespan=lifespan,
        middleware=[
            *log,
            *below,
            Middleware(views.remembering),
            Middleware(RequestIds),
            Middleware(traffic.counting),
            Middleware(SecurityHeaders),
            Middleware(Cors, policy, problems),
            *throttle,
        ],
        exception_handlers=problems.handlers(),
    )
