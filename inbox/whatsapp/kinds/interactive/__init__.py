"""Messages with something to press. Each type adds its own part to what all share: header, text and footer.

Content is ``{type, text, header?, footer?, …}``; a file uploaded with it is its header. What Meta nests under
``action`` is flat here, by names that the thread can show.
"""

from collections.abc import Callable
from typing import Any

from inbox.whatsapp.kinds.interactive import asking, catalog, choices, flows, orders
from inbox.whatsapp.kinds.part import Part, some
from inbox.whatsapp.limits import BODY_MAX, FOOTER_MAX, HEADER_MAX, LIST_BODY_MAX, MEDIA_HEADERS
from inbox.whatsapp.wire import Outbound

Content = dict[str, Any]
_CHECKS: dict[str, Callable[[Part], Content]] = {
    "button": choices.check_buttons,
    "list": choices.check_list,
    "cta_url": choices.check_link,
    "location_request_message": asking.check,
    "request_contact_info": asking.check,
    "flow": flows.check,
    "product": catalog.check_product,
    "product_list": catalog.check_products,
    "catalog_message": catalog.check_catalog,
    "order_details": orders.check_details,
    "order_status": orders.check_status,
}
_ACTIONS: dict[str, Callable[[Content], dict[str, Any]]] = {
    "button": choices.buttons_action,
    "list": choices.list_action,
    "cta_url": choices.link_action,
    "location_request_message": lambda content: {"name": "send_location"},
    "request_contact_info": lambda content: {"name": "request_contact_info"},
    "flow": flows.action,
    "product": catalog.product_action,
    "product_list": catalog.products_action,
    "catalog_message": catalog.catalog_action,
    "order_details": lambda content: {"name": "review_and_pay", "parameters": content["order"]},
    "order_status": lambda content: {"name": "review_order", "parameters": content["order"]},
}
TYPES = tuple(_CHECKS)
# Which may have a header of words, and which of a file; Meta shows a footer wherever it shows a header, and with these.
_WORDED = {"button", "list", "cta_url", "flow", "product_list", "order_details"}
_PICTURED = {"button", "cta_url", "flow", "order_details"}
_FOOTED = _WORDED | {"product", "catalog_message", "order_status"}
_MAY_LACK_TEXT = {"product"}


def check(part: Part) -> Content:
    kind = part.choice("type", *TYPES)
    most = LIST_BODY_MAX if kind == "list" else BODY_MAX
    words = part.maybe("text", most) if kind in _MAY_LACK_TEXT else part.text("text", most)
    header = part.maybe("header", HEADER_MAX)
    footer = part.maybe("footer", FOOTER_MAX)
    if header and kind not in _WORDED:
        raise part.unfit("not_here", "header")
    if footer and kind not in _FOOTED:
        raise part.unfit("not_here", "footer")
    if part.value.get("upload") and (kind not in _PICTURED or header):
        raise part.unfit("not_here", "upload")
    if kind == "product_list" and not header:
        raise part.unfit("missing", "header")
    return {"type": kind, **some(text=words, header=header, footer=footer), **_CHECKS[kind](part)}


def body(message: Outbound) -> Content:
    content = message.content
    kind = content["type"]
    spelled: Content = {"type": kind, "action": _ACTIONS[kind](content)}
    if header := _header(message):
        spelled["header"] = header
    for name, words in (("body", content.get("text")), ("footer", content.get("footer"))):
        if words:
            spelled[name] = {"text": words}
    return spelled


def _header(message: Outbound) -> Content | None:
    if message.media_ref and message.media_kind in MEDIA_HEADERS:
        file = {"id": message.media_ref, **some(filename=_file_name(message))}
        return {"type": message.media_kind, message.media_kind: file}
    words = message.content.get("header")
    return {"type": "text", "text": words} if words else None


def _file_name(message: Outbound) -> str | None:
    return message.media_name if message.media_kind == "document" else None
