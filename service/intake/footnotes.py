"""Footnotes: marks in the text that point to notes elsewhere in it, and those notes."""

import re

from lxml.etree import _Element as Element

from service.article import Blocks, Note, Notes
from service.intake.vocabulary import BLOCK, text_of

_LABEL = re.compile(
    r"[\[［【(（〔]?\s*(?:注|note\s*)?\s*(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]{1,3}|[①-⑳])\s*[\]］】)）〕]?", re.IGNORECASE
)
_BACK = re.compile(r"\s*(?:[\[［(（]?\s*(?:\d{1,3}|[*†‡§]|[①-⑳])\s*[\]］)）]?[.、]?|[↩↑^⏎⤴]\ufe0e?|返回)\s*")


class Footnotes:
    """The notes of the part of a page that stands in `root`; a note is found by a link that looks like a mark.

    Their ids are `prefix` and a number.
    """

    def __init__(self, root: Element, prefix: str = "n") -> None:
        self._prefix = prefix
        self.containers: dict[Element, str] = {}
        self._references: dict[Element, str] = {}
        self._ways_back: set[Element] = set()
        self._read: dict[str, Blocks] = {}
        links = [link for link in root.iter("a") if (link.get("href") or "").startswith("#")]
        if links:
            self._find(root, links)

    def _find(self, root: Element, links: list[Element]) -> None:
        targets: dict[str, Element] = {}
        order: dict[Element, int] = {}
        for place, element in enumerate(root.iter()):
            order[element] = place
            for name in (element.get("id"), element.get("name")):
                if name:
                    targets.setdefault(name, element)
        for link in links:
            target = targets.get((link.get("href") or "")[1:])
            label = text_of(link).strip()
            if target is None or order[target] <= order[link] or not _LABEL.fullmatch(label):
                continue
            container: Element | None = target
            while container is not None and container.tag not in BLOCK:
                container = container.getparent()
            if container is None or container is root or container.tag[0] == "h" or order[container] <= order[link]:
                continue
            note = self.containers.setdefault(container, f"{self._prefix}{len(self.containers) + 1}")
            self._references[link] = note
        for container in self.containers:
            for link in container.iter("a"):
                inward = link not in self._references and (link.get("href") or "").startswith("#")
                if inward and _BACK.fullmatch(text_of(link)):
                    self._ways_back.add(link)

    def reference(self, link: Element) -> str | None:
        """The id of the note that this link points to."""
        return self._references.get(link)

    def is_way_back(self, link: Element) -> bool:
        """Whether this link stands in a note and leads back to its mark."""
        return link in self._ways_back

    def add(self, container: Element, blocks: Blocks) -> None:
        self._read[self.containers[container]] = blocks

    def blocks(self) -> Blocks:
        """The notes that have been read, in the order of their marks, as one block."""
        notes = tuple(
            Note(id=note, blocks=self._read[note]) for note in self.containers.values() if self._read.get(note)
        )
        return (Notes(notes=notes),) if notes else ()
