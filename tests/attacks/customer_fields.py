"""Every field that a customer, or whoever poses as WhatsApp with a stolen secret, can fill: as Meta spells them."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from tests.attacks.corpus import Garden
from tests.worlds.customers import Customer
from tests.worlds.webhooks import message

Json = dict[str, Any]
_NAME, _LONG = 200, 400

# What is kept and shown nowhere, each with its reason: nothing to see, but nothing of it may run either.
NEVER_SHOWN = {
    "location.url": "is a link only where it is an honest https address",
    "contacts.extra": "the card shows name, numbers, addresses and company",
    "order.catalog": "an id of the seller's",
    "interactive.id": "an id of the seller's",
    "button.payload": "an id of the seller's",
    "referral.ids": "the ad's own numbers and addresses of pictures",
    "identity": "an id that cannot be one is no identity",
    "mime": "a type is shown by the ending of the name",
    "username": "a name that cannot be one is not kept",
    "unknown.raw": "a kind that nobody knows is named, and kept for later",
}


@dataclass(frozen=True)
class Field:
    """``made`` puts one text into a message's content of ``kind``; with ``whole`` into the message itself."""

    place: str
    kind: str
    made: Callable[[str], Any]
    whole: bool = False
    longest: int = _LONG


def _card(**parts: Any) -> list[Json]:
    return [{"name": {"formatted_name": "Lin"}, "phones": [{"phone": "+886 912 345 678"}], **parts}]


def _reply(kind: str, **parts: str) -> Json:
    return {"type": kind, kind: {"id": "one", "title": "One", **parts}}


def _item(**parts: Any) -> Json:
    item = {"product_retailer_id": "tea", "quantity": 1, "item_price": 5, "currency": "TWD"}
    return {"catalog_id": "1", "product_items": [{**item, **parts}]}


def _ad(**parts: str) -> Json:
    return {"text": {"body": "From an ad"}, "referral": {"source_type": "ad", "source_id": "1", **parts}}


def _everything(text: str) -> list[Json]:
    inside = {name: text for name in ("street", "city", "zip", "country", "type")}
    return _card(
        birthday=text,
        addresses=[inside],
        urls=[{"url": text, "type": text}],
        org={"company": "Tea", "department": text, "title": text},
        ims=[{"service": text, "user_id": text}],
    )


FIELDS = (
    Field("text", "text", lambda text: {"body": text}),
    Field("image.caption", "image", lambda text: {"id": "1", "mime_type": "image/jpeg", "caption": text}),
    Field("document.caption", "document", lambda text: {"id": "2", "mime_type": "application/pdf", "caption": text}),
    Field("location.name", "location", lambda text: {"latitude": 25.0, "longitude": 121.5, "name": text}),
    Field("location.address", "location", lambda text: {"latitude": 25.0, "longitude": 121.5, "address": text}),
    Field("location.url", "location", lambda text: {"latitude": 25.0, "longitude": 121.5, "url": text}, longest=80),
    Field("contacts.name", "contacts", lambda text: _card(name={"formatted_name": text})),
    Field("contacts.phone", "contacts", lambda text: _card(phones=[{"phone": text}])),
    Field("contacts.email", "contacts", lambda text: _card(emails=[{"email": text}])),
    Field("contacts.company", "contacts", lambda text: _card(org={"company": text})),
    Field("contacts.extra", "contacts", _everything),
    Field("button.text", "button", lambda text: {"text": text}),
    Field("button.payload", "button", lambda text: {"text": "Yes", "payload": text}),
    Field("interactive.title", "interactive", lambda text: _reply("button_reply", title=text)),
    Field("interactive.id", "interactive", lambda text: _reply("button_reply", id=text)),
    Field("interactive.list", "interactive", lambda text: _reply("list_reply", title=text)),
    Field("interactive.described", "interactive", lambda text: _reply("list_reply", description=text)),
    Field(
        "flow.answer",
        "interactive",
        lambda text: {"type": "nfm_reply", "nfm_reply": {"name": "flow", "response_json": json.dumps({"note": text})}},
    ),
    Field("order.text", "order", lambda text: {**_item(), "text": text}),
    Field("order.item", "order", lambda text: _item(product_retailer_id=text)),
    Field("order.catalog", "order", lambda text: {**_item(), "catalog_id": text}),
    Field("referral.headline", "text", lambda text: _ad(headline=text), whole=True),
    Field("referral.body", "text", lambda text: _ad(body=text), whole=True),
    Field(
        "referral.ids",
        "text",
        lambda text: _ad(source_url=text, image_url=text, thumbnail_url=text, ctwa_clid=text),
        whole=True,
        longest=80,
    ),
    Field("mime", "document", lambda text: {"id": "3", "mime_type": text, "filename": "a.pdf"}, longest=90),
    Field(
        "document.name",
        "document",
        lambda text: {"id": "4", "mime_type": "text/plain", "filename": text},
        longest=_NAME,
    ),
    Field("unknown.raw", "hologram", lambda text: {"title": text, "nested": [text]}),
)


def said(garden: Garden, sender: Customer) -> list[Json]:
    """Messages of ``sender`` with the whole corpus in every field."""
    return [
        message(sender, one.kind, None, **one.made(text)) if one.whole else message(sender, one.kind, one.made(text))
        for one in FIELDS
        for text in garden.all(one.place, longest=one.longest)
    ]


def about(garden: Garden, sender: Customer, first: str) -> list[Json]:
    """What refers to another message: an answer to ``first``, reactions, an edit."""
    reactions = [
        message(sender, "reaction", {"message_id": first, "emoji": text})
        for text in garden.all("reaction", longest=60)[:3]
    ]
    answers = [message(sender, "text", text, context={"id": first}) for text in garden.all("answer")]
    return [*reactions, *answers]


def people(garden: Garden) -> list[tuple[str, str]]:
    """Profile names and usernames."""
    names, usernames = garden.all("profile", longest=_NAME), garden.all("username", longest=60)
    return list(zip_longest(names, usernames, fillvalue="Lin"))
