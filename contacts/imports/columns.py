"""What the columns of a file mean: guessed from their headings in both languages, and from what stands in them."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence

CONTACTS, ORDERS = "contacts", "orders"
FIELD = "field:"  # a custom field: field:<key>

# Who a line is about: one of these must be there.
NAMING = ("phone", "external_id")

_CONTACT_HEADINGS: dict[str, str] = {
    "phone": "phone|phone number|mobile|mobile phone|cell|cellphone|telephone|tel|whatsapp|whatsapp number|wa id|msisdn"
    "|customer phone|電話|電話號碼|手機|手機號碼|行動電話|聯絡電話|連絡電話|手机|手机号|手机号码|电话|收件人電話|買家電話",
    "name": "name|full name|customer|customer name|contact|contact name|姓名|名字|名稱|客戶|客戶姓名|客戶名稱|會員姓名"
    "|顧客|顧客姓名|聯絡人|收件人|買家|客户|客户姓名",
    "external_id": "id|external id|customer id|customer no|customer number|member id|member no|crm id|user id|會員編號"
    "|客戶編號|顧客編號|客戶代號|會員代號|客戶 id|會員 id|客户编号|会员编号",
    "language": "language|lang|locale|語言|語系|语言",
    "country": "country|country code|國家|國別|国家",
    "tags": "tags|tag|labels|label|標籤|標記|标签|分類",
    "consent": "consent|opt in|optin|marketing|marketing consent|accepts marketing|subscribed|newsletter|同意|同意行銷"
    "|行銷同意|接受行銷|願意收到行銷訊息|訂閱|订阅",
    "consent_at": "consent date|consent time|opt in date|opt in time|consented at|subscribed at|同意時間|同意日期|訂閱時間"
    "|訂閱日期",
    "consent_proof": "consent proof|consent evidence|proof|evidence|opt in proof|consent source|同意證明|同意依據|證明|憑證"
    "|同意來源",
}
_ORDER_HEADINGS: dict[str, str] = {
    "order_id": "order id|external order id|訂單 id|訂單識別碼",
    "order_number": "order|order number|order no|number|name|訂單|訂單編號|訂單號碼|訂單號|單號|订单|订单号|订单编号",
    "order_state": "status|state|order status|financial status|訂單狀態|狀態|付款狀態|订单状态|状态",
    "currency": "currency|currency code|幣別|幣種|貨幣|币种",
    "total": "total|amount|order total|total price|grand total|總計|總額|總金額|訂單金額|金額|实付|总金额|應付金額",
    "placed_at": "date|order date|created at|placed at|ordered at|訂單日期|下單日期|下單時間|訂購日期|訂購時間|成立時間|日期",
    "paid_at": "paid at|paid date|payment date|付款日期|付款時間",
    "item_name": "item|item name|product|product name|lineitem name|商品|商品名稱|品名|產品|產品名稱|品項",
    "item_sku": "sku|item sku|product sku|lineitem sku|商品編號|貨號|料號|商品貨號",
    "item_quantity": "quantity|qty|lineitem quantity|數量|件數|数量",
    "item_price": "price|unit price|item price|lineitem price|單價|售價|价格",
}
# Of an order a line says as well whose it is, by these.
_OF_CUSTOMER = ("phone", "external_id", "country")
_CUSTOMER_NAMES = (
    "customer|customer name|billing name|shipping name|姓名|客戶姓名|會員姓名|顧客姓名|收件人|收件人姓名|買家"
)
_PHONE = re.compile(r"\A[+＋(]?[\d０-９][\d０-９ ()\-.]{6,18}\Z")
_VALUE = re.compile(r"\d{3,}|@|\A\d+([.,]\d+)?\Z")


def targets(subject: str) -> tuple[str, ...]:
    """What a column may mean, without custom fields."""
    return tuple(_headings(subject))


def shape_of(headings: Sequence[str]) -> str:
    """Stands for the headings of a file: files of one shape are taken alike."""
    return hashlib.sha256("\0".join(map(plain, headings)).encode()).hexdigest()


def plain(heading: str) -> str:
    """How headings are compared."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    return " ".join(re.sub(r"[\s_\-./:*()\[\]#]+", " ", text).split())


def guess(
    subject: str, headings: Sequence[str], lines: Sequence[Sequence[str]], fields: Mapping[str, str]
) -> dict[str, str]:
    """Column (as text, for JSON) → what it means, each meaning once, but tags. ``fields``: label → key of the custom
    fields there are."""
    known = _known(subject, fields)
    found: dict[str, str] = {}
    for index, heading in enumerate(headings):
        meaning = known.get(plain(heading))
        if meaning is not None and (meaning == "tags" or meaning not in found.values()):
            found[str(index)] = meaning
    if "phone" not in found.values():
        index = _column_of_phones(lines, taken=set(found))
        if index is not None:
            found[str(index)] = "phone"
    return found


def looks_like_heading(first: Sequence[str], rest: Sequence[Sequence[str]], subject: str) -> bool:
    """Whether the first line names columns rather than being one of the lines."""
    known = _known(subject, {})
    if any(plain(cell) in known for cell in first):
        return True
    values = any(_VALUE.search(cell) for cell in first)
    return not values and any(_VALUE.search(cell) for line in rest for cell in line) and len(set(first)) == len(first)


def _headings(subject: str) -> dict[str, str]:
    if subject == CONTACTS:
        return _CONTACT_HEADINGS
    mine = {key: _CONTACT_HEADINGS[key] for key in _OF_CUSTOMER}
    mine["external_id"] = mine["external_id"].removeprefix("id|")
    return {**_ORDER_HEADINGS, **mine, "name": _CUSTOMER_NAMES}


def _known(subject: str, fields: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for meaning, names in _headings(subject).items():
        for name in (meaning, *names.split("|")):
            found.setdefault(plain(name), meaning)
    if subject == CONTACTS:
        for label, key in fields.items():
            found.setdefault(plain(label), FIELD + key)
    return found


def _column_of_phones(lines: Sequence[Sequence[str]], *, taken: set[str]) -> int | None:
    """The first column without a meaning in which nearly everything looks like a number to call."""
    width = max((len(line) for line in lines), default=0)
    for index in range(width):
        cells = [line[index] for line in lines if index < len(line) and line[index]]
        if str(index) not in taken and cells and sum(bool(_PHONE.match(cell)) for cell in cells) >= 0.8 * len(cells):
            return index
    return None
