"""Every page as a string: a pure rendering of an article, a problem or the home page for one reader's choices."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from service import ways
from service.article import Article
from service.sites import NO_SITES, Site, Sites
from service.speech.voice import Voice
from service.text.scripts import SCRIPTS
from service.versions import digest, rules
from service.web import catalogue, linkeddata, outline, palette, standalone, templates, toolbar
from service.web.preferences import DEFAULT, SPACINGS, THEMES, VIEWS, Choices, Language, View, contrast, interface
from service.web.report import Report

_ALL: Final = {"views": VIEWS, "themes": THEMES, "spacings": SPACINGS, "scripts": SCRIPTS}
_SPOKEN: Final = (
    "listen",
    "pause",
    "preparing",
    "listen_failed",
    "finished",
    "rate_now",
    "clock",
    "clock_total",
    "online_notice",
    "not_spoken",
    "caption_region",
    "script_zh-Hans",
    "script_zh-Hant",
    "tool_pinyin",
    "service_edge",
    "service_openai",
)
"""The words that scripts show."""

_FILES: Final[Mapping[View, str]] = {"elder": "index.html", "accessible": "accessible.html"}

Timeline = Mapping[str, Any]


class Pages:
    """The templates of one folder. `base_url` is the public address, whose path goes before every link.

    Pages of `sites` carry the site's name and imprint, and their links to it stay in the view.

    A page's `style` is what the policy must allow by its digest: see `palette.own_style` and `security.page_headers`.
    """

    def __init__(self, folder: Path, base_url: str = "", sites: Sites = NO_SITES) -> None:
        address = urlsplit(base_url.rstrip("/"))
        self._root = address.path
        self._origin = f"{address.scheme}://{address.netloc}" if address.netloc else ""
        self._sites = sites
        self._assets = folder / "assets"
        self._words = catalogue.load(folder / "interface.toml")
        self._environment = templates.environment(folder)
        self.version = f"{digest(folder)}{rules('text', 'web')}{sites.version}"

    def article(
        self,
        view: View,
        article: Article,
        choices: Choices,
        *,
        track: Mapping[str, Any] | None = None,
        voices: Sequence[Voice] = (),
        way: str | None = None,
    ) -> str:
        """A view of an article that has been converted and whose sentences are marked.

        `track` is the Track's JSON, for a reader who asked for one (`?track=`); `voices` are those to choose from.
        `way` is where the page stands in the gateway, None for the article's own page.
        """
        choices = choices.change(view=view)
        player = view == "elder" or track is not None
        scripts = ("player.js", "elder.js")[: 2 if view == "elder" else int(player)]
        return self._render_article(article, choices, track, voices, player=player, page_scripts=scripts, way=way)

    def standalone(
        self,
        view: View,
        article: Article,
        choices: Choices,
        timeline: Timeline | None = None,
        *,
        files: Mapping[View, str] = _FILES,
        beside: Mapping[str, str] | None = None,
    ) -> str:
        """A view that opens from disk, with its styles and scripts inside, beside the other view and the audio.

        `timeline` is the Track's JSON in the script of `choices`; the sound is expected as `audio.mp3` in the same
        folder, and the two views under the names in `files`. Links to the addresses in `beside` lead to those files.
        """
        choices = choices.change(view=view)
        inside = standalone.inline(self._assets, view, player=timeline is not None)
        track = {**timeline, "audio": "audio.mp3", "captions": "captions.vtt"} if timeline else None
        return self._render_article(
            article,
            choices,
            track,
            (),
            player=track is not None,
            inline=inside,
            files=files,
            policy=inside.policy,
            leads=lambda href: (beside or {}).get(href) or templates.address(href),
        )

    def embed(self, article: Article, choices: Choices) -> str:
        """The player's own page, for a frame in another site's page, with the article's text."""
        return self._render_article(article, choices, None, (), look="embed")

    def embed_title(self, article: Article) -> str:
        """What that frame is called, in the article's language."""
        words = self._words[interface(article.language)]
        return words["listen_title"].format(title=article.title.strip() or words["untitled"])

    def home(self, choices: Choices) -> str:
        """The page on which a reader gives an article."""
        return self._render("home.html", choices, look="home", address=f"{self._root}/")

    def help(self, choices: Choices) -> str:
        """The page that says what every button does."""
        return self._render("help.html", choices, look="help", address=f"{self._root}/help")

    def report(self, report: Report, choices: Choices) -> str:
        """What was checked on an article, for its editor."""
        address = f"{self._root}/articles/{report.article}/report"
        return self._render("report.html", choices, look="report", address=address, report=report)

    def problem(
        self,
        status: int,
        slug: str,
        sentence: str,
        choices: Choices,
        *,
        source: str | None = None,
        site: Site | None = None,
    ) -> str:
        """A failure, with its sentence in the language of `choices`.

        `source` is the page that it was about, `site` the one whose reader is led on.
        """
        return self._render(
            "problem.html",
            choices,
            look="problem",
            address=f"{self._root}/",
            sentence=sentence,
            status=status,
            slug=slug,
            source=source,
            site=site,
            leads=self._leads(choices.change(language=None), site.usual if site else DEFAULT),
        )

    def _render_article(
        self,
        article: Article,
        choices: Choices,
        track: Mapping[str, Any] | None,
        voices: Sequence[Voice],
        **more: Any,
    ) -> str:
        language = choices.language or interface(article.language)
        words = self._words[language]
        way = more.setdefault("way", None)
        site = self._sites.of(f"//{way}" if way else article.source)
        usual = site.usual if site else DEFAULT
        address = self._addresses(article, choices, usual, more.get("files"), way)
        context = {
            "article": article,
            "outline": outline.Outline(article),
            "minutes": outline.minutes(article),
            "linked_data": linkeddata.linked_data(article, track, self._origin + self._root),
            "is_chinese": article.language.startswith("zh"),
            "spoken_words": {name: words[name] for name in _SPOKEN},
            "track": track,
            "captions": track and (track["captions"] if more.get("files") else linkeddata.captions(article, track)),
            "voices": voices,
            "page_language": article.language,
            "href": address,
            "bare_href": lambda **changes: address(bare=True, **changes),
            "here": address(bare=True).partition("?")[0],
            "site": site,
            "usual": usual,
            **({} if more.get("files") else {"leads": self._leads(choices, usual), "stays": self._stays}),
            **more,
        }
        look = context.setdefault("look", choices.view)
        return self._render(f"{look}.html", choices, language=language, **context)

    def _addresses(
        self, article: Article, choices: Choices, usual: Choices, files: Mapping[View, str] | None, way: str | None
    ) -> Callable[..., str]:
        """What gives a link's address: the same page with some choices changed, or with none but those (`bare`)."""

        def address(*, bare: bool = False, **changes: Any) -> str:
            chosen = Choices(view=choices.view) if bare else choices
            if not {"track", "theme", "size", "spacing", "rate"} & changes.keys():
                chosen = chosen.change(track=None)
            chosen = chosen.change(**changes)
            page = f"{self._root}/{chosen.view}/{way}" if way else f"{self._root}/articles/{article.id}/{chosen.view}"
            return (files[chosen.view] if files else page) + chosen.query(usual)

        return address

    def _leads(self, choices: Choices, usual: Choices = DEFAULT) -> Callable[[str], str]:
        """What gives the address that a link of the article leads to: within a known site, the same view of it."""
        query = choices.change(track=None).query(usual)

        def leads(href: str) -> str:
            way = self._stays(href)
            return f"{self._root}/{choices.view}/{way}{query}" if way else templates.address(href)

        return leads

    def _stays(self, href: str) -> str | None:
        return ways.inside(href, self._sites)

    def _render(self, template: str, choices: Choices, *, language: Language | None = None, **context: Any) -> str:
        language = language or choices.language or "zh-Hans"
        defaults = {
            "t": self._words[language],
            "ui_language": language,
            "page_language": language,
            "choices": choices,
            "all": _ALL,
            "root": self._root,
            "origin": self._origin,
            "assets": f"{self._root}/assets",
            "icons": "" if context.get("inline") else f"{self._root}/assets/icons.svg",
            "version": self.version[:12],
            "keys": toolbar.KEYS,
            "own_style": palette.own_style(choices),
            "own_contrast": contrast(choices.ink, choices.paper),
            "inline": None,
            "policy": None,
            "page_scripts": (),
            "site": None,
            "usual": DEFAULT,
            "leads": templates.address,
            "stays": lambda href: None,
        }
        return self._environment.get_template(template).render({**defaults, **context})
