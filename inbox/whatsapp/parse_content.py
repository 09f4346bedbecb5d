"""The typed content of one inbound message (Meta: inbound content types)."""

import base64
from math import isfinite
from typing import Any

from inbox.whatsapp.limits import MEDIA_KINDS
from inbox.whatsapp.wire import MediaRef

_DEEPEST = 50
_MOST_CHARACTERS = 128 * 1024
_LONGEST_TEXT, _LONGEST_NAME, _LONGEST_WORD = 100_000, 255, 64  # Meta: a text has at most 4,096
Content = tuple[str, dict[str, Any], MediaRef | None]


def content_of(raw: dict[str, Any]) -> Content:
    """``(kind, content, media)``. A type this version does not know becomes ``unsupported``, its raw object kept."""
    kind = _text(raw.get("type"))
    body = raw.get(kind)
    content: dict[str, Any] | None = None
    media: MediaRef | None = None
    try:
        if kind in MEDIA_KINDS and isinstance(body, dict):
            content, media = _media(kind, body)
        else:
            reader = _READERS.get(kind)
            content = reader(body, raw) if reader else None
    except (KeyError, TypeError, ValueError, AttributeError):
        pass
    referral = raw.get("referral")
    if content is not None and isinstance(referral, dict) and _keepable(referral) and _fits({**content, "r": referral}):
        content["referral"] = referral
    if content is None or not _fits(content):
        return "unsupported", _unsupported(kind, raw), None
    return kind, content, media


def _media(kind: str, body: dict[str, Any]) -> tuple[dict[str, Any], MediaRef]:
    flags = {"voice": body.get("voice") is True, "animated": body.get("animated") is True}
    content = _some(text=_text(body.get("caption"))[:_LONGEST_TEXT], **flags)
    media = MediaRef(
        kind=kind,
        provider_ref=_text(body.get("id"))[:64],
        mime_type=_text(body.get("mime_type"))[:100],
        sha256=_digest(_text(body.get("sha256"))),
        name=_text(body.get("filename"))[:_LONGEST_NAME] or None,
    )
    return content, media


def _digest(spelled: str) -> bytes | None:
    """A SHA-256 as Meta spells it: base64 in webhooks, hex in the media call. ``None`` when it is neither."""
    try:
        raw = bytes.fromhex(spelled) if len(spelled) == 64 else base64.b64decode(spelled, validate=True)
    except ValueError:
        return None
    return raw if len(raw) == 32 else None


def _text_message(body: Any, raw: dict[str, Any]) -> dict[str, Any]:
    return {"text": _text(body["body"])[:_LONGEST_TEXT]}


def _location(body: Any, raw: dict[str, Any]) -> dict[str, Any]:
    where = {name: float(body[name]) for name in ("latitude", "longitude")}
    if not all(isfinite(degrees) for degrees in where.values()):
        raise ValueError("nowhere on earth")
    return {**where, **_some(**{name: _text(body.get(name)) for name in ("name", "address", "url")})}


def _contacts(body: Any, raw: dict[str, Any]) -> dict[str, Any]:
    return {"contacts": [_card(card) for card in body if isinstance(card, dict)]}


def _card(card: dict[str, Any]) -> dict[str, Any]:
    name = card.get("name") or {}
    return {
        "name": _text(name.get("formatted_name")) or _text(name.get("first_name")),
        "phones": [_text(p.get("phone") or p.get("wa_id")) for p in card.get("phones") or [] if isinstance(p, dict)],
        "emails": [_text(e.get("email")) for e in card.get("emails") or [] if isinstance(e, dict)],
        **_some(company=_text((card.get("org") or {}).get("company"))),
    }


def _reaction(body: Any, raw: dict[str, Any]) -> dict[str, Any]:
    body["message_id"]  # without a target it is no reaction
    return {"emoji": _text(body.get("emoji"))}


def _edit(body: Any, raw: dict[str, Any]) -> dict[str, Any]:
    """The new words of a message, or of its caption."""
    _original(body)
    kind, content, _ = content_of(body["message"])
    if kind == "unsupported":
        raise ValueError("an edit of nothing we know")
    return {"text": content.get("text", "")}


def _revoke(body: Any, raw: dict[str, Any]) -> dict[str, Any]:
    _original(body)
    return {}


def _original(body: Any) -> None:
    if not _text(body["original_message_id"]):
        raise ValueError("of no message")


def _interactive(body: Any, raw: dict[str, Any]) -> dict[str, Any]:
    kind = _text(body["type"])
    answer = body.get(kind) or {}
    text = answer.get("title") or answer.get("body") or answer.get("name")
    return {
        "type": kind,
        "text": _text(text),
        **_some(
            id=_text(answer.get("id")),
            description=_text(answer.get("description")),
            response=_text(answer.get("response_json") or answer.get("response")),
        ),
    }


def _button(body: Any, raw: dict[str, Any]) -> dict[str, Any]:
    return {"text": _text(body["text"]), "payload": _text(body.get("payload"))}


def _order(body: Any, raw: dict[str, Any]) -> dict[str, Any]:
    items = [
        {
            "name": _text(item.get("product_retailer_id")),
            "quantity": _amount(item.get("quantity")),
            "price": _amount(item.get("item_price")),
            "currency": _text(item.get("currency")),
        }
        for item in body.get("product_items") or []
    ]
    return {"items": items, "catalog_id": _text(body.get("catalog_id")), **_some(text=_text(body.get("text")))}


def _system(body: Any, raw: dict[str, Any]) -> dict[str, Any]:
    return {"event": _text(body.get("type")), "text": _text(body.get("body"))}


def _unsupported(kind: str, raw: dict[str, Any]) -> dict[str, Any]:
    listed = raw.get("errors")
    errors = [error for error in listed if isinstance(error, dict)] if isinstance(listed, list) else []
    inner = raw.get("unsupported")
    real = _text(inner.get("type")) if isinstance(inner, dict) else ""
    kept = {"raw": raw} if kind not in ("unsupported", "unknown") and _keepable(raw) and _fits(raw) else {}
    code = _text(errors[0].get("code"))[:_LONGEST_WORD] if errors else None
    return {"type": (real or kind)[:_LONGEST_WORD], **_some(code=code), **kept}


def _keepable(value: Any) -> bool:
    """Not nested beyond what JSON writers take; the stored body has it in any case."""
    level = [value]
    for _ in range(_DEEPEST):
        lists = [item for item in level if isinstance(item, list)]
        objects = [item.values() for item in level if isinstance(item, dict)]
        level = [inner for items in (*lists, *objects) for inner in items]
        if not level:
            return True
    return False


def _fits(value: Any) -> bool:
    """Small enough for a list and the live stream. Nothing Meta documents comes near; the stored body has it all."""
    return len(str(value)) <= _MOST_CHARACTERS


_READERS = {
    "text": _text_message,
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "edit": _edit,
    "revoke": _revoke,
    "interactive": _interactive,
    "button": _button,
    "order": _order,
    "system": _system,
}


def _some(**values: Any) -> dict[str, Any]:
    """Only the keys that have a value."""
    return {key: value for key, value in values.items() if value not in (None, "", False)}


def _amount(value: Any) -> Any:
    """A number, or what stands where one should be; nothing that nests."""
    return None if isinstance(value, (dict, list)) else value


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, (dict, list, bool)) else str(value)
