"""Outcomes: how a job that ran on another machine ended, as a value that a queue can carry."""

from typing import Any

import msgspec

from service.errors import ChangduError, of_slug


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """`error` is the slug of what went wrong. `dropped` says that nobody waited for the job any more."""

    error: str = ""
    facts: dict[str, Any] = {}
    retry_after: int | None = None
    dropped: bool = False

    @classmethod
    def of(cls, error: ChangduError) -> "Outcome":
        return cls(error=error.slug, facts=error.facts, retry_after=error.retry_after)

    def problem(self) -> ChangduError | None:
        """What the job raised; None where it went well."""
        return of_slug(self.error)(retry_after=self.retry_after, **self.facts) if self.error else None
