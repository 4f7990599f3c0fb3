"""Keys of sites, and what they push."""

from typing import ClassVar

from service.errors.requests import Forbidden, NotFound, Unauthorised
from service.errors.root import ChangduError


class KeyNeeded(Unauthorised):
    slug = "key-needed"


class KeyUnknown(Unauthorised):
    slug = "key-unknown"
    challenge = 'Bearer realm="changdu", error="invalid_token"'
    zh = "这个密钥不对。请核对，或者用 changdu key 生成新的，把它的 sha256 写进站点档案的 [[push]]。"
    en = "This key is not known. Check it, or make one with `changdu key` and put its sha256 into the profile's [[push]]."


class KeyNotForHost(Forbidden):
    slug = "key-not-for-host"
    challenge: ClassVar[str] = 'Bearer realm="changdu", error="insufficient_scope"'
    zh = "这个密钥不管“{host}”的文章。请换用那个网站的密钥，或者在站点档案里给它加上这个域名。"
    en = "This key is not for articles of “{host}”. Use that site's key, or add the host to it in the profile."


class NotPushed(NotFound):
    slug = "not-pushed"
    zh = "还没有推送过“{source}”。请核对网址，或者先用 PUT 推送它。"
    en = "“{source}” has not been pushed. Check the address, or push it with PUT first."


class ArticleWithdrawn(NotFound):
    status, slug = 410, "article-withdrawn"
    zh = "网站已经撤下了这篇文章。请回到网站首页看别的文章。"
    en = "The site has withdrawn this article. Go to the site's home page for others."


class PushRefused(ChangduError):
    """A server's own problem, told again where the push was asked for."""

    slug = "push-refused"
    zh = "“{source}”没有推送成功：{zh}"
    en = "“{source}” was not pushed: {en}"
