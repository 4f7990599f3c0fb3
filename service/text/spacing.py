"""Spacing: the blanks some sites put around every number in Chinese text, which part nothing: 共 23 个, 2025 年 5 月."""

import re
from functools import cache

from service.text.han import HAN

_FOLLOWERS = (
    "年月号时秒个名人位家项条款天周岁次场座栋幢套间台辆架艘部支枝只头匹棵株朵颗粒块片张本册份封篇首幅件批群队对双组种样段节章句步届版期级类"
    "层楼室路弄巷村线元角毛折万亿千百余多倍成米公平立吨克斤升度瓦伏亩股票所处门口户卡站厘毫微后代世强金银铜房厅卫床笔例枚课季"
    "集回轮局比开连以左之投环拍国省市县区镇街校班厂店馆园桥派型色道面把根瓶盒袋箱杯碗档"
)
"""What a number counts or qualifies begins with one of these; a name or a heading after a number mostly does not."""


@cache
def _blanks() -> re.Pattern[str]:
    number = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,6})(?:\.\d+)?(?:[-–—~/](?=\d)\d+(?:\.\d+)?)?%?"
    follower = rf"(?:[{_FOLLOWERS}]|日(?!本)|点(?![赞击评])|分(?!享|类)|晚会|工[作程]|计划|学[分期时年]|小[时区]|[英美欧港日][元镑里寸]|海里)"
    counted = rf"(?<![\w.:-]){number}(?P<after>[ ](?={follower}))"
    year = rf"(?<![\w.:©-])(?:19|20)\d\d(?:/\d\d(?:\d\d)?)?(?P<name>[ ](?=[{HAN}]{{2}}))"
    ordinal = r"(?<=第)(?P<ordinal>[ ])(?=\d)"
    hundredths = r"(?<=\d[ ]秒)(?P<hundredths>[ ])(?=\d{2,3}(?!\d))"
    plate = r"(?<=[京津沪渝苏浙皖粤闽鲁赣豫])(?P<plate>[ ])(?=[A-Z][·•.-]?(?=[A-Z\d]*\d)[A-Z\d]{5,6}(?!\w))"
    return re.compile(rf"(?:(?<=[{HAN}])(?P<before>[ ]))?(?:{counted}|{year})|{ordinal}|{hundredths}|{plate}")


def blanks(text: str) -> list[int]:
    """The places of the blanks between a number and the word it counts, and between that number and the word before."""
    if " " not in text:
        return []
    return sorted(
        match.start(side) for match in _blanks().finditer(text) for side, blank in match.groupdict().items() if blank
    )
