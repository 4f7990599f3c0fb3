"""What a page that opens from disk carries inside: styles, icons and scripts, and the policy that allows just these."""

from pathlib import Path

import msgspec

from service.web import security
from service.web.preferences import View


class _Written(str):
    """Text of our own assets, which the templates write out as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


class Inline(msgspec.Struct, frozen=True, kw_only=True):
    """Assets as text that is written into the page, and the value of its Content-Security-Policy."""

    css: str
    icons: str
    scripts: tuple[str, ...]
    policy: str


def inline(assets: Path, view: View, *, player: bool) -> Inline:
    """The assets of a view; `player` if it has a recording beside it."""

    def read(*names: str) -> str:
        return _Written("".join((assets / name).read_text(encoding="utf-8") for name in names))

    names = (*(("player.js", "controls.js") if player else ()), *(("elder.js", "aids.js") if view == "elder" else ()))
    css, scripts = read("changdu.css", "aids.css"), tuple(read(name) for name in names)
    policy = security.allow(security.FILE, "style-src", [security.digest(css)])
    if scripts:
        policy = security.allow(policy, "script-src", map(security.digest, scripts))
    return Inline(css=css, icons=read("icons.svg"), scripts=scripts, policy=security.serialise(policy))
