"""`webhooks/emit`: any webhook the platform can send, and stranger ones; `webhooks/catalogue` lists them."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from inbox.simulator import people
from inbox.simulator.control.protocol import customer_of, json_body, number_of
from inbox.simulator.control.webhooks import signature_of
from inbox.simulator.errors import BadRequest
from inbox.simulator.storage import customers, numbers
from inbox.simulator.webhooks import account, outbox
from inbox.simulator.webhooks.catalogue import strange
from inbox.simulator.webhooks.catalogue.entries import entries, merged
from inbox.simulator.webhooks.catalogue.scene import Change, Scene
from inbox.simulator.webhooks.serialising import change_of
from inbox.simulator.world import World

Row = dict[str, Any]


async def get_catalogue(world: World, request: Request) -> Any:
    """Every {field, event} which can be emitted, and the ways to make one strange."""
    return {
        "results": [{"field": field, "event": event} for field, event in sorted(entries())],
        "strange": list(strange.KINDS),
    }


async def post_emit(world: World, request: Request) -> Any:
    """{number, field, event?, customer?, fields?, strange?, signature?, times?}: queue webhooks of the catalogue.

    `fields` is laid over the value; `strange` names kinds of unknown content; `times` repeats the same bytes. History
    takes `count`, a status `message`. Without a customer the newest is meant. Returns {deliveries, changes}."""
    wish = await json_body(request)
    number, signature = number_of(world, wish.get("number")), signature_of(wish)
    times = wish.get("times", 1)
    if not isinstance(times, int) or isinstance(times, bool) or not 1 <= times <= 50:
        raise BadRequest("times must be a whole number from 1 to 50.", field="times")
    with world.database.transaction():
        made, queued = changes_of(world, number, wish), []
        subscribed = numbers.callback(world.database, number) is not None
        for change in made if subscribed else []:
            time = int(world.clock.now()) if change.timed else None
            body = outbox.body_of(world, number, [change_of(change.value, change.field)], time=time)
            queued += [
                outbox.queue_body(world, number, body, label=_label(change, wish),
                                  due_at=world.clock.now(), signature=signature)
                for _ in range(times)
            ]  # fmt: skip
    return {"deliveries": queued, "changes": [{"field": change.field, "value": change.value} for change in made]}


def _label(change: Change, wish: Row) -> str:
    """What is about an account is marked as such: it goes to the app's own URL, past overrides (Meta)."""
    name = f"{change.field} {wish.get('event') or ''}".strip()
    return account.LABEL + name if change.timed else name


def changes_of(world: World, number: Row, wish: Row) -> list[Change]:
    """The changes which a wish describes. Raises BadRequest."""
    event = _event(wish)
    scene = Scene(world, number, _customer(world, wish))
    kinds, over = wish.get("strange") or [], wish.get("fields") or {}
    if not isinstance(kinds, list) or not isinstance(over, dict):
        raise BadRequest("strange is a list of kinds and fields an object.", field="strange")
    made = entries()[str(wish.get("field")), event](scene, wish)
    made = [Change(change.field, merged(change.value, over), change.timed) for change in made]
    return [strange.made_strange(change, kinds) for change in made]


def _event(wish: Row) -> str:
    """The event asked for; a field's first one where none is."""
    known = [event for field, event in entries() if field == wish.get("field")]
    if not known:
        fields = sorted({field for field, _ in entries()})
        raise BadRequest(f"field must be one of {', '.join(fields)}.", field="field")
    event = str(wish.get("event") or known[0])
    if event not in known:
        raise BadRequest(f"{wish.get('field')} has the events {', '.join(known)}.", field="event")
    return event


def _customer(world: World, wish: Row) -> Row:
    if wish.get("customer"):
        return customer_of(world, str(wish["customer"]))
    newest = customers.every(world.database, limit=1)
    return newest[0] if newest else customer_of(world, people.create_customer(world)["id"])
