"""Blocks: a part of an HTML tree read into the article's blocks, which are all that can pass from it."""

import re
from collections.abc import Callable, Set

from lxml.etree import _Element as Element

from service.article import (
    Block,
    Blocks,
    Break,
    Code,
    CodeSpan,
    Figure,
    Heading,
    Inline,
    Inlines,
    Item,
    ListBlock,
    Media,
    NoteReference,
    Paragraph,
    Quote,
    Ruby,
    Separator,
    plain,
)
from service.intake.addresses import Base
from service.intake.footnotes import Footnotes
from service.intake.lines import Line, Mark, Marks
from service.intake.tables import is_data, read_table
from service.intake.vocabulary import BLOCK, HEADINGS, hidden, text_of

_NESTING = 8  # lists and quotes within each other; deeper ones are read as one
_SMALL = 32  # pixels: an image no larger than this is an icon
_TRACKER = 3  # pixels
_NUMBER = re.compile(r"\s*(\d+)(?:\.\d+)?\s*(?:px)?\s*")
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:wp-caption-text|caption|figcaption|image-caption|pic-?desc|img-?desc|pictext|image-desc|photo-desc)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"(?:lang(?:uage)?|brush|highlight-source|code)[-:]\s*([A-Za-z0-9+#]{1,16})\b")
_HAN = re.compile(r"[\u3400-\u9fff]")
_MARKS = {
    "strong": Mark("strong"),
    "b": Mark("strong"),
    "em": Mark("emphasis"),
    "i": Mark("emphasis"),
    "cite": Mark("emphasis"),
    "dfn": Mark("emphasis"),
    "sup": Mark("superscript"),
    "sub": Mark("subscript"),
}
_UNDER_PICTURE = re.compile(
    r"^.{0,150}(?:[（(](?:摄影|攝影|图片|圖片|供图|供圖|图|圖)\s*[:：/][^（）()]{1,20}[）)]|[（(][^（）()]{1,16}(?:摄|攝|供图|供圖)[）)])$"
)
"""A line that says who took a picture is the caption of the picture above it."""
_DROPPED = frozenset(
    "script style template svg canvas object applet select input textarea dialog button meta link map frameset "
    "frame head title rp datalist progress meter label legend col colgroup".split()
)


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
        self._readers: dict[str, Callable[[Element, Marks], None]] = {
            "br": lambda _, marks: self._line.leaf(Break(), marks),
            "img": self._image,
            "amp-img": self._image,
            "a": self._link,
            "pre": self._code,
            "code": self._code_span,
            "kbd": self._code_span,
            "samp": self._code_span,
            "ruby": self._ruby,
            "q": self._quotation,
            "ul": self._list,
            "ol": self._list,
            "blockquote": self._quote,
            "table": self._table,
            "figure": self._figure,
            "hr": lambda *_: self._block(Separator()),
            "video": self._media,
            "audio": self._media,
            "iframe": self._media,
            "noscript": self._without_scripts,
            **dict.fromkeys(HEADINGS, self._heading),
        }

    def read(self, element: Element) -> Blocks:
        """The blocks of what stands in `element`."""
        read = self._within_node if element.tag in ("table", "ul", "ol") else self._within
        return read(element, ()) + self._notes.blocks()

    def inlines(self, element: Element) -> Inlines:
        """What stands in `element` as one passage, its blocks apart by a break; images and media in it come after it."""
        outer, self._line = self._line, Line()
        held, self._out = self._out, []
        self._flow(element, ())
        rest = self._line.single()
        lines = [inlines for block in self._out if (inlines := _passage(block))]
        held += [block for block in self._out if isinstance(block, Figure | Media)]
        self._out, self._line = held, outer
        lines += [rest] if rest else []
        return tuple(inline for line in lines for inline in (Break(), *line))[1:]

    def _within(self, element: Element, marks: Marks) -> Blocks:
        outer, self._out = self._out, []
        self._depth += 1
        self._flow(element, marks)
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
        if tag in _DROPPED or element in self._skipped or hidden(element):
            return
        block = tag in BLOCK
        if block:
            self._flush()
        if element in self._notes.containers:
            self._notes.add(element, self._within(element, ()))
            return
        marks = self._marks(element, marks)
        reader = self._readers.get(tag)
        if reader is not None:
            reader(element, marks)
        elif block and self._out and _CAPTION.search(element.get("class") or "") and self._caption(element):
            pass
        else:
            self._flow(element, marks)
        if block:
            self._flush()

    def _marks(self, element: Element, marks: Marks) -> Marks:
        get = element.get
        mark = _MARKS.get(element.tag)
        if mark is None and (style := get("style")) and _BOLD.search(style) and element.tag not in HEADINGS:
            mark = _MARKS["b"]
        if mark is not None and mark not in marks:
            marks = (*marks, mark)
        language = get("lang")
        if language and language.partition("-")[0].lower() != self._language and language.replace("-", "").isalnum():
            marks = (*marks, Mark("foreign", language))
        if get("translate") == "no" and Mark("verbatim") not in marks:
            marks = (*marks, Mark("verbatim"))
        return marks

    def _flush(self) -> None:
        if self._line:
            for inlines in self._line.paragraphs():
                last = self._out[-1] if self._out else None
                if isinstance(last, Figure) and not last.caption and _UNDER_PICTURE.search(plain(inlines).strip()):
                    self._out[-1] = Figure(src=last.src, alt=last.alt, caption=inlines)
                else:
                    self._out.append(Paragraph(inlines=inlines))

    def _block(self, block: Block) -> None:
        self._flush()
        self._out.append(block)

    # Inlines

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
        base = element.text or ""
        for child in element:
            text = text_of(child)
            if child.tag == "rt" and base.strip():
                self._line.leaf(Ruby(base=base.strip(), reading=text.strip()), marks)
                base = ""
            elif child.tag not in ("rt", "rp"):
                base += text
            base += child.tail or ""
        self._line.text(base, marks)

    def _quotation(self, element: Element, marks: Marks) -> None:
        self._line.text("“", marks)
        self._flow(element, marks)
        self._line.text("”", marks)

    # Blocks

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
                inner = self._within_node(child, marks)
                items[-1] = Item(blocks=items[-1].blocks + inner)
            elif blocks := self._within_node(child, marks):
                items.append(Item(blocks=blocks))
        start = _NUMBER.fullmatch(element.get("start") or "")
        if items:
            self._out.append(
                ListBlock(ordered=element.tag == "ol", start=int(start[1][:6]) if start else 1, items=tuple(items))
            )

    def _within_node(self, element: Element, marks: Marks) -> Blocks:
        outer, self._out = self._out, []
        self._depth += 1
        self._node(element, marks)
        self._flush()
        self._depth -= 1
        inner, self._out = self._out, outer
        return tuple(inner)

    def _quote(self, element: Element, marks: Marks) -> None:
        if self._depth > _NESTING:
            self._flow(element, marks)
        elif blocks := self._within(element, marks):
            self._out.append(Quote(blocks=blocks))

    def _code(self, element: Element, marks: Marks) -> None:
        for line_break in element.iter("br"):
            line_break.tail = "\n" + (line_break.tail or "")
        text = text_of(element).strip("\n").rstrip()
        names = " ".join(e.get("class") or e.get("data-lang") or "" for e in (element, *element.iter("code")))
        if not names and len(_HAN.findall(text)) * 3 > len(text):  # prose that was only typed into a `pre`
            self._prose(text, marks)
        elif text:
            language = _LANGUAGE.search(names)
            self._out.append(Code(text=text, language=language[1].lower() if language else None))

    def _prose(self, text: str, marks: Marks) -> None:
        for line in text.split("\n"):
            self._line.text(line, marks)
            self._flush()

    def _table(self, element: Element, marks: Marks) -> None:
        if self._depth <= _NESTING and is_data(element):
            after = len(self._out)
            table = read_table(element, self.inlines)
            if table:
                self._out.insert(after, table)
        else:
            self._flow(element, marks)

    def _figure(self, element: Element, marks: Marks) -> None:
        """Images and media; what text the figure has is the caption of the last of them."""
        blocks = self._within(element, marks)
        shown = [block for block in blocks if not isinstance(block, Paragraph | Heading)]
        texts = [block.inlines for block in blocks if isinstance(block, Paragraph | Heading)]
        last = next((place for place in reversed(range(len(shown))) if isinstance(shown[place], Figure)), None)
        if last is None or not texts:
            self._out += blocks
            return
        caption = _with_breaks(texts)
        figure = shown[last]
        if isinstance(figure, Figure):
            shown[last] = Figure(
                src=figure.src,
                alt=figure.alt,
                caption=figure.caption + ((Break(), *caption) if figure.caption else caption),
            )
        self._out += shown

    def _image(self, element: Element, marks: Marks) -> None:
        width, height = (_pixels(element.get(name)) for name in ("width", "height"))
        sizes = [size for size in (width, height) if size is not None]
        alt = element.get("alt")
        if sizes and max(sizes) <= _SMALL:
            if alt and len(alt) <= 8 and max(sizes) > _TRACKER and self._line:
                self._line.text(alt, marks)  # a drawn character or face within a line
            return
        if (src := self._base.image(element)) and not (sizes and min(sizes) <= _TRACKER):
            self._flush()
            self._out.append(Figure(src=src, alt=" ".join(alt.split()) if alt is not None else None))

    def _without_scripts(self, element: Element, marks: Marks) -> None:
        """The picture that a lazy loader keeps for browsers without scripts, if it has not been seen."""
        for image in element.iter("img"):
            last = self._out[-1] if self._out else None
            alt = image.get("alt")
            if not isinstance(last, Figure) or (last.alt or "") != (alt or ""):
                self._image(image, marks)

    def _caption(self, element: Element) -> bool:
        """Whether the element became the caption of the picture before it; a moving picture follows its still one."""
        place = len(self._out) - 1
        while place > 0 and isinstance(self._out[place], Media):
            place -= 1
        picture = self._out[place]
        if not isinstance(picture, Figure) or picture.caption:
            return False
        if caption := self.inlines(element):
            self._out[place] = Figure(src=picture.src, alt=picture.alt, caption=caption)
        return True

    def _media(self, element: Element, marks: Marks) -> None:
        inner = element.find("source")
        own = element.get("src") or element.get("data-src")
        src = self._base.resource(own or (inner.get("src") if inner is not None else None))
        sizes = [_pixels(element.get(name)) for name in ("width", "height")]
        if src and 0 not in sizes and 1 not in sizes:
            title = (element.get("title") or "").strip() or None
            match element.tag:
                case "video" | "audio" as kind:
                    self._block(Media(kind=kind, src=src, title=title))
                case _:
                    self._block(Media(kind="embed", src=src, title=title))


def _passage(block: Block) -> Inlines:
    """The inlines of a block within a passage, those of a list or quote apart by breaks."""
    match block:
        case Paragraph() | Heading():
            return block.inlines
        case Quote():
            inner = [_passage(one) for one in block.blocks]
        case ListBlock():
            inner = [_passage(one) for item in block.items for one in item.blocks]
        case _:
            return ()
    return tuple(inline for line in inner if line for inline in (Break(), *line))[1:]


def _pixels(value: str | None) -> int | None:
    number = _NUMBER.fullmatch(value) if value else None
    return int(number[1][:6]) if number else None


def _with_breaks(texts: list[Inlines]) -> Inlines:
    joined: list[Inline] = []
    for inlines in texts:
        joined += [Break(), *inlines] if joined else inlines
    return tuple(joined)
