"""An article in the formats that the command line prints."""

from typing import Literal

from service.article import Article, body_text
from service.markdown import markdown
from service.settings import resources

Format = Literal["json", "text", "html", "markdown"]


def write(article: Article, form: Format) -> str:
    """`json` as the server gives it, `text` the body without title and byline, `html` a whole accessible page."""
    match form:
        case "json":
            from service.web.articles import article_json

            return article_json(article).decode() + "\n"
        case "text":
            return body_text(article.blocks) + "\n"
        case "html":
            from service.web.pages import Pages
            from service.web.preferences import DEFAULT

            return Pages(resources("templates")).standalone("accessible", article, DEFAULT) + "\n"
        case "markdown":
            return markdown(article)
