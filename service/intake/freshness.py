"""How long a fetched page counts as fresh and whether it may be kept, from its response headers (RFC 9111)."""

import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

import msgspec
from multidict import MultiMapping

_DAY = 24 * 3600
_DIRECTIVE = re.compile(r'([a-z-]+)(?:\s*=\s*(?:"([^"]*)"|([^\s,;"]*)))?')


class Validators(msgspec.Struct, frozen=True, kw_only=True):
    """What a later request sends back to ask whether the page has changed."""

    etag: str | None = None
    last_modified: str | None = None


class Lifetime(msgspec.Struct, frozen=True, kw_only=True):
    """`seconds` that the page is fresh (0 to a day), None where the source does not say.

    `storable` is false where the source asks that no copy be kept beyond those seconds: `no-store`, or
    `noarchive` in X-Robots-Tag.
    """

    seconds: int | None = None
    storable: bool = True


def validators(headers: Mapping[str, str]) -> Validators:
    return Validators(etag=headers.get("ETag"), last_modified=headers.get("Last-Modified"))


def lifetime(headers: MultiMapping[str]) -> Lifetime:
    """RFC 9111 4.2.1, as a private cache: max-age, else Expires less Date; the age it arrives with is taken off.

    `s-maxage` speaks to caches that their site can clear, and so not to this one.
    """
    said = directives(", ".join(headers.getall("Cache-Control", ())))
    storable = "no-store" not in said and not any(map(forbids_copies, headers.getall("X-Robots-Tag", ())))
    if said.keys() & {"no-store", "no-cache"}:
        return Lifetime(seconds=0, storable=storable)
    seconds = _whole(said.get("max-age"))
    if seconds is None and "Expires" in headers:
        seconds = _until(headers["Expires"], headers.get("Date"))
    if seconds is None:
        return Lifetime(storable=storable)
    return Lifetime(seconds=min(max(seconds - (_whole(headers.get("Age")) or 0), 0), _DAY), storable=storable)


def forbids_copies(robots: str) -> bool:
    """Whether a robots meta, or one X-Robots-Tag, asks that no copy be kept; what it asks of a named crawler is left."""
    crawler = re.match(r"\s*([\w-]+)\s*:", robots)
    if crawler and not re.fullmatch("unavailable_after|max-.*", crawler[1].lower()):
        return False
    return bool({"noarchive", "nocache", "none"} & directives(robots).keys())


def directives(value: str) -> dict[str, str]:
    """`max-age=60, no-cache` as a mapping; the first of two wins, names in lower case."""
    found: dict[str, str] = {}
    for name, quoted, bare in _DIRECTIVE.findall(value.lower()):
        found.setdefault(name, quoted or bare)
    return found


def _whole(value: str | None) -> int | None:
    return int(value[:10]) if value is not None and re.fullmatch(r"[0-9]+", value) else None


def _until(expires: str, date: str | None) -> int:
    try:
        end = parsedate_to_datetime(expires)
        start = parsedate_to_datetime(date) if date else datetime.now(end.tzinfo)
        return int((end - start).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return 0  # RFC 9111 5.3: an invalid date, 0 above all, means already expired
