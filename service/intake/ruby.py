"""Ruby: readings printed above their base text, such as pinyin or zhuyin."""

from collections.abc import Iterator

from lxml.etree import _Element as Element

from service.inlines import Ruby
from service.intake.vocabulary import text_of


def read_ruby(element: Element) -> Iterator[Ruby | str]:
    """The parts of a `ruby` in order: base text with its reading, and text that has none."""
    base = element.text or ""
    for child in element:
        if child.tag == "rt" and base.strip():
            yield Ruby(base=base.strip(), reading=text_of(child).strip())
            base = ""
        elif child.tag not in ("rt", "rp"):
            base += text_of(child)
        base += child.tail or ""
    yield base
