"""Webhook fields beside ``messages``: echoes and history of the phone, its address book, calls, preferences; and what
is about the account (``parse_account``)."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contacts.seen import Seen
from inbox.whatsapp.odd import dicts, moment, number, sub, text
from inbox.whatsapp.parse_account import account_change, platform_errors
from inbox.whatsapp.wire import Incoming, Unknown
from inbox.whatsapp.wire_account import AccountChange, Beside, BookEntry, Echo, HistoryProgress, Preference

Json = dict[str, Any]
# What ``parse`` reads a message with: (raw, contacts[], received_at, unknown).
Reader = Callable[[Json, list[Json], datetime, list[Unknown]], Incoming | None]
# Meta writes the states of old messages in capitals.
_HISTORY_STATUSES = {
    "SENT": "sent",
    "DELIVERED": "delivered",
    "READ": "read",
    "PLAYED": "played",
    "ERROR": "failed",
    "PENDING": "sent",
}


@dataclass(frozen=True)
class Place:
    """Where in which body: the entry, when it came, and the list of what nobody understood."""

    entry: Json
    received_at: datetime
    unknown: list[Unknown]


def read_beside(beside: Beside, name: str, value: Json, place: Place, read: Reader) -> None:
    """One change of any field but ``messages``."""
    if name in _MESSAGE_LIKE:
        _MESSAGE_LIKE[name](beside, value, place, read)
        read_errors(beside, value, place)
        return
    beside.accounts.append(account_change(name, value, place.entry, place.received_at))


def read_errors(beside: Beside, value: Json, place: Place) -> None:
    phone = text(sub(value, "metadata").get("display_phone_number")).lstrip("+")
    beside.accounts += platform_errors(value, text(place.entry.get("id"))[:32], phone, place.received_at)


def _phone_echoes(beside: Beside, value: Json, place: Place, read: Reader) -> None:
    _echoes(beside, value, place, read, "phone")


def _app_echoes(beside: Beside, value: Json, place: Place, read: Reader) -> None:
    _echoes(beside, value, place, read, "app")


def _echoes(beside: Beside, value: Json, place: Place, read: Reader, origin: str) -> None:
    people = list(dicts(value.get("contacts")))
    for raw in dicts(value.get("message_echoes")):
        message = read(_to_customer(raw), people, place.received_at, place.unknown)
        if message is not None:
            beside.echoes.append(Echo(message, outgoing=True, origin=origin, status="sent"))


def _to_customer(raw: Json) -> Json:
    """As the reader expects it: the other side of the thread in ``from``."""
    return {**raw, "from": raw.get("to"), "from_user_id": raw.get("to_user_id")}


def _history(beside: Beside, value: Json, place: Place, read: Reader) -> None:
    """Old messages of both sides, in chunks; files come later in webhooks of their own, matched by id."""
    own = _digits(sub(value, "metadata").get("display_phone_number"))
    for chunk in dicts(value.get("history")):
        found = [echo for thread in dicts(chunk.get("threads")) for echo in _old(thread, own, place, read)]
        beside.echoes += found
        beside.accounts.append(_progress(chunk, len(found), value, place))
    people = list(dicts(value.get("contacts")))
    files = [(raw, _digits(raw.get("from")) == own) for raw in dicts(value.get("messages"))]
    files += [(raw, True) for raw in dicts(value.get("message_echoes"))]
    for raw, outgoing in files:
        message = read(_to_customer(raw) if outgoing else raw, people, place.received_at, place.unknown)
        if message is not None:
            beside.echoes.append(Echo(message, outgoing=outgoing, origin="history", status="sent"))


def _old(thread: Json, own: str, place: Place, read: Reader) -> list[Echo]:
    context = sub(thread, "context")
    other = {"from": context.get("wa_id") or thread.get("id"), "from_user_id": context.get("user_id")}
    card = {"wa_id": context.get("wa_id"), "user_id": context.get("user_id"), "profile": context}
    found = []
    for raw in dicts(thread.get("messages")):
        outgoing = bool(own) and _digits(raw.get("from")) == own
        message = read({**raw, **other}, [card], place.received_at, place.unknown)
        status = _HISTORY_STATUSES.get(text(sub(raw, "history_context").get("status")).upper(), "")
        if message is not None:
            found.append(Echo(message, outgoing, "history", status or "sent"))
    return found


def _progress(chunk: Json, messages: int, value: Json, place: Place) -> AccountChange:
    told = sub(chunk, "metadata")
    error = next(dicts(chunk.get("errors")), {})
    news = HistoryProgress(
        phase=number(told.get("phase")),
        chunk=number(told.get("chunk_order")),
        percent=number(told.get("progress")),
        messages=messages,
        code=text(error.get("code"))[:40],
    )
    phone = _digits(sub(value, "metadata").get("display_phone_number"))
    # Not the messages: they are somebody's, and are stored under that person's key.
    key = _key("history", [news.phase, news.chunk, news.percent, messages, news.code, phone])
    return AccountChange("history", text(place.entry.get("id"))[:32], phone, key, place.received_at, news)


def _address_book(beside: Beside, value: Json, place: Place, read: Reader) -> None:
    for row in dicts(value.get("state_sync")):
        contact = sub(row, "contact")
        at = moment(sub(row, "metadata").get("timestamp"), place.received_at)
        seen = _seen(contact.get("user_id"), contact.get("phone_number"), at)
        name = text(contact.get("full_name")) or text(contact.get("first_name"))
        if row.get("action") == "add" and seen is not None and name:
            beside.book.append(BookEntry(seen, name[:200]))


def _calls(beside: Beside, value: Json, place: Place, read: Reader) -> None:
    """A call that ended, answered or not, is a line of the thread. One that only rings will end."""
    people = list(dicts(value.get("contacts")))
    for raw in dicts(value.get("calls")):
        if text(raw.get("event")) != "terminate":
            continue
        ours = text(raw.get("direction")) == "BUSINESS_INITIATED"
        seconds = number(raw.get("duration"))
        spoken = text(raw.get("status")) == "COMPLETED" and seconds > 0
        event = ("call_out" if spoken else "call_out_missed") if ours else ("call_ended" if spoken else "call_missed")
        person = {"from": raw.get("to"), "from_user_id": raw.get("to_user_id")} if ours else {}
        notice = {**raw, **person, "type": "system", "system": {"type": event}}
        message = read(notice, people, place.received_at, place.unknown)
        if message is not None:
            if spoken:
                message.content["seconds"] = seconds
            beside.calls.append(message)


def _preferences(beside: Beside, value: Json, place: Place, read: Reader) -> None:
    phone = _digits(sub(value, "metadata").get("display_phone_number"))
    for raw in dicts(value.get("user_preferences")):
        at = moment(raw.get("timestamp"), place.received_at)
        seen = _seen(raw.get("user_id"), raw.get("wa_id"), at)
        if seen is None:
            place.unknown.append(Unknown("preference of nobody"))
            continue
        category, choice = text(raw.get("category"))[:32], text(raw.get("value"))[:16]
        key = _key("user_preferences", [seen.bsuid, seen.wa_id, category, choice, raw.get("timestamp")])
        news = Preference(seen, category, choice, text(raw.get("detail"))[:200])
        waba = text(place.entry.get("id"))[:32]
        beside.accounts.append(AccountChange("user_preferences", waba, phone, key, at, news))


def _seen(bsuid: Any, wa_id: Any, at: datetime) -> Seen | None:
    named, phone = text(bsuid)[:140] or None, _digits(wa_id)[:40] or None
    return Seen(named, phone, None, None, at) if named or phone else None


def _digits(value: Any) -> str:
    return "".join(sign for sign in text(value) if sign.isdigit())


def _key(name: str, what: list[Any]) -> str:
    return hashlib.sha256(json.dumps([name, *what], default=str).encode()).hexdigest()


_MESSAGE_LIKE: dict[str, Callable[[Beside, Json, Place, Reader], None]] = {
    "smb_message_echoes": _phone_echoes,
    "message_echoes": _app_echoes,
    "history": _history,
    "smb_app_state_sync": _address_book,
    "calls": _calls,
    "user_preferences": _preferences,
}
