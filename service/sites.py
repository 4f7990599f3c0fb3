"""Sites: what their webmasters say of them, as frozen values, and which site an address belongs to."""

import hashlib
from functools import cached_property
from typing import Final
from urllib.parse import urlsplit

import msgspec

from service.text.lexicon import EMPTY, Lexicon
from service.text.tags import script_of
from service.web.preferences import DEFAULT, Choices, Theme

PORTS: Final = {"http": 80, "https": 443}


class Selectors(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """CSS selectors for what a site's pages do not show clearly by themselves; `remove` is never part of a text."""

    title: str | None = None
    body: str | None = None
    source: str | None = None
    author: str | None = None
    date: str | None = None
    remove: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        named = (self.title, self.body, self.source, self.author, self.date)
        return (*(selector for selector in named if selector is not None), *self.remove)


class Reading(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a reader gets who has chosen nothing: a voice's id and the name of a colour scheme."""

    voice: str | None = None
    colours: Theme | None = None


class PushKey(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who may push: `key` is `sha256:` and the digest of the key itself; `hosts` where it is not for all of the site."""

    name: str
    key: str
    hosts: tuple[str, ...] = ()


class Webhook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the site is told that a page or a track is ready; `secret` signs it (Standard Webhooks, `whsec_…`)."""

    url: str
    secret: str


class Site(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """One site. `hosts` are origins, `https://www.example.cn`; the first is where its home page is."""

    name: str
    hosts: tuple[str, ...]
    logo: str | None = None
    footer: tuple[str, ...] = ()
    select: Selectors = Selectors()
    reading: Reading = Reading()
    push: tuple[PushKey, ...] = ()
    webhook: tuple[Webhook, ...] = ()
    lexicon: Lexicon = EMPTY

    @property
    def home(self) -> str:
        return self.hosts[0] + "/"

    def feed(self, language: str) -> str:
        """The path of its feed in the script that goes with a text's language (BCP 47)."""
        return f"/sites/{netloc(self.home)}/feed.{script_of(language) or 'zh-Hans'}.xml"

    @property
    def usual(self) -> Choices:
        """What a reader sees who has chosen nothing; who reads then is for the studio, for a recording goes first."""
        return DEFAULT.change(theme=self.reading.colours or DEFAULT.theme)

    @cached_property
    def version(self) -> str:
        """Changes whenever pages and readings of the site would come out otherwise."""
        shown = msgspec.structs.replace(self, push=(), webhook=())
        return hashlib.sha256(msgspec.json.encode(shown)).hexdigest()[:16]


class Sites(msgspec.Struct, frozen=True, dict=True):
    """All sites that may be read through the gateway, and whose pages may ask from their own origin."""

    sites: tuple[Site, ...] = ()

    @cached_property
    def _origins(self) -> dict[str, tuple[str, Site]]:
        return {urlsplit(origin).netloc: (origin, site) for site in self.sites for origin in site.hosts}

    @property
    def keyed(self) -> bool:
        """Whether any of them has a key."""
        return any(site.push for site in self.sites)

    @cached_property
    def version(self) -> str:
        """Changes with any of the sites' own; empty where there is none."""
        digest = hashlib.sha256("".join(site.version for site in self.sites).encode())
        return digest.hexdigest()[:16] if self.sites else ""

    def of(self, url: str | None) -> Site | None:
        """The site an address belongs to, by its host and port; http and https are one site."""
        found = self._origins.get(netloc(url or ""))
        return found[1] if found else None

    def voice(self, url: str | None) -> str | None:
        """Who reads the articles of the site an address belongs to, if its profile says so."""
        site = self.of(url)
        return site.reading.voice if site else None

    def origin(self, host: str) -> str | None:
        """`https://host` as its profile writes it, for a host with its port where it has one."""
        found = self._origins.get(host.lower())
        return found[0] if found else None


def netloc(url: str) -> str:
    """Host and port of an address, in lower case and without its scheme's own port; "" where it has none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host.rstrip(".")
    return host if port in (None, PORTS.get(parts.scheme)) else f"{host}:{port}"


NO_SITES: Final = Sites()
