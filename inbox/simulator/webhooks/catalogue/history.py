"""The past of a number which joins from the phone app: three phases, chunks in any order, media later (Meta)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from inbox.simulator.errors import BadRequest, status_error
from inbox.simulator.storage import numbers
from inbox.simulator.webhooks import message_shape
from inbox.simulator.webhooks.catalogue.scene import Change, Scene

Body = dict[str, Any]
_DAY = 86400
# Days before today which each phase holds: (first, last).
_PHASES = ((0, 1), (1, 90), (90, 180))
_PER_CHUNK = 100


def whole(scene: Scene, given: Body) -> list[Change]:
    """{count}: so many messages over three phases, in chunks which come out of order."""
    count = max(3, min(_whole(given, "count", 9), 50_000))
    changes: list[Change] = []
    for phase, days in enumerate(_PHASES):
        size = count // 3 + (count % 3 if phase == 0 else 0)
        chunks = [min(_PER_CHUNK, size - start) for start in range(0, size, _PER_CHUNK)]
        for order, length in enumerate(chunks, start=1):
            progress = round((phase + order / len(chunks)) * 100 / 3)
            changes.append(_chunk(scene, phase, order, progress, days, length))
    scene.world.chance.random.shuffle(changes)
    return changes


def one(scene: Scene, given: Body) -> list[Change]:
    """{phase, chunk_order, count}: a single chunk."""
    phase = _whole(given, "phase", 0) % 3
    order, count = _whole(given, "chunk_order", 1), min(_whole(given, "count", 2), 1000)
    return [_chunk(scene, phase, order, 100, _PHASES[phase], count)]


def _whole(given: Body, name: str, default: int) -> int:
    value = given.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise BadRequest(f"{name} must be a whole number.", field=name)
    return value


def media(scene: Scene, given: Body) -> list[Change]:
    """The file of an earlier chunk: a `history` webhook with `messages` instead, matched by id."""
    wamid = str(given.get("message") or scene.wamid())
    entry = {**message_shape.sender_ids(scene.world, scene.number, scene.customer), "id": wamid,
             "timestamp": str(scene.now - _DAY), "type": "image", "image": scene.value_of("image")}  # fmt: skip
    return [Change("history", message_shape.value_for(scene.number, messages=[entry]))]


def refused(scene: Scene, given: Body) -> list[Change]:
    """The owner shares no history."""
    errors = [status_error(2593109, "History sharing is turned off by the business")]
    return [Change("history", message_shape.value_for(scene.number, history=[{"errors": errors}]))]


def _chunk(scene: Scene, phase: int, order: int, progress: int, days: tuple[int, int], length: int) -> Change:
    person = scene.person
    context = {name: person[name] for name in ("wa_id", "user_id") if name in person}
    thread = {"id": person.get("wa_id", person["user_id"]), "context": context,
              "messages": [_past(scene, days, place) for place in range(length)]}  # fmt: skip
    metadata = {"phase": phase, "chunk_order": order, "progress": progress}
    entry = {"metadata": metadata, "threads": [thread]}
    return Change("history", message_shape.value_for(scene.number, history=[entry]))


def _past(scene: Scene, days: tuple[int, int], place: int) -> Body:
    """Both sides in turn; statuses are in capitals here (Meta)."""
    at = scene.now - scene.world.chance.random.randint(days[0] * _DAY + 60, days[1] * _DAY)
    own = place % 2 == 1
    ids: Body = message_shape.sender_ids(scene.world, scene.number, scene.customer)
    if own:
        to = {"to": scene.customer["wa_id"], "to_user_id": scene.person["user_id"]}
        ids = {"from": numbers.digits(scene.number), **to}
    words = "We are open until six." if own else "When do you close today?"
    state = ("DELIVERED", "READ", "SENT", "PENDING", "ERROR", "PLAYED")[place % 6] if own else "READ"
    return {**ids, "id": scene.wamid(), "timestamp": str(at), "type": "text", "text": {"body": words},
            "history_context": {"status": state}}  # fmt: skip


MAKERS: dict[str, Callable[[Scene, Body], list[Change]]] = {
    "whole": whole, "chunk": one, "media": media, "refused": refused,
}  # fmt: skip
