"""Blocks: a part of an HTML tree read into the article's blocks, which are all that can pass from it."""

import re
from collections.abc import Callable, Set

from lxml.etree import _Element as Element

from service.article import Block, Blocks, Figure, Heading, Item, ListBlock, Media, Paragraph, Quote, Separator
from service.inlines import Break, CodeSpan, Inlines, NoteReference, Ruby
from service.intake import pictures
from service.intake.addresses import Base
from service.intake.code import is_prose, read_code
from service.intake.definitions import entries
from service.intake.footnotes import Footnotes
from service.intake.lines import Line, passage, with_breaks
from service.intake.marks import Mark, Marks, marks_of
from service.intake.ruby import read_ruby
from service.intake.tables import is_data, read_table
from service.intake.vocabulary import BLOCK, HEADINGS, UNREAD, hidden, text_of

_NESTING = 8  # lists and quotes within each other; deeper ones are read as one
_START = re.compile(r"\s*(\d{1,6})\s*")


class BlockReader:
    """Reads elements of one page. `skipped` are elements to leave out with all they hold."""

    def __init__(self, base: Base, language: str, skipped: Set[Element], notes: Footnotes) -> None:
        self._base = base
        self._language = language.partition("-")[0].lower()
        self._skipped = skipped
        self._notes = notes
        self._out: list[Block] = []
        self._line = Line()
        self._depth = 0

    def read(self, element: Element) -> Blocks:
        """The blocks of what stands in `element`."""
        read = self._node if element.tag in ("table", "ul", "ol") else self._flow
        return self._read(read, element, ()) + self._notes.blocks()

    def inlines(self, element: Element) -> Inlines:
        """What stands in `element` as one passage, its blocks apart by a break; images and media in it come after it."""
        outer, self._line = self._line, Line()
        held, self._out = self._out, []
        self._flow(element, ())
        passages = [*map(passage, self._out), self._line.single()]
        held += [block for block in self._out if isinstance(block, Figure | Media)]
        self._out, self._line = held, outer
        return with_breaks(passages)

    def _read(self, read: Callable[[Element, Marks], None], element: Element, marks: Marks) -> Blocks:
        """What `read` makes of an element, apart from the blocks before it."""
        outer, self._out = self._out, []
        self._depth += 1
        read(element, marks)
        self._flush()
        self._depth -= 1
        inner, self._out = self._out, outer
        return tuple(inner)

    def _flow(self, element: Element, marks: Marks) -> None:
        if element.text:
            self._line.text(element.text, marks)
        for child in element:
            self._node(child, marks)
            if child.tail:
                self._line.text(child.tail, marks)

    def _node(self, element: Element, marks: Marks) -> None:
        tag = element.tag
        if tag in UNREAD or element in self._skipped or hidden(element):
            return
        block = tag in BLOCK
        if block:
            self._flush()
        if element in self._notes.containers:
            self._notes.add(element, self._read(self._flow, element, ()))
            return
        marks = marks_of(element, marks, self._language)
        reader = _READERS.get(tag)
        if reader is not None:
            reader(self, element, marks)
        elif block and pictures.is_caption(element) and self._caption(element):
            pass
        else:
            self._flow(element, marks)
        if block:
            self._flush()

    def _flush(self) -> None:
        if self._line:
            for inlines in self._line.paragraphs():
                if not (pictures.tells_of_picture(inlines) and self._under_picture(inlines)):
                    self._out.append(Paragraph(inlines=inlines))

    def _block(self, block: Block) -> None:
        self._flush()
        self._out.append(block)

    def _link(self, element: Element, marks: Marks) -> None:
        if note := self._notes.reference(element):
            self._line.leaf(NoteReference(note=note, label=text_of(element).strip()), ())
        elif not self._notes.is_way_back(element):
            href = self._base.link(element.get("href"))
            plain_marks = tuple(mark for mark in marks if mark.kind != "link")
            self._flow(element, (*plain_marks, Mark("link", href)) if href else marks)

    def _code_span(self, element: Element, marks: Marks) -> None:
        if text := " ".join(text_of(element).split()):
            self._line.leaf(CodeSpan(text=text), marks)

    def _ruby(self, element: Element, marks: Marks) -> None:
        for part in read_ruby(element):
            if isinstance(part, Ruby):
                self._line.leaf(part, marks)
            else:
                self._line.text(part, marks)

    def _quotation(self, element: Element, marks: Marks) -> None:
        self._line.text("“", marks)
        self._flow(element, marks)
        self._line.text("”", marks)

    def _heading(self, element: Element, marks: Marks) -> None:
        outer, self._out = self._out, []
        self._flow(element, marks)
        inlines = self._line.single()
        found, self._out = self._out, outer
        texts = [block for block in found if not isinstance(block, Figure | Media)]
        self._out += found
        if inlines and not texts:
            self._out.append(Heading(level=int(element.tag[1]), inlines=inlines))
        elif inlines:
            self._out.append(Paragraph(inlines=inlines))

    def _list(self, element: Element, marks: Marks) -> None:
        if self._depth > _NESTING:
            return self._flow(element, marks)
        items: list[Item] = []
        for child in element:
            if child.tag in ("ul", "ol") and items:  # a list beside the item it belongs to
                inner = self._read(self._node, child, marks)
                items[-1] = Item(blocks=items[-1].blocks + inner)
            elif blocks := self._read(self._node, child, marks):
                items.append(Item(blocks=blocks))
        start = _START.fullmatch(element.get("start") or "")
        if items:
            self._out.append(
                ListBlock(ordered=element.tag == "ol", start=int(start[1]) if start else 1, items=tuple(items))
            )

    def _definitions(self, element: Element, marks: Marks) -> None:
        """A list, each of whose items begins with its term in strong type."""
        items: list[Item] = []
        for part in entries(element) if self._depth <= _NESTING else []:
            if part.tag == "dt":
                items.append(Item(blocks=self._read(self._node, part, (*marks, Mark("strong")))))
            else:
                items[-1] = Item(blocks=items[-1].blocks + self._read(self._node, part, marks))
        if found := tuple(item for item in items if item.blocks):
            self._out.append(ListBlock(items=found))
        elif not items:
            self._flow(element, marks)

    def _quote(self, element: Element, marks: Marks) -> None:
        if self._depth > _NESTING:
            self._flow(element, marks)
        elif blocks := self._read(self._flow, element, marks):
            self._out.append(Quote(blocks=blocks))

    def _code(self, element: Element, marks: Marks) -> None:
        code = read_code(element)
        if is_prose(element, code.text):
            for line in code.text.split("\n"):
                self._line.text(line, marks)
                self._flush()
        elif code.text:
            self._out.append(code)

    def _table(self, element: Element, marks: Marks) -> None:
        if self._depth <= _NESTING and is_data(element):
            after = len(self._out)
            table = read_table(element, self.inlines)
            if table:
                self._out.insert(after, table)
        else:
            self._flow(element, marks)

    def _figure(self, element: Element, marks: Marks) -> None:
        self._out += pictures.figure(self._read(self._flow, element, marks))

    def _image(self, element: Element, marks: Marks) -> None:
        if picture := pictures.read_image(element, self._base):
            self._block(picture)
        elif self._line and (text := pictures.drawn_text(element)):
            self._line.text(text, marks)

    def _without_scripts(self, element: Element, marks: Marks) -> None:
        """The picture that a lazy loader keeps for browsers without scripts, if it has not been seen."""
        for image in element.iter("img"):
            last = self._out[-1] if self._out else None
            alt = image.get("alt")
            if not isinstance(last, Figure) or (last.alt or "") != (alt or ""):
                self._image(image, marks)

    def _caption(self, element: Element) -> bool:
        """Whether there is a picture that the element can be the caption of."""
        if pictures.captionless(self._out) is None:
            return False
        caption = self.inlines(element)
        return not caption or self._under_picture(caption)

    def _under_picture(self, caption: Inlines) -> bool:
        place = pictures.captionless(self._out)
        if place is not None and isinstance(picture := self._out[place], Figure):
            self._out[place] = pictures.captioned(picture, caption)
        return place is not None

    def _media(self, element: Element, marks: Marks) -> None:
        if media := pictures.read_media(element, self._base):
            self._block(media)

    def _break(self, element: Element, marks: Marks) -> None:
        self._line.leaf(Break(), marks)

    def _separator(self, element: Element, marks: Marks) -> None:
        self._block(Separator())


_READERS: dict[str, Callable[[BlockReader, Element, Marks], None]] = {
    "br": BlockReader._break,
    "img": BlockReader._image,
    "amp-img": BlockReader._image,
    "a": BlockReader._link,
    "pre": BlockReader._code,
    "code": BlockReader._code_span,
    "kbd": BlockReader._code_span,
    "samp": BlockReader._code_span,
    "ruby": BlockReader._ruby,
    "q": BlockReader._quotation,
    "ul": BlockReader._list,
    "ol": BlockReader._list,
    "dl": BlockReader._definitions,
    "blockquote": BlockReader._quote,
    "table": BlockReader._table,
    "figure": BlockReader._figure,
    "hr": BlockReader._separator,
    "video": BlockReader._media,
    "audio": BlockReader._media,
    "iframe": BlockReader._media,
    "noscript": BlockReader._without_scripts,
    **dict.fromkeys(HEADINGS, BlockReader._heading),
}
