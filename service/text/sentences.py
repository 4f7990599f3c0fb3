"""Sentences: where a reader would breathe, with ids that the page, the timeline and the captions share."""

import msgspec


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """`start` and `end` are character offsets into the plain text of passage number `passage`.

    `id` is `b{passage}.s{n}`, n from 1: the id of its span in the page.
    """

    id: str
    passage: int
    start: int
    end: int
    text: str
