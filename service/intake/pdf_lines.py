"""The lines of a PDF page as pdfium sees them: their text, place, size of type, and tag."""

import ctypes
import math
from collections.abc import Iterator

import msgspec
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from service.intake.ideographs import unified

_GAP = 1.6  # em between two characters of one piece; wider is another column or cell
_SAME_BASELINE = 0.35  # em
_SKEW = math.radians(3)
_HEADINGS = {"H": 1, "Title": 1, **{f"H{level}": level for level in range(1, 7)}}


class Piece(msgspec.Struct, frozen=True):
    """Characters in one line without a wide gap; lengths in points, `y` the baseline, upwards.

    `heading` is the level that the document's own tags give, 0 without one; `artifact` is what they call a running
    head, a page number or a watermark.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool = False
    heading: int = 0
    artifact: bool = False


class _Glyph(msgspec.Struct, frozen=True):
    index: int
    text: str
    left: float
    right: float
    y: float
    size: float


def pieces(page: pdfium.PdfPage) -> list[Piece]:
    """The page's text in the order of its content stream, upright as the page is shown; slanted text is left out."""
    textpage = page.get_textpage()
    try:
        tags = _heading_tags(page)
        return [_piece(textpage, run, tags) for run in _runs(_glyphs(textpage, page.get_rotation()))]
    finally:
        textpage.close()


def _glyphs(textpage: pdfium.PdfTextPage, rotation: int) -> Iterator[_Glyph]:
    text = textpage.raw
    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    upright = math.radians(rotation)
    for index in range(raw.FPDFText_CountChars(text)):
        character = chr(raw.FPDFText_GetUnicode(text, index))
        if character in "\r\n\0\ufffe\uffff" or "\ud800" <= character <= "\udfff":
            continue
        raw.FPDFText_GetMatrix(text, index, matrix)
        turn = (math.atan2(matrix.b, matrix.a) - upright) % math.tau
        if _SKEW < turn < math.tau - _SKEW:
            continue
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        raw.FPDFText_GetLooseCharBox(text, index, box)
        left, right, baseline = _shown(rotation, box, x.value, y.value)
        # The font's own size is often 1 and scaled by the matrix.
        size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
        yield _Glyph(index, character, left, right, baseline, size)


def _shown(rotation: int, box: raw.FS_RECTF, x: float, y: float) -> tuple[float, float, float]:
    match rotation:
        case 90:
            return box.bottom, box.top, -x
        case 180:
            return -box.right, -box.left, -y
        case 270:
            return -box.top, -box.bottom, x
        case _:
            return box.left, box.right, y


def _runs(glyphs: Iterator[_Glyph]) -> Iterator[list[_Glyph]]:
    run: list[_Glyph] = []
    for glyph in glyphs:
        if run and not _continues(run[-1], glyph):
            yield run
            run = []
        if run or not glyph.text.isspace():
            run.append(glyph)
    if run:
        yield run


def _continues(last: _Glyph, glyph: _Glyph) -> bool:
    em = max(last.size, glyph.size, 1.0)
    return abs(glyph.y - last.y) < _SAME_BASELINE * em and -em < glyph.left - last.right < _GAP * em


def _piece(textpage: pdfium.PdfTextPage, run: list[_Glyph], tags: dict[int, int]) -> Piece:
    text = unified("".join(glyph.text for glyph in run)).strip()
    inked = [glyph for glyph in run if not glyph.text.isspace()]
    first = inked[0]
    mark, artifact = _marks(textpage.raw, first.index)
    return Piece(
        text=text,
        left=first.left,
        right=inked[-1].right,
        y=first.y,
        size=sorted(glyph.size for glyph in inked)[len(inked) // 2],
        bold=_bold(textpage.raw, inked[len(inked) // 2].index),
        heading=tags.get(mark, 0),
        artifact=artifact,
    )


def _bold(text: object, index: int) -> bool:
    """By the font's name: the weight that pdfium gives is often that of a font put in its place."""
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(text, index, name, 128, None)
    return any(word in name.value.lower() for word in (b"bold", b"black", b"heavy", b"simhei", b"heiti", b"-hei"))


def _marks(text: object, index: int) -> tuple[int, bool]:
    """The marked-content id of the object that a character belongs to, -1 for none, and whether it is an artifact."""
    thing = raw.FPDFText_GetTextObject(text, index)
    if not thing:
        return -1, False
    name, length = ctypes.create_string_buffer(64), ctypes.c_ulong()
    for number in range(min(raw.FPDFPageObj_CountMarks(thing), 8)):
        raw.FPDFPageObjMark_GetName(
            raw.FPDFPageObj_GetMark(thing, number), ctypes.cast(name, ctypes.POINTER(ctypes.c_ushort)), 64, length
        )
        if name.raw[: length.value].decode("utf-16-le", "ignore").rstrip("\0") == "Artifact":
            return -1, True
    return raw.FPDFPageObj_GetMarkedContentID(thing), False


def _heading_tags(page: pdfium.PdfPage) -> dict[int, int]:
    """The heading level of each marked-content id that the structure tree puts inside a heading."""
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return {}
    found: dict[int, int] = {}
    waiting = [
        (raw.FPDF_StructTree_GetChildAtIndex(tree, n), 0) for n in range(raw.FPDF_StructTree_CountChildren(tree))
    ]
    for _ in range(20_000):  # a bound for trees that come back to themselves
        if not waiting:
            break
        element, level = waiting.pop()
        if not element:
            continue
        level = _HEADINGS.get(_type(element), level)
        children = raw.FPDF_StructElement_CountChildren(element)
        for n in range(children):
            waiting.append((raw.FPDF_StructElement_GetChildAtIndex(element, n), level))
            mark = raw.FPDF_StructElement_GetChildMarkedContentID(element, n)
            if level and mark >= 0:
                found[mark] = level
    raw.FPDF_StructTree_Close(tree)
    return found


def _type(element: object) -> str:
    buffer = ctypes.create_string_buffer(64)
    length = raw.FPDF_StructElement_GetType(element, buffer, 64)
    return buffer.raw[: min(length, 64)].decode("utf-16-le", "ignore").rstrip("\0")
