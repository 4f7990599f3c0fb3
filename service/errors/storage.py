"""What is stored, or is not."""

from service.errors.requests import NotFound, Unavailable


class ArticleNotFound(NotFound):
    slug = "article-not-found"
    zh = "没有找到这篇文章。请回到首页重新打开它。"
    en = "This article is not here. Open it again from the home page."


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
