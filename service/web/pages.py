"""Every page as a string: a pure rendering of an article, a problem or the home page for one reader's choices."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

import jinja2

from service.article import Article, Text, plain
from service.speech.voice import Voice
from service.text.scripts import SCRIPTS
from service.web import catalogue, outline, security
from service.web.grid import grid
from service.web.preferences import SPACINGS, THEMES, VIEWS, Choices, Language, View, contrast, interface
from service.web.report import Report

KEYS: Final[Mapping[str, str]] = {
    "voice": "1",
    "rate": "2",
    "point": "3",
    "continue": "4",
    "colours": "5",
    "larger": "6",
    "smaller": "7",
    "cursor": "8",
    "cross": "9",
    "caption": "0",
    "pinyin": "P",
    "script": "S",
    "reset": "R",
    "accessible": "A",
    "help": "H",
    "exit": "X",
}
"""The toolbar in its known order, and the key that goes with Alt+Shift for each tool until the reader changes it."""

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
_WIDE_LINE: Final = 60
_NOT_IN_ADDRESS: Final = re.compile(r"""[\x00-\x20\x7f"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})""")

Timeline = Mapping[str, Any]


class Pages:
    """The templates of one folder. `base_url` is the public address, whose path goes before every link.

    A page's `style` is what the policy must allow by its digest: see `own_style` and `security.page_headers`.
    """

    def __init__(self, templates: Path, base_url: str = "") -> None:
        address = urlsplit(base_url.rstrip("/"))
        self._root = address.path
        self._origin = f"{address.scheme}://{address.netloc}" if address.netloc else ""
        self._assets = templates / "assets"
        self._words = catalogue.load(templates / "interface.toml")
        self._environment = _environment(templates)
        self.version = _version(templates)

    def article(
        self,
        view: View,
        article: Article,
        choices: Choices,
        *,
        track: Mapping[str, Any] | None = None,
        voices: Sequence[Voice] = (),
    ) -> str:
        """A view of an article that has been converted and whose sentences are marked.

        `track` is the Track's JSON, for a reader who asked for one (`?track=`); `voices` are those to choose from.
        """
        choices = choices.change(view=view)
        player = view == "elder" or track is not None
        scripts = ("player.js", "elder.js")[: 2 if view == "elder" else int(player)]
        return self._render_article(article, choices, track, voices, player=player, page_scripts=scripts)

    def standalone(
        self,
        view: View,
        article: Article,
        choices: Choices,
        timeline: Timeline | None = None,
        *,
        files: Mapping[View, str] = _FILES,
    ) -> str:
        """A view that opens from disk, with its styles and scripts inside, beside the other view and the audio.

        `timeline` is the Track's JSON in the script of `choices`; the sound is expected as `audio.mp3` in the same
        folder, and the two views under the names in `files`.
        """
        choices = choices.change(view=view)
        inline = self._inline(view, timeline is not None)
        track = {**timeline, "audio": "audio.mp3", "captions": "captions.vtt"} if timeline else None
        return self._render_article(
            article, choices, track, (), player=track is not None, inline=inline, files=files, policy=_policy(inline)
        )

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

    def problem(self, status: int, slug: str, zh: str, en: str, choices: Choices) -> str:
        """A failure, with its sentence in the reader's language."""
        sentence = en if choices.language == "en" else zh
        return self._render(
            "problem.html",
            choices,
            look="problem",
            address=f"{self._root}/",
            sentence=sentence,
            status=status,
            slug=slug,
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
        address = self._addresses(article, choices, more.get("files"))
        context = {
            "article": article,
            "outline": outline.Outline(article),
            "minutes": outline.minutes(article),
            "linked_data": _linked_data(article, track, self._origin),
            "is_chinese": article.language.startswith("zh"),
            "spoken_words": {name: words[name] for name in _SPOKEN},
            "track": track,
            "voices": voices,
            "page_language": article.language,
            "href": address,
            "bare_href": lambda **changes: address(bare=True, **changes),
            "here": f"{self._root}/articles/{article.id}/{choices.view}",
            **more,
        }
        return self._render(f"{choices.view}.html", choices, language=language, look=choices.view, **context)

    def _addresses(self, article: Article, choices: Choices, files: Mapping[View, str] | None) -> Callable[..., str]:
        """What gives a link's address: the same page with some choices changed, or with none but those (`bare`)."""

        def address(*, bare: bool = False, **changes: Any) -> str:
            chosen = Choices(view=choices.view) if bare else choices
            if not {"track", "theme", "size", "spacing", "rate"} & changes.keys():
                chosen = chosen.change(track=None)
            chosen = chosen.change(**changes)
            page = files[chosen.view] if files else f"{self._root}/articles/{article.id}/{chosen.view}"
            return page + chosen.query()

        return address

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
            "keys": KEYS,
            "own_style": own_style(choices),
            "own_contrast": contrast(choices.ink, choices.paper),
            "inline": None,
            "policy": None,
            "page_scripts": (),
        }
        return self._environment.get_template(template).render({**defaults, **context})

    def _inline(self, view: View, player: bool) -> dict[str, Any]:
        names = ["player.js", "controls.js"] if player else []
        if view == "elder":
            names += ["elder.js", "aids.js"]
        return {
            "css": _Inline(self._read("changdu.css")),
            "icons": _Inline(self._read("icons.svg")),
            "scripts": [_Inline(self._read(name)) for name in names],
        }

    def _read(self, name: str) -> str:
        return (self._assets / name).read_text(encoding="utf-8")


class _Inline(str):
    """Text of our own assets, which the templates write out as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def own_style(choices: Choices) -> str:
    """The one inline style a page may have: the reader's own two colours."""
    if choices.theme != "own":
        return ""
    return f":root[data-theme=own]{{--ink:#{choices.ink};--paper:#{choices.paper}}}"


def _policy(inline: Mapping[str, Any]) -> str:
    policy = security.allow(security.FILE, "style-src", [security.digest(inline["css"])])
    if inline["scripts"]:
        policy = security.allow(policy, "script-src", map(security.digest, inline["scripts"]))
    return security.serialise(policy)


def _version(templates: Path) -> str:
    """A digest of every file that a page is made of."""
    digest = hashlib.sha256()
    for path in sorted(path for path in templates.rglob("*") if path.is_file()):
        digest.update(path.relative_to(templates).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:32]


def _environment(templates: Path) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.filters |= {
        "tag": lambda node: type(node).__struct_config__.tag,
        "has_text": lambda inlines: bool(plain(inlines).strip()),
        "is_web": _is_web,
        "is_outward": lambda href: _is_web(href) or href.lower().startswith(("mailto:", "tel:")),
        "host": _host,
        "grid": grid,
        "address": _address,
        "under": lambda path, root: root + path if path.startswith("/") else path,
        "moment": _moment,
    }
    environment.tests |= {
        "language_tag": outline.is_language_tag,
        "right_to_left": outline.runs_right_to_left,
        "right_to_left_text": lambda text: outline.runs_right_to_left((Text(text=text),)),
        "wide": lambda text: any(len(line) > _WIDE_LINE for line in text.splitlines()),
    }
    return environment


def _is_web(address: str) -> bool:
    return address.lower().startswith(("http://", "https://")) and _host(address) != address


def _host(address: str) -> str:
    """The host of an address, or the address itself where it has none."""
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address


def _address(address: str) -> str:
    """An address with the characters that may not stand in one written as their percent codes."""
    return _NOT_IN_ADDRESS.sub(lambda match: quote(match[0]), address.strip())


def _moment(published: str, language: Language) -> str:
    """`2023-12-26T10:10+08:00` as a reader writes it, in the time of the place where it was published."""
    day, _, time = published.partition("T")
    parts = day.split("-")
    if language != "en" and len(parts) == 3 and all(part.isdigit() for part in parts):
        year, month, date = map(int, parts)
        day = f"{year} 年 {month} 月 {date} 日"
    return f"{day} {time[:5]}" if time else day


def _linked_data(article: Article, track: Mapping[str, Any] | None, origin: str) -> dict[str, Any]:
    """schema.org Article; the audio belongs to it once it can be played."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": article.title,
        "inLanguage": article.language,
    }
    if article.source and _is_web(article.source):
        data |= {"url": article.source, "isBasedOn": article.source}
    if article.published:
        data["datePublished"] = article.published
    if article.byline:
        data["author"] = {"@type": "Person", "name": article.byline}
    if article.site:
        data["publisher"] = {"@type": "Organization", "name": article.site}
    if track and track["state"] == "ready":
        data["audio"] = {
            "@type": "AudioObject",
            "contentUrl": f"{origin}{track['audio']}",
            "encodingFormat": "audio/mpeg",
            "inLanguage": track["voice"]["locale"],
            "duration": f"PT{track['duration_ms'] / 1000:.3f}S",
        }
    return data
