"""What a request can be refused for, whatever it asks about: a family for each HTTP status."""

from typing import ClassVar

from service.errors.root import ChangduError


class BadRequest(ChangduError):
    status, slug = 400, "bad-request"
    zh = "请求有误：{what}。请改正后再试。"
    en = "The request cannot be understood: {what}. Please correct it and try again."


class UnknownView(BadRequest):
    slug = "unknown-view"
    zh = "没有名为“{view}”的版本。可选：elder（长者专版）、accessible（无障碍）。"
    en = "There is no view named “{view}”. Choose elder or accessible."


class Unauthorised(ChangduError):
    """`challenge` is the value of WWW-Authenticate (RFC 6750 3)."""

    status, slug = 401, "unauthorised"
    challenge: ClassVar[str] = 'Bearer realm="changdu"'
    zh = "要有密钥才能这样做。请在 Authorization 里带上 Bearer 和密钥。"
    en = "This takes a key. Send it in the Authorization header, after the word Bearer."


class Forbidden(ChangduError):
    status, slug = 403, "forbidden"
    zh = "没有权限。请联系网站管理员。"
    en = "You are not allowed to do this. Please ask the site's administrator."


class NotFound(ChangduError):
    status, slug = 404, "not-found"
    zh = "没有这个页面。请检查网址，或者回到首页。"
    en = "There is no such page. Check the address, or go to the home page."


class MethodNotAllowed(ChangduError):
    status, slug = 405, "method-not-allowed"
    zh = "这个地址不支持这种请求方式。请查看接口说明 /openapi.json。"
    en = "This address does not take that method. See /openapi.json."


class NotAcceptable(ChangduError):
    status, slug = 406, "not-acceptable"
    zh = "不能提供所要的格式。请改用 text/html 或 application/json。"
    en = "The format asked for is not available. Ask for text/html or application/json."


class TooLarge(ChangduError):
    status, slug = 413, "too-large"
    zh = "内容太大，最多 {limit} MB。请分成几部分再试。"
    en = "This is too large; the limit is {limit} MB. Split it into parts and try again."


class RangeNotSatisfiable(ChangduError):
    """`size` is that of the file in bytes, which programs are told (RFC 9110 15.5.17)."""

    status, slug = 416, "range-not-satisfiable"
    zh = "要的部分超出了文件的范围。请从头开始播放。"
    en = "The part asked for lies outside the file. Play it from the start."


class Unprocessable(ChangduError):
    status, slug = 422, "unprocessable"
    zh = "内容无法处理：{what}。"
    en = "This cannot be processed: {what}."


class UnknownScript(Unprocessable):
    status, slug = 400, "unknown-script"
    zh = "没有名为“{script}”的文字。可选：zh-Hans、zh-Hant、zh-Hant-TW、zh-Hant-HK。"
    en = "There is no script named “{script}”. Choose zh-Hans, zh-Hant, zh-Hant-TW or zh-Hant-HK."


class TooManyRequests(ChangduError):
    status, slug = 429, "too-many-requests"
    zh = "请求太多，请等一会儿再试。"
    en = "Too many requests. Please wait a little and try again."
    retry_after = 30


class Unavailable(ChangduError):
    status, slug = 503, "unavailable"
    zh = "服务暂时不可用，请稍后再试。"
    en = "The service is not available just now. Please try again later."
    retry_after = 30


class FormatNotOffered(ChangduError):
    status, slug = 501, "format-not-offered"
    zh = "不提供“{format}”格式，请改用 format=json。"
    en = "The format “{format}” is not offered. Ask for format=json."
