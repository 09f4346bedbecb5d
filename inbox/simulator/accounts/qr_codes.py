"""Short links and QR codes of a number: a text the customer finds ready to send (Meta: message_qrdls)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.errors import GraphError, not_found
from inbox.simulator.graph.shape import Shape
from inbox.simulator.storage import records
from inbox.simulator.tables import limits

if TYPE_CHECKING:
    from inbox.simulator.world import World


def every(world: World, number: str) -> list[dict[str, Any]]:
    return list(records.read(world.database, "qr", number).get("codes", {}).values())


def find(world: World, number: str, code: str) -> dict[str, Any]:
    found = records.read(world.database, "qr", number).get("codes", {}).get(code)
    if found is None:
        raise not_found(code)
    return dict(found)


def put(world: World, number: str, shape: Shape) -> dict[str, Any]:
    """Create a code, or change the one named; its address stays the same then."""
    rule = limits()["qr"]
    shape.only("prefilled_message", "generate_qr_image", "code")
    text = shape.text("prefilled_message", rule["prefilled_max"])
    image = shape.choice("generate_qr_image", "SVG", "PNG") if shape.has("generate_qr_image") else None
    codes = records.read(world.database, "qr", number).get("codes", {})
    if shape.has("code"):
        code = find(world, number, str(shape.value["code"]))["code"]
    elif len(codes) >= rule["per_number"]:
        raise GraphError(100, f"A number has at most {rule['per_number']} codes.")
    else:
        code = world.chance.letters(14).upper()
    entry = {"code": code, "prefilled_message": text, "deep_link_url": f"https://wa.me/message/{code}"}
    if image:
        entry["qr_image_url"] = f"https://scontent.whatsapp.net/qr/{code}.{image.lower()}"
    records.write(world.database, "qr", number, {"codes": {**codes, code: entry}})
    return entry


def remove(world: World, number: str, code: str) -> None:
    find(world, number, code)
    codes = records.read(world.database, "qr", number)["codes"]
    del codes[code]
    records.write(world.database, "qr", number, {"codes": codes})
