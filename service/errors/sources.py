"""Addresses that may not or cannot be opened."""

from service.errors.requests import BadRequest, Forbidden, NotFound
from service.errors.root import ChangduError


class BadAddress(BadRequest):
    slug = "bad-address"
    zh = "“{url}”不是可以打开的网址。请填写以 http:// 或 https:// 开头的完整网址。"
    en = "“{url}” is not an address that can be opened. Give a full one that begins with http:// or https://."


class BlockedAddress(Forbidden):
    slug = "blocked-address"
    zh = "出于安全，不打开“{host}”这样的内部地址。如果是本单位内网，请管理员在 CHANGDU_FETCH_ALLOW 中允许。"
    en = (
        "For safety, internal addresses such as “{host}” are not opened. "
        "If it is your own intranet, ask the administrator to allow it in CHANGDU_FETCH_ALLOW."
    )


class BlockedPort(BlockedAddress):
    slug = "blocked-port"
    zh = "出于安全，不打开“{host}”，只打开端口 {ports}。如果确实需要，请管理员在 CHANGDU_FETCH_PORTS 中允许。"
    en = (
        "For safety, “{host}” is not opened, only the ports {ports}. "
        "If it is needed, ask the administrator to allow it in CHANGDU_FETCH_PORTS."
    )


class SiteNotKnown(Forbidden):
    slug = "site-not-known"
    zh = "“{host}”没有登记，不能在这里读它的网页。请直接打开原网页；如果是本单位的网站，请管理员把它写进 CHANGDU_SITES 的站点档案。"
    en = (
        "“{host}” is not one of the sites that can be read here. Open its own page; "
        "if it is your site, ask the administrator to add it to the profiles in CHANGDU_SITES."
    )


class LeadsAway(Forbidden):
    slug = "leads-away"
    zh = "这个链接通向另一个网站“{host}”，不能在这里读。请打开原网页。"
    en = "This link leads to another site, “{host}”, which cannot be read here. Open the original page."


class SourceGone(NotFound):
    slug = "source-gone"
    zh = "“{host}”上没有这一页，可能已经删掉或者搬走了。请回到网站首页，或者打开原网页看看。"
    en = "“{host}” does not have this page; it may have been removed or moved. Go to the site's home page, or open the original."


class FetchFailed(ChangduError):
    status, slug = 502, "fetch-failed"
    zh = "打不开“{host}”（{what}）。请检查网址，或者稍后再试。"
    en = "“{host}” cannot be opened ({what}). Check the address, or try again later."


class SourceRefused(FetchFailed):
    slug = "source-refused"
    zh = "“{host}”没有给出这个页面（状态 {code}）。请检查网址，或者把文字粘贴进来。"
    en = "“{host}” did not give this page (status {code}). Check the address, or paste the text."


class SourceTooLarge(FetchFailed):
    slug = "source-too-large"
    zh = "“{host}”的页面太大，超过 {limit} MB，不能打开。"
    en = "The page at “{host}” is larger than {limit} MB and cannot be opened."


class TooManyRedirects(FetchFailed):
    slug = "too-many-redirects"
    zh = "“{host}”的页面不停地跳转，不能打开。请直接填写文章的网址。"
    en = "“{host}” keeps redirecting and cannot be opened. Give the article's own address."


class SourceTimeout(FetchFailed):
    status, slug = 504, "source-timeout"
    zh = "“{host}”没有按时回应。请稍后再试，或者把文字粘贴进来。"
    en = "“{host}” did not answer in time. Try again later, or paste the text."


class HostNotFound(FetchFailed):
    slug = "host-not-found"
    zh = "找不到“{host}”这个网站。请检查网址有没有写错。"
    en = "There is no site named “{host}”. Check the address for a slip."


class CertificateRefused(FetchFailed):
    slug = "certificate-refused"
    zh = "“{host}”的安全证书有问题，没有打开。请联系该网站，或者把文字粘贴进来。"
    en = "“{host}” was not opened: its security certificate cannot be trusted. Tell that site, or paste the text."


class BrokenReply(FetchFailed):
    slug = "broken-reply"
    zh = "“{host}”的页面没有完整传来。请稍后再试，或者把文字粘贴进来。"
    en = "The page at “{host}” did not arrive whole. Try again later, or paste the text."
