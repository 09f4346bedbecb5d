"""Webhook bodies into ``wire`` values. Never raises on odd content: what is not understood becomes ``Unknown``."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from contacts.seen import Move, Seen
from inbox.whatsapp.parse_beside import Place, read_beside, read_errors
from inbox.whatsapp.parse_content import content_of
from inbox.whatsapp.wire import Incoming, Parsed, StatusChange, Unknown
from inbox.whatsapp.wire_account import Beside

STATUSES = {"sent", "delivered", "read", "played", "failed"}
_DIGITS_OF_64_BITS = 19
LATEST_CLOCK = 4_102_444_800  # the year 2100: a timestamp beyond it is damage


class Unparsable(ValueError):
    """The body is no JSON object of the webhook kind at all."""


def parse(body: bytes, *, phone_number_id: str, received_at: datetime) -> Parsed:
    """Everything a body says about ``phone_number_id``; ``received_at`` stands in where a timestamp is missing."""
    try:
        text = body.decode("utf-8", "replace")
        document = json.loads(text, parse_int=_whole, parse_float=_finite, parse_constant=str)
        if "\\u" in text:
            _make_storable(document)
    except (ValueError, RecursionError) as error:
        raise Unparsable(f"not JSON: {type(error).__name__}") from error
    if not isinstance(document, dict):
        raise Unparsable("not a JSON object")
    messages: list[Incoming] = []
    statuses: list[StatusChange] = []
    unknown: list[Unknown] = []
    portfolio, beside = "", Beside()
    for entry in _dicts(document.get("entry")):
        portfolio = portfolio or _text(entry.get("id"))
        for change in _dicts(entry.get("changes")):
            value = change.get("value")
            about = _text(_dict(_dict(value).get("metadata")).get("phone_number_id"))
            if about and about != phone_number_id:
                unknown.append(Unknown(f"another number {about[:32]}"))
                continue
            if change.get("field") != "messages" or not isinstance(value, dict):
                name, place = _text(change.get("field")), Place(entry, received_at, unknown)
                read_beside(beside, name, _dict(value), place, _incoming)
                continue
            people = _people(value)
            messages += [
                m for raw in _dicts(value.get("messages")) if (m := _incoming(raw, people, received_at, unknown))
            ]
            statuses += [
                s for raw in _dicts(value.get("statuses")) if (s := _status(raw, people, received_at, unknown))
            ]
            read_errors(beside, value, Place(entry, received_at, unknown))
    return Parsed(messages + beside.calls, statuses, unknown, portfolio, beside)


def _incoming(
    raw: dict[str, Any], people: list[dict[str, Any]], received_at: datetime, unknown: list[Unknown]
) -> Incoming | None:
    provider_ref = _text(raw.get("id"))[:255]
    at = _moment(raw.get("timestamp"), received_at)
    system = _dict(raw.get("system")) if raw.get("type") == "system" else {}
    # Meta: identity changes are found by the previous business-scoped id, else by the old number.
    seen = _seen(system.get("previous_user_id") or raw.get("from_user_id"), raw.get("from"), people, at)
    if not provider_ref or seen is None:
        unknown.append(Unknown("message without id or sender"))
        return None
    context = _dict(raw.get("context"))
    kind, content, media = content_of(raw)
    if context.get("forwarded") or context.get("frequently_forwarded"):
        content["forwarded"] = True
    if group := _text(raw.get("group_id"))[:255]:
        content["group_id"] = group
    reaction = _dict(raw.get("reaction")) if kind == "reaction" else {}
    amended = _dict(raw.get(kind)) if kind in ("edit", "revoke") else {}
    return Incoming(
        provider_ref=provider_ref,
        at=at,
        seen=replace(seen, moved=_moved(system, at)),
        kind=kind,
        content=content,
        media=media,
        quoted_ref=_text(context.get("id"))[:255],
        reaction_to=_text(reaction.get("message_id"))[:255],
        amends=_text(amended.get("original_message_id"))[:255],
    )


def _status(
    raw: dict[str, Any], people: list[dict[str, Any]], received_at: datetime, unknown: list[Unknown]
) -> StatusChange | None:
    status = _text(raw.get("status"))
    provider_ref = _text(raw.get("id"))[:255]
    if status not in STATUSES or not provider_ref or raw.get("type") == "payment":
        unknown.append(Unknown(f"status {status[:20]}"))
        return None
    at = _moment(raw.get("timestamp"), received_at)
    errors = list(_dicts(raw.get("errors")))
    return StatusChange(
        provider_ref=provider_ref,
        status=status,
        at=at,
        correlation=_text(raw.get("biz_opaque_callback_data")) or None,
        error_code=_text(errors[0].get("code"))[:40] if errors else "",
        seen=_seen(raw.get("recipient_user_id"), raw.get("recipient_id"), people, at),
    )


def _seen(bsuid: Any, wa_id: Any, people: list[dict[str, Any]], at: datetime) -> Seen | None:
    """Who is meant, with the name from ``contacts[]``. Phone fields are absent for people with a username."""
    bsuid, wa_id = _text(bsuid)[:140] or None, _text(wa_id).lstrip("+")[:40] or None
    card = next((p for p in people if _same(p, bsuid, wa_id)), people[0] if len(people) == 1 else {})
    bsuid = bsuid or _text(card.get("user_id"))[:140] or None
    wa_id = wa_id or _text(card.get("wa_id"))[:40] or None
    if not bsuid and not wa_id:
        return None
    profile = _dict(card.get("profile"))
    return Seen(bsuid, wa_id, _text(profile.get("name")) or None, _text(profile.get("username")) or None, at)


def _moved(system: dict[str, Any], at: datetime) -> Move | None:
    """The new ids of a notice. With the number the business-scoped id changes too, even where neither is told."""
    event = _text(system.get("type"))
    to = _seen(system.get("user_id"), system.get("wa_id") or system.get("new_wa_id"), [], at)
    if to is None:
        return None
    if event.endswith("changed_number"):
        return Move(to, left=("bsuid", "wa_id"))
    if event.endswith("changed_user_id"):
        return Move(to, left=("bsuid", "wa_id") if to.wa_id else ("bsuid",))
    return None  # another phone of perhaps another person (`customer_identity_changed`) is no move


def _same(card: dict[str, Any], bsuid: str | None, wa_id: str | None) -> bool:
    return bool((bsuid and card.get("user_id") == bsuid) or (wa_id and card.get("wa_id") == wa_id))


def _people(value: dict[str, Any]) -> list[dict[str, Any]]:
    return list(_dicts(value.get("contacts")))


def _moment(raw: Any, otherwise: datetime) -> datetime:
    """Unix seconds as text or number; anything else becomes the time of receipt. Never later than that."""
    try:
        seconds = int(raw)
    except (TypeError, ValueError, OverflowError):
        return otherwise
    if not 0 < seconds < LATEST_CLOCK:
        return otherwise
    return min(datetime.fromtimestamp(seconds, UTC), otherwise)


def _whole(spelled: str) -> int | str:
    """Ids may be numbers; what does not fit 64 bits stays text, because no client could read it."""
    return int(spelled) if len(spelled) < _DIGITS_OF_64_BITS else spelled


def _finite(spelled: str) -> float | str:
    number = float(spelled)
    return number if isfinite(number) else spelled


def _make_storable(document: Any) -> None:
    """Take out NUL characters and lone surrogates, which JSON escapes can spell and no database or encoder takes.

    In place and without recursion: what the JSON reader could nest, this can walk.
    """
    waiting = [document]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            clean = {_clean(key): _clean(inner) for key, inner in part.items()}
            part.clear()
            part.update(clean)
            waiting += part.values()
        elif isinstance(part, list):
            part[:] = [_clean(inner) for inner in part]
            waiting += part


def _clean(value: Any) -> Any:
    return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, dict))


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    if isinstance(value, bool) or value is None or isinstance(value, (dict, list)):
        return ""
    return str(value)
