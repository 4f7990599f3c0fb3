"""What search engines and feed readers learn from a page: schema.org's Article, as JSON-LD."""

from collections.abc import Mapping
from typing import Any

from service.article import Article
from service.web.templates import is_web


def linked_data(article: Article, track: Mapping[str, Any] | None, origin: str) -> dict[str, Any]:
    """schema.org Article; the audio belongs to it once it can be played."""
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
        data["audio"] = {
            "@type": "AudioObject",
            "contentUrl": f"{origin}{track['audio']}",
            "encodingFormat": "audio/mpeg",
            "inLanguage": track["voice"]["locale"],
            "duration": f"PT{track['duration_ms'] / 1000:.3f}S",
        }
    return data
