"""The pages that are not an article, the words on them, and the addresses that all pages name."""

import tomllib
from pathlib import Path

import pytest

from service.web import security
from service.web.pages import Pages
from service.web.preferences import DEFAULT, LANGUAGES, VIEWS, parse
from tests.web import specimens
from tests.web.rendering import TEMPLATES, is_well_formed, pages, parsed


def test_variants_name_each_other() -> None:
    public = Pages(TEMPLATES, "https://read.example.org/changdu/")
    found = []
    for query in ({}, {"script": "zh-Hant"}):
        tree = parsed(public.article("elder", specimens.report(), parse(query)))
        found.append(
            {link.get("hreflang"): link.get("href") for link in tree.xpath("//link[@rel='alternate'][@hreflang]")}
        )
        assert tree.xpath("//link[@rel='canonical']/@href") == ["https://example.org/news/slow-reading"]
    assert found[0] == found[1]
    assert set(found[0]) == {"x-default", "zh-Hans", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK"}
    assert found[0]["zh-Hant"].startswith("https://read.example.org/changdu/articles/")


def test_every_own_link_has_the_prefix_of_the_public_address() -> None:
    public = Pages(TEMPLATES, "https://read.example.org/changdu")
    for html in (public.home(DEFAULT), public.help(DEFAULT), public.article("elder", specimens.notice(), DEFAULT)):
        tree = parsed(html)
        own = tree.xpath("//@href[starts-with(., '/')] | //@src[starts-with(., '/')] | //@action[starts-with(., '/')]")
        assert own
        assert all(link.startswith("/changdu/") for link in own)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_site_in_each_language(language: str) -> None:
    choices = DEFAULT.change(language=language)
    for html in (pages.home(choices), pages.help(choices), pages.problem(404, "not-found", "没有。", choices)):
        tree = parsed(html)
        assert tree.get("lang") == language
        is_well_formed(tree)


def test_home_is_a_form_for_text_an_address_or_a_file() -> None:
    form = parsed(pages.home(DEFAULT)).forms[0]
    assert (form.action, form.method, form.get("enctype")) == ("/articles", "POST", "multipart/form-data")
    assert {"text", "url", "file", "view"} == set(form.fields.keys())


def test_every_word_of_the_catalogue_is_used() -> None:
    written = (*TEMPLATES.glob("*.html"), *Path(security.__file__).parent.glob("*.py"))
    sources = "".join(path.read_text() for path in written)
    made = ("tool_", "help_", "theme_", "spacing_", "script_", "media_", "service_", "home_", "report_")
    for name in tomllib.loads((TEMPLATES / "interface.toml").read_text()):
        assert name.startswith(made) or name in VIEWS or f"t.{name}" in sources or f'"{name}"' in sources, name


def test_version_follows_the_templates(tmp_path: Path) -> None:
    copy = tmp_path / "templates"
    (copy / "assets").mkdir(parents=True)
    (copy / "interface.toml").write_bytes((TEMPLATES / "interface.toml").read_bytes())
    before = Pages(copy).version
    (copy / "home.html").write_text("changed")
    assert Pages(copy).version != before
    assert Pages(TEMPLATES).version == pages.version
