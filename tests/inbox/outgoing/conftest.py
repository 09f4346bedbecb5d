"""An open conversation in Asia whose number is known to the simulator, and Ben who answers in it."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from inbox.actions.replies import send_text
from inbox.models import Channel, Conversation, Message
from tests.conftest import Cast
from tests.inbox.simulator.running import Running
from tests.worlds.channels import calls, channel
from tests.worlds.customers import Customer, customer
from tests.worlds.threads import delivered, fresh, thread


@dataclass
class Desk:
    cast: Cast
    meta: Running
    shop: Channel
    mei: Customer
    talk: Conversation

    def answers(
        self, text: str = "Yes", *, by: str = "ben", ref: str = "", talk: Conversation | None = None
    ) -> Message:
        """Queue a text; ``ref`` defaults to the text itself."""
        place = (talk or self.talk).pk
        return send_text(by=self.cast.access(by), conversation_id=place, client_ref=ref or text, text=text)

    def sends(self) -> int:
        """Deliver what is queued; the number of calls that were made."""
        return delivered(self.talk)

    def sent(self) -> list[str]:
        """The texts of the send calls that reached WhatsApp, in order."""
        bodies = [row["detail"]["body"] for row in calls(self.meta, self.shop)]
        return [body["text"]["body"] for body in bodies if body and body.get("type") == "text"]

    def fault(self, kind: str, **detail: int | float) -> None:
        """The next calls meet this fault of the simulator."""
        self.meta.sim("POST", "faults", {"kind": kind, **detail})


@pytest.fixture
def desk(cast: Cast, meta: Running) -> Desk:
    shop, mei = channel(cast.asia, meta), customer("Mei Lin")
    return Desk(cast, meta, shop, mei, thread(shop, mei))


def state(row: Message) -> tuple[str, str]:
    """``(status, error code)`` as they are now."""
    now = fresh(row)
    return now.status, now.error_code


@pytest.fixture
def post(cast: Cast, desk: Desk, client: Any) -> Any:
    """Post a message as Ben; answers the response."""
    client.force_login(cast.ben)
    refs = iter(range(1000))

    def send(body: dict[str, Any]) -> Any:
        path = f"/api/v1/conversations/{desk.talk.pk}/messages"
        return client.post(path, {**body, "client_ref": str(next(refs))}, content_type="application/json")

    return send


@pytest.fixture
def own_cache(settings: Any) -> None:
    """A cache of this process alone, and empty: the tests of other workers empty the Redis that all of them share."""
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": uuid4().hex}
    settings.CACHES = {"default": memory}
