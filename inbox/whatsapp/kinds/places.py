"""A place on the map (Meta: location messages)."""

from typing import Any

from inbox.whatsapp.kinds.part import Part, some
from inbox.whatsapp.wire import Outbound

_PLACE_MAX = 256  # not published; what WhatsApp shows of it is shorter


def check(part: Part) -> dict[str, Any]:
    return {
        "latitude": part.number("latitude", -90, 90),
        "longitude": part.number("longitude", -180, 180),
        **some(name=part.maybe("name", _PLACE_MAX), address=part.maybe("address", _PLACE_MAX)),
    }


def body(message: Outbound) -> dict[str, Any]:
    names = ("latitude", "longitude", "name", "address")
    return {name: message.content[name] for name in names if message.content.get(name) is not None}
