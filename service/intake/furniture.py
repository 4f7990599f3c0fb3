"""Furniture: lines of a page that belong to the site and not to the article."""

import re

_NAVIGATION = re.compile(
    r"(?:[\[【（(<>»«|·•\s]*(?:返回(?:首页|顶部|列表|上一页)?|首页|登录|注册|登陆|搜索|无障碍(?:浏览|阅读|版)?|長者專版|长者(?:专版|版|模式)|关怀版|适老化|公众号|微信|微博|小程序|客户端|手机版|"
    r"直播平台|网站地图|站点地图|联系我们|关于我们|设为首页|加入收藏|收藏本站|繁[体體]|简[体體]|English|EN|APP|RSS|分享(?:到.{0,8})?|打印(?:本页|正文)?|关闭(?:窗口|本页)?|字[号體体].{0,8}|"
    r"上一[篇页条].{0,60}|下一[篇页条].{0,60}|当前位置.{0,60}|您(?:现在|当前|所在)的?位置.{0,60}|首页\s*[>»].{0,60}|展开|收起|点赞|收藏|评论|扫一扫.{0,20}|目录|菜单|更多|Home|Menu|Search|Login|Log in|Sign in|Sign up|Subscribe|Share|Print|Skip to (?:main )?content)[\]】）)|·•\s]*)+",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"ICP备|ICP備|ICP证|公网安备|版权所有|版權所有|Copyright\b|©|\(c\)\s*(?:19|20)\d\d|All Rights Reserved|网站标识码|(?:主办|主管|承办|协办)单位\s*[:：].*[|｜]|"
    r"技术支持\s*[:：]|联系电话\s*[:：].*邮编|(?:地\s*址|地址)\s*[:：].*(?:电\s*话|邮编|传真|邮\s*箱)|违法和不良信息举报|Terms of (?:Use|Service)|Privacy Policy",
    re.IGNORECASE,
)
_LONGEST = 200  # characters


def is_navigation(line: str) -> bool:
    """Whether a line holds nothing but words of the site's own controls."""
    return bool(_NAVIGATION.fullmatch(line))


def is_footer(line: str) -> bool:
    """Whether a line is of a site's imprint."""
    return len(line) <= _LONGEST and bool(_FOOTER.search(line)) and "。" not in line[:-1]
