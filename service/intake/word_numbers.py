"""Word's automatic numbers written into the text: `第一章`, `一、`, `（一）`, `1.1`, as a reader of the document sees them.

Source: ECMA-376 Part 1, 17.9.
"""

from collections.abc import Iterator

import msgspec
from lxml import etree
from lxml.etree import _Element as Element

from service.intake.numerals import numeral

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_CLOSED = "、）)．。，：:】」"  # after these no space stands between a number and its text


class _Level(msgspec.Struct, frozen=True):
    """`text` is a label with `%1` to `%9` for the numbers of its levels; `restart` the level that begins it anew."""

    start: int
    form: str
    text: str
    legal: bool
    tight: bool
    restart: int
    style: str


class Numbering:
    """The numbers of one document, counted as its paragraphs come.

    `numbering` and `styles` are the parts of those names, None where the file has none. The first loses its links from
    styles to levels, which mammoth follows even where a paragraph takes itself out of them.
    """

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._levels: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._styles = {} if styles is None else {_id(style, "style"): style for style in styles.iter(_W + "style")}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        self._starts: dict[str, dict[int, int]] = {}
        if numbering is not None:
            self._read(numbering)
            for style in list(numbering.iter(_W + "pStyle")):  # what it says is written at each paragraph
                if (level := style.getparent()) is not None:
                    level.remove(style)

    def write(self, root: Element) -> None:
        """Write the numbers before the paragraphs of a part. Bullets, and lists that count 1, 2, 3, stay lists."""
        listed: str | None = None
        for paragraph in root.iter(_W + "p"):
            found = self._numbered(paragraph)
            if found is None:
                listed = None
                continue
            number, place, level = found
            count = self._count(number, place)
            heading = self._is_heading(paragraph)
            going_on = listed == number
            listed = None
            if level.form == "bullet":
                _bind(paragraph, number, place)
                continue
            if not heading and level.form == "decimal" and _is_plain(level.text, place) and (count == 1 or going_on):
                listed = number
                _bind(paragraph, number, place)
                continue
            label = self._label(number, place, level)
            if label and any(text.text for text in paragraph.iter(_W + "t")):
                _write(paragraph, label if level.tight or label[-1] in _CLOSED else label + " ")

    def _read(self, numbering: Element) -> None:
        abstract = {_id(one, "abstractNum"): one for one in numbering.iter(_W + "abstractNum")}
        linked = {said: one for one in abstract.values() if (said := _value(one.find(_W + "styleLink")))}
        for number in numbering.iter(_W + "num"):
            name, key = _id(number, "num"), _value(number.find(_W + "abstractNumId"))
            one = abstract.get(key)
            if one is not None and (link := _value(one.find(_W + "numStyleLink"))):
                one = linked.get(link, one)
            if one is None:
                continue
            levels = dict(_levels(one))
            for override in number.iter(_W + "lvlOverride"):
                place = _number(override.get(_W + "ilvl"), 0)
                levels.update(_levels(override))
                start = override.find(_W + "startOverride")
                if start is not None:
                    self._starts.setdefault(name, {})[place] = _number(_value(start), 1)
            self._levels[name] = (key, levels)

    def _numbered(self, paragraph: Element) -> tuple[str, int, _Level] | None:
        """The list, the level and its rule by which a paragraph is numbered."""
        properties = paragraph.find(_W + "pPr")
        style = None if properties is None else _value(properties.find(_W + "pStyle"))
        for depth, said in enumerate(self._lineage(properties, style)):
            own = said.find(_W + "numPr")
            name = "" if own is None else _value(own.find(_W + "numId"))
            if own is None or not name:
                continue
            if name not in self._levels:  # 0 takes the numbers of a style away
                return None
            levels = self._levels[name][1]
            place = _number(_value(own.find(_W + "ilvl")), -1)
            if place < 0 or depth:
                place = next((n for n, level in levels.items() if style and level.style == style), max(place, 0))
            return (name, place, levels[place]) if place in levels else None
        return None

    def _lineage(self, properties: Element | None, style: str | None) -> Iterator[Element]:
        """A paragraph's own properties, then those of its style and of the styles that it builds on."""
        if properties is not None:
            yield properties
        for _ in range(20):
            found = self._styles.get(style or "")
            if found is None:
                return
            if (said := found.find(_W + "pPr")) is not None:
                yield said
            style = _value(found.find(_W + "basedOn"))

    def _is_heading(self, paragraph: Element) -> bool:
        properties = paragraph.find(_W + "pPr")
        style = self._styles.get("" if properties is None else _value(properties.find(_W + "pStyle")))
        return style is not None and _value(style.find(_W + "name")).lower().startswith("heading")

    def _count(self, number: str, place: int) -> int:
        """The number of one more paragraph; lists of one definition count on together."""
        key, levels = self._levels[number]
        counts = self._counts.setdefault(key, {})
        if number not in self._begun:
            self._begun.add(number)
            for overridden, start in self._starts.get(number, {}).items():
                counts[overridden] = start - 1
        level = levels[place]
        counts[place] = counts.get(place, level.start - 1) + 1
        for deeper in [n for n in counts if n > place]:
            if deeper in levels and place < levels[deeper].restart:
                del counts[deeper]
        return counts[place]

    def _label(self, number: str, place: int, level: _Level) -> str:
        key, levels = self._levels[number]
        text = level.text
        for n in range(_LEVELS):
            if f"%{n + 1}" in text and n in levels:
                count = self._counts[key].get(n, levels[n].start)
                form = "decimal" if level.legal and n < place else levels[n].form
                text = text.replace(f"%{n + 1}", numeral(count, form))
        return text.strip()


def _levels(parent: Element) -> Iterator[tuple[int, _Level]]:
    for level in parent.iter(_W + "lvl"):
        place = _number(level.get(_W + "ilvl"), 0)
        legal = level.find(_W + "isLgl")
        text = level.find(_W + "lvlText")
        yield (
            place,
            _Level(
                start=_number(_value(level.find(_W + "start")), 1),
                form=_value(level.find(_W + "numFmt")) or "decimal",
                text=f"%{place + 1}." if text is None else _value(text),
                legal=legal is not None and _value(legal) not in ("0", "false", "off"),
                tight=_value(level.find(_W + "suff")) == "nothing",
                restart=_number(_value(level.find(_W + "lvlRestart")), place),
                style=_value(level.find(_W + "pStyle")),
            ),
        )


def _is_plain(text: str, place: int) -> bool:
    """Whether a label is the number of its level and a mark, as HTML's ordered lists have it."""
    return text.replace(f"%{place + 1}", "", 1).strip() in ("", ".", "、", "．", ")", "）")


def _bind(paragraph: Element, number: str, place: int) -> None:
    """Make a paragraph's place in a list its own, whatever its style says."""
    properties = paragraph.find(_W + "pPr")
    if properties is None:
        properties = etree.Element(_W + "pPr")
        paragraph.insert(0, properties)
    numbered = properties.find(_W + "numPr")
    if numbered is not None:
        properties.remove(numbered)
    numbered = etree.SubElement(properties, _W + "numPr")
    etree.SubElement(numbered, _W + "ilvl", {_W + "val": str(place)})
    etree.SubElement(numbered, _W + "numId", {_W + "val": number})


def _write(paragraph: Element, label: str) -> None:
    _bind(paragraph, "0", 0)
    run = etree.Element(_W + "r")
    etree.SubElement(run, _W + "t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}).text = label
    paragraph.insert(1, run)


def _id(element: Element, kind: str) -> str:
    return element.get(f"{_W}{kind}Id") or ""


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(_W + "val") or ""


def _number(said: str | None, otherwise: int) -> int:
    return int(said) if said and said.isdecimal() and len(said) < 6 else otherwise
