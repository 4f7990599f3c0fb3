"""The words and element names by which pages of any site name their parts."""

import re

from lxml.etree import _Element as Element

BLOCK = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr html li main menu nav noscript ol p pre section summary table tbody td tfoot th thead tr ul "
    "video audio iframe caption picture".split()
)
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
UNREAD = frozenset(
    "script style template svg canvas object applet select input textarea dialog button meta link map frameset "
    "frame head title rp datalist progress meter label legend col colgroup".split()
)

ASIDE_TAGS = frozenset("nav footer aside form menu".split())

# Word parts of class and id: `article-body_main2` has article, body, main.
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

FURNITURE = frozenset(
    "comment comments disqus respond pinglun breadcrumb breadcrumbs crumb crumbs crumbnav weizhi bread "
    "sidebar sidebars aside related relate relates recommend recommends recommended recommendation recommendations tuijian xiangguan "
    "share shares sharing social sns bdsharebuttonbox bshare fenxiang qrcode "
    "footer foot copyright nav navbar navigation menu menus topbar toolbar "
    "ad ads adv advert advertisement advertising adsbygoogle sponsor sponsored promo promos promoted promotion "
    "newsletter subscribe subscription signup paywall popup modal cookie cookies consent gdpr "
    "hotnews hot rank ranking paihang popular trending mostread outbrain taboola pagination pager "
    "prevnext prenext shangxia tags taglist relatedposts relatedpost relatednews relatedarticles relatedlinks recommendlist "
    "sharedaddy sharethis addthis sharebar sharebox shareto socialshare hotlist "
    "xgxw xgwz xgyd xgbd xgtj xgnr xgzx tjyd tjwz tjxw rmwz rmtj rdwz rdxw rdtj zxwz phb wzpl sxp".split()
)
BODY_WORDS = frozenset(
    "content article text post entry body story zoom detail editor news paragraph paragraphs richtext wenzhang neirong zhengwen "
    "ucapcontent artibody vsb wp articlebody articlecontent articlebox articletext newscontent".split()
)
# Names that content management systems give to the body of an article and to nothing else.
_BODY_NAME = re.compile(
    r"(?<![a-z])(?:arti(?:cle)?[-_]*(?:body|content|text|con|cont|txt|detail|main)|entry[-_]*content|post[-_]*(?:content|body|text)|"
    r"story[-_]*(?:body|content|text)|news[-_]*(?:content|body|text|txt|con|cont)|content[-_]*(?:text|txt|detail|article)|"
    r"(?:detail|blog|the|text|txt|body|cont|con)[-_]*(?:content|text|txt|con|copy)|trs[-_]?editor|ucapcontent|(?:js|rich_media|vsb|v_news)_content|wp_articlecontent|"
    r"zoom|fontzoom|markdown[-_]body|mw-parser-output|field-name-body|rich[-_]?text|mp-editor|zhengwen|neirong)(?![a-z])",
    re.IGNORECASE,
)
TITLE_WORDS = frozenset("title tit biaoti headline heading bt arttitle articletitle titles subject h1 ttl".split())

_DISPLAY_NONE = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def hidden(element: Element) -> bool:
    """Whether the page itself says that this is not shown. `visibility:hidden` does not: scripts take it away."""
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _DISPLAY_NONE.search(style))


def names_body(*names: str | None) -> bool:
    """Whether class and id values are those of the body of an article."""
    return any(name and _BODY_NAME.search(name) for name in names)


def words(*names: str | None) -> frozenset[str]:
    """The lower-case word parts of class and id values."""
    return frozenset(part.lower() for name in names if name for part in _PART.findall(name))


def text_of(element: Element) -> str:
    """All characters of an element, in order."""
    return "".join(str(part) for part in element.itertext())
