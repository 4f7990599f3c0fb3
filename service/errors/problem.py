"""An error as programs are told of it (RFC 9457)."""

import msgspec

from service.errors.root import ChangduError


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """`detail` is in one language; `zh` and `en` are the same sentence in both."""

    type: str
    title: str
    status: int
    detail: str
    zh: str
    en: str


def problem(error: ChangduError, language: str = "zh") -> Problem:
    """The problem that an error is, with its detail in `language` (BCP 47)."""
    return Problem(
        type=f"/problems/{error.slug}",
        title=error.slug.replace("-", " ").capitalize(),
        status=error.status,
        detail=error.sentence(language),
        zh=error.sentence("zh"),
        en=error.sentence("en"),
    )
