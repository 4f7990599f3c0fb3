"""Contexts: words whose form depends on their neighbours, as rules an editor can read."""

from functools import cache

import msgspec

from service.text.forms import kind_of_next, regional_characters
from service.text.persons import name_at
from service.text.tables import contexts
from service.text.tags import FALLBACKS, Script


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """`word` is written `form`, or as it is where there is none, where all conditions hold. Lists are words apart by spaces.

    `before` and `after`: one of these stands right before or after it; `not_before`, `not_after`: none does.
    `not_next`: the word after it is none of these parts of speech, by the first letters of jieba's tags.
    `near`, `not_near`: one, or none, stands within twenty characters; `ahead`, `not_ahead`: within eight after it.
    `person`: it is somebody's surname. `script` limits a rule to one script.
    """

    word: str
    form: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_next: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    not_ahead: tuple[str, ...] = ()
    person: bool = False
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    script: Script | None = None

    def holds(self, text: str, start: int, end: int, names: frozenset[str] = frozenset()) -> bool:
        """Whether the conditions hold for the word at [start, end) of simplified text, in which these people are named."""
        if self.before and not text.endswith(self.before, 0, start):
            return False
        if self.after and not text.startswith(self.after, end):
            return False
        if self.not_before and text.endswith(self.not_before, 0, start):
            return False
        if self.not_after and text.startswith(self.not_after, end):
            return False
        if self.ahead and not any(word in text[end : end + _AHEAD] for word in self.ahead):
            return False
        if self.not_ahead and any(word in text[end : end + _AHEAD] for word in self.not_ahead):
            return False
        if self.person and not (text.startswith(tuple(names), start) or name_at(text, start, end)):
            return False
        if self.not_next and kind_of_next(text, end).startswith(self.not_next):
            return False
        around = text[max(0, start - _NEAR) : end + _NEAR]
        return (not self.near or any(word in around for word in self.near)) and not any(
            word in around for word in self.not_near
        )


_NEAR = 20
_AHEAD = 8


@cache
def rules(target: Script) -> dict[str, tuple[Rule, ...]]:
    """The rules for `target` by word, in the order of their file."""
    found: dict[str, list[Rule]] = {}
    for row in contexts():
        fields = {
            key: value.split() if isinstance(value, str) and key in _LISTS else value for key, value in row.items()
        }
        words = str(fields.pop("word")).split()
        for word in words:
            form = str(fields.get("form", word))
            own = form if "script" in fields else regional_characters(form, target)
            rule = msgspec.convert({**fields, "word": word, "form": own}, Rule)
            if rule.script is None or rule.script in FALLBACKS[target]:
                found.setdefault(word, []).append(rule)
    return {word: tuple(listed) for word, listed in found.items()}


_LISTS = frozenset(Rule.__struct_fields__) - {"word", "form", "script", "person"}
