"""Numbers as Mandarin says them: by value, digit by digit, with a sign or a decimal point."""

import re

DIGITS = "零一二三四五六七八九"
TELEPHONE_DIGITS = "零幺二三四五六七八九"
LONGEST = 16
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿")


def by_digit(written: str, *, yao: bool = False) -> str:
    """Each digit by its name: "2023" is 二零二三; with `yao` a one is 幺, as in telephone numbers."""
    names = TELEPHONE_DIGITS if yao else DIGITS
    return "".join(names[int(digit)] for digit in written if digit.isdecimal())


def cardinal(written: str, *, liang: bool = False) -> str:
    """A whole number by its value: "10111" is 一万零一百一十一, "200" 两百, "20" 二十.

    With `liang` a bare "2" is 两, as before a measure word. Leading zeros and more than 16 digits are said one by one.
    """
    if len(written) > LONGEST or (len(written) > 1 and written[0] == "0"):
        return by_digit(written)
    if int(written) < 10:
        return "两" if liang and written == "2" else DIGITS[int(written)]
    groups = [int(written[max(0, end - 4) : end]) for end in range(len(written), 0, -4)]
    said, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        value = groups[place]
        if value == 0:
            gap = True
            continue
        leads = not said
        if not leads and (gap or value < 1000):
            said += "零"
        said += _below_myriad(value, leads=leads, unit=_GROUPS[place])
        gap = False
    return _join_groups(said)


def _below_myriad(value: int, *, leads: bool, unit: str) -> str:
    if leads and unit and value == 2:
        return "两" + unit
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit == 0:
            gap = gap or bool(said)
            continue
        name = DIGITS[digit]
        if digit == 2 and place >= 2 and not said and leads:
            name = "两"
        if digit == 1 and place == 1 and not said and leads:
            name = ""
        said += ("零" if gap else "") + name + _PLACES[place]
        gap = False
    return said + unit


def _join_groups(said: str) -> str:
    """万亿 followed by another 亿 group is said once: 一万亿二千亿 is 一万二千亿."""
    head, found, tail = said.partition("万亿")
    return head + "万" + tail if found and "亿" in tail else said


def number(written: str, *, liang: bool = False) -> str:
    """A number as written, with sign, thousands separators and decimals: "-1,234.50" is 负一千二百三十四点五零."""
    sign = {"-": "负", "−": "负", "+": "正", "±": "正负"}.get(written[:1], "")
    whole, point, decimals = re.sub(r"[+\-−±,，\s]", "", written).partition(".")
    if not point:
        return sign + cardinal(whole, liang=liang)
    return f"{sign}{cardinal(whole or '0')}点{by_digit(decimals)}"


NUMBER = r"\d{1,3}(?:[ \u2009\u202f\u00a0]\d{3})+(?=[万亿余多]|\s?(?:[元米吨克人名户家个只台亩平立公]))|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:，\d{3}){2,}(?:\.\d+)?|\d+(?:\.\d+)?"
"""A regular expression of a number without sign."""

DASH = r"\s?(?:-{1,2}|–|—{1,2}|~|至|到)\s?"
"""A regular expression of what stands between the ends of a range."""


def joint(dash: str) -> str:
    """How what stands between the ends of a range is said: 至 as written, a dash as 到."""
    return dash.strip() if dash.strip() in "至到" else "到"
