"""The encoding of a document, found from its bytes first and its labels second."""

import codecs
import itertools
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from service.errors import UnreadableText

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# Supersets that browsers and writers really mean: https://encoding.spec.whatwg.org/#names-and-labels
_MEANT = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-16-le",
}
_ALIASES = {"x-gbk": "gbk", "gb": "gbk", "x-x-big5": "big5", "cn-big5": "big5", "x-sjis": "cp932", "unicode": "utf-16"}
_UNSAFE = {"utf-7", "utf-8-sig", "idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "mbcs", "oem"}
_LABEL = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w:.-]{2,40})""",
    re.IGNORECASE,
)
_LABEL_BYTES = 16_384
_START = 65_536
_SAMPLE = 5_000

# The hundred most used characters of simplified and of traditional Chinese: about four in ten of any running text,
# and next to none of what bytes of another encoding turn into.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "這為個國時來們於對會發動過說產種後學經進著電裡實兩體機當點從業應開還與無長東車關門問間見風書馬語話讓請號應樣氣處將區務員總"
    "月日中新市第关于通知学校教育工作区公司年级老师同学服务信息管理单位办公室各有关建设发展委员会"
)
# Surrogates written one by one in UTF-8, as Java and old databases do: a pair is a character, one alone is left out.
_SURROGATES = re.compile(rb"(?:\xed[\xa0-\xbf][\x80-\xbf])+")
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f\ufffd]")
_THREE_BYTES = re.compile(r"[\u0800-\ufffc\U00010000-\U0010ffff]")
_WIDE = re.compile(r"[^\x00-\x7f]")


def decode(body: bytes, declared: str | None = None) -> str:
    """The text that `body` writes, without a byte order mark and NULs; raises UnreadableText where it is none.

    In turn: a byte order mark; a label of a seven-bit encoding; UTF-8 where the bytes are valid UTF-8 but for a stray
    character; the Chinese encoding in which they read as Chinese, whatever the labels say; `declared` and then the
    document's own label (`<meta>`, `<?xml encoding>`); charset-normalizer's finding.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _checked(body[len(mark) :].decode(encoding, "replace"))
    for text in _readings(body, declared):
        if text is not None:
            return _checked(text)
    raise UnreadableText


def _readings(body: bytes, declared: str | None) -> Iterator[str | None]:
    labels = [label for label in (_python_name(declared), _python_name(_own_label(body))) if label]
    yield from (_nearly(body, label) for label in labels if label.startswith(("hz", "iso2022")) and body.isascii())
    yield _wide(body, labels)
    unicode = _nearly(body, "utf-8")
    # 学校通知 in GBK is valid UTF-8 for ѧУ֪ͨ: characters of two bytes alone do not prove it.
    yield unicode if unicode is not None and _THREE_BYTES.search(unicode) else None
    yield _chinese(body)
    yield unicode
    for label in labels:
        yield _nearly(body, label)
    found = from_bytes(body).best()
    yield None if found is None else _nearly(body, _MEANT.get(found.encoding, found.encoding))


def _checked(text: str) -> str:
    """`text` without NULs; raises UnreadableText where more than 1 in 50 characters are control characters."""
    text = text.replace("\0", "")
    sample = text[:_START]
    if len(_CONTROL.findall(sample)) * 50 > len(sample):
        raise UnreadableText
    return text


def _python_name(label: str | None) -> str | None:
    if label is None:
        return None
    label = label.strip().strip("\"'").lower()
    try:
        name = codecs.lookup(_ALIASES.get(label, label)).name
        b" ".decode(name, "ignore")  # refuses codecs that do not make text, such as hex; of no bytes none is asked
    except (LookupError, ValueError):
        return None
    return None if name in _UNSAFE else _MEANT.get(name, name)


def _own_label(body: bytes) -> str | None:
    found = _LABEL.search(body[:_LABEL_BYTES])
    return (found[1] or found[2]).decode("ascii", "replace") if found else None


def _wide(body: bytes, labels: list[str]) -> str | None:
    """UTF-16 and UTF-32 without a mark show as NULs in every other byte of their ASCII."""
    head = body[:4096]
    if head.count(0) * 5 < len(head):
        return None
    for encoding in (*(label for label in labels if label.startswith(("utf-16", "utf-32"))), "utf-16-le", "utf-16-be"):
        even, odd = head[::2].count(0), head[1::2].count(0)
        high, low = (odd, even) if encoding.endswith("le") else (even, odd)
        if high * 5 >= len(head) // 2 * 2 and (encoding.startswith("utf-32") or high > 2 * low):
            return _nearly(body, encoding)
    return None


def _nearly(body: bytes, encoding: str) -> str | None:
    """`body` in `encoding` where at most one character in fifty outside ASCII is broken, besides a cut last one."""
    if encoding == "utf-8":
        body = _SURROGATES.sub(_paired, body)
    try:
        start = codecs.getincrementaldecoder(encoding)("replace").decode(body[:_START])
        if (broken := start.count("\ufffd")) > 50 and broken * 5 > len(_WIDE.findall(start)):
            return None  # a decoder is slow where every character fails
        text = codecs.getincrementaldecoder(encoding)("replace").decode(body)
    except (LookupError, ValueError):
        return None
    written = body.count(b"\xef\xbf\xbd") if encoding == "utf-8" else 0  # U+FFFD that stands in the text itself
    broken = text.count("\ufffd") - written
    return text if broken == 0 or broken * 50 <= len(_WIDE.findall(text)) else None


def _paired(run: re.Match[bytes]) -> bytes:
    units = run[0].decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")
    return units.decode("utf-16-le", "ignore").encode()


def _chinese(body: bytes) -> str | None:
    """`body` as gb18030 or big5hkscs, whichever reads as Chinese; None where neither does."""
    best, text = 0.2, None
    for encoding in ("gb18030", "big5hkscs"):
        reading = _nearly(body, encoding)
        if reading is not None and (score := _score(reading)) > best:
            best, text = score, reading
    return text


def _score(text: str) -> float:
    """The share of common characters among the first 5,000 outside ASCII."""
    sample = [found[0] for found in itertools.islice(_WIDE.finditer(text), _SAMPLE)]
    return sum(character in _COMMON for character in sample) / max(len(sample), 1)
