"""Variants: one form for full-width, subscript and traditional characters, so that each rule is written once."""

import re
from functools import cache

_TRADITIONAL = (
    "兩两 萬万 億亿 點点 號号 時时 電电 話话 樓楼 層层 棟栋 單单 歲岁 個个 負负 乘乘 餘余 後后 間间 週周 級级 屆届 區区 線线 類类 "
    "條条 項项 張张 隻只 輛辆 臺台 隊队 場场 縣县 鄉乡 戶户 門门 種种 從从 至至 達达 約约 過过 錢钱 幣币 員员 圓圆 數数 據据 "
    "證证 碼码 編编 帳账 賬账 撥拨 熱热 線线 報报 救救 車车 頁页 週周 鐘钟 噸吨 畝亩 頃顷 釐厘 長长 寬宽 雙双 倍倍 幾几 "
    "備备 滬沪 發发 貫贯 選选 輪轮 對对 勝胜 戰战 領领 擊击 敗败 敵敌 總总 續续 溫温 氣气 攝摄 復复 號号 為为 與与 業业 國国 "
    "寶宝 課课 節节 題题 師师 學学 實实 診诊 檢检 導导 聯联 絡络 專专 訊讯 國国 體体 來来 這这 歷历 紀纪 誕诞 齡龄 開开 無无 "
    "裡里 裏里 現现 響响 應应 萬万 馬马 伍伍 圖图 訂订 獎奖 軌轨 鐵铁 兒儿 嬰婴 孫孙 婦妇 媽妈 遊游 會会 諮咨 詢询 讚赞 倫伦"
)
_WIDE = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F) if chr(code) not in "!\"'(),.:;?[]{}"}
_SUBSCRIPTS = {chr(0x2080 + digit): str(digit) for digit in range(10)}
_SIGNS = {
    "−": "-",
    "﹣": "-",
    "∼": "~",
    "〜": "~",
    "～": "~",
    "⁄": "/",
    "∕": "/",
    "﹪": "%",
    "∶": ":",
    "￥": "¥",
    "‐": "-",
    "‑": "-",
}


@cache
def _table() -> dict[int, str]:
    pairs = {pair[0]: pair[1] for pair in _TRADITIONAL.split()}
    return str.maketrans(pairs | _WIDE | _SUBSCRIPTS | _SIGNS)


@cache
def _unfolding() -> tuple[re.Pattern[str], dict[int, str]]:
    pairs = {pair[1]: pair[0] for pair in reversed(_TRADITIONAL.split()) if pair[0] != pair[1]}
    traditional = "".join(pair[0] for pair in _TRADITIONAL.split() if pair[0] != pair[1])
    return re.compile(f"[{traditional}們對說經務實麼們嗎嗚國際與產業]"), str.maketrans(pairs)


def fold(text: str) -> str:
    """`text` with the same length and its variants replaced; the very same string where there are none."""
    folded = text.translate(_table())
    return text if folded == text else folded


def unfold(said: str, text: str) -> str:
    """Words made by a rule, in traditional characters where the text is written in them."""
    pattern, table = _unfolding()
    return said.translate(table) if pattern.search(text) else said
