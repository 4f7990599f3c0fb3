"""Documents that cannot be read, and pages without an article."""

from service.errors.requests import BadRequest, NotFound, Unprocessable
from service.errors.root import ChangduError


class EmptyDocument(BadRequest):
    slug = "empty-document"
    zh = "没有收到文字。请粘贴文章、填写网址，或者选一个文件。"
    en = "There is no text. Paste an article, give an address, or choose a file."


class UnreadableText(BadRequest):
    slug = "unreadable-text"
    zh = "这些内容不是任何一种文字编码。请另存为 UTF-8 文本后再试。"
    en = "These bytes are not text in any known encoding. Save the document as UTF-8 text and try again."


class SourceMissing(NotFound):
    slug = "source-missing"
    zh = "打不开文件“{name}”（{what}）。请检查文件名。"
    en = "The file “{name}” cannot be opened ({what}). Check its name."


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


class TooManyElements(Unprocessable):
    slug = "too-many-elements"
    zh = "这份内容太长，不能一次读取。请分成几份，或者只把正文文字粘贴进来。"
    en = "This document has too many elements to be read. Divide it, or paste its text alone."


class NoArticle(Unprocessable):
    slug = "no-article"
    zh = "这个页面里没有找到文章。请打开具体的一篇文章，或者把文字粘贴进来。"
    en = "No article was found in this page. Open one particular article, or paste its text."


class NoAddresses(Unprocessable):
    slug = "no-addresses"
    zh = "这里没有列出任何文章的网址。请给出站点地图、订阅源，或者每行一个网址的清单。"
    en = "No article's address is listed here. Give a sitemap, a feed, or a list with one address on each line."


class ReadingTimeout(ChangduError):
    status, slug = 422, "reading-timeout"
    zh = "这份内容太复杂，没能在限定时间内读完。请粘贴正文文字再试。"
    en = "This document is too complex to be read within the time allowed. Paste its text instead."
