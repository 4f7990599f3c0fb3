"""Every way Changdu can fail, as one tree; each has an HTTP status, a slug, and a sentence in two languages.

ChangduError
    BadRequest                  400   the request itself makes no sense
        EmptyDocument  UnreadableText  UnknownView  BadAddress
    Unauthorised                401
        KeyNeeded  KeyUnknown
    Forbidden                   403
        BlockedAddress  BlockedPort  SiteNotKnown  LeadsAway  KeyNotForHost  CorrectionsOff
    NotFound                    404
        ArticleNotFound  TrackNotFound  SegmentNotFound  PageNotFound  SourceGone  NotPushed  ArticleWithdrawn (410)
        CorrectionNotFound
    MethodNotAllowed            405
    NotAcceptable               406
    TrackNotReady               409
    TooLarge                    413
    UnsupportedDocument         415
        MislabelledDocument  LegacyDocument
    RangeNotSatisfiable         416
    Unprocessable               422
        NoArticle  NoAddresses  ScannedDocument  EncryptedDocument  DamagedDocument  UnsafeArchive
        NothingToRead  UnknownVoice  UnknownScript  NotChinese  TooDeep  BadLexicon  BadSite
        NotInArticle  BadReading
    TooManyRequests             429
        TooManyCorrections
    ReadingTimeout              422
    FetchFailed                 502
        SourceRefused  SourceTooLarge  TooManyRedirects  SourceTimeout (504)
        HostNotFound  CertificateRefused  BrokenReply
    Unavailable                 503
        VoiceUnavailable  ModelDamaged  StorageFull  StoreUnavailable  StoredByNewer  Busy  QueueUnavailable
    SpeechFailed                500
    FormatNotOffered            501
    PushRefused                 500
"""

from typing import ClassVar


class ChangduError(Exception):
    """`facts` fill the places in the sentences: `BlockedAddress(host="10.0.0.1")`.

    A sentence says what happened and what to do next. `retry_after` is in seconds, where waiting helps.
    """

    status: ClassVar[int] = 500
    slug: ClassVar[str] = "internal"
    zh: ClassVar[str] = "服务内部出错，请稍后再试。"
    en: ClassVar[str] = "Something went wrong on our side. Please try again in a moment."
    retry_after: int | None = None

    def __init__(self, *, retry_after: int | None = None, **facts: str | int) -> None:
        super().__init__(facts)
        self.facts = facts
        if retry_after is not None:
            self.retry_after = retry_after

    def sentence(self, language: str = "zh-Hans") -> str:
        """The sentence for a reader of `language` (BCP 47): Chinese for zh, English otherwise."""
        return (self.zh if language.startswith("zh") else self.en).format(**self.facts)

    def __str__(self) -> str:
        return f"{self.sentence('zh')} {self.sentence('en')}"

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.retry_after, self.facts))


def _rebuild(kind: type[ChangduError], retry_after: int | None, facts: dict[str, str | int]) -> ChangduError:
    return kind(retry_after=retry_after, **facts)


def of_slug(slug: str) -> type[ChangduError]:
    """The kind of error with this slug; `ChangduError` itself where a newer version has one that this lacks."""
    kinds = [ChangduError]
    for kind in kinds:
        if kind.slug == slug:
            return kind
        kinds += kind.__subclasses__()
    return ChangduError


class BadRequest(ChangduError):
    status, slug = 400, "bad-request"
    zh = "请求有误：{what}。请改正后再试。"
    en = "The request cannot be understood: {what}. Please correct it and try again."


class EmptyDocument(BadRequest):
    slug = "empty-document"
    zh = "没有收到文字。请粘贴文章、填写网址，或者选一个文件。"
    en = "There is no text. Paste an article, give an address, or choose a file."


class UnreadableText(BadRequest):
    slug = "unreadable-text"
    zh = "这些内容不是任何一种文字编码。请另存为 UTF-8 文本后再试。"
    en = "These bytes are not text in any known encoding. Save the document as UTF-8 text and try again."


class UnknownView(BadRequest):
    slug = "unknown-view"
    zh = "没有名为“{view}”的版本。可选：elder（长者专版）、accessible（无障碍）。"
    en = "There is no view named “{view}”. Choose elder or accessible."


class BadAddress(BadRequest):
    slug = "bad-address"
    zh = "“{url}”不是可以打开的网址。请填写以 http:// 或 https:// 开头的完整网址。"
    en = "“{url}” is not an address that can be opened. Give a full one that begins with http:// or https://."


class Unauthorised(ChangduError):
    """`challenge` is the value of WWW-Authenticate (RFC 6750 3)."""

    status, slug = 401, "unauthorised"
    challenge: ClassVar[str] = 'Bearer realm="changdu"'
    zh = "要有密钥才能这样做。请在 Authorization 里带上 Bearer 和密钥。"
    en = "This takes a key. Send it in the Authorization header, after the word Bearer."


class KeyNeeded(Unauthorised):
    slug = "key-needed"


class KeyUnknown(Unauthorised):
    slug = "key-unknown"
    challenge = 'Bearer realm="changdu", error="invalid_token"'
    zh = "这个密钥不对。请核对，或者用 changdu key 生成新的，把它的 sha256 写进站点档案的 [[push]]。"
    en = "This key is not known. Check it, or make one with `changdu key` and put its sha256 into the profile's [[push]]."


class Forbidden(ChangduError):
    status, slug = 403, "forbidden"
    zh = "没有权限。请联系网站管理员。"
    en = "You are not allowed to do this. Please ask the site's administrator."


class CorrectionsOff(Forbidden):
    slug = "corrections-off"
    zh = "这里不收读音更正。管理员可以设 CHANGDU_CORRECTIONS=10/hour 打开。"
    en = "Corrections of readings are not taken here. The administrator can set CHANGDU_CORRECTIONS=10/hour."


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


class KeyNotForHost(Forbidden):
    slug = "key-not-for-host"
    challenge: ClassVar[str] = 'Bearer realm="changdu", error="insufficient_scope"'
    zh = "这个密钥不能推送“{host}”的文章。请换用那个网站的密钥，或者在站点档案里给它加上这个域名。"
    en = "This key may not push articles of “{host}”. Use that site's key, or add the host to it in the profile."


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


class RecordingsOff(Forbidden):
    slug = "recordings-off"
    zh = "这里不接收录音。管理员可以用 CHANGDU_RECORDINGS_MB 打开。"
    en = "Recordings are not taken here. The administrator can set CHANGDU_RECORDINGS_MB."


class NotFound(ChangduError):
    status, slug = 404, "not-found"
    zh = "没有这个页面。请检查网址，或者回到首页。"
    en = "There is no such page. Check the address, or go to the home page."


class NotPushed(NotFound):
    slug = "not-pushed"
    zh = "还没有推送过“{source}”。请核对网址，或者先用 PUT 推送它。"
    en = "“{source}” has not been pushed. Check the address, or push it with PUT first."


class ArticleWithdrawn(NotFound):
    status, slug = 410, "article-withdrawn"
    zh = "网站已经撤下了这篇文章。请回到网站首页看别的文章。"
    en = "The site has withdrawn this article. Go to the site's home page for others."


class SourceGone(NotFound):
    slug = "source-gone"
    zh = "“{host}”上没有这一页，可能已经删掉或者搬走了。请回到网站首页，或者打开原网页看看。"
    en = "“{host}” does not have this page; it may have been removed or moved. Go to the site's home page, or open the original."


class ArticleNotFound(NotFound):
    slug = "article-not-found"
    zh = "没有找到这篇文章。请回到首页重新打开它。"
    en = "This article is not here. Open it again from the home page."


class CorrectionNotFound(NotFound):
    slug = "correction-not-found"
    zh = "没有编号为“{id}”的读音更正。用 changdu readings 看有哪些。"
    en = "There is no correction “{id}”. `changdu readings` lists those there are."


class TrackNotFound(NotFound):
    slug = "track-not-found"
    zh = "没有找到这段朗读。请回到文章，再按一次“听”。"
    en = "This reading is not here. Go back to the article and press listen again."


class SegmentNotFound(TrackNotFound):
    slug = "segment-not-found"


class MethodNotAllowed(ChangduError):
    status, slug = 405, "method-not-allowed"
    zh = "这个地址不支持这种请求方式。请查看接口说明 /openapi.json。"
    en = "This address does not take that method. See /openapi.json."


class NotAcceptable(ChangduError):
    status, slug = 406, "not-acceptable"
    zh = "不能提供所要的格式。请改用 text/html 或 application/json。"
    en = "The format asked for is not available. Ask for text/html or application/json."


class TrackNotReady(ChangduError):
    status, slug = 409, "track-not-ready"
    zh = "朗读还没有做完（{done}/{total}）。请稍等再试，或者先听已做好的部分。"
    en = "The reading is not finished yet ({done} of {total}). Wait a little, or listen to the parts that are ready."
    retry_after = 3


class TooLarge(ChangduError):
    status, slug = 413, "too-large"
    zh = "内容太大，最多 {limit} MB。请分成几部分再试。"
    en = "This is too large; the limit is {limit} MB. Split it into parts and try again."


class UnsupportedDocument(ChangduError):
    status, slug = 415, "unsupported-document"
    zh = "不能读取这种文件（{what}）。请另存为 docx、pdf、网页或纯文本后再试。"
    en = "This kind of document ({what}) cannot be read. Save it as docx, pdf, a web page or plain text and try again."


class MislabelledDocument(UnsupportedDocument):
    slug = "mislabelled-document"
    zh = "这个文件的内容不是它的名字或类型所说的 {what}。请检查后重新选择。"
    en = "The document is not the {what} that its name or type says. Check it and choose again."


class LegacyDocument(UnsupportedDocument):
    slug = "legacy-document"
    zh = "这是旧格式的文件（{what}），不能读取。请用 Word 或 WPS 打开，另存为 docx 后再试。"
    en = "This file is in an old format ({what}) that cannot be read. Open it in Word or WPS and save it as docx."


class RangeNotSatisfiable(ChangduError):
    status, slug = 416, "range-not-satisfiable"
    zh = "要的部分超出了文件的范围。请从头开始播放。"
    en = "The part asked for lies outside the file. Play it from the start."


class Unprocessable(ChangduError):
    status, slug = 422, "unprocessable"
    zh = "内容无法处理：{what}。"
    en = "This cannot be processed: {what}."


class NoArticle(Unprocessable):
    slug = "no-article"
    zh = "这个页面里没有找到文章。请打开具体的一篇文章，或者把文字粘贴进来。"
    en = "No article was found in this page. Open one particular article, or paste its text."


class NoAddresses(Unprocessable):
    slug = "no-addresses"
    zh = "这里没有列出任何文章的网址。请给出站点地图、订阅源，或者每行一个网址的清单。"
    en = "No article's address is listed here. Give a sitemap, a feed, or a list with one address on each line."


class ScannedDocument(Unprocessable):
    slug = "scanned-document"
    zh = "这是扫描的图片，里面没有文字。请先做文字识别（OCR），或者粘贴文字。"
    en = "This is a scanned picture without text. Run text recognition (OCR) on it first, or paste the text."


class EncryptedDocument(Unprocessable):
    slug = "encrypted-document"
    zh = "这个文件有密码保护。请去掉密码后再试。"
    en = "This document is protected by a password. Remove the password and try again."


class DamagedDocument(Unprocessable):
    slug = "damaged-document"
    zh = "这个文件已损坏，不能打开（{what}）。请重新保存后再试。"
    en = "This document is damaged and cannot be opened ({what}). Save it again and retry."


class UnsafeArchive(Unprocessable):
    slug = "unsafe-archive"
    zh = "这个文件解开后大得不正常（{what}），出于安全没有打开。请重新保存，或者把文字粘贴进来。"
    en = "For safety this file was not opened: it unpacks abnormally ({what}). Save it again, or paste the text."


class TooDeep(Unprocessable):
    slug = "too-deep"
    zh = "这份内容的结构嵌套太深，不能读取。请把正文文字粘贴进来。"
    en = "This document is nested too deeply to be read. Paste its text instead."


class NothingToRead(Unprocessable):
    slug = "nothing-to-read"
    zh = "这篇文章里没有可以朗读的文字。请打开另一篇文章。"
    en = "There are no words in this article that could be read aloud. Open another article."


class UnknownVoice(Unprocessable):
    slug = "unknown-voice"
    zh = "没有名为“{voice}”的声音。可选的声音见 /voices。"
    en = "There is no voice named “{voice}”. See /voices for those there are."


class UnknownScript(Unprocessable):
    status, slug = 400, "unknown-script"
    zh = "没有名为“{script}”的文字。可选：zh-Hans、zh-Hant、zh-Hant-TW、zh-Hant-HK。"
    en = "There is no script named “{script}”. Choose zh-Hans, zh-Hant, zh-Hant-TW or zh-Hant-HK."


class BadLexicon(Unprocessable):
    slug = "bad-lexicon"
    zh = "读音词典有误，{place}：{fix_zh}。"
    en = "The lexicon cannot be used, {place}: {fix_en}."


class BadRecording(Unprocessable):
    slug = "bad-recording"
    zh = "这段录音用不了（{what}）。请上传这篇文章的完整朗读，WAV、FLAC、Ogg 或 MP3 格式，不超过一小时。"
    en = "This recording cannot be used ({what}). Send a reading of the whole article as WAV, FLAC, Ogg or MP3 of up to an hour."


class BadSite(Unprocessable):
    slug = "bad-site"
    zh = "站点档案有误，{place}：{fix_zh}。"
    en = "The site profile cannot be used, {place}: {fix_en}."


class NotInArticle(Unprocessable):
    slug = "not-in-article"
    zh = "文章里没有“{word}”这个词。请照原文写，不超过二十个字，其中要有汉字。"
    en = "The article does not have the word “{word}”. Write it as it stands there, at most twenty characters, with Chinese ones."


class BadReading(Unprocessable):
    slug = "bad-reading"
    zh = "“{reading}”不是“{word}”的拼音。请一字一音，像 fēng lín 或 feng1 lin2 这样写。"
    en = "“{reading}” is not the pinyin of “{word}”. Write a syllable for each character, like fēng lín or feng1 lin2."


class TooManyRequests(ChangduError):
    status, slug = 429, "too-many-requests"
    zh = "请求太多，请等一会儿再试。"
    en = "Too many requests. Please wait a little and try again."
    retry_after = 30


class PushRefused(ChangduError):
    """A server's own problem, told again where the push was asked for."""

    slug = "push-refused"
    zh = "“{source}”没有推送成功：{zh}"
    en = "“{source}” was not pushed: {en}"


class TooManyCorrections(TooManyRequests):
    slug = "too-many-corrections"
    zh = "这篇文章已经有很多读音更正等着编辑看，请过些日子再提。"
    en = "Many corrections for this article are waiting for its editor already. Please try again some other day."
    retry_after = 86400


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


class ReadingTimeout(ChangduError):
    status, slug = 422, "reading-timeout"
    zh = "这份内容太复杂，没能在限定时间内读完。请粘贴正文文字再试。"
    en = "This document is too complex to be read within the time allowed. Paste its text instead."


class Unavailable(ChangduError):
    status, slug = 503, "unavailable"
    zh = "服务暂时不可用，请稍后再试。"
    en = "The service is not available just now. Please try again later."
    retry_after = 30


class VoiceUnavailable(Unavailable):
    slug = "voice-unavailable"
    zh = "声音“{voice}”现在用不了（{what}）。请换一个声音，或者稍后再试。"
    en = "The voice “{voice}” cannot be used now ({what}). Choose another voice, or try again later."


class ModelDamaged(Unavailable):
    slug = "model-damaged"
    zh = "朗读模型不完整或已损坏（{what}）。请管理员运行 changdu check。"
    en = "The speech model is incomplete or damaged ({what}). The administrator should run `changdu check`."


class StorageFull(Unavailable):
    slug = "storage-full"
    zh = "存储空间不足，没有保存。请管理员清理磁盘后再试。"
    en = "There is no room to store this; nothing was saved. The administrator should free disk space."


class StoreUnavailable(Unavailable):
    slug = "store-unavailable"
    zh = "现在取不到保存的内容。请稍后再试；管理员请检查 CHANGDU_STORE（{what}）。"
    en = "What is stored cannot be reached now. Try again later; the administrator should check CHANGDU_STORE ({what})."


class StoredByNewer(Unavailable):
    slug = "stored-by-newer"
    zh = "这份内容是较新版本的畅读保存的，这里还读不了。请稍后再试；管理员请把这台机器也升级。"
    en = (
        "This was stored by a newer version of Changdu. Try again later; the administrator should upgrade this machine."
    )


class Busy(Unavailable):
    slug = "busy"
    zh = "现在听的人太多，请过 {seconds} 秒再试。"
    en = "Too many readings are being made just now. Please try again in {seconds} seconds."


class QueueUnavailable(Unavailable):
    slug = "queue-unavailable"
    zh = "朗读任务现在排不上队。请稍后再试；管理员请检查 CHANGDU_QUEUE 指的 Redis。"
    en = "Readings cannot be queued just now. Try again later; the administrator should check the Redis of CHANGDU_QUEUE."


class SpeechFailed(ChangduError):
    slug = "speech-failed"
    zh = "这一句没能读出来：“{sentence}”。请换一个声音再试。"
    en = "This sentence could not be spoken: “{sentence}”. Try another voice."


class TrackFailed(SpeechFailed):
    """A track's own problem, told again where the track was asked for."""

    slug = "track-failed"
    zh = "{zh}"
    en = "{en}"


class FormatNotOffered(ChangduError):
    status, slug = 501, "format-not-offered"
    zh = "不提供“{format}”格式，请改用 format=json。"
    en = "The format “{format}” is not offered. Ask for format=json."
