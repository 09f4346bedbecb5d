"""The lists a region begins with: rows from then on, which supervisors edit under /settings/risk."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ShippedRule:
    kind: str
    severity: int
    mentions: int
    window_hours: int
    advice_zh: str
    advice_en: str


RULES = (
    ShippedRule(
        "fraud",
        2,
        3,
        24,
        "先不要處理任何轉帳或退款。請客人保留對話、帳號與匯款單據，並撥打 165 反詐騙諮詢專線（台灣）；"
        "香港撥打 18222 防騙易熱線。若有人冒用我們的名義，請截圖交給主管。",
        "Make no transfer or refund for now. Ask them to keep the chat, account numbers and receipts, and to call 165 "
        "(Taiwan) or 18222 (Hong Kong). If somebody acts in our name, give screenshots to a supervisor.",
    ),
    ShippedRule(
        "threat",
        3,
        1,
        24,
        "保持冷靜，不要爭辯或挑釁，也不要約見面。若有人身安全疑慮，請立即撥打 110（台灣）或 999（香港），"
        "並通知主管與店面同仁。",
        "Stay calm, do not argue, do not agree to meet. If anybody may be in danger, call 110 (Taiwan) or 999 (Hong "
        "Kong) at once, and tell your supervisor and the shop.",
    ),
    ShippedRule(
        "self_harm",
        3,
        1,
        24,
        "先接住對方的情緒，不評斷、不說教，讓對話繼續。提供安心專線 1925（台灣，24 小時）、生命線 1995；"
        "香港：撒瑪利亞會 2389 2222、情緒通 18111。有立即危險請撥打 119（台灣）或 999（香港）。",
        "Listen first, do not judge or lecture, and keep talking. Offer 1925 (Taiwan, day and night) or Lifeline "
        "1995; in Hong Kong the Samaritans 2389 2222 or 18111. In danger call 119 (Taiwan) or 999 (Hong Kong).",
    ),
    ShippedRule(
        "legal",
        2,
        1,
        24,
        "不要承認責任，也不要自行允諾賠償。請客人留下訴求與聯絡方式，告知會由專人回覆，並轉交主管或法務。"
        "消費爭議可撥打 1950（台灣）或 2929 2222（香港消委會）。",
        "Admit nothing and promise no compensation. Note what they ask for and how to reach them, say that a "
        "specialist will answer, and hand it on. Consumer disputes: 1950 (Taiwan), 2929 2222 (Hong Kong).",
    ),
    ShippedRule(
        "other",
        2,
        1,
        24,
        "請先看標記的原因，再決定是否需要主管協助。",
        "Read why it was flagged, then decide whether a supervisor is needed.",
    ),
)

TERMS: dict[str, dict[str, str]] = {
    "fraud": {
        "zh": "詐騙 詐騙集團 詐欺 騙子 騙錢 被騙 騙人的 釣魚網站 盜刷",
        "yue": "呃錢 呃人 老千 俾人呃 畀人呃 騙案 騙徒",
        "en": "scam|scams|scammed|scammer|fraud|fraudulent|phishing|swindle|ripped off|stole my money",
    },
    "threat": {
        "zh": "殺了你 殺死你 殺你全家 打死你 給你好看 砸店 放火燒 潑漆 走夜路小心 知道你住哪 放炸彈 炸掉你 同歸於盡",
        "yue": "斬死你 燒咗你間舖 攞你命 隊冧你 打鑊你",
        "en": "kill you|hurt you|beat you up|burn down your|blow up your|plant a bomb|i know where you live|"
        "you will pay for this|coming for you",
    },
    "self_harm": {
        "zh": "自殺 自殘 自傷 輕生 不想活 活不下去 想死 去死算了 結束生命 割腕 想燒炭 想跳樓 去跳樓 尋短 遺書",
        "yue": "唔想做人 唔想生存 冇晒希望 𠝹手",
        "en": "suicide|suicidal|kill myself|killing myself|end my life|want to die|self harm|hurt myself|"
        "cut myself|no reason to live",
    },
    "legal": {
        "zh": "提告 告你們 法院見 存證信函 律師函 找律師 請律師 消保官 消基會 公平會 消費者保護 訴訟 報警 檢舉你們",
        "yue": "法庭見 律師信 消委會 告你哋 小額錢債 海關投訴",
        "en": "lawyer|attorney|lawsuit|sue you|suing|legal action|take you to court|small claims|solicitor|"
        "police report|call the police",
    },
}


def shipped_terms() -> list[tuple[str, str, str]]:
    """(kind, language, text)"""
    return [
        (kind, language, text)
        for kind, lists in TERMS.items()
        for language, words in lists.items()
        for text in (words.split("|") if language == "en" else words.split())
    ]
