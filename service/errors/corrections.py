"""What editors and listeners write: lexicons, profiles of sites, corrections of readings."""

from service.errors.requests import Forbidden, NotFound, TooManyRequests, Unprocessable


class BadLexicon(Unprocessable):
    slug = "bad-lexicon"
    zh = "读音词典有误，{place}：{fix_zh}。"
    en = "The lexicon cannot be used, {place}: {fix_en}."


class BadSite(Unprocessable):
    slug = "bad-site"
    zh = "站点档案有误，{place}：{fix_zh}。"
    en = "The site profile cannot be used, {place}: {fix_en}."


class CorrectionsOff(Forbidden):
    slug = "corrections-off"
    zh = "这里不收读音更正。管理员可以设 CHANGDU_CORRECTIONS=10/hour 打开。"
    en = "Corrections of readings are not taken here. The administrator can set CHANGDU_CORRECTIONS=10/hour."


class CorrectionNotFound(NotFound):
    slug = "correction-not-found"
    zh = "没有编号为“{id}”的读音更正。用 changdu readings 看有哪些。"
    en = "There is no correction “{id}”. `changdu readings` lists those there are."


class NotInArticle(Unprocessable):
    slug = "not-in-article"
    zh = "文章里没有“{word}”这个词。请照原文写，不超过二十个字，其中要有汉字。"
    en = "The article does not have the word “{word}”. Write it as it stands there, at most twenty characters, with Chinese ones."


class BadReading(Unprocessable):
    slug = "bad-reading"
    zh = "“{reading}”不是“{word}”的拼音。请一字一音，像 fēng lín 或 feng1 lin2 这样写。"
    en = "“{reading}” is not the pinyin of “{word}”. Write a syllable for each character, like fēng lín or feng1 lin2."


class TooManyCorrectionsAtOnce(TooManyRequests):
    slug = "too-many-corrections-at-once"
    zh = "读音更正提得太快，请过 {minutes} 分钟再提。"
    en = "That is many corrections at once. Please wait {minutes} minutes and try again."


class TooManyCorrections(TooManyRequests):
    slug = "too-many-corrections"
    zh = "这篇文章已经有很多读音更正等着编辑看，请过些日子再提。"
    en = "Many corrections for this article are waiting for its editor already. Please try again some other day."
    retry_after = 86400
