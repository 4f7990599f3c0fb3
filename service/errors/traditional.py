"""What errors say in traditional characters: a server that says them reads no dictionary."""

from typing import Final

_SIMPLIFIED: Final = (
    "“”专个为书于从会传体储儿内写几删别务单号后听员围图坏声处复头实对带应开录态扫护择损换无旧时暂机杂权来构样档检汉没点状现畅盘着码"
    "确碍种类系级纯经结给编网联范见钟订记许设证识词试该语误说请读贴转较辑过运还这进选里钥链错长问间阅队页题"
)
_TRADITIONAL: Final = (
    "「」專個為書於從會傳體儲兒內寫幾刪別務單號後聽員圍圖壞聲處複頭實對帶應開錄態掃護擇損換無舊時暫機雜權來構樣檔檢漢沒點狀現暢盤著碼"
    "確礙種類繫級純經結給編網聯範見鐘訂記許設證識詞試該語誤說請讀貼轉較輯過運還這進選裡鑰鏈錯長問間閱隊頁題"
)
_FORMS: Final = str.maketrans(_SIMPLIFIED, _TRADITIONAL)


def traditional(sentence: str) -> str:
    """One of the errors' own sentences, whose every character has but one form there, in traditional characters."""
    return sentence.translate(_FORMS)
