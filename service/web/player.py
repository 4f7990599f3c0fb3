"""The embeddable player: one script joined from its parts, and its type declarations for editors."""

import json
import re
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from service.blobs.pages import StoredPage, press
from service.web import catalogue
from service.web.preferences import LANGUAGES
from service.web.responses import matches

PARTS: Final = ("reading", "page", "marks", "panel", "element")
WORDS: Final = (
    "listen", "pause", "listen_region", "back", "on", "again", "back_paragraph", "on_paragraph", "selection", "download",
    "progress", "tool_rate", "rate_now", "volume", "sleep", "sleep_never", "sleep_minutes", "more", "clock",
    "clock_total", "preparing", "finished", "player_unreachable", "player_no_marks", "player_changed",
    "player_remake", "player_online",
)  # fmt: skip
"""The words that the player shows."""

ICONS: Final = ("listen", "pause", "back", "on", "again")
_DRAWINGS: Final = {"listen": "play"}  # what icons.svg calls it, where that is not the button's name
_SYMBOL: Final = re.compile(r'id="icon-(\w+)"[^>]*><path d="([^"]+)"')
_SPACE: Final = re.compile(r";?\s*([{}])\s*|\s*(;)\s*|(?<=[:,])\s+")  # of a style sheet
_ASIDE: Final = re.compile(r"(?m)^ *(//.*)?\n|^ +| +// .*$")


def script(templates: Path) -> str:
    """The player as it is served: its parts in one scope, without their comments and indentation."""
    folder = templates / "player"
    drawn = dict(_SYMBOL.findall((templates / "assets" / "icons.svg").read_text(encoding="utf-8")))
    words = catalogue.load(templates / "interface.toml")
    rows = [
        ("lang", *LANGUAGES),
        ("said", *(language.removesuffix("-Hans") for language in LANGUAGES)),
        *((name.removeprefix("player_"), *(words[language][name] for language in LANGUAGES)) for name in WORDS),
    ]
    table = "\n".join(map("|".join, rows))
    constants = {
        "WORDS": f"`{table}`",
        "ICONS": json.dumps({name: drawn[_DRAWINGS.get(name, name)] for name in ICONS}, separators=(",", ":")),
        "STYLE": f"`{_lean_style((folder / 'panel.css').read_text(encoding='utf-8'))}`",
        "MARKS": f"`{_lean_style((folder / 'marks.css').read_text(encoding='utf-8'))}`",
    }
    lines = [f"const {name} = {value};" for name, value in constants.items()]
    parts = [_lean((folder / f"{part}.js").read_text(encoding="utf-8")) for part in PARTS]
    return "\n".join(["// docs/player.md", "(() => {", *lines, *parts, "})();", ""])


def _lean(text: str) -> str:
    return _ASIDE.sub("", text).strip()


def _lean_style(text: str) -> str:
    return _SPACE.sub(r"\1\2", _lean(text))


class Player:
    """`/player.js` and `/player.d.ts`."""

    def __init__(self, templates: Path) -> None:
        self._script = press(script(templates))
        self._types = press((templates / "player" / "player.d.ts").read_text(encoding="utf-8"))

    def routes(self) -> list[Route]:
        return [
            Route("/player.js", self.script, methods=["GET"]),
            Route("/player.d.ts", self.types, methods=["GET"]),
        ]

    async def script(self, request: Request) -> Response:
        return self._send(request, self._script, "text/javascript; charset=utf-8")

    async def types(self, request: Request) -> Response:
        return self._send(request, self._types, "text/plain; charset=utf-8")

    def _send(self, request: Request, file: StoredPage, media_type: str) -> Response:
        """Any page may load it, also with `crossorigin` and an integrity digest."""
        headers = {
            "ETag": file.etag,
            "Cache-Control": "public, max-age=3600",
            "Vary": "Accept-Encoding",
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        if matches(request.headers.get("if-none-match"), file.etag):
            return Response(status_code=304, headers=headers)
        if "br" in request.headers.get("accept-encoding", ""):
            return Response(file.brotli, headers={**headers, "Content-Encoding": "br"}, media_type=media_type)
        return Response(file.html, headers=headers, media_type=media_type)
