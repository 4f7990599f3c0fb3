"""Furniture: lines of a page that belong to the site and not to the article."""

import re

_NAVIGATION = re.compile(
    r"(?:[\[【（(<>»«|·•\s+_]*(?:只看(?:该作者|楼主|樓主)|倒序浏览|电梯直达|返回(?:首页|顶部|列表|上一页|搜狐.{0,8})?|首页|登录|注册|登陆|搜索|无障碍(?:浏览|阅读|版)?|長者專版|长者(?:专版|版|模式)|关怀版|适老化|公众号|微信|微博|小程序|客户端|手机版|"
    r"直播平台|网站地图|站点地图|联系我们|关于我们|设为首页|加入收藏|收藏本站|繁[体體]|简[体體]|English|EN|APP|RSS|分享(?:到.{0,8}|至.{0,8})?|打印(?:本页|正文|此页|本文)?|关闭(?:窗口|本页|此页)?|字[号號體体].{0,8}|"
    r"上一[篇页首條条].{0,80}|下一[篇页首條条].{0,80}|当前位置.{0,60}|您(?:现在|当前|所在)的?位置.{0,60}|首页\s*[>»].{0,60}|展开(?:全文)?|收起|点赞|收藏|评论|关注|举报|投诉|纠错|扫一扫.{0,20}|扫描二维码.{0,20}|目录|菜单|更多|朋友圈|微信好友|QQ空间|"
    r"Home|Menu|Search|Login|Log in|Sign in|Sign up|Subscribe|Share(?: this)?(?: on \w+| with .{0,20})?|Print|Tweet|Email|Facebook|Twitter|Skip to (?:main )?content|Read more|Get short URL|Read Later|Comments?|close|video|"
    r"back to top|like this:?|like loading\.*|next|prev(?:ious)?|save|more)[\]】）)|·•\s>]*)+",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"ICP备|ICP備|ICP证|公网安备|版权所有|版權所有|Copyright\b|©|\(c\)\s*(?:19|20)\d\d|All Rights Reserved|网站标识码|(?:主办|主管|承办|协办)单位\s*[:：].*[|｜]|"
    r"技术支持\s*[:：]|联系电话\s*[:：].*邮编|(?:地\s*址|地址)\s*[:：].*(?:电\s*话|邮编|传真|邮\s*箱)|违法和不良信息举报|Terms of (?:Use|Service)|Privacy Policy",
    re.IGNORECASE,
)
_ADVERT = re.compile(
    r"(?:-+\s*)?(?:advert(?:isement)?s?|广告|廣告|sponsored(?: links?| content)?|iklan|publicidade|publicité|anzeige|реклама|continue reading the main story|story continues(?: below)?.{0,20}|"
    r"article continues (?:below|after).{0,20}|this slideshow requires javascript\.?|media playback is unsupported on your device|您的浏览器.{0,20}不支持.{0,20}|您的浏览器暂时无法播放此视频\.?|"
    r"video loading|loading\.*|caption|image \d+ of \d+|back to gallery|view all \(\d+\)|see full gallery|tap (?:here )?to .{0,20}|播报文章|语音播报文章.{0,10}|阅读剩余全文.{0,4}|×)(?:\s*-+)?",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"[\[(（【\s]*(?:related|read (?:more|next|also|this)|also (?:read|on|see)|see also|more:|more on|don['’]t miss|watch|listen|subscribe|click here|sign up|get the|follow us|leggi anche|lees ook|lire aussi|lesen sie auch|leia (?:também|mais)|"
    r"read:|must read|recommended|download (?:the|our)|join our|for more|want more|new:|相关阅读|相关新闻|相关报道|推荐阅读|延伸阅读|更多阅读|點擊閱讀|更多新闻|更多资讯|点击下载|下载.{0,6}客户端)",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"(?:you (?:may|might) (?:also )?(?:like|be interested).{0,20}|related(?: (?:posts?|stor(?:y|ies)|articles?|topics?|content|news|links?|coverage|reading|video))?|(?:recommended|popular|trending|most (?:read|popular|viewed)|latest)(?: .{0,20})?|"
    r"more (?:in|from|on|stories|news|articles|about)\b.{0,40}|more|topics|tags?|read (?:more|next)|see also|explore further|don['’]t miss|tell us what you think.*|found the story interesting.*|"
    r"(?:places|organizations|people) in (?:the|this) story|newsletter.{0,30}|sign up (?:for|to).{0,40}|follow us.{0,20}|about the author|"
    r"(?:相关|相關|热门|熱門|推荐|推薦|延伸|更多|猜你喜欢|精彩|往期|最新|热点|你可能(?:还|也|感).{0,6}|您可能.{0,6}|你可能還想看|为您推荐|為你推薦)(?:阅读|閱讀|新闻|新聞|文章|推荐|推薦|内容|內容|资讯|資訊|链接|鏈接|信息|报道|報導|专题|回顾|评论|稿件|视频|图集|专栏|精选)?)\s*[:：.…>»]*",
    re.IGNORECASE,
)
_IDLE = re.compile(
    r"\W*(?:\d{1,6}\s*(?:次|人|条|赞)?|\d+ (?:comments?|shares?|views?)|责任编辑|責任編輯|(?:关键[字词]|關鍵字|标签|標籤|分类|分類|tags?|filed under|categories|posted in)\s*[:：].{0,100}|赞赏记录.{0,8}|扫描?二维码.{0,20}|长按.{0,20}二维码.{0,12}|"
    r"投诉举报|文章不错，点个赞吧|不喜欢|.{0,6}您此时的心情|阅读原文|阅读\s*\d+|在看\s*\d*|thanks for (?:reading|sharing).{0,20}|相关资讯请关注.{0,12})\W*",
    re.IGNORECASE,
)
_SHARING = re.compile(
    r"share(?: this)?(?: (?:on|via|with) .{1,20})?|tweet(?: this)?|(?:分享|转发|轉發)(?:到|至).{0,20}|pin it|email this.{0,12}|print this.{0,12}|like this:?|send us your.{0,30}|"
    r"(?:like|liked|enjoy|enjoyed|love|loved) (?:this|the|our) (?:story|article|post|content|read)\b.{0,60}|(?:喜欢|喜歡|觉得不错).{0,12}(?:分享|转发|轉發|点赞).{0,20}",
    re.IGNORECASE,
)
_LONGEST = 200  # characters


def is_navigation(line: str) -> bool:
    """Whether a line holds nothing but words of the site's own controls."""
    return bool(_NAVIGATION.fullmatch(line))


def is_footer(line: str) -> bool:
    """Whether a line is of a site's imprint."""
    return len(line) <= _LONGEST and bool(_FOOTER.search(line)) and "。" not in line[:-1]


def is_advert(line: str) -> bool:
    """Whether a line only marks an advertisement or a player that does not work here."""
    return bool(_ADVERT.fullmatch(line))


def leads_elsewhere(line: str) -> bool:
    """Whether a line of links sends the reader to another article, or is shouted."""
    return bool(_ELSEWHERE.match(line)) or (len(line) > 12 and line.upper() == line != line.lower())


def opens_related(line: str) -> bool:
    """Whether a line is the heading of a list of other articles."""
    return bool(_RELATED.fullmatch(line))


def is_sharing(line: str) -> bool:
    """Whether a line is a button that passes the article on."""
    return bool(_SHARING.fullmatch(line))


def is_idle(line: str) -> bool:
    """Whether a line at the end of a body is a counter, a list of tags or a label without anything after it."""
    return bool(_IDLE.fullmatch(line))
