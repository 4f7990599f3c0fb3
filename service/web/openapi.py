"""The description of the HTTP interface, OpenAPI 3.1, its schemas taken from the values that are served."""

from typing import Any, Final

import msgspec

from service import __version__
from service.article import Article
from service.corrections import Correction, Proposal
from service.errors.problem import Problem
from service.speech.track import Track
from service.speech.voice import Voice
from service.text.doubtful import DoubtfulConversions
from service.text.scripts import SCRIPTS
from service.web.bodies import Address
from service.web.embed import OEmbed
from service.web.preferences import RATES, THEMES, VIEWS
from service.web.pushes import PushState
from service.web.readings import Doubtful
from service.web.report import Report
from service.web.tracks import Wish

Json = dict[str, Any]

_WITH_KEY: Final[Json] = {"security": [{"key": []}]}


def document() -> Json:
    """The whole description as plain JSON values."""
    served = [
        Article,
        Track,
        Voice,
        Address,
        Problem,
        Report,
        OEmbed,
        Doubtful,
        DoubtfulConversions,
        Proposal,
        Correction,
        PushState,
        Wish,
    ]
    (
        (article, track, voice, address, problem, report, oembed, doubtful, doubts, proposal, correction, pushed, wish),
        schemas,
    ) = msgspec.json.schema_components(served, ref_template="#/components/schemas/{name}")
    known_article = [_parameter("id", "path", {"type": "string"})]
    known_track = [_parameter("id", "path", {"type": "string"})]
    choices = [
        _parameter("script", "query", {"enum": list(SCRIPTS)}),
        _parameter("theme", "query", {"enum": list(THEMES)}),
        _parameter("size", "query", {"type": "integer"}),
        _parameter("rate", "query", {"enum": list(RATES)}),
    ]
    view = _parameter("view", "path", {"enum": list(VIEWS)})
    url = _parameter("url", "query", {"type": "string", "format": "uri"})
    source = {**_parameter("source", "query", {"type": "string", "format": "uri"}), "required": True}
    listen = _parameter("listen", "query", {"type": "string"})
    host = _parameter("host", "path", {"type": "string"})
    path = _parameter("path", "path", {"type": "string"})
    script = _parameter("script", "path", {"enum": list(SCRIPTS)})
    section = _parameter("section", "query", {"type": "string"})
    documents: Json = {kind: {} for kind in ("text/html", "text/plain", "text/markdown", "application/pdf")}
    body = {"required": True, "content": {"application/json": {"schema": address}, **documents}}
    page: Json = {"required": False, "content": documents}
    wished = {"required": False, "content": {"application/json": {"schema": wish}, "audio/*": {}}}
    paths = {
        "/articles": {
            "post": _operation("Take in an article", problem, 201, article, [url], also=(200,), body=body),
            "put": _operation("Push a site's article", problem, 202, pushed, [source, listen], also=(200,), body=page)
            | _WITH_KEY,
            "get": _operation("What has become of what was pushed", problem, 200, pushed, [source]) | _WITH_KEY,
            "delete": _operation("Withdraw a site's article", problem, 204, None, [source]) | _WITH_KEY,
        },
        "/{view}/{host}/{path}": {
            "get": _operation("A page of a known site, in a view", problem, 200, None, [view, host, path, *choices])
        },
        "/sites/{host}/feed.{script}.xml": {
            "get": _operation("A site's podcast", problem, 200, None, [host, script, section])
        },
        "/articles/{id}": {"get": _operation("An article as JSON", problem, 200, article, known_article)},
        "/articles/{id}/{view}": {
            "get": _operation("A page of an article", problem, 200, None, [*known_article, view, *choices])
        },
        "/articles/{id}/report": {
            "get": _operation("What holds for an article, for its editor", problem, 200, report, known_article)
        },
        "/articles/{id}/readings": {
            "get": _operation("Readings that are not certain", problem, 200, doubtful, known_article),
            "post": _operation(
                "Propose a reading, where the settings allow it",
                problem,
                202,
                correction,
                known_article,
                body={"required": True, "content": {"application/json": {"schema": proposal}}},
            ),
        },
        "/articles/{id}/doubts": {
            "get": _operation(
                "Doubtful conversions, for its editor", problem, 200, doubts, [*known_article, choices[0]]
            )
        },
        "/articles/{id}/tracks": {
            "post": _operation(
                "Have an article spoken", problem, 202, track, known_article, also=(200, 201), body=wished
            )
            | {"security": [{}, {"key": []}]}
        },
        "/read": {"get": _operation("Open an address in a view", problem, 303, None, [{**url, "required": True}])},
        "/tracks/{id}": {"get": _operation("A reading and how far it is", problem, 200, track, known_track)},
        "/tracks/{id}.mp3": {"get": _operation("The whole sound", problem, 200, None, known_track, also=(206,))},
        "/tracks/{id}.opus": {"get": _operation("The same as Ogg Opus", problem, 200, None, known_track, also=(206,))},
        "/tracks/{id}.json": {"get": _operation("The whole timeline", problem, 200, track, known_track)},
        "/tracks/{id}/chapters.json": {"get": _operation("Chapters", problem, 200, None, known_track)},
        "/tracks/{id}.vtt": {"get": _operation("Captions", problem, 200, None, known_track)},
        "/tracks/{id}.words.vtt": {"get": _operation("The words, for scripts", problem, 200, None, known_track)},
        "/player.js": {"get": _operation("The player for other sites' pages", problem, 200, None, [])},
        "/embed/{id}": {"get": _operation("The player's own page, for a frame", problem, 200, None, known_article)},
        "/oembed": {"get": _operation("What oEmbed says of a page", problem, 200, oembed, [{**url, "required": True}])},
        "/voices": {"get": _operation("Who can read", problem, 200, {"type": "array", "items": voice}, [])},
        "/health": {"get": _operation("Whether the process answers", problem, 200, {"type": "object"}, [])},
        "/ready": {"get": _operation("Whether it can do its work", problem, 200, {"type": "object"}, [])},
    }
    info = {"title": "Changdu 畅读", "version": __version__, "license": {"name": "Apache-2.0"}}
    components = {"schemas": schemas, "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}}
    return {"openapi": "3.1.0", "info": info, "paths": paths, "components": components}


def _parameter(name: str, place: str, schema: Json) -> Json:
    return {"name": name, "in": place, "required": place == "path", "schema": schema}


def _operation(
    summary: str,
    problem: Json,
    status: int,
    schema: Json | None,
    parameters: list[Json],
    *,
    also: tuple[int, ...] = (),
    body: Json | None = None,
) -> Json:
    success: Json = {"description": summary}
    if schema is not None:
        success["content"] = {"application/json": {"schema": schema}}
    failure = {
        "description": "A problem, RFC 9457",
        "content": {"application/problem+json": {"schema": problem}, "text/html": {}},
    }
    responses = {str(code): success for code in (status, *also)} | {"4XX": failure, "5XX": failure}
    return {"summary": summary, "parameters": parameters, "responses": responses} | (
        {"requestBody": body} if body else {}
    )
