"""Webhooks about an account: templates, quality, limits, restrictions. They carry `entry.time`, an integer (Meta)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.storage import numbers
from inbox.simulator.webhooks import outbox
from inbox.simulator.webhooks.serialising import change_of, serialise

if TYPE_CHECKING:
    from inbox.simulator.world import World

LABEL = "account "


def announce(world: World, waba_id: str, field: str, value: dict[str, Any]) -> list[int]:
    """Queue one change for every app subscribed to the account; the ids of the deliveries, none when nobody is.

    Meta: these fields ignore overrides and go to the app's own URL, one copy signed with each app's secret. Here the
    numbers of an account which share URL and secret are one app.
    """
    if numbers.subscription(world.database, waba_id) is None:
        return []
    entry = {"id": waba_id, "time": int(world.clock.now()), "changes": [change_of(value, field)]}
    body = {"object": "whatsapp_business_account", "entry": [entry]}
    apps = {(row["webhook_url"], row["app_secret"]): row for row in reversed(numbers.of_waba(world.database, waba_id))}
    varied = world.behaviour["serialisation"] == "random"
    return [
        outbox.queue_body(world, row, serialise(body, world.chance.random, varied=varied), label=LABEL + field,
                          due_at=world.clock.now())
        for (url, _), row in apps.items() if url
    ]  # fmt: skip
