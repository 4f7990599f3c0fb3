"""Lines: marked-up text gathered leaf by leaf, then set as the inlines of paragraphs."""

import re
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from service.article import Block, Heading, ListBlock, Paragraph, Quote
from service.inlines import Break, CodeSpan, Inline, Inlines, NoteReference, Ruby, Text, plain
from service.intake.marks import Marks, marked

_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0\u2028\u2029\u200b\ufeff]+")
_UNEVEN = re.compile(r"[\t\r\n\f\v\u00a0\u2028\u2029\u200b\ufeff]|  ")
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f]"
_WRAPPED = re.compile(rf"(?<={_WIDE})[ \t]*[\r\n][ \t\r\n]*(?={_WIDE})")
_INDENT = re.compile(r"[ \t\r\n]*(?:\u3000|\u00a0[ ]?\u00a0|\u2003|\u2002\u2002)")
_ENDS = " \u3000"
_SENTENCE_END = '。！？…”’：；.!?"）)'
_LONG = 40  # characters: a line that long was not broken for its shape


Leaf = Text | Break | CodeSpan | Ruby | NoteReference


class Atom(NamedTuple):
    marks: Marks
    leaf: Leaf


class Line:
    """Text as it comes, until a block ends."""

    def __init__(self) -> None:
        self._atoms: list[Atom] = []
        self._indented: set[int] = set()

    def __bool__(self) -> bool:
        return bool(self._atoms)

    def text(self, text: str, marks: Marks) -> None:
        """Source text: white space in it means no more than one space."""
        if self._atoms and isinstance(self._atoms[-1].leaf, Break) and _INDENT.match(text):
            self._indented.add(len(self._atoms) - 1)
        if _UNEVEN.search(text):
            text = _SPACE.sub(" ", _WRAPPED.sub("", text) if "\n" in text else text)
        if text:
            self._atoms.append(Atom(marks, Text(text=text)))

    def leaf(self, leaf: Leaf, marks: Marks) -> None:
        self._atoms.append(Atom(marks, leaf))

    def paragraphs(self) -> list[Inlines]:
        """The gathered text as paragraphs: apart at an empty line, at an indented line, and after a full line.

        Other breaks carry meaning and stay: a poem, an address.
        """
        if len(self._atoms) == 1:  # nearly every paragraph
            atoms, self._atoms = self._atoms, []
            return [inlines] if (inlines := _nested(_trimmed(atoms), 0)) else []
        lines: list[list[Atom]] = [[]]
        apart = [True]
        for place, atom in enumerate(self._atoms):
            if isinstance(atom.leaf, Break):
                lines.append([])
                apart.append(place in self._indented)
            else:
                lines[-1].append(atom)
        self._atoms, self._indented = [], set()
        found: list[list[Atom]] = []
        gap, previous = True, ""
        for atoms, indented in zip(lines, apart, strict=True):
            text = "".join(_characters(atom.leaf) for atom in atoms).strip()
            if not text and not any(isinstance(atom.leaf, NoteReference) for atom in atoms):
                gap = True
                continue
            if gap or indented or (len(previous) >= _LONG and previous[-1] in _SENTENCE_END):
                found.append(atoms)
            else:
                found[-1] += [Atom((), Break()), *atoms]
            gap, previous = False, text
        return [inlines for atoms in found if (inlines := _nested(_trimmed(atoms), 0))]

    def single(self) -> Inlines:
        """All of it as one passage; paragraphs in it become breaks."""
        return with_breaks(self.paragraphs())


def with_breaks(passages: Iterable[Inlines]) -> Inlines:
    """Several passages as one, apart by breaks; empty ones leave nothing."""
    return tuple(inline for passage in passages if passage for inline in (Break(), *passage))[1:]


def passage(block: Block) -> Inlines:
    """The inlines of a block within a passage, those of a list or quote apart by breaks."""
    match block:
        case Paragraph() | Heading():
            return block.inlines
        case Quote():
            return with_breaks(map(passage, block.blocks))
        case ListBlock():
            return with_breaks(passage(one) for item in block.items for one in item.blocks)
        case _:
            return ()


def _characters(leaf: Leaf) -> str:
    return leaf.text if isinstance(leaf, Text) else plain((leaf,))


def _trimmed(atoms: list[Atom]) -> list[Atom]:
    """The atoms with no space at either end of a line and never two spaces together."""
    trimmed: list[Atom] = []
    space = True  # whether what stands before is a space already
    for atom in atoms:
        leaf = atom.leaf
        if isinstance(leaf, Text):
            text = (
                leaf.text.lstrip(_ENDS if not trimmed or isinstance(trimmed[-1].leaf, Break) else " ")
                if space
                else leaf.text
            )
            if not text:
                continue
            space = text[-1] == " "
            trimmed.append(Atom(atom.marks, leaf if text is leaf.text else Text(text=text)))
        else:
            if isinstance(leaf, Break):
                _strip_end(trimmed)
            space = isinstance(leaf, Break)
            trimmed.append(atom)
    _strip_end(trimmed)
    return trimmed


def _strip_end(atoms: list[Atom]) -> None:
    while atoms and isinstance(leaf := atoms[-1].leaf, Text):
        text = leaf.text.rstrip(_ENDS)
        if text:
            atoms[-1] = Atom(atoms[-1].marks, Text(text=text))
            return
        atoms.pop()


def _nested(atoms: list[Atom], depth: int) -> Inlines:
    if len(atoms) == 1 and len(atoms[0].marks) == depth:
        return (atoms[0].leaf,)
    inlines: list[Inline] = []
    for mark, group in groupby(atoms, lambda atom: atom.marks[depth] if len(atom.marks) > depth else None):
        if mark is None:
            for is_text, leaves in groupby((leaf for _, leaf in group), lambda leaf: isinstance(leaf, Text)):
                if is_text:
                    inlines.append(Text(text="".join(map(_characters, leaves))))
                else:
                    inlines.extend(leaves)
        else:
            inlines.append(marked(mark, _nested(list(group), depth + 1)))
    return tuple(inlines)
