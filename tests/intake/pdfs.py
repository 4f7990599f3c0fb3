"""A small PDF writer for tests: text set anywhere in a Chinese font, pictures, tags, rotation, a password."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

A4 = (595, 842)


@dataclass(frozen=True)
class Set:
    """Text set in one line: `x` and `y` of its start in points from the lower left, `size` of its type."""

    x: float
    y: float
    size: float
    text: str
    bold: bool = False
    tag: str = ""


@dataclass(frozen=True)
class Page:
    lines: Sequence[Set] = ()
    picture: bool = False
    rotation: int = 0


@dataclass
class _Writer:
    objects: list[bytes] = field(default_factory=list)

    def add(self, data: bytes) -> int:
        self.objects.append(data)
        return len(self.objects)

    def stream(self, data: bytes, entries: bytes = b"") -> int:
        return self.add(b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data))

    def font(self, name: bytes) -> int:
        descriptor = self.add(
            b"<</Type/FontDescriptor/FontName/%s/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880"
            b"/Descent -120/CapHeight 880/StemV 90>>" % name
        )
        descendant = self.add(
            b"<</Type/Font/Subtype/CIDFontType0/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
            b"/Supplement 2>>/DW 1000/W[1 95 500]/FontDescriptor %d 0 R>>" % (name, descriptor)
        )
        return self.add(
            b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/UniGB-UCS2-H/DescendantFonts[%d 0 R]>>"
            % (name, descendant)
        )


def pdf(pages: Iterable[Page], *, title: str = "", locked: bool = False) -> bytes:
    """The bytes of a PDF file."""
    writer = _Writer()
    plain, bold = writer.font(b"STSong-Light"), writer.font(b"SimHei")
    picture = writer.stream(
        bytes(12), b"/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceRGB/BitsPerComponent 8"
    )
    resources = b"<</Font<</F%d %d 0 R/F%d %d 0 R>>/XObject<</I %d 0 R>>>>" % (0, plain, 1, bold, picture)
    parent = len(writer.objects) + 2 * len(list(pages)) + 1
    kids = []
    for page in pages:
        content = writer.stream(b"\n".join(_content(page)))
        kids.append(
            writer.add(
                b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %d %d]/Rotate %d/Resources %s/Contents %d 0 R>>"
                % (parent, *A4, page.rotation, resources, content)
            )
        )
    writer.add(b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids)))
    catalog = writer.add(b"<</Type/Catalog/Pages %d 0 R>>" % parent)
    info = writer.add(b"<</Title<%s>>>" % ("\ufeff" + title).encode("utf-16-be").hex().encode())
    trailer = b"/Root %d 0 R/Info %d 0 R" % (catalog, info)
    if locked:
        secret = b"<" + b"5a" * 32 + b">"
        lock = writer.add(b"<</Filter/Standard/V 1/R 2/P -4/O %s/U %s>>" % (secret, secret))
        trailer += b"/Encrypt %d 0 R/ID[<00><00>]" % lock
    return _file(writer.objects, trailer)


def _content(page: Page) -> Iterable[bytes]:
    if page.picture:
        yield b"q 500 0 0 700 40 60 cm /I Do Q"
    for line in page.lines:
        text = line.text.encode("utf-16-be").hex().encode()
        if line.tag:
            yield b"/%s BMC" % line.tag.encode()
        yield b"BT /F%d %g Tf 1 0 0 1 %g %g Tm <%s> Tj ET" % (line.bold, line.size, line.x, line.y, text)
        if line.tag:
            yield b"EMC"


def _file(objects: list[bytes], trailer: bytes) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, data in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, data)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start)
    return bytes(out)


def paragraph(text: str, *, x: float = 72, y: float, width: int, size: float = 12, leading: float = 20) -> list[Set]:
    """Chinese text set in lines of `width` characters, the first indented by two."""
    lines = [text[: width - 2], *(text[start : start + width] for start in range(width - 2, len(text), width))]
    return [Set(x + (2 * size if n == 0 else 0), y - n * leading, size, line) for n, line in enumerate(lines) if line]
