"""Profiles: `sites/*.toml` as webmasters write them, read into sites, with errors that say what to write instead."""

import difflib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec
from cssselect import HTMLTranslator, SelectorError

from service.errors import BadSite
from service.push.webhooks import is_secret
from service.sites import PORTS, PushKey, Reading, Selectors, Site, Sites, Webhook
from service.text.lexicon import entries
from service.web.preferences import THEMES

_HOST: Final = re.compile(r"(?!-)[a-z0-9_-]+(\.[a-z0-9_-]+)*(:[0-9]{1,5})?|\[[0-9a-f:.]+\](:[0-9]{1,5})?")
_KEY: Final = re.compile(r"sha256:[0-9a-f]{64}")
_SCHEMES: Final = tuple(theme for theme in THEMES if theme != "own")


def load(folder: Path | None) -> Sites:
    """The profiles of a folder, none where it is None; raises BadSite naming file, place and fix."""
    if folder is None:
        return Sites()
    if not folder.is_dir():
        raise BadSite(
            place=str(folder),
            fix_zh="没有这个文件夹，请建立它，或者改 CHANGDU_SITES",
            fix_en="there is no such folder; make it, or change CHANGDU_SITES",
        )
    paths = sorted(folder.glob("*.toml"))
    found = [parse(path.read_bytes().decode("utf-8", "replace"), path.name) for path in paths]
    owners: dict[str, str] = {}
    for path, site in zip(paths, found, strict=True):
        for host in (urlsplit(origin).netloc for origin in site.hosts):
            if host in owners:
                raise BadSite(
                    place=path.name,
                    fix_zh=f"网站“{host}”已经写在 {owners[host]} 里，只能写一次",
                    fix_en=f"“{host}” stands in {owners[host]} already; name each host once",
                )
            owners[host] = path.name
    return Sites(tuple(found))


def parse(text: str, name: str) -> Site:
    """The profile written in `text`; `name` is how errors call it. Raises BadSite, and BadLexicon for its words."""
    try:
        tables = tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:  # of numbers without end, and of nesting
        raise BadSite(
            place=name, fix_zh=f"写法不对（{error}），文字要放在英文引号里", fix_en=f"not valid TOML: {error}"
        ) from None
    lexicon = entries(tables.pop("word", []), text, name)
    _known(tables, Site, name, ("word",))
    try:
        site = msgspec.convert(tables, Site)
    except msgspec.ValidationError as error:
        place = str(error).partition("`$.")[2].rstrip("`") or str(error)
        raise BadSite(
            place=name,
            fix_zh=f"“{_field(str(error))}”的写法不对，应当像这样：{_EXAMPLES.get(_field(str(error)), place)}",
            fix_en=f"{error}; write it like {_EXAMPLES.get(_field(str(error)), place)}",
        ) from None
    keys = tuple(msgspec.structs.replace(key, hosts=tuple(map(_origin, key.hosts))) for key in site.push)
    hosts = tuple(map(_origin, site.hosts))
    return _checked(msgspec.structs.replace(site, hosts=hosts, push=keys, lexicon=lexicon), name)


_EXAMPLES: Final[Mapping[str, str]] = {
    "name": 'name = "城南区人民政府"',
    "hosts": 'hosts = ["www.example.cn", "example.cn"]',
    "logo": 'logo = "https://www.example.cn/logo.png"',
    "footer": 'footer = ["主办单位：某某办公室"]',
    "remove": 'remove = [".share", "#comments"]',
    "colours": " / ".join(f'colours = "{theme}"' for theme in _SCHEMES),
    "select": '[select] body = "#content"',
    "reading": '[reading] voice = "zf_xiaobei"',
    "push": '[[push]] name = "CMS" key = "sha256:…"',
    "webhook": '[[webhook]] url = "https://…" secret = "whsec_…"',
}
"""How each entry is written, for those who wrote it otherwise."""


def _field(message: str) -> str:
    """The entry a message of msgspec is about: of "Expected `array`, got `str` - at `$.hosts`" it is hosts."""
    path = message.partition("`$.")[2].rstrip("`") or message.partition("field `")[2].partition("`")[0]
    names = re.findall(r"[a-z]+", path)
    return names[-1] if names else "name"


def _known(tables: Mapping[str, Any], kind: type[msgspec.Struct], name: str, also: tuple[str, ...] = ()) -> None:
    known = (*(field for field in kind.__struct_fields__ if field != "lexicon"), *also)
    for key, value in tables.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            zh = f"也许要写“{near[0]}”" if near else f"只能写 {'、'.join(known)}"
            en = f"perhaps “{near[0]}” is meant" if near else f"there are {', '.join(known)}"
            raise BadSite(place=name, fix_zh=f"不认识“{key}”，{zh}", fix_en=f"“{key}” is not known; {en}")
        inner = _TABLES.get(key) if kind is Site else None
        for table in value if isinstance(value, list) else (value,):
            if inner is not None and isinstance(table, dict):
                _known(table, inner, f"{name} [{key}]")


_TABLES: Final[Mapping[str, type[msgspec.Struct]]] = {
    "select": Selectors,
    "reading": Reading,
    "push": PushKey,
    "webhook": Webhook,
}


def _checked(site: Site, name: str) -> Site:
    """The same site; raises BadSite for what has the right type and still cannot be used."""

    def require(good: bool, zh: str, en: str) -> None:
        if not good:
            raise BadSite(place=name, fix_zh=zh, fix_en=en)

    require(bool(site.name.strip()), "name 不能是空的", "name must not be empty")
    require(bool(site.hosts), f"要写网站的域名：{_EXAMPLES['hosts']}", f"name its hosts: {_EXAMPLES['hosts']}")
    for host in site.hosts:
        require(
            _HOST.fullmatch(host.partition("://")[2]) is not None,
            f"“{host}”不是域名，只写域名本身，如 www.example.cn",
            f"“{host}” is no host; write only the host, such as www.example.cn",
        )
    for address in (site.logo, *(hook.url for hook in site.webhook)):
        require(
            address is None or address.startswith(("http://", "https://")),
            f"“{address}”要以 http:// 或 https:// 开头",
            f"“{address}” must begin with http:// or https://",
        )
    require(
        site.reading.colours in (None, *_SCHEMES),
        f"colours 只能写 {'、'.join(_SCHEMES)}",
        f"colours is one of {', '.join(_SCHEMES)}",
    )
    for selector in site.select.all:
        require(
            _is_selector(selector),
            f"“{selector}”不是 CSS 选择器，要像 #content 或 .article-body 这样写",
            f"“{selector}” is no CSS selector; write it like #content or .article-body",
        )
    for key in site.push:
        require(
            _KEY.fullmatch(key.key) is not None,
            f"“{key.name}”的 key 要写 changdu key 给出的 sha256:…，不要写密钥本身",
            f"the key of “{key.name}” must be the sha256:… that `changdu key` prints, not the key itself",
        )
        require(
            set(key.hosts) <= set(site.hosts),
            f"“{key.name}”的 hosts 要是本站的域名",
            f"the hosts of “{key.name}” must be hosts of this site",
        )
    for hook in site.webhook:
        require(
            is_secret(hook.secret),
            f"“{hook.url}”的 secret 要写 changdu key --webhook 给出的 whsec_…",
            f"the secret of “{hook.url}” must be the whsec_… that `changdu key --webhook` prints",
        )
    return site


def _is_selector(selector: str) -> bool:
    try:
        HTMLTranslator().css_to_xpath(selector)
    except SelectorError:
        return False
    return bool(selector.strip())


def _origin(host: str) -> str:
    """`https://host` of what a webmaster writes: the host alone, or with http:// or https:// before it."""
    written = host.strip().lower().rstrip("/")
    scheme, _, rest = written.rpartition("://")
    scheme = scheme or "https"
    return f"{scheme}://{rest.removesuffix(f':{PORTS.get(scheme, 0)}')}"
