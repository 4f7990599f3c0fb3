"""Markdown to HTML by markdown-it: CommonMark with tables, strikethrough and footnotes."""

import re
from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.{0,10000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(\w+):[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE)


def html_of_markdown(text: str) -> tuple[str, dict[str, str]]:
    """The HTML of a Markdown text, and the fields of its front matter, such as `title` and `author`."""
    fields: dict[str, str] = {}
    text = text.replace("\r\n", "\n").lstrip("\n")
    if front := _FRONT_MATTER.match(text):
        fields = {name.lower(): value for name, value in _FIELD.findall(front[1])}
        text = text[front.end() :]
    return _markdown().render(text).replace('<hr class="footnotes-sep" />', ""), fields


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": 40}).enable(["table", "strikethrough"]).use(footnote_plugin)
