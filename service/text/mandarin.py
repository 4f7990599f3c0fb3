"""The spoken form of Mandarin sentences: all its rules, in order of precedence."""

from functools import cache

from service.text.codes import CODES
from service.text.dates import DATES, TIMES
from service.text.latin import LATIN
from service.text.measures import BARE_RATES, MEASURES
from service.text.rewriting import Rewriter
from service.text.symbols import ERHUA, SYMBOLS, UNSAID

_TRIGGER = (
    r"[0-9+\-±–—~≤≥≈≠<>=×✕÷*^#&@%‰‱¥$€£₩₽₹฿₫〔√∞παβγΔδλμσΩω∑∵∴℃㎡㎞㎏°№℡†‡儿Ⅰ-ⅿ①-⓿⒈-⒛⑴-⒇㈠-㈩❶-❿⁰¹²³⁴-⁹]"
    r"|(?<![A-Za-z])[A-Za-z]|(?<=[A-Za-z])[A-Z]|[（(\[【［](?=0|19|20)|[ ](?=[≤≥≈≠<>=×÷*+&~/–—-]|\d{1,3}[-:：/]\d)|[元吨人万亿千立](?=[^，。]{0,6}/)"
    rf"|[{UNSAID}]"
)


@cache
def mandarin() -> Rewriter:
    """The rewriter of Mandarin sentences, made once."""
    return Rewriter(trigger=_TRIGGER, rules=(*LATIN, *CODES, *DATES, *TIMES, *SYMBOLS, *BARE_RATES, *MEASURES, ERHUA))
