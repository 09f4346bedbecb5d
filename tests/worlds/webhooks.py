"""Webhook bodies in Meta's shapes, and their way into the store."""

import hashlib
import hmac
import json
import time
from itertools import count
from typing import Any

from inbox.ingest.drainer import drain
from inbox.ingest.group_commit import Body, insert_bodies
from inbox.models import Channel
from tests.worlds.channels import SECRET
from tests.worlds.customers import Customer

_wamids, _copies = count(1), count(1)
Json = dict[str, Any]


def wamid() -> str:
    return f"wamid.TEST{next(_wamids):08d}=="


def seconds(ago: float = 0) -> str:
    """Unix seconds as text, ``ago`` seconds before now."""
    return str(int(time.time() - ago))


def message(sender: Customer, kind: str = "text", content: Any = None, *, ago: float = 0, **more: Any) -> Json:
    """One entry of ``messages[]``. ``content`` defaults to a short text."""
    if kind == "text" and not isinstance(content, dict):
        content = {"body": content or "Hello"}
    body = {} if content is None else {kind: content}
    return {**sender.sender(), "id": wamid(), "timestamp": seconds(ago), "type": kind, **body, **more}


def status(ref: str, word: str, *, ago: float = 0, **more: Any) -> Json:
    """One entry of ``statuses[]``."""
    return {"id": ref, "status": word, "timestamp": seconds(ago), **more}


def value(channel: Channel, *, people: Any = (), messages: Any = (), statuses: Any = (), **more: Any) -> Json:
    """A change's ``value``; absent arrays are omitted, as Meta does."""
    lists = {"contacts": [p.card() for p in people], "messages": list(messages), "statuses": list(statuses)}
    metadata = {"display_phone_number": channel.phone.lstrip("+"), "phone_number_id": channel.phone_number_id}
    present = {name: rows for name, rows in lists.items() if rows}
    return {"messaging_product": "whatsapp", "metadata": metadata, **present, **more}


def envelope(channel: Channel, *values: Json) -> Json:
    changes = [{"field": "messages", "value": one} for one in values]
    return {"object": "whatsapp_business_account", "entry": [{"id": channel.waba_id, "changes": changes}]}


def packed(body: Any) -> bytes:
    """JSON bytes; bytes stay as they are."""
    return body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()


def signature(body: bytes, secret: str = SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def store(channel: Channel, *bodies: Any) -> None:
    """Put bodies where the endpoint would, without the HTTP."""
    insert_bodies([Body(channel.pk, channel.key_id, packed(body)) for body in bodies])


def arrive(channel: Channel, *values: Json) -> None:
    """One body with these values comes in and is applied."""
    store(channel, envelope(channel, *values))
    drain(channel.pk)


def says(channel: Channel, sender: Customer, *messages: Json) -> None:
    """``sender`` sent these messages (a greeting if none), in one change."""
    arrive(channel, value(channel, people=[sender], messages=messages or [message(sender)]))


def status_arrives(channel: Channel, *statuses: Json) -> None:
    arrive(channel, value(channel, statuses=statuses))


def account_body(channel: Channel, field: str, value: Json, *, ago: float = 0, waba_id: str | None = None) -> Json:
    """A body about the account: ``entry.time`` is a number there. Said again, it is the same in other bytes."""
    changes = [{"field": field, "value": value}]
    entry = {"id": waba_id or channel.waba_id, "time": int(seconds(ago)), "changes": changes, "copy": next(_copies)}
    return {"object": "whatsapp_business_account", "entry": [entry]}


def account_news(channel: Channel, field: str, value: Json, *, ago: float = 0, waba_id: str | None = None) -> None:
    """WhatsApp told something about the account of ``channel``."""
    store(channel, account_body(channel, field, value, ago=ago, waba_id=waba_id))
    drain(channel.pk)


def beside(channel: Channel, field: str, **value: Any) -> None:
    """A field that names the number like ``messages`` does: echoes, history, calls, preferences."""
    metadata = {"display_phone_number": channel.phone.lstrip("+"), "phone_number_id": channel.phone_number_id}
    change = {"field": field, "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}
    entry = {"id": channel.waba_id, "changes": [change], "copy": next(_copies)}
    store(channel, {"object": "whatsapp_business_account", "entry": [entry]})
    drain(channel.pk)
