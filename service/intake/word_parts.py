"""The parts of a Word file made plain for mammoth, which leaves out formulas, ruby and outline levels, and shows what is hidden."""

import io
import re
import zipfile

from lxml import etree
from lxml.etree import _Element as Element

from service.intake.archive import Archive
from service.intake.word_numbers import Numbering

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHINESE_HEADING = re.compile("标题 ?([1-6])")
_STYLES = "word/styles.xml"
_NUMBERING = "word/numbering.xml"
_TEXTS = ("document", "footnotes", "endnotes")


def plain_word(archive: Archive) -> bytes:
    """A .docx of the same text without its pictures' bytes; raises DamagedDocument, UnsafeArchive.

    A formula is its characters, ruby its base, hidden text is gone, automatic numbers are written; a paragraph with an outline level of its own, or by
    its style, is a heading of that level. Every part is read by a parser that expands no entities.
    """
    out = io.BytesIO()
    known = {name: archive.xml(name) for name in (_NUMBERING, _STYLES) if name in archive.names}
    if _STYLES in known:
        _name_headings(known[_STYLES])
    numbers = Numbering(known.get(_NUMBERING), known.get(_STYLES))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name in sorted(archive.names):
            if name.endswith((".rels", ".xml")) and name.startswith(("_rels/", "word/", "[Content")):
                root = known.get(name)
                if root is None:
                    root = archive.xml(name)
                if root.tag.rpartition("}")[2] in _TEXTS:
                    _make_plain(root)
                    numbers.write(root)
                packed.writestr(name, etree.tostring(root))
            elif name and not name.endswith("/"):
                packed.writestr(name, b"")
    return out.getvalue()


def _name_headings(styles: Element) -> None:
    """Styles that stand in the outline are named as Word names its headings; those for direct levels are added."""
    for style in styles.iter(_W + "style"):
        name = style.find(_W + "name")
        level = _level(style.find(_W + "pPr")) or _level_by_name(name)
        if level and name is not None and style.get(_W + "type") == "paragraph" and not _is_title(name):
            name.set(_W + "val", f"heading {level}")
    for level in range(1, 7):
        style = etree.SubElement(styles, _W + "style", {_W + "type": "paragraph", _W + "styleId": _direct(level)})
        etree.SubElement(style, _W + "name", {_W + "val": f"heading {level}"})


def _level_by_name(name: Element | None) -> int:
    found = _CHINESE_HEADING.fullmatch("" if name is None else name.get(_W + "val") or "")
    return int(found[1]) if found else 0


def _is_title(name: Element) -> bool:
    return (name.get(_W + "val") or "").lower() in ("title", "标题")


def _make_plain(root: Element) -> None:
    for run in list(root.iter(_W + "r")):
        said = run.find(_W + "rPr")
        hidden = None if said is None else said.find(_W + "vanish")
        if hidden is not None and _is_on(hidden):
            _drop(run)
    for ruby in list(root.iter(_W + "ruby")):
        _replace(ruby, _text(_characters(ruby, _W + "rubyBase", _W + "t")))
    for formula in list(root.iter(_M + "oMath")):
        run = etree.Element(_W + "r")
        run.append(_text("".join(text.text or "" for text in formula.iter(_M + "t"))))
        _replace(formula, run)
    for paragraph in root.iter(_W + "p"):
        properties = paragraph.find(_W + "pPr")
        if properties is not None and (level := _level(properties)):
            style = properties.find(_W + "pStyle")
            if style is None:
                style = etree.SubElement(properties, _W + "pStyle")
            style.set(_W + "val", _direct(level))


def _level(properties: Element | None) -> int:
    """The heading level that an outline level makes, 1 to 6; 0 for text, which Word writes as 9."""
    outline = None if properties is None else properties.find(_W + "outlineLvl")
    said = "" if outline is None else outline.get(_W + "val") or ""
    return min(int(said) + 1, 6) if said in tuple("012345678") else 0


def _direct(level: int) -> str:
    return f"outline-{level}"


def _is_on(switch: Element) -> bool:
    return (switch.get(_W + "val") or "1") not in ("0", "false", "off")


def _characters(element: Element, inside: str, tag: str) -> str:
    return "".join(text.text or "" for part in element.iter(inside) for text in part.iter(tag))


def _text(characters: str) -> Element:
    text = etree.Element(_W + "t")
    text.text = characters
    return text


def _replace(old: Element, new: Element) -> None:
    parent = old.getparent()
    if parent is not None:
        parent.replace(old, new)


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
