"""Credits: the lines around a body that say who wrote it, where it first stood, and when."""

import re
from typing import NamedTuple

from service.intake.dates import written_date

_NAME = r"[^\s:：|｜丨()（）\[\]【】<>《》，,。；;]"
_END = r"(?=\s{2,}|\s*(?:[|｜丨/]|$|[\[【(（]|(?:来源|來源|作者|记者|記者|编辑|編輯|责任编辑|責任編輯|发布|發佈|發布|时间|時間|日期|浏览|瀏覽|点击|點擊|阅读|閱讀|字号|字體|字体|审核|供稿|摄影|通讯员|文字|图片|撰稿|分享|打印)[^\n]{0,6}[:：]|(?:19|20)\d\d[-年/.]|\u3000))"
_SOURCE = re.compile(
    rf"(?:信息来源|信息來源|文章来源|稿件来源|消息来源|新闻来源|内容来源|本文来源|来源|來源|稿源|出处|出處|发布机构|发布单位|信息提供|供稿单位|发布部门|发布者单位|转自|文章出处)\s*[:：丨|｜]\s*(?P<name>{_NAME}(?:(?!\s{{2,}}).){{0,40}}?){_END}"
)
_AUTHOR = re.compile(
    rf"(?:作\s*者|撰\s*文|撰\s*稿|供\s*稿|通讯员|通訊員|本报记者|实习记者|记\s*者|記\s*者|文|录入者|发布人|發布者|发布者)\s*[:：/丨|｜]\s*(?P<name>{_NAME}(?:(?!\s{{2,}}).){{0,30}}?){_END}"
)
_ENGLISH_AUTHOR = re.compile(r"^by\s+(?P<name>[A-Z][\w.'’-]+(?:\s+(?:and\s+)?[A-Z][\w.'’-]+){0,5})", re.IGNORECASE)
_ENGLISH = re.compile(
    r"\s*(?:(?:first )?(?:published|updated|posted|created|last (?:updated|modified))\b.{0,80}|by [A-Z].{0,80}|written by.{0,60}|.{0,40}\bmin(?:ute)?s? read\b.{0,20})", re.IGNORECASE
)
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?\b|\b(?:[ap]\.?m\.?|[A-Z]{2,4}|GMT|UTC|on|at|de|um|Uhr|às)\b|\b(?:Mon|Tues?|Wed(?:nes)?|Thur?s?|Fri|Satur|Sat|Sun)(?:day)?\b", re.IGNORECASE)
_LABELS = re.compile(
    r"(?:信息|文章|稿件|消息|新闻|内容|本文)?(?:来源|來源|稿源)|作\s*者|(?:发布|發佈|發布|发表|發表|更新|刊发|成文|发文|发稿|创建|上传)?(?:时间|時間|日期)|(?:责任|責任)?(?:编辑|編輯)|责编|"
    r"浏览(?:次数|量)?|点击(?:数|量|率|次数)?|阅读(?:次数|量|数)?|访问(?:次数|量)?|字号|字体|字體|打印|分享|人气|审核|供稿|发布(?:人|者|机构|单位|部门)|收藏|关闭|纠错|评论"
)


class Credits(NamedTuple):
    source: str | None = None
    author: str | None = None
    published: str | None = None


def read_credits(line: str, *, chinese: bool) -> Credits:
    """What one line says, such as `来源: 枫林分校 时间: 2023-12-26 10:10`."""
    source, author = _SOURCE.search(line), _AUTHOR.search(line) or _ENGLISH_AUTHOR.search(line)
    return Credits(
        _name(source["name"]) if source else None,
        _name(author["name"]) if author else None,
        written_date(line, chinese=chinese),
    )


def is_credits(line: str) -> bool:
    """Whether a line holds credits and nothing that belongs to a body."""
    if len(line) > 160 or not line:
        return False
    if _ENGLISH.fullmatch(line) and written_date(line, chinese=False) is not None or (_ENGLISH.fullmatch(line) and len(line.split()) <= 8):
        return True
    labels = len(_LABELS.findall(line))
    dated = written_date(line, chinese=True) is not None
    if line.rstrip()[-1] in "。！？；" or "。" in line:
        return False
    rest = _LABELS.sub("", line)
    rest = _CLOCK.sub("", rest)
    rest = re.sub(r"[\d\s:：|｜丨/\-年月日时分秒\[\]【】()（）.·+]", "", rest)
    if labels and (
        dated
        or labels >= 2
        or line.lstrip().startswith(("来源", "來源", "作者", "时间", "发布", "编辑", "信息来源", "稿源", "文章来源"))
    ):
        return len(rest) <= 40
    return dated and (len(rest) <= 16 or (rest.isascii() and len(line) <= 60))


def _name(name: str) -> str | None:
    name = name.strip(" \u3000|｜丨/\\-—_:：\"'”“’")
    return name or None
