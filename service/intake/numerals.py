"""Numerals: numbers in the forms that Word names (ECMA-376 Part 1, 17.18.59), such as 十二, xii and ⑫."""

from collections.abc import Callable

_MOST = 10_000  # beyond it any number is written in digits
_PLACES = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
_CAPITAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_ROMAN = tuple(
    zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "m cm d cd c xc l xl x ix v iv i".split(), strict=True)
)


def numeral(count: int, form: str) -> str:
    """`count` in the form of that name; in digits where the form is unknown or has no sign for it."""
    writer = _FORMS.get(form)
    return writer(count) if writer is not None and 0 < count < _MOST else str(count)


def _chinese(count: int) -> str:
    """12 as 十二, 105 as 一百零五."""
    said, gap = "", False
    for place, name in _PLACES:
        digit, count = divmod(count, place)
        if digit:
            said += (
                ("零" if gap else "")
                + ("" if digit == 1 and place == 10 and not said else "一二三四五六七八九"[digit - 1])
                + name
            )
            gap = False
        else:
            gap = bool(said)
    return said


def _by_digit(count: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(count))


def _letters(count: int) -> str:
    """26 as z, 27 as aa, 28 as bb."""
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _roman(count: int) -> str:
    said = ""
    for value, letters in _ROMAN:
        said += letters * (count // value)
        count %= value
    return said


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda count: signs[count - 1] if count <= len(signs) else str(count)


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02}",
    "decimalFullWidth": lambda count: str(count).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "upperRoman": lambda count: _roman(count).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerLetter": _letters,
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "japaneseCounting",
            "taiwaneseCountingThousand",
            "taiwaneseCounting",
        ),
        _chinese,
    ),
    "ideographDigital": _by_digit,
    "taiwaneseDigital": _by_digit,
    "chineseLegalSimplified": lambda count: (("一" if 10 <= count < 20 else "") + _chinese(count)).translate(_CAPITAL),
    "decimalEnclosedCircle": _one_of("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedCircleChinese": _one_of("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedParen": _one_of("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "ideographTraditional": _one_of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _one_of("子丑寅卯辰巳午未申酉戌亥"),
    "none": lambda count: "",
}
