"""What people do by themselves: look at messages, play voice notes, answer, go to sleep. All on the virtual clock."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from inbox.simulator import people
from inbox.simulator.acting import taps, writing
from inbox.simulator.acting.record import note
from inbox.simulator.errors import BadRequest
from inbox.simulator.messaging import statuses
from inbox.simulator.storage import acts, customers, messages, numbers, timers

if TYPE_CHECKING:
    from inbox.simulator.world import World

log = logging.getLogger(__name__)
Row = dict[str, Any]
_DEVICES = ("phone", "desktop", "old")
_KNOWN = ("device", "hours", "read_after", "reply_probability", "reply_after", "replies")


def set_habits(world: World, customer: Row, changes: Row) -> Row:
    """Change device (phone | desktop | old), hours ({from, to, offset}: whole hours of the day online, offset of the
    time zone), read_after ([least, most] seconds, null: never by themselves), reply_probability (0 to 1), reply_after
    and replies (texts; where something can be tapped, that is tapped). Raises BadRequest."""
    for name, value in changes.items():
        _check(name, value)
    found = {**acts.habits(world.database, customer["id"]), **changes}
    with world.database.transaction():
        acts.set_habits(world.database, customer["id"], found)
        if "hours" in changes:
            _keep_hours(world, customer, found)
        note(world, "habits", customer, **changes)
    return found


def follow(world: World, customer_id: str, detail: Row) -> None:
    """A habit's moment has come. What cannot be done any more (a deleted chat, a block) is left."""
    customer = customers.find(world.database, customer_id)
    if customer is None:
        return
    try:
        _DEEDS[detail["do"]](world, customer, acts.habits(world.database, customer_id), detail)
    except BadRequest as error:
        log.info("%s of %s came to nothing: %s", detail["do"], customer_id, error.message)


def _notice(world: World, customer: Row, habits: Row, detail: Row) -> None:
    if habits.get("read_after") is not None:
        due = world.clock.now() + world.chance.between(habits["read_after"])
        timers.add(world.database, due, "habit", customer["id"], {"do": "look", "message": detail["message"]})


def _look(world: World, customer: Row, habits: Row, detail: Row) -> None:
    message = messages.find(world.database, detail["message"])
    if message is None or not customer["online"]:
        return
    statuses.read_by_customer(world, customer, message["number"])
    if message["kind"] == "audio" and customer["read_receipts"]:
        statuses.apply(world, message["wamid"], "played")
    if world.chance.happens(float(habits.get("reply_probability") or 0)):
        due = world.clock.now() + world.chance.between(habits.get("reply_after") or [1, 5])
        timers.add(world.database, due, "habit", customer["id"], {"do": "answer", "message": message["wamid"]})


def _answer(world: World, customer: Row, habits: Row, detail: Row) -> None:
    message = messages.find(world.database, detail["message"])
    number = numbers.find(world.database, message["number"]) if message else None
    if message is None or number is None:
        return
    choices = taps.choices_of(message)
    if choices:
        picked = world.chance.random.choice(choices)
        choice = picked.get("id") or picked.get("text")
        taps.tap(world, customer, number, {"choice": choice, "message": message["wamid"]})
        return
    text = world.chance.random.choice(habits.get("replies") or ["Thank you"])
    writing.write(world, customer, number, {"type": "text", "text": text})


def arrive_later(world: World, customer_id: str, plan: Row) -> None:
    """Write by oneself some time soon, at random but `every` so many seconds on average, up to `until`."""
    due = world.clock.now() + world.chance.random.expovariate(1 / plan["every"])
    if due <= plan["until"]:
        timers.add(world.database, due, "habit", customer_id, plan)


def _arrive(world: World, customer: Row, habits: Row, detail: Row) -> None:
    number = numbers.find(world.database, detail["number"])
    if number is not None and customer["online"]:
        writing.write(world, customer, number, {"type": "text", "text": world.chance.random.choice(detail["texts"])})
    arrive_later(world, customer["id"], detail)


def _presence(world: World, customer: Row, habits: Row, detail: Row) -> None:
    if detail.get("hours") == habits.get("hours"):  # else: other hours were set meanwhile
        _keep_hours(world, customer, habits)


def _keep_hours(world: World, customer: Row, habits: Row) -> None:
    """Be online or not as the hour asks, and look again at the next full hour that changes it."""
    hours = habits.get("hours")
    if hours is None:
        return
    awake, changes_at = _awake(hours, world.clock.now())
    if awake != customer["online"]:
        changed = people.change_customer(world, customer, {"online": awake})
        if awake:
            statuses.deliver_waiting(world, changed["id"])
    timers.add(world.database, changes_at, "habit", customer["id"], {"do": "presence", "hours": hours})


def _awake(hours: Row, now: float) -> tuple[bool, float]:
    """(online now, when that changes). From 22 to 6 runs over midnight."""
    there = datetime.fromtimestamp(now, UTC) + timedelta(hours=hours.get("offset", 0))

    def at(hour: int) -> bool:
        begin, end = hours["from"], hours["to"]
        return begin <= hour < end if begin < end else hour >= begin or hour < end

    now_awake, full_hour = at(there.hour), there.replace(minute=0, second=0, microsecond=0)
    for ahead in range(1, 25):
        if at((there.hour + ahead) % 24) != now_awake:
            return now_awake, now + ((full_hour + timedelta(hours=ahead)) - there).total_seconds()
    return now_awake, now + 86400


def _check(name: str, value: Any) -> None:
    if name not in _KNOWN:
        raise BadRequest(f"Habits are {', '.join(_KNOWN)}.", field=name)
    if name == "device" and value not in _DEVICES:
        raise BadRequest(f"device must be one of {', '.join(_DEVICES)}.", field=name)
    if name in ("read_after", "reply_after") and value is not None and not _is_span(value):
        raise BadRequest(f"{name} must be two numbers of seconds, the smaller first.", field=name)
    if name == "reply_probability" and not (isinstance(value, int | float) and 0 <= value <= 1):
        raise BadRequest("reply_probability must be between 0 and 1.", field=name)
    if name == "replies" and not (isinstance(value, list) and all(isinstance(text, str) for text in value)):
        raise BadRequest("replies must be texts.", field=name)
    if name == "hours" and value is not None and not _are_hours(value):
        raise BadRequest("hours must have from and to, two different whole hours.", field=name)


def _is_span(value: Any) -> bool:
    numeric = isinstance(value, list) and len(value) == 2 and all(isinstance(part, int | float) for part in value)
    return bool(numeric and 0 <= value[0] <= value[1])


def _are_hours(value: Any) -> bool:
    if not isinstance(value, dict) or not all(isinstance(value.get(name), int) for name in ("from", "to")):
        return False
    within = 0 <= value["from"] < 24 and 0 <= value["to"] < 24 and value["from"] != value["to"]
    return within and isinstance(value.get("offset", 0), int | float)


_DEEDS = {"notice": _notice, "look": _look, "answer": _answer, "presence": _presence, "arrive": _arrive}
