"""What a document of a test was read as: the article, and its blocks in short."""

from service.article import Article, Heading, body_text
from service.intake.document import Document
from service.intake.reader import read

LONG = "本次活动面向全体居民，分为上午和下午两场，每场大约两个小时，请大家提前十分钟到场签到。"
OTHER = "活动结束以后，工作人员会把照片整理出来，放在服务中心一楼的公告栏里，方便大家取用。"


def of(body: bytes, name: str | None = None) -> Article:
    return read(Document(body=body, name=name))


def shape(article: Article) -> list[tuple[str, str]]:
    """Each block's kind, with its level for a heading, and its text."""
    return [
        (type(block).__name__ + (str(block.level) if isinstance(block, Heading) else ""), body_text((block,)))
        for block in article.blocks
    ]
