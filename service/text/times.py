"""Times of day, and the ratios and scores that look like them."""

import re

from service.text.numbers import by_digit, cardinal, number
from service.text.rewriting import Rule, after, before
from service.text.telephones import COUNTED

_NOON = r"\s?(?P<noon>[aApP]\.?[mM]\b\.?)"
_SCORED = re.compile(
    r"(?:[比局盘]分|大胜|小胜|完胜|战胜|击败|险胜|负于|不敌|领先|落后|总分|抢[七十]|[一二三四五六七八九十\d]局|惜败|完败|横扫|逼平|战平|力克)"
    r"[^\d，。；]{0,6}(?:[为是以]|(?:\d+[:：-]\d+[、，和/]?)+)?$"
)
_HALVES = re.compile(r"(?:[全半终]场|加时赛?|[首次末]局|决胜[局盘])$")
_SCORES = re.compile(
    r"[、，和]\s?\d+[:：]\d(?!\d)|(?:[、，和/]\s?\d+[:：-]\d+)*(?:[（(][\d:：，,、\s-]+[）)])?\s?(?:[（(](?:\d+[-–:：]\d+(?:[，,、\s]+\d+[-–:：]\d+)+[）)]|加赛|加时|点球|总[比局]?分|半场)|的比分|的总分|领先|落后|大胜|小胜|完胜|战胜|击败|险胜|负于|不敌|战平|逼平|获胜|取胜|告负|力克|横扫|惜败|完败|失利|落败|告捷|反超|扳平|出局|胜(?![利率任出])|逆转|轻取|直落|淘汰|速胜|夺|晋级)"
)
_TAKEN = re.compile(r"(?:以|用时|耗时|历时|时长|成绩|跑出|[纪记]录)(?:[是为：:]|了|约)?\s?$")
_RATIO = re.compile(r"(?:\s?的?(?:比[例率]|配比|模型|缩[小放]|配[置备套]|稀释|勾兑|兑水|混合))")
_RATIO_BEFORE = re.compile(
    r"(?:比[例率]|比例尺|(?<=[\u4e00-\u9fff])(?<![相对评占同环])比)(?:[为是：:约达]|不?[低高大小少多超]于|不?超过|达到|至少)*\s?$"
)
_PAUSE = re.compile(r"$|[\s，。；、！？,;）)]")
_ROW = re.compile(r"[\u4e00-\u9fff]{2,8}\s\d+/\d+")
_RACE = re.compile("马拉松|半马|全马|竞走|铁人三项|越野赛|冠军|夺冠|完赛|PB|公路自行车")
_CONTEST = re.compile(
    r"联赛|[杯赛]|[中英亚欧意德法西][超冠甲]|[NC]BA|第\d+轮|男足|女足|男篮|女篮|男排|女排|男单|女单|男双|女双|混双|国足|国乒"
)
_NAME_BEFORE = re.compile(r"[\u4e00-\u9fff](?![图表件号楼栋幢第区室座馆层门案例])[\u4e00-\u9fff]$")
_NAME_AFTER = re.compile(
    r"(?![年月时点]|日(?!本))(?![分秒号室楼栋幢单门座层班组区版章节款条项题图表页课路线弄周岁级季教])[\u4e00-\u9fff](?!号|室)[\u4e00-\u9fff]"
)
_TRACK = re.compile(r"\d\s?[米m]|[泳跑圈赛道]|接力|成绩|用时")
_GOAL = re.compile(r"(?:点球|进球|破门|扳平|绝杀|梅开二度|帽子戏法|头球|首开纪录|补射|乌龙球)[^\d。；]{0,6}，$")
_TEAM = re.compile(
    r"(?:^|[，。；、\s])(?!其中|约为?|大约|占比?|达到?|超过?|不足)[\u4e00-\u9fff]{2,8}(?<![号码室楼座幢栋址])(?<!波音)(?<!空客)$"
)
_LASTING = re.compile(r"(?:限时|用时|时长|时间)[为约：:]?$")
_SETS = re.compile(r"(?:\d[-–]\d{1,3}|\d[:：]\d)[（(](?:\d+[-–:：]\d+[，,、/\s]+)*$")

TIMES = (
    Rule(
        r"(?<![\d.])(?<!\d[:：])(?P<h>\d{1,2})[:：](?P<n>[0-5]\d)(?:[:：](?P<s>[0-5]\d))?(?![\d:：万亿]|\.\d)"
        rf"(?:分(?!钟))?(?:{_NOON})?",
        lambda match: _time(match),
    ),
    Rule(
        r"(?<=上午|下午|晚上|早上|凌晨|中午)(?P<h>\d{1,2})\.(?P<n>[0-5]\d)(?!\d)",
        lambda match: (
            f"{cardinal(match['h'], liang=True)}点" + (f"{cardinal(match['n'])}分" if int(match["n"]) else "")
        ),
    ),
    Rule(
        rf"(?<![\d.])(?P<h>[1-9]|1[0-2]){_NOON}",
        lambda match: f"{_noon(match['noon'])}{cardinal(match['h'], liang=True)}点",
    ),
    Rule(
        r"(?<![\d.:：])(?P<h>\d{1,2}):(?P<m>[0-5]\d):(?P<s>[0-5]\d)\.(?P<part>\d{1,3})(?![\d:])",
        lambda match: f"{cardinal(match['h'], liang=True)}小时{_lap(match)}",
    ),
    Rule(
        r"(?<![\d.])(?P<m>\d{1,2})['′’](?P<s>[0-5]\d)(?:\"|″|”)(?P<part>\d{1,3})?(?:/(?P<per>km|公里))?(?!\d)",
        lambda match: _lap(match),
    ),
    Rule(
        r"(?<![\d.:：])(?P<m>[1-9]|[1-5]\d)[:：](?P<s>[0-5]\d)\.(?P<part>\d{2,3})(?![\d:])",
        lambda match: (
            _lap(match) if len(match["part"]) > 2 or _TRACK.search(before(match, 16) + " " + after(match, 12)) else None
        ),
    ),
    Rule(
        r"(?<![\d.A-Za-z])(?<!\d[:：])(?<!(?:附件|案例))(?<![图表注])(?<![图表注件]\d)(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
        r"(?:\s?[:：]\s?\d+(?:\.\d+)?)+(?![:：.]?\d)",
        lambda match: "比".join(number(part.strip()) for part in re.split("[:：]", match[0])),
    ),
    Rule(
        r"(?<![\dA-Za-z./-])(?<![图表件楼栋幢号区])\d{1,2}[-–—]\d{1,2}(?:[(（]\d{1,2}[)）])?"
        r"(?:[，,、/\s]+\d{1,2}[-–—]\d{1,2}(?:[(（]\d{1,2}[)）])?)+(?![\d.%-]|[年月日室号栋幢个人楼岁周天级层])",
        lambda match: _sets(match),
    ),
    Rule(
        r"(?P<space>(?<=[\u4e00-\u9fff])\s)?(?<![\d.-])(?P<a>\d{1,3})(?P<sign>[-–—/])(?P<b>\d{1,3})(?![\d.%-]|\s?[℃°]|/(?!\d+[-–—]\d))",
        lambda match: _game(match),
    ),
    Rule(
        r"(?<=\d秒)(?:\d\d(?!\d)|\d{3}(?=$|[，。、；！）)的夺获刷打排居位列创摘])|\d(?=$|[，。、；！）)的夺获]))|(?<=\d米)\d\d(?=$|[，。、；！）)的夺获])",
        lambda match: by_digit(match[0]),
    ),
    Rule(
        r"(?<![\d.])(?P<m>\d{1,3})'(?=$|[，。、；;,）)内])",
        lambda match: f"{cardinal(match['m'])}分" if _LASTING.search(before(match, 5)) else None,
    ),
    Rule(r"(?<=\d[时点])00分(?!钟|\s?\d)", lambda match: ""),
    Rule(r"(?<=[\u4e00-\u9fff])\s(?=\d{1,3}[:：]\d{1,3}(?:$|[\s，。；、！？,;）)”]))", lambda match: ""),
)


def _time(match: re.Match[str]) -> str | None:
    hour, minute, second, noon = match["h"], match["n"], match["s"], match["noon"]
    if second and not noon and (_TAKEN.search(before(match, 6)) or (int(second) and _RACE.search(before(match, 24)))):
        return f"{cardinal(str(int(hour)), liang=True)}小时{cardinal(minute)}分{cardinal(second)}秒"
    if int(hour) > 24 or (not second and not noon and _is_score(match)):
        return None
    said = f"{cardinal(str(int(hour)), liang=True)}点"
    if int(minute):
        said += f"{cardinal(minute)}分"
    if second and int(second):
        said += f"{cardinal(second)}秒"
    return (_noon(noon) if noon else "") + said


def _lap(match: re.Match[str]) -> str:
    """1:46.874 is 一分四十六秒八七四, 4′22″/km 每公里四分二十二秒."""
    every = "每公里" if match.groupdict().get("per") else ""
    return f"{every}{cardinal(match['m'], liang=True)}分{cardinal(match['s'])}秒{by_digit(match['part'] or '')}"


def _noon(written: str) -> str:
    return "上午" if written[0] in "aA" else "下午"


def _is_score(match: re.Match[str]) -> bool:
    return bool(
        _SCORED.search(before(match, 24))
        or _HALVES.search(before(match, 3))
        or _SCORES.match(match.string, match.end())
        or _RATIO.match(match.string, match.end())
        or _RATIO_BEFORE.search(before(match, 8))
        or _SETS.search(before(match, 24))
    )


def _game(match: re.Match[str]) -> str | None:
    """A score with a dash or slash: where the words around it say so, or where it stands alone after a name."""
    alone = match["space"] and (
        _ROW.fullmatch(match.string) and int(match["a"]) >= int(match["b"])
        if match["sign"] == "/"
        else _PAUSE.match(match.string, match.end())
    )
    scored = _GOAL.search(before(match, 16)) and _PAUSE.match(match.string, match.end())
    if not (scored or _is_score(match) or _between_teams(match) or (alone and _TEAM.search(before(match, 12)))):
        return None
    return f"{cardinal(match['a'])}比{cardinal(match['b'])}"


def _between_teams(match: re.Match[str]) -> bool:
    """申花1-4光州: a name on either side, nothing that is counted, and either a contest or two numbers that fall."""
    if match["sign"] == "/" or not _NAME_BEFORE.search(before(match, 2)):
        return False
    if _PAUSE.match(after(match, 1)):
        return int(match["a"]) > int(match["b"]) and _CONTEST.search(before(match, 40)) is not None
    if not _NAME_AFTER.match(after(match, 3)):
        return False
    if COUNTED.match(after(match, 3)):
        return False
    return int(match["a"]) > int(match["b"]) or match["a"] == "0" or _CONTEST.search(before(match, 40)) is not None


def _sets(match: re.Match[str]) -> str | None:
    """25-22，25-19: the sets of a match, where every pair may end one and no range falls."""
    pairs = [(int(a), int(b)) for a, b in re.findall(r"(\d+)[-–—](\d+)", match[0])]
    ended = all(max(pair) in (6, 11, 15, 21, 25) or (max(pair) > 6 and abs(pair[0] - pair[1]) <= 2) for pair in pairs)
    if not ended or all(a <= b for a, b in pairs):
        return None
    said = re.sub("[-–—]", "比", match[0]).replace("/", "、")
    return re.sub(r"\d+", lambda game: cardinal(game[0]), said)
