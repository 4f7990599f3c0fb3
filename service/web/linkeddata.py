"""What search engines and feed readers learn from a page: schema.org's Article, as JSON-LD."""

from collections.abc import Mapping
from typing import Any

from service.article import Article
from service.text.passages import passages
from service.text.tags import SCRIPTS
from service.web.templates import is_web


def linked_data(article: Article, track: Mapping[str, Any] | None, origin: str) -> dict[str, Any]:
    """schema.org Article; the audio belongs to it once it can be played. `article` is as the page has it."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": article.title,
        "inLanguage": article.language,
    }
    if article.source and is_web(article.source):
        data |= {"url": article.source, "isBasedOn": article.source}
    if article.published:
        data["datePublished"] = article.published
    if article.byline:
        data["author"] = {"@type": "Person", "name": article.byline}
    if article.site:
        data["publisher"] = {"@type": "Organization", "name": article.site}
    if track and track["state"] == "ready":
        data["audio"] = _audio(article, track, origin)
    return data


def _audio(article: Article, track: Mapping[str, Any], origin: str) -> dict[str, Any]:
    """schema.org AudioObject, with its text as the page has it."""
    audio: dict[str, Any] = {
        "@type": "AudioObject",
        "contentUrl": f"{origin}{track['audio']}",
        "encodingFormat": "audio/mpeg",
        "inLanguage": track["voice"]["locale"],
        "duration": f"PT{track['duration_ms'] / 1000:.3f}S",
        "transcript": _transcript(article, track),
        "caption": {
            "@type": "MediaObject",
            "contentUrl": f"{origin}{captions(article, track)}",
            "encodingFormat": "text/vtt",
            "inLanguage": article.language,
        },
    }
    if track.get("opus"):
        opus = {"contentUrl": f"{origin}{track['opus']}", "encodingFormat": "audio/ogg; codecs=opus"}
        audio["encoding"] = {"@type": "MediaObject", **opus}
    return audio


def _transcript(article: Article, track: Mapping[str, Any]) -> str:
    """A line for each passage that is read: `b3.s1` is the first sentence of passage 3."""
    read = {id.partition(".")[0] for id in track["sentences"]}
    return "\n".join(passage.text for passage in passages(article) if f"b{passage.number}" in read)


def captions(article: Article, track: Mapping[str, Any]) -> str:
    """The address of a track's captions in the script that the article is in."""
    script = f"?script={article.language}" if article.language in SCRIPTS else ""
    return f"{track['captions']}{script}"
