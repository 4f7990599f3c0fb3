"""Names of people: the surnames that are read otherwise than the same character elsewhere."""

from collections.abc import Iterator, Sequence

from service.text.readings import Special, readings
from service.text.segmentation import Token

SURNAMES = {
    "曾": "zeng1", "单": "shan4", "仇": "qiu2", "解": "xie4", "朴": "piao2", "任": "ren2", "华": "hua4", "区": "ou1",
    "查": "zha1", "盖": "ge3", "覃": "qin2", "翟": "zhai2", "员": "yun4", "盛": "sheng4", "应": "ying1", "种": "chong2",
    "谌": "chen2", "折": "she2", "郗": "chi1", "阚": "kan4", "冼": "xian3", "逄": "pang2", "宓": "mi4", "乜": "nie4",
    "曲": "qu1", "柏": "bai3", "乐": "yue4", "那": "na1", "哈": "ha3",
}  # fmt: skip
PERSONAL = frozenset(
    {
        "先生", "女士", "小姐", "太太", "夫人", "老师", "师傅", "同志", "同学", "大爷", "大妈", "大娘", "阿姨", "叔叔",
        "奶奶", "爷爷", "阿婆", "婆婆", "阿公", "伯伯", "大伯", "大叔", "大嫂", "大姐", "大哥", "老伯", "老汉", "老先生", "老太太", "某", "某某", "氏",
    }
)  # fmt: skip
OFFICES = frozenset(
    {
        "教授", "博士", "医生", "大夫", "律师", "法官", "警官", "书记", "主席", "主任", "部长", "厅长", "局长", "处长",
        "科长", "院长", "校长", "馆长", "站长", "社长", "班长", "团长", "台长", "厂长", "园长", "庭长", "理事长", "所长", "会长", "市长", "省长", "县长", "区长", "镇长", "乡长", "村长", "队长", "组长",
        "经理", "总经理", "董事长", "秘书长", "主编", "教练", "导演", "将军", "司令", "院士", "总", "董", "工",
    }
)  # fmt: skip
ROLES = OFFICES | {
    "记者", "通讯员", "作者", "编辑", "摄影", "演员", "导演", "主演", "教练", "总理", "歌手", "作家", "画家", "诗人",
    "选手", "名将", "主播", "主持人", "主讲人", "编剧", "学者", "专家", "同学", "老师", "教师", "护士长", "护士", "村民", "居民",
    "市民", "患者", "司机", "志愿者", "社工", "民警", "党员", "劳模", "委员", "代表", "支书", "研究员", "工程师",
    "烈士", "队员", "会员", "学员", "嫌疑人", "丈夫", "妻子", "儿子", "女儿", "父亲", "母亲",
}  # fmt: skip
"""What stands before a name."""
_FAMILIAR = ("老", "小", "姓")
_MIDDLE_DOTS = ("·", "•", "‧")
_VERBS = frozenset("任应曾查解盖折种员乜乐那")
"""Surnames that are common words as well: 任校长, 应校长之邀, 记者曾到现场."""
_FOREIGN = "柏那哈"
"""What begins foreign names as well (柏培拉) is a surname only beside a role or a title; so is 单 before one character (单宁, 单帆)."""
_TRANSCRIBED = frozenset(
    "理尔茨韦普布巴拉纳亚里洛勒雷罗兰娜蒂夫什斯塔特克科卡姆干提伦多莱利列逊内代梅森曼比耶伯根赫尼丁德桑希基迪波托沃佛奇维泰伊乃林"
)
"""What after these surnames, 查 and 盖 tells a foreign name: 查理二世, 盖亚那, 哈代."""
_ROLE = tuple(sorted(role for role in ROLES if len(role) > 1))
_NAME = ("nr", "nrfg")
"""jieba's tags of Chinese names."""


def surnames(text: str, divided: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """The places of surnames and their readings, where the text is about a person.

    That is a word that jieba holds for a person's name (曾国藩), a surname before a title (曾先生, 单某某), after
    老, 小 or 姓 (老曾), or between a role or a title and a given name that is a word of its own (书记单永胜, 曲志强同志).
    A longer word that jieba holds for a name is none where it begins with a word of polyphones.txt (单于入朝).
    A part of a foreign name (查理·布朗) is none, nor what stands after a month (五月任武钢经理).
    """
    for number, token in enumerate(divided):
        sound = SURNAMES.get(token.text[0])
        if sound is None:
            continue
        end = token.start + len(token.text)
        if text[end : end + 1] in _MIDDLE_DOTS or text[: token.start].endswith(_MIDDLE_DOTS):
            continue
        before = divided[number - 1] if number else _NOTHING
        after, next = (*divided[number + 1 : number + 3], _NOTHING, _NOTHING)[:2]
        if len(token.text) == 1:
            person = _alone(token.text, before, after, next)
        elif before.text in _FAMILIAR and token.text[1:] == "头":
            person = True
        else:
            office = token.text[0] == "任" and before.text.endswith(("月", "年", "年起", "日"))
            common = token.text[0] in _FOREIGN or (token.text[0] == "单" and len(token.text) == 2)
            beside = not common or before.text.endswith(_ROLE) or after.text in PERSONAL | OFFICES
            doubled = token.text == token.text[0] * 2
            foreign = token.text[0] in _FOREIGN + "查盖" and token.text[1] in _TRANSCRIBED
            person = token.kind in _NAME and len(token.text) < 5 and beside and not (doubled or office or foreign)
        if not person:
            continue
        word = readings().specials.get(token.text[:2]) if len(token.text) > 2 else None
        yield from ((token.start + place, said) for place, said in word or (Special(0, sound),))


_NOTHING = Token(0, "", "")


def _alone(surname: str, before: Token, after: Token, next: Token) -> bool:
    """Whether a surname that is a word of its own is somebody's."""
    if after.text in PERSONAL or before.text in _FAMILIAR or (after.text in OFFICES and surname not in "任应"):
        return True
    if len(after.text) > 2 or not (before.text.endswith(_ROLE) or next.text in PERSONAL | OFFICES):
        return False
    return after.kind in _NAME or (surname not in _VERBS and len(after.text) == 2)
