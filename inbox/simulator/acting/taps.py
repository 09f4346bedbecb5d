"""Answering what the business offered: a reply button, a row of a list, a template's button, a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.acting import writing
from inbox.simulator.errors import BadRequest
from inbox.simulator.storage import messages, numbers

if TYPE_CHECKING:
    from inbox.simulator.world import World

Row = dict[str, Any]


def tap(world: World, customer: Row, number: Row | None, given: Row) -> Row:
    """{choice, message?}: `choice` is the id or the words of what was offered; `message` a wamid, else the newest
    message which offers it. The answer names what it answers."""
    for message in _offers(world, customer, number, given):
        for choice in choices_of(message):
            if given.get("choice") in (choice.get("id"), choice.get("title"), choice.get("text")):
                return _answer(world, customer, message, choice, given)
    raise BadRequest("Nothing this customer can see offers that choice.", field="choice")


def submit_flow(world: World, customer: Row, number: Row | None, given: Row) -> Row:
    """{answers, message?}: fill in a flow message's form. The answer carries its `flow_token`, not its id (Meta)."""
    for message in _offers(world, customer, number, given):
        token = _flow_token(message)
        if token is not None:
            reply = {"type": "flow_reply", "answers": given.get("answers"), "flow_token": token}
            return _answer(world, customer, message, reply, given)
    raise BadRequest("No form waits for this customer.", field="message")


def choices_of(message: Row) -> list[Row]:
    """What a message offers, each as the fields of the answer to it."""
    content = message["content"]
    if message["kind"] == "template":
        rows = content.get("buttons") or []
        return [{"type": "button", "text": row["text"], "payload": row.get("payload")}
                for row in rows if row.get("type") == "quick_reply"]  # fmt: skip
    if message["kind"] != "interactive":
        return []
    action = content.get("action") or {}
    if content.get("type") == "button":
        return [{"type": "button_reply", **button["reply"]} for button in action.get("buttons", [])]
    if content.get("type") == "list":
        found = [row for section in action.get("sections", []) for row in section.get("rows", [])]
        return [{"type": "list_reply", **row} for row in found]
    return []


def _offers(world: World, customer: Row, number: Row | None, given: Row) -> list[Row]:
    if given.get("message"):
        message = messages.find(world.database, str(given["message"]))
        known = message is not None and message["customer"] == customer["id"] and message["direction"] == "out"
        if message is None or not known:
            raise BadRequest("message must be one which the business sent to this customer.", field="message")
        return [message]
    if number is None:
        raise BadRequest("number or message is required.", field="number")
    rows = messages.chat(world.database, customer["id"], number["phone_number_id"], limit=50)
    return [row for row in reversed(rows) if row["direction"] == "out" and row["status"] != "failed"]


def _answer(world: World, customer: Row, message: Row, reply: Row, given: Row) -> Row:
    """`without_context` leaves out what is answered, as happens at Meta now and then."""
    number = numbers.find(world.database, message["number"])
    if number is None:
        raise BadRequest(f"There is no number {message['number']}.", field="number", status=404)
    quoted = {} if given.get("without_context") else {"reply_to": message["wamid"]}
    writing.write(world, customer, number, {**reply, **quoted})
    return customer


def _flow_token(message: Row) -> str | None:
    """The token of a flow message or of a template's flow button; None where there is no form."""
    content = message["content"]
    if message["kind"] == "interactive" and content.get("type") == "flow":
        return str((content.get("action") or {}).get("parameters", {}).get("flow_token") or "unused")
    if message["kind"] == "template":
        for button in content.get("buttons") or []:
            if button.get("type") == "flow":
                return str(button.get("flow_token") or "unused")
    return None
