"""The root of the tree, and the way back from a slug to its kind."""

from typing import ClassVar

from service.errors.traditional import traditional


class ChangduError(Exception):
    """`facts` fill the places in the sentences: `BlockedAddress(host="10.0.0.1")`.

    Of `what` and `what_zh` the second fills the place of `what` in Chinese. A sentence says what happened and what to do next. `retry_after` is in seconds, where waiting helps.
    """

    status: ClassVar[int] = 500
    slug: ClassVar[str] = "internal"
    zh: ClassVar[str] = "服务内部出错，请稍后再试。"
    en: ClassVar[str] = "Something went wrong on our side. Please try again in a moment."
    retry_after: int | None = None

    def __init__(self, *, retry_after: int | None = None, **facts: str | int) -> None:
        super().__init__(facts)
        self.facts = facts
        if retry_after is not None:
            self.retry_after = retry_after

    def sentence(self, language: str = "zh-Hans") -> str:
        """The sentence for a reader of `language` (BCP 47): Chinese for zh, in either script, English otherwise."""
        if not language.startswith("zh"):
            return self.en.format(**self.facts)
        own = traditional if language.startswith("zh-Hant") else str
        facts = {name.removesuffix("_zh"): own(str(fact)) for name, fact in self.facts.items() if name.endswith("_zh")}
        return own(self.zh).format(**{**self.facts, **facts})

    def __str__(self) -> str:
        return f"{self.sentence('zh')} {self.sentence('en')}"

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.retry_after, self.facts))


def _rebuild(kind: type[ChangduError], retry_after: int | None, facts: dict[str, str | int]) -> ChangduError:
    return kind(retry_after=retry_after, **facts)


def of_slug(slug: str) -> type[ChangduError]:
    """The kind of error with this slug; `ChangduError` itself where a newer version has one that this lacks."""
    kinds = [ChangduError]
    for kind in kinds:
        if kind.slug == slug:
            return kind
        kinds += kind.__subclasses__()
    return ChangduError
