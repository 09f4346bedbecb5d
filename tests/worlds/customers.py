"""People who write to us, as WhatsApp names them. Fictional numbers only."""

from dataclasses import dataclass
from itertools import count

_numbers = count(1)


@dataclass(frozen=True)
class Customer:
    """``wa_id`` or ``bsuid`` may be missing, never both."""

    name: str
    wa_id: str | None
    bsuid: str | None = None
    username: str | None = None

    def card(self) -> dict[str, object]:
        """This person's entry of ``contacts[]``."""
        profile = {"name": self.name, **({"username": self.username} if self.username else {})}
        ids = {"wa_id": self.wa_id, "user_id": self.bsuid}
        return {"profile": profile, **{key: value for key, value in ids.items() if value}}

    def sender(self) -> dict[str, str]:
        ids = {"from": self.wa_id, "from_user_id": self.bsuid}
        return {key: value for key, value in ids.items() if value}


def customer(name: str = "Mei Lin", **ids: str | None) -> Customer:
    """Somebody new with a number of their own; ``wa_id=None, bsuid=…`` for one who hides the number."""
    ids.setdefault("wa_id", f"88690{next(_numbers):07d}")
    return Customer(name=name, **ids)
