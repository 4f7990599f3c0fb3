"""The accuracy set: one page of each kind of site and failure mode, written for this project, with its right answer."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.article import Article, Code, Figure, Heading, ListBlock, Media, Notes, Table, body_text
from service.inlines import Abbreviation, Foreign, Link, Node, NoteReference, Ruby, Verbatim, plain
from service.intake.charset import decode
from service.intake.html import read_html

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))


def nodes(value: object) -> Iterator[Node]:
    """Every node of a tree, in reading order."""
    if isinstance(value, tuple):
        for inner in value:
            yield from nodes(inner)
    elif isinstance(value, Node):
        yield value
        for name in value.__struct_fields__:
            yield from nodes(getattr(value, name))


def structure(article: Article) -> dict[str, list[Any]]:
    """What the article holds besides text, in the form of the answers' TOML."""
    found: dict[str, list[Any]] = {
        name: []
        for name in "headings links images tables lists media notes references rubies foreign verbatim abbreviations code".split()
    }
    for node in nodes(article.blocks):
        match node:
            case Heading(inlines=inlines):
                found["headings"].append(plain(inlines))
            case Link(href=href):
                found["links"].append(href)
            case Figure(src=src, alt=alt, caption=caption):
                image = (
                    {"src": src}
                    | ({} if alt is None else {"alt": alt})
                    | ({"caption": plain(caption)} if caption else {})
                )
                found["images"].append(image)
            case Table(head=head, rows=rows):
                found["tables"].append([len(head + rows), max(map(len, head + rows))])
            case ListBlock(ordered=ordered, items=items):
                found["lists"].append(["ordered" if ordered else "bullets", len(items)])
            case Media(src=src):
                found["media"].append(src)
            case Notes(notes=notes):
                found["notes"] += [body_text(note.blocks) for note in notes]
            case NoteReference(label=label):
                found["references"].append(label)
            case Ruby(base=base, reading=reading):
                found["rubies"].append([base, reading])
            case Foreign(lang=lang, inlines=inlines):
                found["foreign"].append([lang, plain(inlines)])
            case Verbatim(inlines=inlines):
                found["verbatim"].append(plain(inlines))
            case Abbreviation(expansion=expansion, inlines=inlines):
                found["abbreviations"].append([plain(inlines), expansion])
            case Code(language=language):
                found["code"].append(language or "")
            case _:
                pass
    return found


def test_there_is_a_page_for_every_kind() -> None:
    assert len(NAMES) >= 20
    assert all((PAGES / f"{name}.toml").is_file() for name in NAMES)


@pytest.mark.parametrize("page", NAMES)
def test_page(page: str) -> None:
    answer = tomllib.loads((PAGES / f"{page}.toml").read_text("utf-8"))
    article = read_html(decode((PAGES / f"{page}.html").read_bytes()), answer["url"])
    assert article.source == answer["url"]
    assert article.kind == answer.get("kind", "article")
    for field in ("title", "byline", "site", "published", "language"):
        assert getattr(article, field) == answer.get(field), field
    assert body_text(article.blocks) == answer["text"]
    for name, found in structure(article).items():
        assert found == answer.get(name, []), name
