"""Rewriting: rules that turn one written form into what is said, tried in order wherever one may begin."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec

from service.text.alignment import Edit

Say = Callable[[re.Match[str]], str | None]


class Rule(NamedTuple):
    """`pattern` is a regular expression; `say` gives the words, or None where the form is something else."""

    pattern: str
    say: Say


class Rewriter(msgspec.Struct, frozen=True, dict=True):
    """Rules in order of precedence; `trigger` matches where any of them may begin."""

    trigger: str
    rules: tuple[Rule, ...]

    @cached_property
    def _compiled(self) -> tuple[re.Pattern[str], list[tuple[re.Pattern[str], Say]]]:
        rules = [(re.compile(rule.pattern), rule.say) for rule in self.rules]
        return re.compile(self.trigger), rules

    def edits(self, text: str, taken: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int, str]]:
        """What is said instead of [start, end) of `text`, from left to right; nothing begins inside `taken`."""
        trigger, rules = self._compiled
        found: list[tuple[int, int, str]] = []
        place = 0
        blocks = iter(taken)
        block = next(blocks, None)
        while (match := trigger.search(text, place)) is not None:
            place = match.start()
            while block is not None and block[1] <= place:
                block = next(blocks, None)
            if block is not None and block[0] <= place:
                place = block[1]
                continue
            limit = block[0] if block is not None else len(text)
            for pattern, say in rules:
                candidate = pattern.match(text, place)
                if candidate is None or not place < candidate.end() <= limit:
                    continue
                said = say(candidate)
                if said is not None:
                    found.append((place, candidate.end(), said))
                    place = candidate.end()
                    break
            else:
                place += 1
        return found


def aligned(start: int, written: str, said_start: int, said: str) -> list[Edit]:
    """The edits of one replacement, split where characters of the written form are said as they stand.

    Where they are said in another order (10元/月: 每月十元) the whole is one.
    """
    edits: list[Edit] = []
    at = said_at = 0

    def close(end: int, said_end: int) -> None:
        if at == end and said_at == said_end:
            return
        names = written[at:end]
        if names.isdecimal() and len(names) == said_end - said_at and len(names) != 2:
            return
        edits.append(Edit(start + at, start + end, said_start + said_at, said_start + said_end))

    for place, character in enumerate(written):
        if character.isascii() and not character.isalpha():
            continue
        found = said.find(character, said_at)
        if found < 0 and character in said:
            return [Edit(start, start + len(written), said_start, said_start + len(said))]
        if found >= 0:
            close(place, found)
            at, said_at = place + 1, found + 1
    close(len(written), len(said))
    return edits


def before(match: re.Match[str], length: int) -> str:
    """At most `length` characters of the text before a match."""
    return match.string[max(0, match.start() - length) : match.start()]


def after(match: re.Match[str], length: int) -> str:
    """At most `length` characters of the text after a match."""
    return match.string[match.end() : match.end() + length]


def alternatives(words: Iterable[str]) -> str:
    """A regular expression of any of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
