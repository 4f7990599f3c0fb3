"""Credits: the lines around a body that say who wrote it, where it first stood, and when."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from service.intake.dates import without_dates, written_date
from service.intake.furniture import is_navigation
from service.intake.titles import bare

_SOURCE_LABEL = r"(?:信息|文章|稿件|消息|新闻|内容|本文|图文|资料|作品)?(?:来\s*源(?:于)?|來\s*源)|稿\s*源|出\s*[处處]|发布(?:机构|单位|部门)|發[佈布](?:機構|單位)|信息提供|供稿(?:单位|部门)|发稿单位|转自|转载自"
_AUTHOR_LABEL = r"(?:作\s*者|撰\s*文|撰\s*稿(?:人)?|执\s*笔|執\s*筆|供\s*稿(?:人|者)?|(?:本报)?通讯员|通訊員|(?:本报|实习|特约|见习)?[记記]\s*者|文字|录入者?|发布(?:人|者)|發布者|发布员|原创作者|文\s*[/／]\s*图|图\s*[/／]\s*文|文(?!\s*[/／]\s*图))"
_OTHER_LABEL = (
    r"(?:发布|發佈|發布|发表|發表|更新|刊发|成文|发文|发稿|创建|上传|录入|添加|编辑|公开|公告|發稿)?(?:时间|時間|日期)|时\s*间|日\s*期|(?:责任|責任|本文|网络|新闻|值班)?编\s*辑|編輯|责\s*编|"
    r"浏览(?:次数|量|数|人数)?|瀏覽(?:次數|人次)?|点击(?:数|量|率|次数)?|點閱(?:數|次數)?|阅读(?:次数|量|数)?|访问(?:次数|量)?|访问|字号|字號|字体(?:大小)?|字體|打印|分享|人气|人氣|审核(?:人)?|审稿|校对|签发|摄影|图片|收藏|关闭|纠错|评论(?:数)?|"
    r"大小|栏目|分类|所属|标签|关键[字词]|地点|視力保護色|视力保护色|语音播报|索引号|文号|发布于"
)
_LABELS = re.compile(rf"{_SOURCE_LABEL}|{_AUTHOR_LABEL}(?=\s*[:：/／丨|｜])|{_OTHER_LABEL}|By\b|Source\b|Author\b")
_STOP = rf"(?=\s{{2,}}|[\t\n\u3000]|\s*(?:[|｜丨\[【(（）)】]|$)|\s*(?:{_SOURCE_LABEL}|{_AUTHOR_LABEL}|{_OTHER_LABEL})\s*[:：]|\s*(?:19|20)\d\d\s*[-年/.]|\s*\d{{1,2}}:\d\d|\s+(?:举报|打印|收藏|字号|大|小|浏览|点击|阅读|关闭)(?:\W|$))"
_VALUE = (
    rf"(?!(?:{_SOURCE_LABEL}|{_AUTHOR_LABEL}|{_OTHER_LABEL})\s*[:：])"
    + r"(?P<name>[^\s:：|｜丨()（）\[\]【】<>，,。；;][^\n:：|｜()（）【】]{0,40}?)"
)
_SOURCE = re.compile(rf"(?:{_SOURCE_LABEL})\s*(?:[:：丨|｜]\s*|(?<=来源于)){_VALUE}{_STOP}")
_AUTHOR = re.compile(rf"(?:作\s*者|(?<![\u4e00-\u9fff]){_AUTHOR_LABEL})\s*[:：/／丨|｜]\s*{_VALUE}{_STOP}")
_REPORTER = re.compile(
    r"^(?:\S{0,12}?(?:记者|記者|评论员|评论员))[\s\u3000:：]+(?P<name>[\u4e00-\u9fff·]{2,6}(?:[\s\u3000、]+[\u4e00-\u9fff·]{2,4}){0,4})(?=\s|$|）|\))"
    r"|[（(【][^（(）)]{0,14}?(?:记者|記者)[\s\u3000:：]*(?P<inner>[\u4e00-\u9fff·]{2,4}(?:[\s\u3000、]+[\u4e00-\u9fff·]{2,4}){0,4})(?:\s*通讯员[^（）]{0,30}|\s*(?:整合|报道|摄))?[）)】]"
)
_ENGLISH_AUTHOR = re.compile(
    r"^\s*(?:by|written by|author:?)\s+(?P<name>[A-ZÀ-Þ][\w.'’-]+(?:,?\s+(?:and\s+|&\s+|de\s+|van\s+|von\s+)?[A-ZÀ-Þ][\w.'’-]*){0,7})",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"\s*(?:(?:first )?(?:published|updated|posted|created|last (?:updated|modified))\b.{0,80}|by [A-Z].{0,80}|written by.{0,60}|.{0,40}\bmin(?:ute)?s? read\b.{0,20})",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b\d{1,2}:\d{2}(?::\d{2})?\b|\b(?:[ap]\.?m\.?|[A-Z]{2,4}|GMT|UTC|on|at|de|um|Uhr|às)\b|\b(?:Mon|Tues?|Wed(?:nes)?|Thur?s?|Fri|Satur|Sat|Sun)(?:day)?\b",
    re.IGNORECASE,
)
_SPACES = re.compile(r"\s{2,}")
_MARKS = re.compile(r"[\d\s:：|｜丨/\\\-—–年月日时分秒\[\]【】()（）.·+•,，、★☆]+")
_UNKNOWN = re.compile(
    r"\d[\d\-./:年月日时分\s]*|(?:未知|无|(?:最新)?(?:推荐)?(?:文章)?于?|发布|发表|转载|暂无|本站|原创|admin(?:istrator)?|管理员|系统管理员|网络|互联网|name|匿名|编辑|sina_mobile|https?:.*|(?:星期|周|週)[一二三四五六日天]|北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|.*[\w.]+@[\w.]+.*|.*登录.*|次|大|中|小)",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(r"(?:报|報|网|網|社|台|刊|新闻|新聞|频道|在线|局|委|办|部|院|校|会|會|中心|公司|集团)$")
_ROLE = re.compile(r".*(?:作者|评论员|評論員|记者|記者|研究员|研究員|编辑|編輯|教授)\s*(?=[\u4e00-\u9fff·]{2,4}$)")
_LATER = re.compile(r"更新|修[改订訂]|推荐|推薦|编辑于|updated|modified", re.IGNORECASE)
_DATE_LABEL = re.compile(
    r"^\W*(?:(?:发布|發佈|發布|发表|發表|发稿|上传|添加)?(?:时间|時間|日期)\s*[:：]|发布于|發佈於|发表于|posted\b|published\b)",
    re.IGNORECASE,
)
_POSTED = re.compile(
    r"^(?:由\s*(?P<by>\S{1,20}?)\s*(?:[发發][布佈表]\s*)?[于於]\s*|(?P<name>\S{2,20})\s+[于於]\s+)(?=(?:19|20)\d\d\D)"
)
_POSTED_BY = re.compile(
    r"(?:posted\s*(?:@|on)?|发表于|發表於|发布于)\s*(?:19|20)\d\d[-/年.]\d{1,2}[-/月.]\d{1,2}日?\s+\d{1,2}:\d\d(?::\d\d)?\s+"
    r"(?P<name>\S{2,20})\s+(?:阅读|閱讀|浏览|评论|views\b)",
    re.IGNORECASE,
)
_IN_TEXT = re.compile(
    r"[（(【](?:本文)?(?:图文|文图|文\s*[/／、]\s*图|图\s*[/／、]\s*文|文|执笔|撰文|作者|通讯员)\s*[/／:：\s]\s*(?P<wrote>[^（()）】，。\d]{2,40})[)）】]"
    r"|[（(【][^（(）)]{0,14}?(?:记者|記者)[\s\u3000:：]*(?P<reported>[\u4e00-\u9fff·]{2,4}(?:[\s\u3000、]+[\u4e00-\u9fff·]{2,4}){0,4})(?:\s*通[讯訊][员員][^（）]{0,30}|\s*(?:整合|报道|報道|報導|综合报道))?[）)】]"
    r"|(?:中央社|中通社)?(?:记者|記者)\s*(?P<wired>[\u4e00-\u9fff·]{2,4}?)(?:\s*[／/]\s*\S{2,6}[报報][道導]|[\u4e00-\u9fff]{2,4}\d{1,2}日(?:[专專综綜]合?)?[电電])"
)
"""How a text itself says who wrote it: `（文/图 某某）`, `（记者 某某）`, `記者某某／台北報導`, `（中央社記者某某台北3日電）`."""
_NO_NAME = re.compile(r"(?:本[报報刊台]|[实實][习習])?[记記]者|(?:published|updated|posted|by)\b", re.IGNORECASE)
_LONGEST = 160  # characters
_NAMES = 16  # characters of a name that stands alone


_EDITOR = re.compile(r"(?:责任编辑|责编|编辑|責任編輯)\s*[:：]\s*(?P<name>[\u4e00-\u9fff·]{2,4})")
_SIGNED = re.compile(r"[（(](?P<name>[\u4e00-\u9fff·]{2,4}(?:[\s\u3000、][\u4e00-\u9fff·]{2,4}){0,3})[）)]\s*$")


class Credits(NamedTuple):
    source: str | None = None
    author: str | None = None
    published: str | None = None

    def or_else(self, other: "Credits") -> "Credits":
        return Credits(*(mine or theirs for mine, theirs in zip(self, other, strict=True)))


def read_credits(line: str, *, chinese: bool) -> Credits:
    """What one line says, such as `来源: 枫林分校 时间: 2023-12-26 10:10`."""
    if len(line) > _LONGEST:
        return Credits()
    source = _SOURCE.search(line)
    author = _AUTHOR.search(line) or _ENGLISH_AUTHOR.match(line)
    return Credits(
        name(source["name"]) if source else None,
        name(author["name"]) if author else None,
        written_date(line, chinese=chinese),
    )


def gather(lines: Iterable[str], *, title: str, chinese: bool, site: str | None = None) -> Credits:
    """What several lines say together. A name beside the date is the source where no line says `来源`.

    A name on the line before the date is less sure than `site`, what the page's head says of its site.
    """
    found, beside = Credits(), Credits()
    key = bare(title)
    waiting, previous = "", ""
    for line in lines:
        line = waiting + _SPACES.sub("  ", line.strip())
        if key and bare(line) == key:
            previous = ""
            continue
        waiting = line + " " if re.fullmatch(rf".{{0,80}}(?:{_SOURCE_LABEL}|{_AUTHOR_LABEL})\s*[:：]", line) else ""
        here = read_credits(line, chinese=chinese)
        if reporter := _REPORTER.search(line):
            here = here.or_else(Credits(author=name(reporter["name"] or reporter["inner"])))
        if here.published and len(line) < 60:
            if posted := _POSTED.match(line):
                here = here.or_else(Credits(author=name(posted["by"] or posted["name"])))
            else:
                beside = beside.or_else(_beside_date(line) or Credits(source=site or previous or None))
        elif _DATE_LABEL.match(line):  # a date without its year
            beside = beside.or_else(Credits(source=previous or None))
        if here.published and _LATER.search(line):
            beside = beside.or_else(Credits(published=here.published))
            here = here._replace(published=None)
        found = found.or_else(here)
        if (
            "/" in line
            and not found.author
            and len(parts := line.split("/")) == 2
            and all(_is_name(part) for part in parts)
        ):
            beside = beside.or_else(Credits(parts[1].strip(), parts[0].strip()))
        if _is_name(line):
            previous = line
        elif line.strip().isdecimal():  # what stood before it was the label of a counter
            previous = ""
    return found.or_else(beside)


def _beside_date(line: str) -> Credits | None:
    """The names that stand in a line with its date: an organisation is the source, several people are the authors."""
    rest = _LABELS.split(without_dates(line))
    names = [part for piece in rest[:1] for part in re.split(r"\s+|[·|｜]", piece.strip(" \t·|/")) if _is_name(part)]
    if not names:
        return None
    source = next((one for one in names if _ORGANISATION.search(one)), names[0] if len(names) < 3 else None)
    people = [one for one in names if one != source and len(one) <= 5]
    return Credits(source=source, author=" ".join(people) or None)


def is_credits(line: str) -> bool:
    """Whether a line holds credits and nothing that belongs to a body."""
    if not line or len(line) > _LONGEST or line.rstrip()[-1] in "。！？；" or "。" in line:
        return False
    if _ENGLISH.fullmatch(line) and (written_date(line, chinese=False) or len(line.split()) <= 8):
        return True
    dated = written_date(line, chinese=True) is not None
    labels = len(_LABELS.findall(line))
    rest = _MARKS.sub("", _CLOCK.sub("", _LABELS.sub("", line)))
    labelled = re.match(rf"\W*(?:{_SOURCE_LABEL}|{_AUTHOR_LABEL}|{_OTHER_LABEL})\s*(?:[:：丨|｜]|$)", line)
    if labels and (dated or labels >= 2 or labelled):
        return len(rest) <= 40
    return dated and (len(rest) <= 16 or (rest.isascii() and len(line) <= 60))


def name(text: str | None) -> str | None:
    """A name as it stands in credits, or None where it names nobody."""
    if not text:
        return None
    text = re.sub(rf"^(?:{_SOURCE_LABEL}|{_AUTHOR_LABEL})\s*[:：]\s*", "", text.strip())
    text = _ROLE.sub("", " ".join(text.strip(" \u3000|｜丨/\\-—_:：\"'”“’").split()))
    text = re.sub(r"\s+(?:整合|[综綜]合(?:[报報][道導])?|[报報][道導]|[编編][译譯]|[摄攝])$", "", text)
    return None if not text or _UNKNOWN.fullmatch(text) else text


def _is_name(text: str) -> bool:
    text = text.strip()
    return (
        2 <= len(text) <= _NAMES
        and text[-1] not in "于於"
        and not text.startswith(("来自", "來自"))
        and not _NO_NAME.match(text)
        and not is_navigation(text)
        and not _LABELS.search(text)
        and not re.search(r"[\d。！？；：:,，+>»《》“”\"]", text)
        and name(text) is not None
    )


def editor(lines: Iterable[str]) -> str | None:
    """Who edited, by `责任编辑`: metadata often gives that name as the author's."""
    return next((found["name"] for line in lines if (found := _EDITOR.search(line))), None)


def written_by(text: str) -> str | None:
    """The name that a passage at the start or the end of a text gives in brackets or before `报道`."""
    found = _IN_TEXT.search(text)
    return name(found["wrote"] or found["reported"] or found["wired"]) if found else None


def dated_later(lines: Iterable[str], *, chinese: bool) -> str | None:
    """The date that a line after the body gives with its label, such as `时间：…` or `posted @ …`."""
    labelled = (line for line in lines if _DATE_LABEL.search(line) and not _LATER.search(line))
    return next((date for line in labelled if (date := written_date(line, chinese=chinese))), None)


def posted_later(lines: Iterable[str]) -> str | None:
    """The name that a line after the body gives behind its date: `posted @ 2024-05-09 14:45 某人 阅读(430)`."""
    found = (_POSTED_BY.match(line) for line in lines)
    return next((posted["name"] for posted in found if posted), None)


def signature(text: str) -> str | None:
    """The name in brackets that ends a text."""
    found = _SIGNED.search(text)
    return found["name"] if found else None
