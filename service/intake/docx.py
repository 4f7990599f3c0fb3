"""Word documents to HTML by mammoth: headings and lists by style, tables, notes, pictures with alternatives.

A table of contents is left out: it says the headings twice.
"""

import io
import itertools

import mammoth

from service.errors import ChangduError, DamagedDocument
from service.intake.archive import Archive
from service.intake.word_parts import plain_word

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='标题'] => h1:fresh
p[style-name='Heading 7'] => h6:fresh
p[style-name='heading 7'] => h6:fresh
p[style-name='Heading 8'] => h6:fresh
p[style-name='heading 8'] => h6:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='引用'] => blockquote > p:fresh
p[style-name='HTML Preformatted'] => pre:separator('\\n')
p[style-name='TOC Heading'] => !
""" + "".join(f"p[style-name='toc {level}'] => !\n" for level in range(1, 10))


def html_of_docx(body: bytes) -> str:
    """The HTML of a .docx. Raises DamagedDocument, EncryptedDocument, UnsafeArchive.

    Pictures keep the names `image-1`, `image-2` … as their addresses: what stands in a file has no other.
    """
    plain = plain_word(Archive(body))
    numbers = itertools.count(1)

    def picture(image: object) -> dict[str, str]:
        return {"src": f"image-{next(numbers)}"}

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(plain), style_map=_STYLES, convert_image=mammoth.images.img_element(picture)
        )
    except (ChangduError, RecursionError, MemoryError):
        raise
    except Exception as error:  # it lets through whatever a senseless document makes it run into
        raise DamagedDocument(what="docx") from error
    html: str = result.value
    return html
