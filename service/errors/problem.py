"""An error as programs are told of it (RFC 9457)."""

import msgspec

from service.errors.root import ChangduError


class Problem(msgspec.Struct, frozen=True, kw_only=True, rename={"hant": "zh-Hant"}):
    """`detail` is in one language; `zh`, `hant` (in JSON `zh-Hant`) and `en` are the same sentence in each;
    `hant` is empty where it was stored before there was one.
    """

    type: str
    title: str
    status: int
    detail: str
    zh: str
    en: str
    hant: str = ""


def problem(error: ChangduError, language: str = "zh") -> Problem:
    """The problem that an error is, with its detail in `language` (BCP 47)."""
    return Problem(
        type=f"/problems/{error.slug}",
        title=error.slug.replace("-", " ").capitalize(),
        status=error.status,
        detail=error.sentence(language),
        zh=error.sentence("zh"),
        hant=error.sentence("zh-Hant"),
        en=error.sentence("en"),
    )
