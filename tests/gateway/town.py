"""The site of a town that does not exist: 200 pages as a plain CMS of twenty years makes them, each known by its kind."""

import random
from collections.abc import Iterator, Sequence
from typing import Literal
from urllib.parse import quote

import msgspec

from tests.intake import pdfs

Kind = Literal["index", "article", "form", "moved"]

_PLACES = "柳溪镇 东河村 北岭社区 南塘村 西桥街 长堤社区 石井村 白杨路".split()
_TOPICS = [
    ("老年人免费体检", "六十五周岁以上的居民可以在家门口做一次全面检查，项目有血压、血糖和心电图，全部免费。"),
    ("道路夏季养护", "施工时间安排在夜间，白天照常通行，请司机按照路口的标志慢行，并且注意避让行人。"),
    ("社区食堂开放", "食堂每天供应三餐，菜单一周一换，行动不便的老人可以打电话，由志愿者送到家里。"),
    ("防汛应急演练", "演练分为预警、转移和安置三个环节，参加的有村干部、民兵和医护人员，共一百二十多人。"),
    ("图书馆延长开放", "从下个月起，图书馆周末开放到晚上九点，自习座位可以提前一天预约，迟到半小时自动取消。"),
    ("高龄津贴发放", "津贴每季度发放一次，直接打入本人的银行卡，不需要重复申请，也没有任何手续费用。"),
    ("垃圾分类宣传", "志愿者挨家挨户发放分类手册，并且在小区门口设了咨询点，回答居民提出的各种问题。"),
    ("春季植树活动", "今年计划种下三千棵树，以香樟和银杏为主，沿河两岸各种一排，由各单位分段负责养护。"),
]
_DETAILS = [
    "有关负责人介绍，这项工作已经列入今年的民生实事，资金和人员都已经落实。",
    "居民王阿姨说，以前要走很远的路，现在下楼就能办，心里特别踏实。",
    "下一步，镇里将继续听取大家的意见，把好事办好，把实事办实。",
    "如果遇到困难，可以到便民服务中心二楼窗口咨询，也可以拨打公示的电话。",
    "为了保证安全，现场安排了医护人员值守，并且准备了饮用水和防暑药品。",
]
COLUMNS = {"news": "镇情要闻", "notice": "通知公告", "affairs": "政务公开", "life": "便民生活", "culture": "文化体育"}
_ARTICLES = 36  # of each column
_A_PAGE = 12


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """`words` stand in what a reader of the page must find; those of an article stand on no other page.

    Of a page that has moved `body` is where to. `links` are the addresses that a reader must be able to follow.
    """

    path: str
    kind: Kind
    title: str
    body: bytes
    media_type: str = "text/html"
    words: tuple[str, ...] = ()


def pages(home: str, elsewhere: str) -> dict[str, Page]:
    """Every page by its path and query; `home` is the site's origin, `elsewhere` that of another site."""
    return {page.path: page for page in _made(home, elsewhere)}


def _made(home: str, elsewhere: str) -> Iterator[Page]:
    chance = random.Random(7)
    titles = {column: [_title(chance, n) for n in range(1, _ARTICLES + 1)] for column in COLUMNS}
    for column in COLUMNS:
        for n in range(1, _ARTICLES + 1):
            yield _article(chance, column, n, titles[column], home, elsewhere)
            if column == "culture":
                yield Page(path=f"/go.asp?id={n}", kind="moved", title="", body=address(column, n).encode())
        yield from _lists(column, titles[column], home)
    urgent = "".join(_item("notice", n, titles["notice"][n - 1], home) for n in (1, 2, 3))
    kind = quote("停水停电", encoding="gb2312")
    listing = f'<div class="list"><h2>停水停电</h2><ul>{urgent}</ul></div>'
    yield _page(
        f"/notice/list.asp?lb={kind}", "index", "停水停电", listing, words=(titles["notice"][2],), encoding="gb2312"
    )
    yield _page("/", "index", "柳溪镇人民政府", _home(titles, home, elsewhere), words=tuple(COLUMNS.values()))
    yield _page("/bianmin/", "index", "便民服务", _hub(), words=("用户登录", "镇长信箱", "高级检索", "镇情月报"))
    yield _page("/yuebao/", "index", "镇情月报", _reports(), words=("第1期", "第3期"))
    yield _page("/hudong/xinxiang.asp", "form", "镇长信箱", _letter())
    yield _page("/user/login.asp", "form", "用户登录", _login())
    yield _page("/search/", "form", "高级检索", _search())
    for n in range(1, 4):
        lines = [
            f"2024年第{n}期镇情月报",
            f"本期是第{n}期月报，共登载柳溪镇各村消息{n + 3}条。",
            "请各村在公告栏张贴。",
        ]
        sheet = pdfs.Page(
            [pdfs.Set(72, 760 - 40 * place, 24 if place == 0 else 14, text) for place, text in enumerate(lines)]
        )
        body = pdfs.pdf([sheet], title=lines[0])
        path = f"/yuebao/{n}.pdf"
        yield Page(
            path=path, kind="article", title=lines[0], body=body, media_type="application/pdf", words=(lines[1],)
        )


def address(column: str, n: int) -> str:
    """Path and query of an article, as the CMS behind its column writes them."""
    match column:
        case "news":
            return f"/news/2024/{n:04}.shtml"
        case "notice":
            return f"/notice/show.asp?cid=2&id={n}"
        case "affairs":
            return f"/affairs/2024{n % 12 + 1:02}/t2024{n % 12 + 1:02}11_{1000 + n}.html"
        case "life":
            return f"/life/{n}/"
        case _:
            return f"/culture/%CE%C4%BB%AF/{n}.html"  # 文化 in GBK


def list_address(column: str, number: int) -> str:
    """Path and query of a column's list, from page 1 on."""
    if column == "notice":
        return f"/notice/list.asp?page={number}" if number > 1 else "/notice/list.asp"
    return f"/{column}/" if number == 1 else f"/{column}/index_{number - 1}.html"


def _title(chance: random.Random, n: int) -> str:
    topic, _ = chance.choice(_TOPICS)
    return chance.choice(
        [f"{chance.choice(_PLACES)}{topic}（第{n}号）", f"关于做好{topic}工作的通知（{n}）", f"{topic}第{n}次"]
    )


def _article(chance: random.Random, column: str, n: int, titles: Sequence[str], home: str, elsewhere: str) -> Page:
    title = titles[n - 1]
    mark = f"本文登记在《{COLUMNS[column]}》第{n}号。"
    _, fact = chance.choice(_TOPICS)
    details = chance.sample(_DETAILS, 3)
    paragraphs = [f"{title}有了新进展。{fact}", *details, mark] if n % 9 else [f"{fact}{mark}"]
    if n % 7 == 0:
        paragraphs.append(
            f'相关内容见<a href="{elsewhere}/paper/{n}.html">县报的报道</a>，原件见<a href="/yuebao/1.pdf">镇情月报</a>。'
        )
    if n % 5 == 0:
        paragraphs.append(
            f'可以参看<A HREF=" {home.upper()}{address("news", n)}#top ">镇里的消息</A>，或者<a href="/files/{n}.doc">下载表格</a>。'
        )
    near = [f'上一篇：<a href="{address(column, n - 1)}">{titles[n - 2]}</a>' if n > 1 else "上一篇：没有了"]
    near += [f'下一篇：<a href="{address(column, n + 1)}">{titles[n]}</a>' if n < len(titles) else "下一篇：没有了"]
    date = f"2024-{n % 12 + 1:02}-11"
    body = _LAYOUTS[column](title, date, paragraphs, near)
    return _page(
        address(column, n), "article", title, body, words=(title, mark), encoding=_ENCODINGS.get(column, "utf-8")
    )


def _modern(title: str, date: str, paragraphs: Sequence[str], near: Sequence[str]) -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<div class="crumbs"><a href="/">首页</a> &gt; <a href="/news/">镇情要闻</a></div><article><h1>{title}</h1>
<p class="meta">来源：柳溪镇融媒体中心 发布时间：{date} 09:30 浏览次数：<span id="hits"></span></p>
<div class="article-content">{text}</div></article><div class="prevnext">{"<br>".join(near)}</div>
<aside class="hot"><h3>热门排行</h3><ul><li><a href="/news/2024/0001.shtml">看看大家都在读什么样的新闻</a></li></ul></aside>"""


def _table(title: str, date: str, paragraphs: Sequence[str], near: Sequence[str]) -> str:
    text = "<br>".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{paragraph}<br>" for paragraph in paragraphs)
    return f"""<table width="980" align="center"><tr><td width="200" valign="top"><table><tr><td><b>站内导航</b></td></tr>
<tr><td><a href="/notice/list.asp">通知公告</a></td></tr><tr><td><a href="../bianmin/">便民服务</a></td></tr></table></td>
<td valign="top"><table width="100%"><tr><td align="center"><font size="5" color="#cc0000"><b>{title}</b></font></td></tr>
<tr><td align="center">发布单位：柳溪镇党政办 时间：{date} 点击：128</td></tr>
<tr><td><font size="3">{text}</font></td></tr><tr><td>{"　".join(near)}</td></tr>
<tr><td align="right"><a href="javascript:window.print()">打印</a> <a href="javascript:window.close()">关闭</a></td></tr>
</table></td></tr></table>"""


def _trs(title: str, date: str, paragraphs: Sequence[str], near: Sequence[str]) -> str:
    text = "".join(f'<p style="text-indent:2em">{paragraph}</p>' for paragraph in paragraphs)
    return f"""<div class="xl-weizhi">您的位置：<a href="../../">首页</a> &gt; <a href="../">政务公开</a></div>
<div class="main"><div class="xl-title">{title}</div><div class="xl-info"><span>来源：柳溪镇人民政府</span><span>时间：{date}</span></div>
<div class="TRS_Editor">{text}</div><div class="shangxia">{"<br/>".join(near)}</div></div>"""


def _based(title: str, date: str, paragraphs: Sequence[str], near: Sequence[str]) -> str:
    text = "".join(f"<div>{paragraph}</div>" for paragraph in paragraphs)
    return f"""<div id="wrap"><h2 class="tit">{title}</h2><h5>作者：李明 {date}</h5><div id="zoom">{text}</div>
<div class="pages">{"".join(near)}</div></div>"""


_LAYOUTS = {"news": _modern, "notice": _table, "affairs": _trs, "life": _based, "culture": _trs}
_ENCODINGS = {"notice": "gb2312"}


def _lists(column: str, titles: Sequence[str], home: str) -> Iterator[Page]:
    count = -(-len(titles) // _A_PAGE)
    for number in range(1, count + 1):
        inside = range((number - 1) * _A_PAGE + 1, min(number * _A_PAGE, len(titles)) + 1)
        items = "".join(_item(column, n, titles[n - 1], home) for n in inside)
        turns = [
            f'<a href="{list_address(column, to).rpartition("/")[2] or "./"}">{name}</a>'
            for name, to in (("首页", 1), ("上一页", number - 1), ("下一页", number + 1), ("尾页", count))
            if 1 <= to <= count
        ]
        name = COLUMNS[column]
        kinds = '<p>分类：<a href="list.asp?lb=停水停电">停水停电</a></p>' if column == "notice" else ""
        body = f"""<div class="position">当前位置：<a href="/">首页</a> &gt; {name}</div><div class="list"><h2>{name}</h2>
{kinds}<ul>{items}</ul><div class="fanye">共{len(titles)}条 {number}/{count}页 {" ".join(turns)}</div></div>"""
        words = tuple(titles[n - 1] for n in inside)
        yield _page(
            list_address(column, number), "index", name, body, words=words, encoding=_ENCODINGS.get(column, "utf-8")
        )


def _item(column: str, n: int, title: str, home: str) -> str:
    path, date = address(column, n), f"2024-{n % 12 + 1:02}-11"
    if column == "news":
        return f'<li><h3><a href="{path}">{title}</a></h3><p>{_TOPICS[n % len(_TOPICS)][1]}</p><span>{date}</span></li>'
    if column == "affairs":
        path = "." + path.removeprefix("/affairs")
    elif column == "notice":
        path = path.replace("&", "&amp;").rpartition("/")[2]
    elif column == "life":
        path = home.partition(":")[2] + path
    elif n % 2:
        path = f"/go.asp?id={n}"
    return f'<li><a href="{path}" target="_blank" title="{title}">{title}</a><span>[{date}]</span></li>'


def _home(titles: dict[str, list[str]], home: str, elsewhere: str) -> str:
    boxes = "".join(
        f"""<div class="box"><h2>{name} <a href="{list_address(column, 1)}">更多&gt;&gt;</a></h2><ul>"""
        + "".join(f'<li><a href="{address(column, n)}">{titles[column][n - 1]}</a></li>' for n in range(1, 7))
        + "</ul></div>"
        for column, name in COLUMNS.items()
    )
    return f"""<div class="welcome">柳溪镇位于城南，下辖十二个村、三个社区，全镇共有四万三千人，是远近闻名的花木之乡、书画之乡。
这里山清水秀，交通方便，历史上出过许多读书人；如今，一批新的工厂、学校和医院正在建设，欢迎各地的朋友前来做客。</div>{boxes}
<div class="links">友情链接：<a href="{elsewhere}/">县人民政府</a> <a href="{elsewhere}/paper/">县报</a></div>
<p><a href="javascript:void(0)">设为首页</a> <a href="mailto:liuxi@town.example">联系我们</a> <a href="#">返回顶部</a></p>"""


def _hub() -> str:
    ways = {
        "/user/login.asp": "用户登录",
        "/hudong/xinxiang.asp": "镇长信箱",
        "/search/": "高级检索",
        "/yuebao/": "镇情月报",
    }
    links = "".join(
        f'<li><a href="{path}"><img src="/images/icon.png" alt="">{name}</a></li>' for path, name in ways.items()
    )
    return f'<div class="hub"><h2>便民服务</h2><ul>{links}</ul></div>'


def _reports() -> str:
    links = "".join(f'<li><a href="{n}.pdf">2024年第{n}期镇情月报</a> 2024-0{n}-28</li>' for n in range(1, 4))
    return f'<div class="list"><h2>镇情月报</h2><ul>{links}</ul></div>'


def _letter() -> str:
    return """<h1>镇长信箱</h1><form action="/hudong/save.asp" method="post"><p>来信须知：请写明真实的姓名和电话，以便我们答复。</p>
<label>姓名 <input name="name"></label><label>电话 <input type="tel" name="phone"></label><textarea name="text"></textarea>
<button>提交</button></form>"""


def _login() -> str:
    return """<div class="login"><h2>用户登录</h2><form method="post"><input name="user" placeholder="用户名">
<input type="password" name="secret"><input type="submit" value="登录"></form><a href="/user/reg.asp">注册</a></div>"""


def _search() -> str:
    return """<div class="box"><h2>高级检索</h2><form action="/search/result.asp"><input name="q"><select name="column"><option>全部</option>
</select><input type="date" name="from"><input type="date" name="to"><button>检索</button></form></div>"""


def _page(
    path: str, kind: Kind, title: str, body: str, *, words: tuple[str, ...] = (), encoding: str = "utf-8"
) -> Page:
    menu = "".join(f'<a href="{list_address(column, 1)}">{name}</a>' for column, name in COLUMNS.items())
    base = '<base href="/life/">' if path.startswith("/life/") else ""
    whole = title if path == "/" else f"{title}-柳溪镇人民政府"
    html = f"""<!DOCTYPE html><html><head><meta charset="{encoding}">{base}<title>{whole}</title></head><body>
<div class="header"><a href="/"><img src="/images/logo.png" alt="柳溪镇人民政府"></a>
<form class="search" action="/search/result.asp"><input name="q"><input name="t" type="hidden"><button>搜索</button></form></div>
<div class="nav"><a href="/">首页</a>{menu}<a href="/bianmin/">便民服务</a></div>
<div class="w1200">{body}</div>
<div class="footer">主办单位：柳溪镇人民政府 地址：柳溪镇府前街1号 电话：0000-2222222 备案号：ICP备00000001号</div></body></html>"""
    return Page(path=path, kind=kind, title=title, body=html.encode(encoding, "xmlcharrefreplace"), words=words)
