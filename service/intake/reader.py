"""Any document to an Article: finds out what it is and hands it to the reader of that kind."""

import re
from collections.abc import Callable

from service.article import Article
from service.errors import EmptyDocument, TooDeep
from service.intake.charset import decode
from service.intake.document import Document
from service.intake.html import read_html
from service.intake.kinds import Kind, binary_kind, text_kind
from service.intake.plain import read_plain

_BLANK = re.compile(rb"[\s\0]*")


def read(document: Document) -> Article:
    """The article in `document`; pure CPU, to be run in a worker process under a time limit.

    Raises EmptyDocument, UnreadableText, UnsupportedDocument, LegacyDocument, MislabelledDocument, EncryptedDocument,
    ScannedDocument, DamagedDocument, UnsafeArchive, NoArticle, TooDeep.
    """
    if _BLANK.fullmatch(document.body):
        raise EmptyDocument
    try:
        found = binary_kind(document)
        if found is not None:
            return _BINARY[found](document)
        text = decode(document.body, document.charset)
        return _TEXT[text_kind(document, text)](text, document.url)
    except RecursionError as error:
        raise TooDeep from error


_BINARY: dict[Kind, Callable[[Document], Article]] = {}
_TEXT: dict[Kind, Callable[[str, str | None], Article]] = {
    Kind.HTML: read_html,
    Kind.PLAIN: read_plain,
}
