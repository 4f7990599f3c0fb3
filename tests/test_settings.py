"""Settings: what can be said, what cannot, and that the documentation tells the truth about them."""

from pathlib import Path

import pytest

from service.settings import SETTINGS, BadSetting, Setting, Settings, load, resources
from service.text.policy import policies

ROOT = Path(__file__).parents[1]


def test_every_field_has_one_setting() -> None:
    assert sorted(setting.field for setting in SETTINGS) == sorted(Settings.__struct_fields__)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.variable)
@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_readmes_document_each_setting_with_its_default(readme: str, setting: Setting) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    default = f"`{setting.default}`" if setting.default else ""
    assert f"| `{setting.variable}` | {default} |" in text


def test_an_empty_variable_means_the_default() -> None:
    assert load({"CHANGDU_PORT": ""}) == load({})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("CHANGDU_PORT", "many"),
        ("CHANGDU_PORT", "70000"),
        ("CHANGDU_FALLBACK", "perhaps"),
        ("CHANGDU_READ_SECONDS", "-1"),
        ("CHANGDU_READ_SECONDS", "nan"),
        ("CHANGDU_VOICE_PROCESSES", "0"),
        ("CHANGDU_FETCH_PORTS", "http"),
    ],
)
def test_a_senseless_value_is_named(variable: str, value: str) -> None:
    with pytest.raises(BadSetting, match=variable):
        load({variable: value})


def test_resources_are_found_in_a_checkout() -> None:
    assert (resources("templates") / "base.html").is_file()
    assert list(resources("voices").glob("*.toml"))


def test_every_policy_may_be_set() -> None:
    assert [load({"CHANGDU_POLICY": name}).policy for name in policies()] == list(policies())
    with pytest.raises(BadSetting, match=" · ".join(policies())):
        load({"CHANGDU_POLICY": "all"})
