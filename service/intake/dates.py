"""Dates: times of publication as pages write them, to ISO 8601 as precise as they were written."""

import re
from datetime import datetime, timedelta, timezone

_CHINA = "+08:00"  # the mainland, Taiwan, Hong Kong and Macau alike
_ZONE = timezone(timedelta(hours=8))

_DATE = r"(?P<year>(?:19|20)\d\d)\s*(?:[-/.年]|－)\s*(?P<month>0?[1-9]|1[0-2])\s*(?:[-/.月]|－)\s*(?P<day>[12]\d|3[01]|0?[1-9])(?!\d)\s*日?"
_TIME = r"(?P<hour>[01]?\d|2[0-3])\s*[:：时時点]\s*(?P<minute>[0-5]?\d)(?!\d)分?(?:\s*[:：]?\s*(?P<second>[0-5]\d)(?!\d)秒?)?"
_WRITTEN = re.compile(
    rf"(?<!\d){_DATE}(?:[\s,，T]*(?:[（(]?(?:星期|周|週)[一二三四五六日天][）)]?)?[\s,，]*(?P<half>上午|下午|晚上|凌晨|早上|中午)?\s*{_TIME})?"
)
_ISO = re.compile(
    r"\s*(\d{4})-(\d\d?)-(\d\d?)(?:[T ]\s*(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?",
    re.IGNORECASE,
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ENGLISH = re.compile(
    r"\b(?:(?P<m1>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s+(?P<d1>[0-3]?\d)(?:st|nd|rd|th)?,?"
    r"|(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?\s+(?P<m2>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?,?)\s+(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def written_date(text: str, *, chinese: bool) -> str | None:
    """The first date in a line of text; a Chinese local time gets its offset.

    `2023年12月26日 10:10` -> `2023-12-26T10:10+08:00`; `Nov. 19, 2019` -> `2019-11-19`.
    """
    if found := _WRITTEN.search(text):
        parts = found.groupdict()
        hour = int(parts["hour"]) if parts["hour"] else None
        if hour is not None and hour < 12 and parts["half"] in ("下午", "晚上"):
            hour += 12
        return _iso(
            parts["year"],
            parts["month"],
            parts["day"],
            hour,
            parts["minute"],
            parts["second"],
            _CHINA if chinese else "",
        )
    if found := _ENGLISH.search(text):
        month = _MONTHS.index((found["m1"] or found["m2"])[:3].lower()) + 1
        return _iso(found["year"], month, found["d1"] or found["d2"], None, None, None, "")
    return None


def machine_date(value: str | None, *, chinese: bool) -> str | None:
    """A date from metadata: ISO 8601 or nearly so, otherwise as written."""
    if not value:
        return None
    if found := _ISO.match(value):
        year, month, day, hour, minute, second, zone = found.groups()
        offset = _offset(zone) if zone else (_CHINA if chinese else "")
        moment = _iso(year, month, day, hour, minute, second, offset)
        if moment and chinese and offset == "+00:00":
            precision = "seconds" if second else "minutes"
            return datetime.fromisoformat(moment).astimezone(_ZONE).isoformat(timespec=precision)
        return moment
    if value.strip().isdecimal() and len(value.strip()) in (10, 13):
        return datetime.fromtimestamp(int(value.strip()[:10]), tz=_ZONE).isoformat(timespec="seconds")
    return written_date(value, chinese=chinese)


def finer(declared: str | None, shown: str | None) -> str | None:
    """Of what a page declares and what it shows, of one day, the one with a time, and of two times the shown one.

    Of different days the declared one. Midnight is no time, and a time shown without its offset says less.
    """
    if not declared or not shown or declared[:10] != shown[:10]:
        return declared or shown
    if len(shown) == 10:
        return shown if declared[10:16] == "T00:00" else declared
    if len(declared) == 10 or (declared[-6:] == shown[-6:] and declared[:16] != shown[:16]):
        return shown
    return declared


def _offset(zone: str) -> str:
    if zone[0] not in "+-":
        return "+00:00"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return f"{zone[0]}{digits[:2]}:{digits[2:]}"


def _iso(
    year: str | int,
    month: str | int,
    day: str | int,
    hour: str | int | None,
    minute: str | int | None,
    second: str | int | None,
    offset: str,
) -> str | None:
    try:
        moment = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        return None
    if hour is None or minute is None:
        return moment.date().isoformat()
    return moment.isoformat(timespec="minutes" if second is None else "seconds") + offset


def without_dates(text: str) -> str:
    """A line without the dates that are written in it."""
    return _ENGLISH.sub("", _WRITTEN.sub("  ", text))
