"""Variants: one form for full-width, subscript and traditional characters, so that each rule is written once."""

import re
from functools import cache

_TRADITIONAL = (
    "兩萬億點號時電話樓層棟單歲個負餘後間週級屆區線類條項張隻輛臺隊場縣鄉戶門種從達約過錢幣員圓數據證碼編帳賬撥熱報車頁鐘噸"
    "畝頃釐長寬雙幾備滬發選輪對勝戰領擊敗敵總續溫氣攝復為與業國寶課節題師學實診檢導聯絡專訊體來這歷紀誕齡開無現響應馬圖訂獎"
    "軌鐵兒嬰孫婦媽遊會諮詢讚倫網療術產務內東廣韓經濟營運動員階劃舉辦茲歐鎊盧納幀轉減於"
)
_SIMPLIFIED = (
    "两万亿点号时电话楼层栋单岁个负余后间周级届区线类条项张只辆台队场县乡户门种从达约过钱币员圆数据证码编帐账拨热报车页钟吨"
    "亩顷厘长宽双几备沪发选轮对胜战领击败敌总续温气摄复为与业国宝课节题师学实诊检导联络专讯体来这历纪诞龄开无现响应马图订奖"
    "轨铁儿婴孙妇妈游会咨询赞伦网疗术产务内东广韩经济营运动员阶划举办兹欧镑卢纳帧转减于"
)
_WIDE = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F) if chr(code) not in "!\"'(),.:;?[]{}"}
_SUBSCRIPTS = {chr(0x2080 + digit): str(digit) for digit in range(10)}
_SIGNS = dict(zip("−﹣‐‑∼〜～⁄∕﹪∶￥", "----~~~//%:¥", strict=True))


@cache
def _folding() -> dict[int, str]:
    pairs = dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True))
    return str.maketrans(pairs | _WIDE | _SUBSCRIPTS | _SIGNS)


@cache
def _unfolding() -> tuple[re.Pattern[str], dict[int, str]]:
    pairs = [pair for pair in zip(_SIMPLIFIED, _TRADITIONAL, strict=True) if pair[0] != pair[1]]
    traditional = "".join(pair[1] for pair in pairs)
    return re.compile(f"[{traditional}們說麼嗎嗚際]"), str.maketrans(dict(reversed(pairs)))


def fold(text: str) -> str:
    """`text` with the same length and its variants replaced; the very same string where there are none."""
    folded = text.translate(_folding())
    return text if folded == text else folded


def unfold(said: str, text: str) -> str:
    """Words made by a rule, in traditional characters where the text is written in them."""
    pattern, table = _unfolding()
    return said.translate(table) if pattern.search(text) else said
