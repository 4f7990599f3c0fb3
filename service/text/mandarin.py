"""The spoken form of Mandarin sentences: all its rules, in order of precedence."""

from functools import cache

from service.text.codes import CODES, SERIES
from service.text.dates import DATES
from service.text.labels import LABELLED
from service.text.latin import ADDRESSES, ADDRESSES_NAMED, LATIN
from service.text.measures import measures
from service.text.rewriting import Rewriter
from service.text.symbols import CIRCLED, ERHUA, SYMBOLS, UNSAID
from service.text.telephones import TELEPHONES
from service.text.times import TIMES
from service.text.years import YEARS

_SIGNS = r"+\-±–—~≤≦≥≧≈≠<>=×✕÷*^#&@%‰‱√∞½⅓⅔¼¾παβγΔδλμσΩω∑∵∴∠⊥℃㎡㎞㎏°№℡_\u2160-\u217f⁰¹²³⁴-⁹⁻⁺¥$€£₩₽₹฿₫儿"
_TRIGGER = "|".join(
    (
        r"\d",
        r"(?<![A-Za-z])[A-Za-z]|(?<=[A-Za-z])[A-Z]|(?<=[A-Za-z])\.(?=\d)",
        r"['’‘](?=\d\d\D)|[（(\[【［〔](?=0|19|20|\+?86)|(?<=[（(：:，])[万亿元吨人千立]",
        r"(?<=[一二三四五六七八九十])[·•・‧]|(?<=[\d元])/(?=\d|[¥$€£])|(?<=[\u4e00-\u9fff)）])/(?=[\u4e00-\u9fff(（\d])",
        r"[ ](?=[≤≥≈≠<>=×÷*+&~/–—-]|\d{1,3}[-:：/]\d)",
        rf"[{_SIGNS}{UNSAID}{CIRCLED}]",
    )
)
"""Where a rule may begin: at a digit, a sign, a Latin letter, a bracket before a year."""


@cache
def mandarin(*, addresses: bool = True) -> Rewriter:
    """The rewriter of Mandarin sentences, made once; without `addresses` those are only mentioned."""
    first = ADDRESSES if addresses else ADDRESSES_NAMED
    rules = (
        *first,
        *LATIN,
        *CODES,
        *TELEPHONES,
        *LABELLED,
        *DATES,
        *YEARS,
        *SERIES,
        *TIMES,
        *SYMBOLS,
        *measures(),
        ERHUA,
    )
    return Rewriter(trigger=_TRIGGER, rules=rules)
