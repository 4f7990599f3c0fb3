"""OpenDocument texts to HTML: headings, lists, tables, notes, links, and pictures with their alternatives."""

from collections.abc import Iterable
from html import escape

from lxml.etree import _Element as Element

from service.errors import DamagedDocument, EncryptedDocument, TooDeep
from service.intake.archive import Archive

_DEPTH = 100
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_SPANS = (("colspan", "columns"), ("rowspan", "rows"))
_MANIFEST = "META-INF/manifest.xml"
_WRAPPED = {
    _TEXT + "list-item": "li",
    _TEXT + "list-header": "li",
    _TABLE + "table": "table",
    _TABLE + "table-header-rows": "thead",
    _TABLE + "table-row": "tr",
}
_WRITTEN = {_TEXT + "s": " ", _TEXT + "tab": " ", _TEXT + "line-break": "<br>"}
_SKIPPED = frozenset(
    [_TEXT + name for name in ("tracked-changes", "sequence-decls", "variable-decls", "table-of-content")]
    + [_OFFICE + "annotation", _OFFICE + "forms", _TABLE + "covered-table-cell"]
)


def html_of_odt(body: bytes) -> str:
    """The HTML of an .odt. Raises DamagedDocument, EncryptedDocument, UnsafeArchive, TooDeep."""
    archive = Archive(body)
    if _MANIFEST in archive.names and b"encryption-data" in archive.read(_MANIFEST):
        raise EncryptedDocument
    content = archive.xml("content.xml")
    text = next(content.iter(_OFFICE + "text"), None)
    if text is None:
        raise DamagedDocument(what="odt")
    roots = [content, *(archive.xml(name) for name in ("styles.xml",) if name in archive.names)]
    return _Writer(roots).html(text)


class _Writer:
    """Writes the elements of one document: `styles` are in the roots, notes are gathered to stand at the end."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._styles: dict[str, Element] = {}
        self._numbered: set[str] = set()
        self._notes: list[str] = []
        for root in roots:
            for style in root.iter(_STYLE + "style"):
                self._styles[style.get(_STYLE + "name", "")] = style
            for style in root.iter(_TEXT + "list-style"):
                if len(style) and style[0].tag == _TEXT + "list-level-style-number":
                    self._numbered.add(style.get(_STYLE + "name", ""))
        self._readers = {
            _TEXT + "h": self._heading,
            _TEXT + "p": self._paragraph,
            _TEXT + "span": self._span,
            _TEXT + "a": self._link,
            _TEXT + "list": self._list,
            _TEXT + "note": self._note,
            _TABLE + "table-cell": self._cell,
            _DRAW + "frame": self._frame,
        }

    def html(self, text: Element) -> str:
        body = self._inside(text, 0)
        notes = "".join(f'<li id="fn{number}">{note}</li>' for number, note in enumerate(self._notes, 1))
        return body + (f"<ol>{notes}</ol>" if notes else "")

    def _inside(self, element: Element, depth: int) -> str:
        if depth > _DEPTH:
            raise TooDeep
        parts = [escape(element.text or "")]
        for child in element:
            tag = child.tag
            if tag in self._readers:
                parts.append(self._readers[tag](child, depth + 1))
            elif tag in _WRAPPED:
                parts.append(f"<{_WRAPPED[tag]}>{self._inside(child, depth + 1)}</{_WRAPPED[tag]}>")
            elif tag in _WRITTEN:
                parts.append(_WRITTEN[tag])
            elif isinstance(tag, str) and tag not in _SKIPPED:
                parts.append(self._inside(child, depth + 1))
            parts.append(escape(child.tail or ""))
        return "".join(parts)

    def _heading(self, heading: Element, depth: int) -> str:
        said = heading.get(_TEXT + "outline-level", "1")
        level = min(int(said), 6) if said in ("2", "3", "4", "5", "6", "7", "8", "9", "10") else 1
        return f"<h{level}>{self._inside(heading, depth)}</h{level}>"

    def _paragraph(self, paragraph: Element, depth: int) -> str:
        inside, styles = self._inside(paragraph, depth), self._lineage(paragraph)
        if "Title" in styles:
            return f"<h1>{inside}</h1>"
        return f"<blockquote><p>{inside}</p></blockquote>" if "Quotations" in styles else f"<p>{inside}</p>"

    def _lineage(self, element: Element) -> list[str]:
        """The names of an element's style and of those that it builds on."""
        names: list[str] = []
        name = element.get(_TEXT + "style-name")
        while name and name not in names:
            names.append(name)
            style = self._styles.get(name)
            name = None if style is None else style.get(_STYLE + "parent-style-name")
        return names

    def _span(self, span: Element, depth: int) -> str:
        inside = self._inside(span, depth)
        style = self._styles.get(span.get(_TEXT + "style-name", ""))
        said = None if style is None else style.find(_STYLE + "text-properties")
        if said is None:
            return inside
        position = said.get(_STYLE + "text-position", "")
        for tag, holds in (
            ("strong", said.get(_FO + "font-weight") == "bold"),
            ("em", said.get(_FO + "font-style") == "italic"),
            ("sup", position.startswith("super")),
            ("sub", position.startswith("sub")),
        ):
            inside = f"<{tag}>{inside}</{tag}>" if holds else inside
        return inside

    def _link(self, link: Element, depth: int) -> str:
        return f'<a href="{escape(link.get(_LINK, ""))}">{self._inside(link, depth)}</a>'

    def _list(self, items: Element, depth: int) -> str:
        style = items.get(_TEXT + "style-name")
        tag = "ol" if style in self._numbered else "ul"
        return f"<{tag}>{self._inside(items, depth)}</{tag}>"

    def _note(self, note: Element, depth: int) -> str:
        citation, body = note.find(_TEXT + "note-citation"), note.find(_TEXT + "note-body")
        self._notes.append("" if body is None else self._inside(body, depth))
        number = len(self._notes)
        label = "" if citation is None else "".join(map(str, citation.itertext())).strip()
        return f'<sup><a href="#fn{number}">{escape(label or str(number))}</a></sup>'

    def _cell(self, cell: Element, depth: int) -> str:
        spans = [(name, cell.get(f"{_TABLE}number-{kind}-spanned", "1")) for name, kind in _SPANS]
        said = "".join(f' {name}="{value}"' for name, value in spans if value.isdigit() and value != "1")
        return f"<td{said}>{self._inside(cell, depth)}</td>"

    def _frame(self, frame: Element, depth: int) -> str:
        image = frame.find(_DRAW + "image")
        if image is None:
            return self._inside(frame, depth)
        said = next((found for name in ("desc", "title") if (found := frame.findtext(_SVG + name))), None)
        alt = "" if said is None else f' alt="{escape(said)}"'
        return f'<img src="{escape(image.get(_LINK, ""))}"{alt}>'
