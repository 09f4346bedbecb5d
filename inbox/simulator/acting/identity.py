"""Who a customer is changes: number, user id, username, device. Each business with a chat gets the notice (Meta)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator import people
from inbox.simulator.acting.record import note, numbers_known_to
from inbox.simulator.errors import BadRequest
from inbox.simulator.messaging import receiving
from inbox.simulator.storage import acts
from inbox.simulator.webhooks import message_shape

if TYPE_CHECKING:
    from inbox.simulator.world import World

Row = dict[str, Any]


def change_number(world: World, customer: Row, number: Row | None, given: Row) -> Row:
    """{phone?, legacy?}: another phone number and, with it, other user ids (Meta: both change). `legacy` writes the
    notice in its older form, `customer_changed_number`."""
    told = numbers_known_to(world, customer)
    before = {row["phone_number_id"]: people.bsuid_of(world, customer, row["portfolio_id"]) for row in told}
    digits = (
        people.digits_of(str(given["phone"])) if given.get("phone") else people.free_number(world, customer["country"])
    )
    moved = {**customer, "phone": digits, "wa_id": digits}
    with world.database.transaction():
        people.renew_bsuids(world, moved)
        people.store(world, moved)
        note(world, "change_number", customer, old=customer["wa_id"], new=digits)
        for row in told:
            content = _moved_notice(world, row, customer, moved, before[row["phone_number_id"]], given)
            _notify(world, row, moved, content, _former(world, customer, before[row["phone_number_id"]]))
    return moved


def _moved_notice(world: World, row: Row, customer: Row, moved: Row, former: str, given: Row) -> Row:
    if given.get("legacy"):
        body = f"{customer['name']} changed from {customer['wa_id']} to {moved['wa_id']}"
        ids = {"new_wa_id": moved["wa_id"], "customer": customer["wa_id"]}
        return {"type": "customer_changed_number", "body": body, **ids}
    content: Row = {"type": "user_changed_number", "body": f"User {customer['name']} changed to another number"}
    if not customer["hide_phone"]:
        content |= {"body": f"User {customer['name']} changed from {customer['wa_id']} to {moved['wa_id']}"}
        content |= {"wa_id": moved["wa_id"]}
    return content | _new_ids(world, row, moved, former)


def change_user_id(world: World, customer: Row, number: Row | None, given: Row) -> Row:
    """Only the business-scoped ids change; the notice has neither number nor name (Meta)."""
    told = numbers_known_to(world, customer)
    before = {row["phone_number_id"]: people.bsuid_of(world, customer, row["portfolio_id"]) for row in told}
    with world.database.transaction():
        people.renew_bsuids(world, customer)
        people.store(world, customer)
        note(world, "change_user_id", customer)
        for row in told:
            former = before[row["phone_number_id"]]
            content = {"type": "user_changed_user_id", **_new_ids(world, row, customer, former)}
            _notify(world, row, customer, content, {"from_user_id": former})
    return customer


def change_device(world: World, customer: Row, number: Row | None, given: Row) -> Row:
    """A new or re-installed phone: the security code changes, and perhaps another person holds the number (Meta)."""
    habits = acts.habits(world.database, customer["id"])
    fresh = world.chance.letters(43) + "="
    with world.database.transaction():
        acts.set_habits(world.database, customer["id"], {**habits, "identity_hash": fresh})
        note(world, "change_device", customer)
        for row in numbers_known_to(world, customer):
            content = {"type": "customer_identity_changed", "body": f"The security code of {customer['name']} changed"}
            created = str(int(world.clock.now()))
            identity = {"acknowledged": "false", "created_timestamp": created, "hash": fresh}
            sender = message_shape.sender_ids(world, row, customer)
            _notify(world, row, customer, content, sender, identity=identity)
    return customer


def adopt_username(world: World, customer: Row, number: Row | None, given: Row) -> Row:
    """{username?, hide_phone?}: from now on the phone is absent where the business did not have it lately (Meta)."""
    name = given.get("username") or customer["username"] or f"user.{world.chance.digits(8)}"
    changes = {"username": str(name), "hide_phone": given.get("hide_phone") is not False}
    note(world, "adopt_username", customer, username=changes["username"])
    return people.change_customer(world, customer, changes)


def drop_username(world: World, customer: Row, number: Row | None, given: Row) -> Row:
    if not customer["username"]:
        raise BadRequest("This customer has no username.", field="act")
    note(world, "drop_username", customer)
    return people.change_customer(world, customer, {"username": None, "hide_phone": False})


def _new_ids(world: World, row: Row, customer: Row, former: str) -> Row:
    now = people.bsuid_of(world, customer, row["portfolio_id"])
    ids = {"user_id": now, "previous_user_id": former}
    if world.behaviour["parent_user_ids"]:
        ids |= {
            "parent_user_id": message_shape.parent_of(now),
            "previous_parent_user_id": message_shape.parent_of(former),
        }
    return ids


def _former(world: World, customer: Row, former: str) -> Row:
    """Meta: a notice comes from the old number."""
    sender = {} if customer["hide_phone"] else {"from": customer["wa_id"]}
    return {**sender, "from_user_id": former}


def _notify(world: World, row: Row, customer: Row, content: Row, sender: Row, **more: Any) -> None:
    receiving.receive(world, customer, row, "system", content, context={"sender": sender, **more})
