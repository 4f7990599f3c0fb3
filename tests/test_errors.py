"""The tree of errors: as it is drawn, and what each of its kinds says."""

import pickle
import re
import string
from collections.abc import Iterator

import pytest

from service import errors
from service.errors import ChangduError, of_slug
from service.errors.traditional import traditional
from service.text.detection import shows
from service.text.forms import simplified

Row = tuple[str, str | None, int]  # an error's name, its parent's, its status


def drawn() -> set[Row]:
    """The tree of the docstring; names without a status have their parent's."""
    rows: list[Row] = []
    above: list[tuple[str, int]] = []
    for line in (errors.__doc__ or "").splitlines():
        match = re.fullmatch(r"( *)((?:[A-Z]\w+ *)+?)(?: +(\d{3}))?", line)
        if match is None:
            continue
        del above[len(match[1]) // 4 :]
        parent, inherited = above[-1] if above else (None, 0)
        status = int(match[3] or inherited)
        rows += [(name, parent, status) for name in match[2].split()]
        above.append((rows[-1][0], status))
    assert len(rows) == len(set(rows))
    return set(rows)


def kinds(kind: type[ChangduError] = ChangduError) -> Iterator[type[ChangduError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from kinds(below)


def test_the_tree_is_the_one_that_is_drawn() -> None:
    parents = [(kind, None if kind is ChangduError else kind.__base__) for kind in kinds()]
    assert drawn() == {(kind.__name__, parent and parent.__name__, kind.status) for kind, parent in parents}


@pytest.mark.parametrize("kind", tuple(kinds()), ids=lambda kind: kind.__name__)
def test_every_error_has_a_name_of_its_own_and_says_what_to_do_in_both_languages(kind: type[ChangduError]) -> None:
    assert getattr(errors, kind.__name__) is kind
    assert of_slug(kind.slug) is kind
    facts = [{name for _, name, *_ in string.Formatter().parse(text) if name} for text in (kind.zh, kind.en)]
    names = [{name.removesuffix("_zh").removesuffix("_en") for name in of} - {"zh", "en"} for of in facts]
    assert names[0] == names[1]
    said = kind(retry_after=7, **dict.fromkeys(facts[0] | facts[1], "某处"))
    assert re.search(r"[一-鿿]", said.sentence("zh-Hans"))
    again = pickle.loads(pickle.dumps(said))
    assert (type(again), again.facts, again.retry_after, str(again)) == (kind, said.facts, 7, str(said))


def test_a_reason_is_told_in_the_language_of_its_sentence() -> None:
    error = errors.VoiceUnavailable(voice="小雨", what="no answer in time", what_zh="等不到声音")
    assert "（等不到声音）" in error.sentence("zh-Hans")
    assert "（等不到聲音）" in error.sentence("zh-Hant")
    assert "(no answer in time)" in error.sentence("en")
    assert "(v.bin)" in errors.VoiceUnavailable(voice="x", what="v.bin").sentence("en")
    assert "（v.bin）" in errors.VoiceUnavailable(voice="x", what="v.bin").sentence("zh-Hans")


@pytest.mark.parametrize("kind", tuple(kinds()), ids=lambda kind: kind.__name__)
def test_every_error_is_said_in_traditional_characters(kind: type[ChangduError]) -> None:
    said = traditional(kind.zh)
    assert not re.search("[“”]", said)
    assert not shows(said, "zh-Hans")
    assert simplified(said.translate(str.maketrans("「」", "“”"))) == kind.zh


def test_a_slug_of_a_newer_version_is_an_error_all_the_same() -> None:
    assert of_slug("of-next-year") is ChangduError
