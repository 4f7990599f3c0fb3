"""Lexicons: the words of a language, of a site and of one article, by the names of their files; the later count over the earlier."""

import logging
import re
from pathlib import Path

from service.article import Article
from service.errors import BadLexicon
from service.settings import resources
from service.sites import Sites
from service.text.lexicon import EMPTY, Lexicon, load, merge, parse

LANGUAGES = ("zh", "zh-TW")
"""`zh.toml` counts for every Chinese article, `zh-TW.toml` besides for Taiwan's voices and for pinyin over its script."""
_ARTICLE = re.compile(r"[a-z2-7]{26}")
_log = logging.getLogger(__name__)


class Lexicons:
    """The files of voices/lexicon, over them those of `folder`, over them the words of a site's profile.

    Above all stands `<article's id>.toml` of the folder, which is read whenever its article is, so that an editor
    sees a change at once; the other files are read once. Raises BadLexicon naming file, line and fix.
    """

    def __init__(self, folder: Path | None, sites: Sites) -> None:
        self._folder = folder
        self._sites = sites
        folders = [resources("voices") / "lexicon", *([folder] if folder else [])]
        if folder is not None:
            _check(folder)
        self._languages = {
            tag: load(path for place in folders if (path := place / f"{tag}.toml").is_file()) for tag in LANGUAGES
        }

    def of(self, article: Article, locale: str = "zh-CN") -> Lexicon:
        """What counts when an article is read in a locale, the one of its voice or of the page's script."""
        site = self._sites.of(article.source)
        own = (site.lexicon if site else EMPTY, self._article(article.id))
        if not article.language.startswith("zh"):
            return merge(own)
        tags = ("zh", locale) if locale in self._languages else ("zh",)
        return merge((*(self._languages[tag] for tag in tags), *own))

    def _article(self, id: str) -> Lexicon:
        """An article's own words; with a slip in them it is read without, and the log says what to write."""
        path = self._folder / f"{id}.toml" if self._folder and _ARTICLE.fullmatch(id) else None
        if path is None or not path.is_file():
            return EMPTY
        try:
            return _parsed(path)
        except BadLexicon as error:
            _log.warning("%s", error)
            return EMPTY


def _check(folder: Path) -> None:
    if not folder.is_dir():
        raise BadLexicon(
            place=str(folder),
            fix_zh="没有这个文件夹，请建立它，或者改 CHANGDU_LEXICON",
            fix_en="there is no such folder; make it, or change CHANGDU_LEXICON",
        )
    for path in sorted(folder.glob("*.toml")):
        if path.stem not in LANGUAGES and not _ARTICLE.fullmatch(path.stem):
            raise BadLexicon(
                place=path.name,
                fix_zh="文件名要写 zh.toml、zh-TW.toml，或者文章的编号加 .toml",
                fix_en="name the file zh.toml, zh-TW.toml, or an article's id and .toml",
            )
        _parsed(path)


def _parsed(path: Path) -> Lexicon:
    return parse(path.read_bytes().decode("utf-8", "replace"), path.name)
