"""Quantities as laboratories, hospitals and makers write them: 120/80mmHg, 3×10⁸m/s, 1.56/10万, 20mg×7片/盒."""

import re

from service.text.numbers import DASH, NUMBER, cardinal, joint, number
from service.text.rewriting import Rule, after, alternatives, before
from service.text.symbols import RAISED, power
from service.text.units import units


def technical(per: str) -> tuple[Rule, ...]:
    """The rules, in order of precedence; `per` is a regular expression of what a rate may be of."""
    table = units()
    unit, word = alternatives(table.units), alternatives(table.words)
    measured = rf"(?<![\d.A-Za-z])(?P<a>{NUMBER})"
    return (
        Rule(r"(?P<a>\d{2,3})/(?P<b>\d{2,3})\s?(?:mmHg|毫米汞柱)", _pressure),
        Rule(
            r"(?<![\d./])(?P<a>\d{1,2})/(?P<b>\d{1,2})\s?(?:℃|°C)",
            lambda match: f"{cardinal(match['a'])}到{cardinal(match['b'])}摄氏度",
        ),
        Rule(
            r"(?<![\d.A-Za-z])(?P<h>\d{1,2})\s?h\s?(?P<m>\d{1,2})\s?min",
            lambda match: f"{cardinal(match['h'], liang=True)}小时{cardinal(match['m'])}分钟",
        ),
        Rule(
            rf"{measured}V(?P<b>{NUMBER})Ah(?![A-Za-z])",
            lambda match: f"{number(match['a'])}伏{number(match['b'])}安时",
        ),
        Rule(
            rf"{measured}(?P<unit>{unit}|{word})\s?[×*]\s?(?P<b>{NUMBER})(?P<unit_b>{unit}|{word})/(?P<per>{word})",
            _package,
        ),
        Rule(
            rf"{measured}\s?(?P<scale>[万亿]?)\s?(?P<sign>{alternatives(table.contextual)})(?![A-Za-z\d·])", _by_context
        ),
        Rule(
            rf"(?:{measured}×|(?<![\d.]))10(?:\^(?P<caret>-?\d+)|(?P<raised>{RAISED}))\s?(?:(?P<unit>{unit})(?![A-Za-z])|(?P<word>{word})(?=/)|(?=/))(?:/(?P<per>{per}))?(?![A-Za-z])",
            _scientific,
        ),
        Rule(
            rf"(?P<a>{NUMBER})(?:(?P<joint>{DASH})(?P<b>{NUMBER}))?/(?P<of>10+[万亿]|1[万亿])(?![\d.元人])", _incidence
        ),
    )


def _package(match: re.Match[str]) -> str:
    """20mg×7片/盒 is 每盒二十毫克乘七片."""
    one = number(match["a"], liang=True) + units().name(match["unit"])
    return f"每{match['per']}{one}乘{number(match['b'], liang=True)}{units().name(match['unit_b'])}"


def _by_context(match: re.Match[str]) -> str | None:
    """1000M is 一千兆 beside 宽带, 9.8N 九点八牛 beside 力: signs that mean something else elsewhere."""
    name, near = units().contextual[match["sign"]]
    if not re.search(near, before(match, 10) + " " + after(match, 6)):
        return None
    return number(match["a"], liang=True) + match["scale"] + name


def _scientific(match: re.Match[str]) -> str:
    """3×10⁸m/s is 每秒三乘十的八次方米."""
    every = f"每{units().name(match['per'])}" if match["per"] else ""
    times = f"{number(match['a'])}乘" if match["a"] else ""
    return f"{every}{times}十{power(match)}{units().name(match['unit'] or match['word'] or '')}"


def _incidence(match: re.Match[str]) -> str:
    """1.56/10万 is 十万分之一点五六."""
    last = joint(match["joint"]) + number(match["b"]) if match["b"] else ""
    return f"{cardinal(match['of'][:-1])}{match['of'][-1]}分之{number(match['a'])}{last}"


def _pressure(match: re.Match[str]) -> str:
    return f"{cardinal(match['a'])}、{cardinal(match['b'])}毫米汞柱"
