"""Pictures: images, films and sound of a page, and the captions that belong to them."""

import re
from collections.abc import Sequence

from lxml.etree import _Element as Element

from service.article import Block, Blocks, Figure, Heading, Media, Paragraph
from service.inlines import Break, Inlines, plain
from service.intake.addresses import Base
from service.intake.lines import with_breaks

_SMALL = 32  # pixels: an image no larger than this is an icon
_TRACKER = 3  # pixels
_NUMBER = re.compile(r"\s*(\d{1,6})(?:\.\d+)?\s*(?:px)?\s*")
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:wp-caption-text|caption|figcaption|image-caption|pic-?desc|img-?desc|pictext|image-desc|photo-desc)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"(?:图为|圖為|图中为|资料图|資料圖|图\s*\d{0,2}\s*[:：]|圖\s*\d{0,2}\s*[:：／]).{2,120}"
    r"|.{0,150}(?:[（(](?:摄影|攝影|图片|圖片|供图|供圖|图|圖)\s*[:：/][^（）()]{1,20}[）)]|[（(][^（）()]{1,16}(?:摄|攝|供图|供圖)[）)])"
    r"|.{0,120}[\u4e00-\u9fff][\s\u3000／/]*(?:[摄攝]|[摄攝]影|供[图圖])"
)


def read_image(element: Element, base: Base) -> Figure | None:
    """The picture of an `img`; None for an icon, a tracker, and where it has no address."""
    sizes = _sizes(element)
    if sizes and (max(sizes) <= _SMALL or min(sizes) <= _TRACKER):
        return None
    src, alt = base.image(element), element.get("alt")
    return Figure(src=src, alt=" ".join(alt.split()) if alt is not None else None) if src else None


def drawn_text(element: Element) -> str | None:
    """What an `img` within a line of text stands for, such as a drawn character or face."""
    sizes, alt = _sizes(element), element.get("alt")
    return alt if sizes and _TRACKER < max(sizes) <= _SMALL and alt and len(alt) <= 8 else None


def read_media(element: Element, base: Base) -> Media | None:
    """The film, sound or foreign page of a `video`, `audio` or `iframe`; None where it has no address or no size."""
    inner = element.find("source")
    own = element.get("src") or element.get("data-src")
    src = base.resource(own or (inner.get("src") if inner is not None else None))
    if not src or not {0, 1}.isdisjoint(_sizes(element)):
        return None
    title = (element.get("title") or "").strip() or None
    match element.tag:
        case "video" | "audio" as kind:
            return Media(kind=kind, src=src, title=title)
        case _:
            return Media(kind="embed", src=src, title=title)


def is_caption(element: Element) -> bool:
    """Whether an element says that it is the caption of a picture."""
    return bool(_CAPTION.search(element.get("class") or ""))


def tells_of_picture(inlines: Inlines) -> bool:
    """Whether a line begins as captions do or ends with who took a picture: it belongs to the picture above it."""
    return bool(_UNDER.fullmatch(plain(inlines).strip()))


def captionless(blocks: Sequence[Block]) -> int | None:
    """The place of the picture at the end of blocks that can still get a caption; a film may follow its still picture."""
    place = len(blocks) - 1
    while place > 0 and isinstance(blocks[place], Media):
        place -= 1
    picture = blocks[place] if blocks else None
    return place if isinstance(picture, Figure) and not picture.caption else None


def captioned(picture: Figure, caption: Inlines) -> Figure:
    """A picture with a caption, after the one it has."""
    before = (*picture.caption, Break()) if picture.caption else ()
    return Figure(src=picture.src, alt=picture.alt, caption=before + caption)


def figure(blocks: Blocks) -> Blocks:
    """The blocks of a `figure`: what text it has is the caption of its last picture, if there is one."""
    shown = [block for block in blocks if not isinstance(block, Paragraph | Heading)]
    texts = [block.inlines for block in blocks if isinstance(block, Paragraph | Heading)]
    for place in reversed(range(len(shown)) if texts else ()):
        if isinstance(picture := shown[place], Figure):
            return (*shown[:place], captioned(picture, with_breaks(texts)), *shown[place + 1 :])
    return blocks


def _sizes(element: Element) -> list[int]:
    """Width and height in pixels, those that are given."""
    given = (_NUMBER.fullmatch(element.get(name) or "") for name in ("width", "height"))
    return [int(number[1]) for number in given if number]
