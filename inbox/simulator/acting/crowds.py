"""Many customers at once, who write by themselves at a rate: to load an inbox as a campaign would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator import people
from inbox.simulator.acting import habits
from inbox.simulator.errors import BadRequest
from inbox.simulator.storage import customers

if TYPE_CHECKING:
    from inbox.simulator.world import World

Row = dict[str, Any]
_MOST = 10_000
_TEXTS = ["Is it still in stock?", "Where is my order?", "Can I change the address?", "Thank you!", "請問幾點關門？"]


def gather(world: World, number: Row, given: Row) -> list[str]:
    """{count, country?, language?, habits?, arrivals?: {per_minute, minutes, texts?}}: so many customers, who together
    write `per_minute` messages for so many virtual minutes. Returns their ids. Raises BadRequest."""
    count = given.get("count")
    if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= _MOST:
        raise BadRequest(f"count must be a whole number from 1 to {_MOST}.", field="count")
    fields = {name: given[name] for name in ("country", "language") if given.get(name)}
    arrivals = _arrivals(given.get("arrivals"), number, count)
    ids = []
    with world.database.transaction():
        for place in range(count):
            made = people.create_customer(world, name=f"Customer {place + 1}", **fields)
            ids.append(made["id"])
            if given.get("habits"):
                habits.set_habits(world, customers.find(world.database, made["id"]) or {}, given["habits"])
            if arrivals:
                habits.arrive_later(world, made["id"], {**arrivals, "until": world.clock.now() + arrivals["seconds"]})
        world.database.after_commit(world.wake)
    return ids


def _arrivals(given: Any, number: Row, count: int) -> Row | None:
    if given is None:
        return None
    known = isinstance(given, dict) and all(_positive(given.get(name)) for name in ("per_minute", "minutes"))
    texts = given.get("texts", _TEXTS) if known else None
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) for text in texts):
        raise BadRequest("arrivals have per_minute and minutes above 0, and perhaps texts.", field="arrivals")
    every = 60 * count / given["per_minute"]  # seconds between two messages of one of them
    return {"do": "arrive", "number": number["phone_number_id"], "every": every, "texts": texts,
            "seconds": given["minutes"] * 60}  # fmt: skip


def _positive(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0
