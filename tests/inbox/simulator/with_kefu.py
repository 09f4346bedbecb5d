"""The simulator's scenarios and catalogue, played to the real Kefu: its workers' work is done between the steps."""

from typing import Any
from uuid import UUID

import requests

from inbox.ingest.drainer import drain
from inbox.models import Channel, StoredWebhook
from inbox.sending.outbox import deliver
from tests.conftest import Cast
from tests.inbox.simulator.running import Running
from tests.worlds.channels import channel, register
from tests.worlds.serving import Served, session_of
from tests.worlds.threads import conversations, messages
from tests.worlds.waiting import until

# A busy machine is no fault of Kefu's; an idle one waits for nothing that long.
PATIENCE = 90.0
INSTANT = {"sent_after": [0.0, 0.01], "delivered_after": [0.02, 0.03], "failed_after": [0.0, 0.01]}


def _body(wish: dict[str, Any]) -> dict[str, Any]:
    """What the API is sent for a line: words, words with buttons, or a template."""
    if "template" in wish:
        return {"type": "template", "template": {"name": wish["template"], "language": "en_US"}}
    if "offers" in wish:
        buttons = [{"title": title} for title in wish["offers"]]
        return {"type": "interactive", "interactive": {"type": "button", "text": wish["says"], "buttons": buttons}}
    return {"type": "text", "text": wish["says"]}


class Shop:
    """A channel of Kefu, connected to the simulator both ways, and Ben who answers."""

    def __init__(self, cast: Cast, kefu: Served, meta: Running) -> None:
        self.kefu, self.meta = kefu, meta
        self.channel: Channel = channel(cast.asia, meta)
        meta.sim("PATCH", "settings", INSTANT)
        register(meta, self.channel, webhook_url=f"{kefu.url}/webhooks/whatsapp/{self.channel.pk}")
        until(lambda: meta.sim("GET", "numbers")["results"][0]["handshake"] == "verified", seconds=PATIENCE)
        self._ben = requests.Session()
        self._ben.cookies["kefu_session"] = session_of(cast.ben)
        token = self._ben.get(f"{kefu.url}/api/v1/session", timeout=PATIENCE).cookies["csrftoken"]
        self._ben.headers.update({"X-CSRFToken": token, "Referer": kefu.url})
        self._said = 0
        self._waiting: set[UUID] = set()  # conversations in which something may wait for another try

    @property
    def number(self) -> str:
        return str(self.channel.phone_number_id)

    def control(self, method: str, path: str, body: Any) -> Any:
        """The control plane; whatever came in meanwhile is applied."""
        drain(self.channel.pk)
        for talk in self._waiting:
            deliver(talk)
        return self.meta.sim(method, path, body)

    def says(self, wish: dict[str, Any], person: dict[str, Any]) -> None:
        """Ben answers a customer, once Kefu has heard of what they did."""
        self.settle()
        name = person["name"]
        talk = next(row for row in conversations(self.channel) if row.contact.profile["profile_name"] == name)
        self._said += 1
        body = {**_body(wish), "client_ref": f"scenario-{self._said}"}
        answer = self._ben.post(f"{self.kefu.url}/api/v1/conversations/{talk.pk}/messages", json=body, timeout=PATIENCE)
        assert answer.status_code == 201, answer.text
        deliver(talk.pk)
        self._waiting.add(talk.pk)

    def settle(self) -> None:
        """Everything which the simulator has to tell was taken and applied."""

        def told() -> bool:
            drain(self.channel.pk)
            counts = self.meta.sim("GET", "webhooks?limit=0")["counts"]
            return not counts.get("pending") and not self.set_aside_or_pending("pending")

        until(told, seconds=PATIENCE)

    def written(self) -> set[str]:
        """The ids of every message in the chats on the customers' phones."""
        return {row["wamid"] for row in self._chats() if row["kind"] != "call"}

    def agrees_about_fates(self) -> bool:
        """Every message of ours stands where the platform says."""
        drain(self.channel.pk)
        told = {row["wamid"]: row["status"] for row in self._chats() if row["direction"] == "out"}
        return told == {str(row.provider_ref): row.status for row in messages(direction="out")}

    def _chats(self) -> list[dict[str, Any]]:
        people = self.meta.sim("GET", "customers")["results"]
        chats = [self.meta.sim("GET", f"customers/{one['id']}/chats/{self.number}")["results"] for one in people]
        return [row for rows in chats for row in rows]

    def set_aside_or_pending(self, state: str) -> int:
        return StoredWebhook.objects.filter(channel_id=self.channel.pk, state=state).count()
