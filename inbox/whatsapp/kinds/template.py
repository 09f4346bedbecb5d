"""An approved template with the values of its variables (Meta: sending templates). Whether they fit the template only
WhatsApp knows for sure; what no template takes is refused here."""

import re
from typing import Any

from inbox.whatsapp.kinds.part import Part, Unfit, some
from inbox.whatsapp.limits import TEMPLATE
from inbox.whatsapp.wire import Outbound

Content = dict[str, Any]
_NAME = re.compile(r"[a-z0-9_]{1,512}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")
_COMPONENTS = ("header", "body", "button", "carousel", "limited_time_offer", "order_status")
_FILES = ("image", "video", "document", "gif")
# Four blanks are what Meta takes; a line break or tab in a value it refuses.
_UNFIT_VALUE = re.compile(r"[\n\r\t]| {5}")


def check(part: Part) -> Content:
    """``{name, language, components?, text, header?, footer?, buttons?}``; the last four are what the thread shows."""
    if not _NAME.fullmatch(part.text("name", TEMPLATE["name"])):
        raise part.unfit("invalid", "name")
    if not _LANGUAGE.fullmatch(part.text("language", TEMPLATE["language"])):
        raise part.unfit("invalid", "language")
    given = part.value.get("components")
    components = [_component(one) for one in part.children("components", 1, TEMPLATE["components"])] if given else []
    shown = {name: part.maybe(name, TEMPLATE["shown"]) for name in ("header", "footer")}
    buttons = [str(title)[: TEMPLATE["button"]] for title in part.value.get("buttons") or []][: TEMPLATE["buttons"]]
    return {
        "name": part.value["name"].strip(),
        "language": part.value["language"].strip(),
        "components": components,
        "text": part.maybe("text", TEMPLATE["body"]) or part.value["name"],
        **some(**shown, buttons=buttons),
    }


def _component(part: Part) -> Content:
    kind = str(part.value.get("type", "")).lower()
    if kind not in _COMPONENTS:
        raise part.unfit("missing" if not kind else "invalid", "type")
    if kind == "carousel":
        for card in part.children("cards", TEMPLATE["cards_least"], TEMPLATE["cards"]):
            for inner in card.children("components", 1, TEMPLATE["components"]):
                _component(inner)
        return {**part.value, "type": kind}
    if kind == "button":
        part.text("sub_type", TEMPLATE["language"] * 3)
        if not str(part.value.get("index", "")).isdecimal():
            raise part.unfit("invalid", "index")
    for parameter in part.children("parameters", 1, TEMPLATE["parameters"]):
        _parameter(parameter)
    return {**part.value, "type": kind}


def _parameter(part: Part) -> None:
    kind = part.text("type", 64)
    if kind == "text" and _UNFIT_VALUE.search(part.text("text", TEMPLATE["body"])):
        raise part.unfit("line_break", "text")
    if kind == "coupon_code":
        part.text("coupon_code", TEMPLATE["code"])
    if kind == "payload":
        part.text("payload", TEMPLATE["payload"])
    if kind in _FILES:
        file = part.child(kind)
        if bool(file.value.get("id")) == bool(file.value.get("link")):
            raise Unfit("missing", f"{file.at}.id")


def body(message: Outbound) -> Content:
    content = message.content
    template: Content = {"name": content["name"], "language": {"code": content["language"]}}
    if components := [*_header_file(message), *(content.get("components") or [])]:
        template["components"] = components
    return template


def _header_file(message: Outbound) -> list[Content]:
    """The uploaded file of a template whose header is a picture, a video or a document."""
    if message.media_ref is None:
        return []
    kind = message.media_kind
    file = {"id": message.media_ref, **some(filename=message.media_name if kind == "document" else None)}
    return [{"type": "header", "parameters": [{"type": kind, kind: file}]}]
