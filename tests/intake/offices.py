"""Small docx, odt and epub files for tests, written as their formats are: zip archives of XML."""

import io
import zipfile
from collections.abc import Mapping

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OPC = "http://schemas.openxmlformats.org/package/2006"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NS = "urn:oasis:names:tc:opendocument:xmlns"


def archive(files: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return out.getvalue()


# Word


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(inside: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs, or of plain text."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inside if inside.startswith('<') else run(inside)}</w:p>"


def docx(
    body: str,
    *,
    styles: Mapping[str, str] | None = None,
    notes: str = "",
    rels: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    **extra: str | bytes,
) -> bytes:
    """A .docx of this body. `styles` maps style ids to their names; `parts` and `extra` add or replace parts, `__` for `/`."""
    named = {"1": "heading 1", "2": "heading 2", "T": "Title", "Q": "Quote", **(styles or {})}
    style_xml = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in named.items()
    )
    space = f'xmlns:w="{_WORD}" xmlns:r="{_REL}"'
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_OPC}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_OPC}/relationships">'
        f'<Relationship Id="r1" Type="{_REL}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_OPC}/relationships">'
        f'<Relationship Id="s" Type="{_REL}/styles" Target="styles.xml"/>'
        f'<Relationship Id="n" Type="{_REL}/numbering" Target="numbering.xml"/>'
        f'<Relationship Id="f" Type="{_REL}/footnotes" Target="footnotes.xml"/>'
        f'<Relationship Id="p" Type="{_REL}/image" Target="media/image1.png"/>'
        f'<Relationship Id="a" Type="{_REL}/hyperlink" Target="https://a.example/x" TargetMode="External"/>{rels}'
        "</Relationships>",
        "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {space}>{style_xml}</w:styles>",
        "word/numbering.xml": f"<w:numbering {space}>"
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
        "</w:numbering>",
        "word/footnotes.xml": f"<w:footnotes {space}>{notes}</w:footnotes>",
        "word/media/image1.png": b"\x89PNG\r\n\x1a\n",
    }
    files.update(
        {name.replace("__", "/").replace("_xml", ".xml"): data for name, data in {**(parts or {}), **extra}.items()}
    )
    return archive(files)


def picture(alt: str | None) -> str:
    described = "" if alt is None else f' descr="{alt}"'
    wp = "http://schemas.openxmlformats.org/drawingml/2006"
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{wp}/wordprocessingDrawing"><wp:docPr id="1" name="p"{described}/>'
        f'<a:graphic xmlns:a="{wp}/main"><a:graphicData><pic:pic xmlns:pic="{wp}/picture"><pic:blipFill>'
        '<a:blip r:embed="p"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


# OpenDocument


def odt(text: str, *, styles: str = "", **extra: str | bytes) -> bytes:
    """An .odt of this text; the prefixes are OpenDocument's usual ones."""
    prefixes = {
        "office": "office:1.0",
        "text": "text:1.0",
        "table": "table:1.0",
        "style": "style:1.0",
        "draw": "drawing:1.0",
        "svg": "svg-compatible:1.0",
        "fo": "xsl-fo-compatible:1.0",
    }
    space = " ".join(f'xmlns:{prefix}="{_NS}:{name}"' for prefix, name in prefixes.items())
    content = (
        f'<office:document-content {space} xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{text}</office:text></office:body></office:document-content>"
    )
    files: dict[str, str | bytes] = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    files.update({name.replace("__", "/").replace("_xml", ".xml"): data for name, data in extra.items()})
    return archive(files)


# EPUB


def epub(
    chapters: Mapping[str, str | bytes], *, title: str = "书", author: str = "", spine: str = "", **extra: str | bytes
) -> bytes:
    """An EPUB of these chapters, by file name in the folder `OEBPS`; `spine` replaces the reading order."""
    items = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(chapters)
    )
    order = spine or "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator></metadata>"
        f'<manifest>{items}<item id="nav" href="nav.xhtml" properties="nav"/></manifest>'
        f"<spine>{order}</spine></package>"
    )
    files: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        "OEBPS/package.opf": package,
        **{f"OEBPS/{name}": data for name, data in chapters.items()},
    }
    files.update({name.replace("__", "/").replace("_xml", ".xml"): data for name, data in extra.items()})
    return archive(files)
