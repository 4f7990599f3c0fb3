"""Archives, XML and PDF streams made to hurt whoever opens them."""

import io
import zipfile
import zlib

from tests.intake.offices import archive, docx, para

SENTENCE = "服务中心每周一到周五上午九点开门，中午不休息。"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "哈哈哈哈">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a11 SYSTEM "file:///etc/passwd">]>'


def lying(size: int) -> bytes:
    """A zip whose directory gives an entry as smaller than it is."""
    whole = bytearray(archive({"word/document.xml": b"<a>" + b"x" * 5000 + b"</a>"}))
    place = whole.rindex(b"PK\x01\x02") + 24
    whole[place : place + 4] = size.to_bytes(4, "little")
    return bytes(whole)


def encrypted() -> bytes:
    whole = bytearray(docx(para(SENTENCE)))
    place = whole.index(b"PK\x01\x02") + 8
    whole[place] |= 1
    return bytes(whole)


def many(count: int) -> bytes:
    return archive({f"word/{number}.xml": "" for number in range(count)}, zipfile.ZIP_STORED)


def overlapping() -> bytes:
    """Many directory entries that share one compressed body, as in David Fifield's bomb."""
    base = archive({"word/document.xml": b"0" * (1 << 20)})
    start = base.index(b"PK\x01\x02")
    end = base.index(b"PK\x05\x06")
    entry = base[start:end]
    entries = b"".join(entry[:46] + f"{n:17d}".encode() + entry[46 + 17 :] for n in range(3000))
    out = io.BytesIO()
    out.write(base[:start] + entries + b"PK\x05\x06\0\0\0\0")
    out.write(
        (3000).to_bytes(2, "little") * 2 + len(entries).to_bytes(4, "little") + start.to_bytes(4, "little") + b"\0\0"
    )
    return out.getvalue()


def streams(*, size: int) -> bytes:
    packed = zlib.compress(bytes(size), 9)
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>"
        % (len(packed), packed)
    )
