"""Site profiles: what a webmaster may write, what an address belongs to, and errors that say what to write instead."""

import re
from pathlib import Path

import pytest

from service.check import checks
from service.errors import BadLexicon, BadSite, ChangduError
from service.profiles import load, parse
from service.sites import Sites
from tests.web.service import settings

PROFILE = """name = "城南区"
hosts = ["www.chengnan.example", "HTTP://old.chengnan.example:80/", "127.0.0.1:18800"]
"""
DOCUMENTED = re.findall(r"```toml\n(.*?)```", (Path(__file__).parents[1] / "docs/sites.md").read_text("utf-8"), re.S)


def test_the_documented_profile_can_be_used() -> None:
    site = parse(DOCUMENTED[0], "chengnan.toml")
    assert site.name == "城南区人民政府"
    assert site.home == "https://www.chengnan.example/"
    assert site.select.body == "#zoom, .TRS_Editor"
    assert site.reading.colours == "black-on-white"
    assert [entry.word for entry in site.lexicon.entries] == ["枫林", "城南APP"]
    assert site.push[0].hosts == ("https://www.chengnan.example",)


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://www.chengnan.example/news/1.html", True),
        ("HTTP://WWW.ChengNan.example:80/", True),
        ("http://old.chengnan.example", True),
        ("http://127.0.0.1:18800/a?b=c", True),
        ("http://127.0.0.1/a", False),
        ("https://www.chengnan.example:8443/", False),
        ("https://www.chengnan.example@evil.example/", False),
        ("https://evil.example/www.chengnan.example", False),
        ("https://evilchengnan.example/", False),
        ("//www.chengnan.example/", True),
        ("/news/1.html", False),
        ("https://[", False),
        (None, False),
    ],
)
def test_an_address_belongs_to_a_site_by_its_host(url: str | None, known: bool) -> None:
    assert (Sites((parse(PROFILE, "chengnan.toml"),)).of(url) is not None) is known


def test_a_host_has_the_scheme_that_its_profile_gives() -> None:
    sites = Sites((parse(PROFILE, "chengnan.toml"),))
    assert sites.origin("WWW.chengnan.example") == "https://www.chengnan.example"
    assert sites.origin("old.chengnan.example") == "http://old.chengnan.example"
    assert sites.origin("elsewhere.example") is None


def test_only_what_readers_meet_makes_a_new_version() -> None:
    site = parse(PROFILE, "a.toml")
    keyed = parse(PROFILE + f'[[push]]\nname = "CMS"\nkey = "sha256:{"0" * 64}"\n', "a.toml")
    assert keyed.version == site.version
    assert parse(PROFILE + '[[word]]\nword = "枫林"\nreading = "feng1 lin2"\n', "a.toml").version != site.version


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        ("name = 城南", "引号"),
        ('hosts = ["a.example"]', "name = "),
        ('name = " "\nhosts = ["a.example"]', "name 不能是空的"),
        (f"name = {'9' * 5000}", "写法不对"),
        (f"name = {'[' * 5000}", "写法不对"),
        ('name = "x"', "hosts = ["),
        ('name = "x"\nhosts = []', "域名"),
        ('name = "x"\nhosts = "a.example"', "hosts = ["),
        ('name = "x"\nhosts = ["a.example/news"]', "a.example/news"),
        ('name = "x"\nhost = ["a.example"]', "“hosts”"),
        (PROFILE + 'logo = "logo.png"', "logo.png"),
        (PROFILE + 'footer = "主办单位"', "footer = ["),
        (PROFILE + '[select]\nbody = "#zoom >> p"', "#zoom >> p"),
        (PROFILE + '[select]\nbod = "#zoom"', "“body”"),
        (PROFILE + '[reading]\ncolours = "pink"', "black-on-white"),
        (PROFILE + '[reading]\ncolours = "own"', "black-on-white"),
        (PROFILE + '[[push]]\nname = "CMS"\nkey = "my secret"', "changdu key"),
        (PROFILE + f'[[push]]\nname = "CMS"\nkey = "sha256:{"0" * 64}"\nhosts = ["b.example"]', "本站的域名"),
        (PROFILE + '[[push]]\nname = "CMS"', "[[push]]"),
        (PROFILE + '[[webhook]]\nurl = "https://a.example/"\nsecret = "x"', "whsec_"),
        (PROFILE + "lexicon = 1", "不认识“lexicon”"),
    ],
)
def test_a_slip_is_named_with_what_to_write(text: str, zh: str) -> None:
    with pytest.raises(BadSite) as caught:
        parse(text, "chengnan.toml")
    assert "chengnan.toml" in caught.value.sentence("zh")
    assert "chengnan.toml" in caught.value.sentence("en")
    assert zh in caught.value.sentence("zh")


def test_a_wrong_reading_is_named_with_its_line() -> None:
    with pytest.raises(BadLexicon, match=r"chengnan\.toml:4"):
        parse(PROFILE + '\n[[word]]\nword = "枫林"\nreading = "feng1"\n', "chengnan.toml")


def test_a_host_in_two_profiles_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(PROFILE, encoding="utf-8")
    (tmp_path / "b.toml").write_text('name = "x"\nhosts = ["old.chengnan.example"]', encoding="utf-8")
    with pytest.raises(BadSite, match=r"b\.toml.*a\.toml"):
        load(tmp_path)


def test_no_folder_is_no_site_and_a_missing_one_an_error(tmp_path: Path) -> None:
    assert load(None) == Sites()
    with pytest.raises(ChangduError, match="CHANGDU_SITES"):
        load(tmp_path / "nowhere")


def test_check_reads_every_profile(tmp_path: Path) -> None:
    folder = tmp_path / "sites"
    folder.mkdir()
    (folder / "good.toml").write_text(PROFILE, encoding="utf-8")
    (folder / "bad.toml").write_text("name = 1", encoding="utf-8")
    (folder / "mute.toml").write_text(
        'name = "x"\nhosts = ["b.example"]\n[reading]\nvoice = "nobody"', encoding="utf-8"
    )
    found = [item for item in checks(settings(tmp_path / "store", sites=str(folder))) if item.what.startswith("site")]
    assert [(item.what, item.ok) for item in found] == [
        ("site bad.toml", False),
        ("site good.toml, 城南区", True),
        ("site mute.toml, x", False),
        ("sites", False),
    ]
