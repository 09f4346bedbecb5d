"""The six rules of CM-1, as a region begins with them. Their names and texts are Chinese: they are content, which
supervisors edit, and the region's own from then on."""

from dataclasses import dataclass
from typing import Any

# key → name and colour of the tags they put on
TAGS = {
    "frequent": ("高頻買家", "grape"),
    "after_sales": ("售後處理", "orange"),
    "new": ("新客", "teal"),
    "risky": ("高風險", "red"),
    "dormant": ("沉睡客戶", "gray"),
    "vip": ("VIP", "yellow"),
}
RETURNS = ["退貨", "換貨", "退換貨", "七天鑑賞期", "return", "exchange", "send it back"]
REFUNDS = ["退款", "退錢", "refund", "money back", "chargeback"]
_DAY = 24
_WELCOME = "歡迎您！第一次和我們聊聊，結帳時輸入 WELCOME10 可享九折優惠，期限 7 天。我們馬上為您服務。"
_COME_BACK = "好久不見！我們為您準備了專屬優惠，歡迎回來看看。"


@dataclass(frozen=True)
class ShippedRule:
    key: str
    name: str
    event: str
    conditions: dict[str, Any] | None
    actions: list[dict[str, Any]]
    after_hours: int | None = None
    cooldown_hours: int = 0


def _tag(key: str) -> dict[str, Any]:
    return {"do": "tag_contact", "tag": f"tag:{key}"}


RULES = (
    ShippedRule(
        "refund",
        "提到退款：高風險，排到最前面",
        "message.received",
        {"all": [{"fact": "message.text", "op": "contains_any", "value": REFUNDS}]},
        [{"do": "tag_conversation", "tag": "tag:risky"}, {"do": "set_priority", "priority": "urgent"}],
        cooldown_hours=_DAY,
    ),
    ShippedRule(
        "returns",
        "詢問退換貨：售後處理",
        "message.received",
        {"all": [{"fact": "message.text", "op": "contains_any", "value": RETURNS}]},
        [{"do": "tag_conversation", "tag": "tag:after_sales"}],
        cooldown_hours=_DAY,
    ),
    ShippedRule(
        "welcome",
        "第一次來訊：新客與歡迎優惠",
        "conversation.opened",
        {"all": [{"fact": "contact.cases", "op": "eq", "value": 1}]},
        [_tag("new"), {"do": "send_text", "text": _WELCOME}],
    ),
    ShippedRule(
        "frequent",
        "24 小時內 2 筆訂單：高頻買家",
        "order.paid",
        {"all": [{"fact": "contact.orders", "op": "ge", "value": 2, "within_hours": _DAY}]},
        [_tag("frequent")],
    ),
    ShippedRule(
        "vip",
        "30 天內 3 筆訂單：VIP",
        "order.paid",
        {"all": [{"fact": "contact.orders", "op": "ge", "value": 3, "within_hours": 30 * _DAY}]},
        [_tag("vip")],
    ),
    ShippedRule(
        "dormant",
        "60 天沒有互動：沉睡客戶與喚回訊息",
        "message.received",
        None,
        [_tag("dormant"), {"do": "send_template", "template": "come_back|zh_TW", "text": _COME_BACK}],
        after_hours=60 * _DAY,
    ),
)
