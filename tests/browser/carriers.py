"""Files that carry what may run: Word, OpenDocument, EPUB, Markdown, text and RTF, each by name and content."""

from tests.browser.vectors import RUN, SENTENCE
from tests.intake.offices import docx, epub, odt, para, run

_LINKED = [
    "javascript:RUN", "JAVASCRIPT:RUN", "java&#10;script:RUN", "&#9;javascript:RUN", "vbscript:RUN", "data:text/html,x",
]  # fmt: skip


def _live(text: str) -> str:
    return text.replace("RUN", RUN)


def _word(href: str) -> bytes:
    link = f'<Relationship Id="z" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="{href}" TargetMode="External"/>'
    linked = para('<w:hyperlink r:id="z">' + run("去&lt;svg onload=RUN&gt;") + "</w:hyperlink>" + run(SENTENCE))
    text = para("&lt;/title&gt;&lt;svg onload=RUN&gt;", "T") + linked
    return docx(_live(text), rels=_live(link))


def _text_document(href: str) -> bytes:
    link = f'<text:a xlink:href="{href}">去&lt;svg onload=RUN&gt;</text:a>'
    return odt(
        _live(f'<text:h text:outline-level="1">&lt;svg onload=RUN&gt;</text:h><text:p>{link}{SENTENCE}</text:p>')
    )


def _book(href: str) -> bytes:
    chapter = f"<h1>章</h1><p>{SENTENCE}<a href='{href}'>去</a><img src='x' onerror='RUN'/><script>RUN</script></p>"
    title = _live("&lt;/title&gt;&lt;svg onload=RUN&gt;")
    return epub({"a.xhtml": _live(chapter)}, title=title, author=title)


DOCUMENTS: list[tuple[str, bytes]] = [
    *(("a.docx", _word(href)) for href in _LINKED),
    *(("a.odt", _text_document(href)) for href in _LINKED),
    *(("a.epub", _book(href)) for href in _LINKED),
    *(
        ("a.md", f"# 题目\n\n{SENTENCE}\n\n{code}\n\n{SENTENCE}".encode())
        for code in (
            "<script>RUN</script>",
            "<img src=x onerror=RUN>",
            "[去](javascript:RUN)",
            "[去](JaVaScRiPt:RUN)",
            "[去](<java\nscript:RUN>)",
            "[去](&#106;avascript:RUN)",
            "[去](data:text/html,<script>RUN</script>)",
            "<javascript:RUN>",
            "![图](javascript:RUN)",
            '![图"><svg onload=RUN>](x "\\"onerror=RUN x=\\"")',
            "[去]: javascript:RUN\n\n[去]",
            "[^1]\n\n[^1]: <svg onload=RUN> [去](javascript:RUN)",
            '```"><svg onload=RUN>\nx\n```',
            "| <svg onload=RUN> | b |\n|---|---|\n| [去](javascript:RUN) | `<svg onload=RUN>` |",
        )
    ),
    ("a.txt", f"<script>RUN</script>的说明\n\n{SENTENCE}\n\n<img src=x onerror=RUN> javascript:RUN\n".encode()),
    (
        "a.rtf",
        b'{\\rtf1 <svg onload=RUN>\\par{\\field{\\*\\fldinst HYPERLINK "javascript:RUN"}{\\fldrslt go}}\\par long enough text}',
    ),
]
