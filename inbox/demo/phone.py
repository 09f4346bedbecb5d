"""The same world at the simulated WhatsApp: numbers, customers, and what their phones show of the past."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from inbox.demo.attachments import attachment
from inbox.demo.contents import TEMPLATE_LANGUAGE
from inbox.demo.customers import Customer
from inbox.demo.lines import Line
from inbox.demo.material import material
from inbox.demo.past import Past
from inbox.demo.phone_contents import phone_content
from inbox.models import Channel, Message
from inbox.simulator.storage import records, templates
from inbox.simulator.world import World, open_world

_SIDES = {"contact": "customer", "team": "business"}


def state_file() -> Path:
    return Path(settings.KEFU_DATA) / "simulator.sqlite3"


def fill_simulator(channels: Iterable[Channel], pasts: Sequence[tuple[Customer, Past]]) -> None:
    """Write everything into a state file of its own; whatever the simulator knew before belonged to another world."""
    with open_world(state_file()) as world:
        world.reset()
        with world.bulk():
            for channel in channels:
                put_number(world, channel)
                _approve_templates(world, channel)
                put_flow(world, channel)
            files: dict[tuple[str, str], str] = {}
            # The phone page lists whoever was made last first: that should be who wrote last.
            newest_first = sorted(pasts, key=lambda pair: pair[1].conversation.last_activity_at, reverse=True)
            people = {person.key: person for person, _ in newest_first}
            for person in reversed(people.values()):
                _add_customer(world, person)
            for person, past in pasts:
                _add_past(world, person, past, files)


def put_number(world: World, channel: Channel) -> None:
    """Make a channel's number known, or correct where its webhooks go."""
    secrets = channel.credentials
    world.add_number(
        phone_number_id=channel.phone_number_id,
        waba_id=channel.waba_id,
        display_phone_number=channel.phone,
        verified_name=channel.name,
        app_secret=secrets["app_secrets"][0],
        access_token=secrets["access_token"],
        verify_token=secrets["verify_token"],
        webhook_url=webhook_url(channel),
    )


def put_flow(world: World, channel: Channel) -> None:
    """A form that agents can send, unless the account has one; the phone page asks for name, date and a note."""
    known = records.every(world.database, "flow").values()
    if all(flow["waba_id"] != channel.waba_id for flow in known):
        flow = {"waba_id": channel.waba_id, "name": material("shop")["flow"], "status": "PUBLISHED"}
        records.write(world.database, "flow", world.chance.digits(16), flow)


def webhook_url(channel: Channel) -> str:
    return f"{settings.KEFU_PUBLIC_URL}/webhooks/whatsapp/{channel.pk}"


def _approve_templates(world: World, channel: Channel) -> None:
    for template in material("templates"):
        for language, code in TEMPLATE_LANGUAGE.items():
            row = {
                "id": world.chance.digits(16), "waba_id": channel.waba_id, "name": template["name"], "language": code,
                "category": template["category"], "status": "APPROVED", "components": _components(template[language]),
            }  # fmt: skip
            templates.upsert(world.database, row)


def _components(wording: Mapping[str, Any]) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = [{"type": "BODY", "text": wording["body"]}]
    if wording.get("header"):
        parts.insert(0, {"type": "HEADER", "format": "TEXT", "text": wording["header"]})
    if wording.get("footer"):
        parts.append({"type": "FOOTER", "text": wording["footer"]})
    if wording["buttons"]:
        buttons = [{"type": "QUICK_REPLY", "text": text} for text in wording["buttons"]]
        parts.append({"type": "BUTTONS", "buttons": buttons})
    return parts


def _add_customer(world: World, person: Customer) -> None:
    world.add_customer(
        customer_id=person.key,
        name=person.name,
        phone=person.wa_id,
        wa_id=person.wa_id,
        username=person.username,
        country=person.country,
        language={"zh": "zh-Hant", "en": "en"}[person.language],
        hide_phone=person.hidden,
        read_receipts=person.read_receipts,
        bsuid=person.bsuid,
    )


def _add_past(world: World, person: Customer, past: Past, files: dict[tuple[str, str], str]) -> None:
    number = past.conversation.channel.phone_number_id
    reactions: dict[str, dict[str, str]] = {}
    for reaction in past.reactions:
        reactions.setdefault(reaction.target_ref, {})[_SIDES[reaction.side]] = reaction.emoji
    for line, row in past.rows.items():
        if row.provider_ref is None:
            continue  # it never left
        world.add_message(
            customer=person.key,
            number=number,
            direction=row.direction,
            kind=row.kind,
            content=phone_content(row, person, _media(world, number, line, files)),
            at=row.at.timestamp(),
            wamid=row.provider_ref,
            statuses=_statuses(row, past),
            quotes=row.quoted_ref or None,
            reactions=reactions.get(row.provider_ref),
        )


def _media(world: World, number: str, line: Line, files: dict[tuple[str, str], str]) -> dict[str, Any]:
    """What a message says of its file; the simulator keeps one copy per number."""
    if not line.file:
        return {}
    found = attachment(line.file)
    if (number, line.file) not in files:
        files[number, line.file] = world.add_media(
            number=number, data=found.content, mime_type=found.mime_type, name=found.name
        )
    said = {"id": files[number, line.file], "mime_type": found.mime_type, "sha256": found.sha256.hex()}
    return said | ({"filename": found.name} if found.name else {})


def _statuses(row: Message, past: Past) -> dict[str, float]:
    """As the simulator keeps them: {status: epoch seconds}."""
    if row.direction == "in":
        at = row.at.timestamp()
        waiting = past.conversation.waiting_since
        answered = waiting is None or row.at < waiting
        return {"sent": at, "delivered": at + 1, **({"read": at + 2} if answered else {})}
    times = {"accepted": row.at, "sent": row.sent_at, "delivered": row.delivered_at, "read": row.read_at}
    if row.status == "failed":
        times = {"failed": row.failed_at}
    return {name: at.timestamp() for name, at in times.items() if at is not None}
