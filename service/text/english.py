"""English sentences: numbers, years, money and signs as English words."""

import re

from service.text.rewriting import Rewriter, Rule, before

# fmt: off
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
_TENS = (
    "_", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)
# fmt: on
_SCALES = ("", "thousand", "million", "billion", "trillion", "quadrillion")
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_MONEY = {
    "$": ("dollar", "cent"),
    "US$": ("dollar", "cent"),
    "£": ("pound", "penny"),
    "€": ("euro", "cent"),
    "¥": ("yuan", "fen"),
    "HK$": ("Hong Kong dollar", "cent"),
    "A$": ("Australian dollar", "cent"),
}
_UNITS = {
    "km": "kilometer",
    "m": "meter",
    "cm": "centimeter",
    "mm": "millimeter",
    "kg": "kilogram",
    "g": "gram",
    "mg": "milligram",
    "km²": "square kilometer",
    "m²": "square meter",
    "ml": "milliliter",
    "mL": "milliliter",
    "GB": "gigabyte",
    "MB": "megabyte",
    "TB": "terabyte",
    "kW": "kilowatt",
    "MW": "megawatt",
    "GW": "gigawatt",
    "kWh": "kilowatt hour",
    "mph": "mile per hour",
    "km/h": "kilometer per hour",
    "°C": "degree Celsius",
    "℃": "degree Celsius",
    "°F": "degree Fahrenheit",
}
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


def cardinal(value: int) -> str:
    """A whole number below 10^18 in words: 1234 is "one thousand two hundred thirty-four"."""
    if value < 20:
        return _ONES[value]
    if value < 100:
        tens, ones = divmod(value, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    if value < 1000:
        hundreds, rest = divmod(value, 100)
        return f"{_ONES[hundreds]} hundred" + (f" {cardinal(rest)}" if rest else "")
    place = (len(str(value)) - 1) // 3
    head, rest = divmod(value, 1000**place)
    return f"{cardinal(head)} {_SCALES[place]}" + (f" {cardinal(rest)}" if rest else "")


def ordinal(value: int) -> str:
    """ "first" for 1, "twenty-first" for 21, "twentieth" for 20."""
    said = cardinal(value)
    head, joint, last = said.rpartition("-") if "-" in said.rpartition(" ")[2] else said.rpartition(" ")
    if last in _ORDINALS:
        return head + joint + _ORDINALS[last]
    return head + joint + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def year(value: int) -> str:
    """1998 is "nineteen ninety-eight", 2005 "two thousand five", 1900 "nineteen hundred"."""
    century, rest = divmod(value, 100)
    if value % 1000 < 10 or value < 1000:
        return cardinal(value)
    if rest == 0:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh-' if rest < 10 else ''}{cardinal(rest)}"


def by_digit(written: str) -> str:
    return " ".join(_ONES[int(digit)] for digit in written if digit.isdecimal())


def number(written: str) -> str:
    """A number with separators and decimals: "1,500.25" is "one thousand five hundred point two five"."""
    whole, point, decimals = written.replace(",", "").partition(".")
    said = by_digit(whole) if len(whole) > 15 or (len(whole) > 1 and whole[0] == "0") else cardinal(int(whole))
    return f"{said} point {by_digit(decimals)}" if point else said


def _host(match: re.Match[str]) -> str:
    return match["host"].replace(".", " dot ")


def _money(match: re.Match[str]) -> str:
    currency, small = _MONEY[match["sign"]]
    amount, scale = match["amount"], match["scale"]
    if scale:
        scale = {"m": "million", "bn": "billion", "b": "billion", "k": "thousand"}.get(scale.lower(), scale)
        return f"{number(amount)} {scale} {currency}s"
    whole, point, cents = amount.replace(",", "").partition(".")
    said = f"{number(whole)} {currency}{'' if whole == '1' else 's'}"
    if point and len(cents) == 2 and int(cents):
        one = int(cents) == 1
        plural = "pence" if small == "penny" else f"{small}s"
        return f"{said} and {cardinal(int(cents))} {small if one else plural}"
    return f"{number(amount)} {currency}s" if point and int(cents) else said


def _measure(match: re.Match[str]) -> str:
    unit = _UNITS[match["unit"]]
    if match["amount"] != "1":
        first, _, rest = unit.partition(" ")
        unit = f"{first}s {rest}" if rest.startswith(("per", "Celsius", "Fahrenheit")) else f"{unit}s"
    return f"{number(match['amount'])} {unit}"


def _time(match: re.Match[str]) -> str:
    hour, minute = int(match["hour"]), int(match["minute"])
    if minute == 0:
        return cardinal(hour) + ("" if match["half"] is not None else " o'clock")
    return f"{cardinal(hour)} {'oh-' if minute < 10 else ''}{cardinal(minute)}"


def _decade(match: re.Match[str]) -> str:
    said = year(int(match["year"])) if len(match["year"]) == 4 else cardinal(int(match["year"]))
    return f"{said[:-1]}ies" if said.endswith("y") else f"{said}s"


def _whole(match: re.Match[str]) -> str:
    written = match[0]
    if "." not in written and written[0] == "0" and len(written) > 1:
        return by_digit(written)
    return number(written)


_MONTH = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|(?:Janu|Febru)ary|March|April|May|June|July|August|"
    r"(?:Septem|Octo|Novem|Decem)ber)\.?\s$"
)
_CALLED = re.compile(r"\b(?:[Cc]all|[Dd]ial|[Hh]otlines?|[Pp]hone)(?: us at| number| the)?:?\s$")


def _after_a_word(match: re.Match[str]) -> str | None:
    """May 1 is "May first"; a number to call is said by its digits."""
    preceding = before(match, 16)
    if len(match[0]) < 3 and 0 < int(match[0]) < 32 and _MONTH.search(preceding):
        return ordinal(int(match[0]))
    if len(match[0]) in (3, 4) and preceding.endswith(("Room ", "room ")):
        return by_digit(match[0]).replace("zero", "oh")
    return by_digit(match[0]) if len(match[0]) > 2 and _CALLED.search(preceding) else None


_SIGN = "|".join(re.escape(sign) for sign in sorted(_MONEY, key=len, reverse=True))
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))

ENGLISH = Rewriter(
    trigger=r"(?<![\w)])-(?=\d)|[0-9$£€¥&%§~]|\b(?:https?://|(?=[a-z0-9-]+\.[a-z0-9.-]*(?:com|cn|org|net|gov|edu|io)\b))|(?<![A-Za-z])(?:US|HK|A)\$|\bNo\.(?=\s?\d)",
    rules=(
        Rule(
            rf"(?P<sign>{_SIGN})\s?(?P<amount>{_NUMBER})(?:\s?(?P<scale>million|billion|trillion|bn|[mbk]\b))?",
            _money,
        ),
        Rule(
            r"(?:https?://)?(?P<host>(?:[A-Za-z0-9-]+\.)+(?:com|cn|org|net|gov|edu|io))(?:/[^\s]*[\w/])?(?![\w])", _host
        ),
        Rule(r"No\.(?=\s?\d)", lambda match: "number"),
        Rule(r"24/7", lambda match: "twenty-four seven"),
        Rule(r"-(?=\d+(?:\.\d+)?\s?(?:°|℃))", lambda match: "minus "),
        Rule(r"\d(?=[GKD]\b)", lambda match: f"{cardinal(int(match[0]))} "),
        Rule(
            r"(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?![:\d])(?P<half>(?=\s?[aApP]\.?[mM]))?",
            _time,
        ),
        Rule(rf"(?P<amount>{_NUMBER})\s?%", lambda match: f"{number(match['amount'])} percent"),
        Rule(rf"(?P<amount>{_NUMBER})\s?(?P<unit>{_UNIT})(?![A-Za-z0-9])", _measure),
        Rule(r"(?P<value>\d{1,6})(?:st|nd|rd|th)\b", lambda match: ordinal(int(match["value"]))),
        Rule(r"(?P<year>(?:1[1-9]|20)\d0|\d0)['’]?s\b", _decade),
        Rule(
            r"(?P<from>(?:1[1-9]|20)\d\d)\s?[-–—]\s?(?P<to>(?:1[1-9]|20)\d\d)(?!\d)",
            lambda match: f"{year(int(match['from']))} to {year(int(match['to']))}",
        ),
        Rule(
            rf"(?P<from>{_NUMBER})\s?[–—~-]\s?(?=\d)(?!\d+[-–]\d)",
            lambda match: f"{number(match['from'])} to ",
        ),
        Rule(r"(?P<year>1[1-9]\d\d|20\d\d)(?![\d,.]\d|\d)", lambda match: year(int(match["year"]))),
        Rule(r"\d{1,6}(?![\d,.]\d|\d)", _after_a_word),
        Rule(r"1/2(?!\d)", lambda match: "one half"),
        Rule(r"\d{7,}", lambda match: by_digit(match[0])),
        Rule(_NUMBER, _whole),
        Rule(r"\s?&\s?", lambda match: " and "),
        Rule(r"%", lambda match: " percent"),
    ),
)
