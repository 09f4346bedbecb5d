"""What a webhook of the catalogue is about, and the values which its templates name."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from inbox.simulator import pictures
from inbox.simulator.storage import media, messages, numbers
from inbox.simulator.tables import limits
from inbox.simulator.webhooks import message_shape

if TYPE_CHECKING:
    from inbox.simulator.world import World

_DAY = 86400
_FILES: dict[str, tuple[str, dict[str, Any]]] = {
    "video": ("video/mp4", {"caption": "In the workshop"}), "voice": ("audio/ogg; codecs=opus", {"voice": True}),
    "document": ("application/pdf", {"filename": "invoice.pdf"}), "sticker": ("image/webp", {"animated": False}),
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One change of a POST. `timed`: the entry around it carries a time."""

    field: str
    value: dict[str, Any]
    timed: bool = False


@dataclass(frozen=True)
class Scene:
    world: World
    number: dict[str, Any]
    customer: dict[str, Any]

    @property
    def now(self) -> int:
        return int(self.world.clock.now())

    @property
    def person(self) -> dict[str, Any]:
        return message_shape.contact(self.world, self.number, self.customer, with_phone=not self.customer["hide_phone"])

    def known(self) -> str:
        """The newest message of this chat, or the id of one nobody has."""
        rows = messages.chat(self.world.database, self.customer["id"], self.number["phone_number_id"], limit=1)
        return str(rows[0]["wamid"]) if rows else self.wamid()

    def wamid(self) -> str:
        return self.world.chance.wamid(self.customer["wa_id"], "in")

    def value_of(self, name: str) -> Any:
        """What `$name` stands for. Raises KeyError."""
        plain = {
            "number": self.number["phone_number_id"], "display": numbers.digits(self.number),
            "business_digits": numbers.digits(self.number), "name": self.number["verified_name"],
            "waba": self.number["waba_id"], "business": "300000000000001", "app": "100000000000000",
            "flow": "500000000000001", "template": 600000000000001, "group": "Y2FwaV9ncm91cDppbnZlbnRlZDAx",
            "request": "invented-request-01", "wa_id": self.customer["wa_id"], "user_id": self.person["user_id"],
            "person": self.person, "now": self.now, "now_text": str(self.now), "yesterday": self.now - _DAY,
            "yesterday_text": str(self.now - _DAY), "tomorrow": self.now + _DAY,
            "today_in_words": _in_words(self.now), "tomorrow_in_words": _in_words(self.now + _DAY),
        }  # fmt: skip
        if name in plain:
            return plain[name]
        if name == "image":
            return self._file("image/jpeg", pictures.draw("parcel"), caption="From the shop")
        if name in _FILES:
            mime_type, more = _FILES[name]
            return self._file(mime_type, b"invented " + name.encode(), **more)
        return {"wamid": self.wamid, "known": self.known, "call": self._call}[name]()

    def _call(self) -> str:
        return "wacid." + self.wamid().removeprefix("wamid.")

    def _file(self, mime_type: str, data: bytes, **more: Any) -> dict[str, Any]:
        days = limits()["media"]["webhook_id_days"]["value"]
        row = media.add(
            self.world.database,
            media_id=self.world.chance.digits(16),
            mime_type=mime_type,
            data=data,
            number=self.number["phone_number_id"],
            expires_at=self.world.clock.now() + days * _DAY,
        )
        digest = base64.b64encode(bytes.fromhex(row["sha256"])).decode()
        return {"id": row["id"], "mime_type": mime_type, "sha256": digest, **more}


def _in_words(at: int) -> str:
    """Meta writes this date out: nobody should parse it strictly."""
    moment = datetime.fromtimestamp(at, UTC)
    return f"{moment:%B} {moment.day}, {moment.year}"
