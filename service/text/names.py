"""Names of people: the surnames that are read otherwise than the same character elsewhere."""

from collections.abc import Iterator, Sequence

from service.text.segmentation import Token

SURNAMES = {
    "曾": "zeng1", "单": "shan4", "仇": "qiu2", "解": "xie4", "朴": "piao2", "任": "ren2", "华": "hua4", "区": "ou1",
    "查": "zha1", "盖": "ge3", "覃": "qin2", "翟": "zhai2", "员": "yun4", "盛": "sheng4", "应": "ying1", "种": "chong2",
    "谌": "chen2", "折": "she2", "郗": "chi1", "阚": "kan4", "冼": "xian3", "逄": "pang2", "宓": "mi4", "乜": "nie4",
}  # fmt: skip
PERSONAL = frozenset(
    {
        "先生", "女士", "小姐", "太太", "夫人", "老师", "师傅", "同志", "同学", "大爷", "大妈", "大娘", "阿姨", "叔叔",
        "奶奶", "爷爷", "某", "某某", "氏",
    }
)  # fmt: skip
OFFICES = frozenset(
    {
        "教授", "博士", "医生", "大夫", "律师", "法官", "警官", "书记", "主席", "主任", "部长", "厅长", "局长", "处长",
        "科长", "院长", "校长", "所长", "会长", "市长", "省长", "县长", "区长", "镇长", "乡长", "村长", "队长", "组长",
        "经理", "总经理", "董事长", "秘书长", "主编", "教练", "导演", "将军", "司令", "院士", "总", "董", "工",
    }
)  # fmt: skip
_FAMILIAR = ("老", "小", "姓")
_MIDDLE_DOTS = ("·", "•", "‧")
_VERBS = ("任", "应")
"""Before an office these are more often the verb: 任校长, 应校长之邀."""


def surnames(text: str, divided: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """The places of surnames and their readings, where the text is about a person.

    That is a word that jieba holds for a person's name (曾国藩), a surname before a title (曾先生, 单某某) or after
    老, 小 or 姓 (老曾). A part of a foreign name (查理·布朗) is none.
    """
    for number, token in enumerate(divided):
        sound = SURNAMES.get(token.text[0])
        if sound is None:
            continue
        end = token.start + len(token.text)
        if text[end : end + 1] in _MIDDLE_DOTS or text[: token.start].endswith(_MIDDLE_DOTS):
            continue
        if len(token.text) > 1:
            person = token.kind == "nr" and len(token.text) < 5
        else:
            after = divided[number + 1].text if number + 1 < len(divided) else ""
            before = divided[number - 1].text if number else ""
            office = after in OFFICES and token.text not in _VERBS
            person = office or after in PERSONAL or before in _FAMILIAR
        if person:
            yield token.start, sound
