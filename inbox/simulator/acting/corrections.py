"""Editing and deleting what was sent. Only numbers in coexistence learn of it properly (Meta)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.errors import BadRequest, status_error
from inbox.simulator.messaging import receiving
from inbox.simulator.messaging.views import tell_phone
from inbox.simulator.storage import acts, messages, numbers
from inbox.simulator.tables import limits

if TYPE_CHECKING:
    from inbox.simulator.world import World

Row = dict[str, Any]
_TEXT_OF = {"text": "body", "image": "caption", "video": "caption", "document": "caption"}


def edit(world: World, customer: Row, number: Row | None, given: Row) -> Row:
    """{message, text}: elsewhere than in coexistence the business gets `unsupported` and the new words are lost."""
    message = _own(world, customer, given)
    if message["kind"] not in _TEXT_OF or not isinstance(given.get("text"), str):
        raise BadRequest("Only words can be edited: give text.", field="text")
    if world.clock.now() - message["at"] > limits()["webhooks"]["edit_window_minutes"]["value"] * 60:
        raise BadRequest("This message is too old to be edited.", field="message")
    content = {**message["content"], _TEXT_OF[message["kind"]]: given["text"]}
    with world.database.transaction():
        _correct(world, message, content=content, edited=True)
        told = _number(world, message)
        if acts.in_coexistence(world.database, message["number"]):
            inner = {"type": message["kind"], message["kind"]: _told(content)}
            body = {"original_message_id": message["wamid"], "message": inner}
            receiving.receive(world, customer, told, "edit", body)
        else:
            lost = {"type": "edit", "errors": [status_error(131051)]}
            receiving.receive(world, customer, told, "unsupported", lost, context={"beside": True})
    return customer


def delete(world: World, customer: Row, number: Row | None, given: Row) -> Row:
    """{message}: elsewhere than in coexistence the business hears nothing at all."""
    message = _own(world, customer, given)
    if world.clock.now() - message["at"] > limits()["webhooks"]["revoke_window_days"]["value"] * 86400:
        raise BadRequest("This message is too old to be deleted.", field="message")
    with world.database.transaction():
        _correct(world, message, content=message["content"], deleted=True)
        if acts.in_coexistence(world.database, message["number"]):
            body = {"original_message_id": message["wamid"]}
            receiving.receive(world, customer, _number(world, message), "revoke", body)
    return customer


def _own(world: World, customer: Row, given: Row) -> Row:
    message = messages.find(world.database, str(given.get("message") or ""))
    if message is None or message["customer"] != customer["id"] or message["direction"] != "in":
        raise BadRequest("message must be one which this customer wrote.", field="message")
    return message


def _number(world: World, message: Row) -> Row:
    found = numbers.find(world.database, message["number"])
    if found is None:
        raise BadRequest(f"There is no number {message['number']}.", field="number", status=404)
    return found


def _told(content: Row) -> Row:
    return {name: value for name, value in content.items() if name in ("body", "caption", "id", "mime_type")}


def _correct(world: World, message: Row, *, content: Any, **marks: bool) -> None:
    """The phone shows the new state on the old message."""
    message.update(content=content, context={**(message["context"] or {}), **marks})
    messages.change(world.database, message["wamid"], content=content, context=message["context"])
    tell_phone(world, message)
