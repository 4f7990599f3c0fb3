"""Spacing: the blanks some sites put around every number in Chinese text, which part nothing: 共 23 个, 2025 年 5 月."""

import re
from functools import cache

from service.text.han import HAN

_BLANK = "[ \u00a0\u2009]"
_COUNTER = (
    r"(?:[万亿余多百]|个|名|元|家(?!长|庭|园)|户(?!籍)|人(?!民|才|社|大)|年(?!报|度报)|月(?!刊|报|饼)|日(?!报|期|常|本)|天(?!气)|周?岁|"
    r"平(?!安|台)|立方|公[里斤顷]|[千毫厘]?米|千?克|吨|亩|套|台(?!风)|件|次|位(?!于)|所(?!有|在|以)|间|张|辆|条(?!例)|项(?!目)|场|小[时区]|时(?![间事代尚期装])|"
    r"分(?![享类局院会组店公])|秒|级|层|号|室(?!内|外)|楼|度(?!假)|[弄栋幢届批期章款](?!\w*[：:])|倍|千瓦|百分点|点(?![赞击评])|"
    r"座|艘|架(?!构)|部(?!门|分|队|署)|支(?!持|付)|[枝只头匹棵株朵颗粒块片册份封篇幅群双组种样段步类巷村角毛折成升瓦伏枚笔床箱盒袋瓶杯碗档届](?!立|绩|级|型|别|长)|"
    r"本(?!市|报|区|次|文|网|届|月|周)|首(?!页|次|届)|队|对(?!于|外)|节|句|版(?!权)|路|线(?!上|下|索)|股|票|处(?!理)|门|口(?!岸|径)|卡|站(?!点|长)|房|厅|卫|例(?!如)|"
    r"课|季|集(?!中|团|体)|回(?!应|顾)|轮|局(?!长|部)|比(?!如|赛|例)|开头|以[上下内外]|后(?!续)|代|世|强|[金银铜](?=\s?[\d，。、]|$)|投|环|省|[市县区镇街校班店馆园桥]|型|把|根|"
    r"国道|省道|艺术区|中学|高校|页|[末初](?=\s?\d|[，。、]|$)|晚会|工[作程]|计划|学[分期时年]|[英美欧港日][元镑里寸]|海里|连[胜败])"
)
"""What a number counts or qualifies begins so; a name or a heading that follows a number mostly does not."""


@cache
def _blanks() -> re.Pattern[str]:
    number = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,6}|\d{7,10}(?=[ ]号))(?:\.\d+)?(?:[-–—~/](?=\d)\d+(?:\.\d+)?)?%?"
    counted = rf"(?<![A-Za-z\d.:-]){number}(?P<after>{_BLANK}(?={_COUNTER}))"
    year = rf"(?<![A-Za-z\d.:©-])(?:19|20)\d\d(?:/\d\d(?:\d\d)?)?(?P<name>{_BLANK}(?=[{HAN}]{{2}}))"
    ordinal = rf"(?<=第)(?P<ordinal>{_BLANK})(?=[\dIVX])"
    hundredths = rf"(?<=\d{_BLANK}秒)(?P<hundredths>{_BLANK})(?=\d{{2,3}}(?!\d))"
    roman = rf"(?<![A-Za-z])[IVX]{{1,4}}(?P<roman>{_BLANK})(?=[级期卷类型])"
    centimetres = rf"(?<=\d{_BLANK}米)(?P<centimetres>{_BLANK})(?=\d\d(?:$|[，。、；！）)]|{_BLANK}?[的夺获]))"
    registered = rf"(?<=ICP)(?P<registered>{_BLANK})(?=[备证])"
    plate = rf"(?<=[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼])(?P<plate>{_BLANK})(?=[A-Z][·•.-]?(?=[A-Z\d]*\d)[A-Z\d]{{5,6}}(?!\w))"
    alone = (ordinal, hundredths, centimetres, roman, registered, plate)
    return re.compile("|".join((rf"(?:(?<=[{HAN}])(?P<before>{_BLANK}))?(?:{counted}|{year})", *alone)))


def blanks(text: str) -> list[int]:
    """The places of the blanks between a number and the word it counts, and between that number and the word before."""
    if not any(blank in text for blank in _BLANK[1:-1]):
        return []
    return sorted(
        match.start(side) for match in _blanks().finditer(text) for side, blank in match.groupdict().items() if blank
    )
