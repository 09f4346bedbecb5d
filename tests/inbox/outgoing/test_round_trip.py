"""The whole way over real HTTP: the simulator's webhooks reach the served Kefu, whose answers reach the simulator."""

import requests

from inbox.ingest.drainer import drain
from inbox.models import Channel, StoredWebhook
from inbox.sending.outbox import deliver
from tests.conftest import Cast
from tests.inbox.simulator.running import Running
from tests.worlds.channels import channel, register
from tests.worlds.serving import Served, session_of
from tests.worlds.threads import conversations, fresh, messages, only_message, reactions
from tests.worlds.waiting import until


def connected(cast: Cast, kefu: Served, meta: Running) -> Channel:
    """A number whose webhook the simulator has shaken hands with; statuses come at once."""
    shop = channel(cast.asia, meta)
    instant = {"sent_after": [0.0, 0.01], "delivered_after": [0.02, 0.03], "failed_after": [0.0, 0.01]}
    meta.sim("PATCH", "settings", instant)
    register(meta, shop, webhook_url=f"{kefu.url}/webhooks/whatsapp/{shop.pk}")
    until(lambda: _number(meta, shop)["handshake"] == "verified")
    return shop


def _number(meta: Running, shop: Channel) -> dict:
    return next(row for row in meta.sim("GET", "numbers")["results"] if row["phone_number_id"] == shop.phone_number_id)


def drained(shop: Channel) -> bool:
    """Apply what has come in so far; the workers are not running here. False, so that waiting looks again."""
    drain(shop.pk)
    return False


def agent(cast: Cast, kefu: Served) -> requests.Session:
    session = requests.Session()
    session.cookies["kefu_session"] = session_of(cast.ben)
    token = session.get(f"{kefu.url}/api/v1/session", timeout=10).cookies["csrftoken"]
    session.headers.update({"X-CSRFToken": token, "Referer": kefu.url})
    return session


def test_question_answer_ticks_and_reaction(cast: Cast, kefu: Served, meta: Running):
    shop = connected(cast, kefu, meta)
    mei = meta.sim("POST", "customers", {"name": "Mei Lin", "country": "TW"})
    says = {"number": shop.phone_number_id, "type": "text", "text": "Is it in stock?"}
    with kefu.follow(cast.ben) as tab:
        tab.heads()
        meta.sim("POST", f"customers/{mei['id']}/messages", says)
        until(StoredWebhook.objects.filter(state="pending").exists)
        drained(shop)
        assert tab.hears("message.changed")["payload"]["content"] == {"text": "Is it in stock?"}
        (talk,) = conversations(shop)

        ben = agent(cast, kefu)
        body = {"type": "text", "text": "It is!", "client_ref": "1"}
        path = f"{kefu.url}/api/v1/conversations/{talk.pk}/messages"
        first = ben.post(path, json=body, timeout=10)
        again = ben.post(path, json=body, timeout=10)
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json()["id"] == again.json()["id"]

        assert deliver(talk.pk) == 1
        answer = messages(talk)[-1]
        until(lambda: drained(shop) or fresh(answer).status == "delivered")
        meta.sim("POST", f"customers/{mei['id']}/read", {"number": shop.phone_number_id})
        until(lambda: drained(shop) or fresh(answer).status == "read")
        tab.hears("message.changed", id=str(answer.pk), status="read")

        thanks = {
            "number": shop.phone_number_id,
            "type": "reaction",
            "message": fresh(answer).provider_ref,
            "emoji": "🙏",
        }
        meta.sim("POST", f"customers/{mei['id']}/messages", thanks)
        until(lambda: drained(shop) or reactions(talk))
        tab.hears("message.changed", id=str(answer.pk), reactions=[{"emoji": "🙏", "side": "contact", "name": ""}])
    chat = meta.sim("GET", f"customers/{mei['id']}/chats/{shop.phone_number_id}")["results"]
    assert [row["content"]["body"] for row in chat if row["kind"] == "text"] == ["Is it in stock?", "It is!"]


def test_what_was_accepted_but_never_answered_is_settled_by_its_status(cast: Cast, kefu: Served, meta: Running):
    shop = connected(cast, kefu, meta)
    mei = meta.sim("POST", "customers", {"name": "Mei Lin", "country": "TW"})
    meta.sim("POST", f"customers/{mei['id']}/messages", {"number": shop.phone_number_id, "type": "text", "text": "Hi"})
    until(lambda: drained(shop) or conversations(shop))
    (talk,) = conversations(shop)
    agent(cast, kefu).post(
        f"{kefu.url}/api/v1/conversations/{talk.pk}/messages",
        json={"type": "text", "text": "Hello", "client_ref": "1"},
        timeout=10,
    )
    meta.sim("POST", "faults", {"kind": "send_accept_then_drop"})
    deliver(talk.pk)
    answer = only_message(direction="out")
    until(lambda: drained(shop) or fresh(answer).status == "delivered")
    chat = meta.sim("GET", f"customers/{mei['id']}/chats/{shop.phone_number_id}")["results"]
    assert len([row for row in chat if row["direction"] == "out"]) == 1


def test_a_hundred_customers_at_once_are_all_there(cast: Cast, kefu: Served, meta: Running):
    """A batch signed and delivered by the simulator, with odd JSON spellings and duplicated deliveries."""
    shop = connected(cast, kefu, meta)
    meta.sim("PATCH", "settings", {"duplicate_probability": 1.0})
    crowd = [meta.sim("POST", "customers", {"name": f"Customer {number}"})["id"] for number in range(20)]
    meta.sim("POST", "webhooks/batch", {"number": shop.phone_number_id, "count": 100, "customers": crowd})
    until(lambda: drained(shop) or len(messages()) == 100, seconds=20)
    assert len(conversations(shop)) == 20
    until(lambda: all(row["state"] == "delivered" for row in meta.sim("GET", "webhooks")["results"]))
    drained(shop)
    assert len(messages()) == 100
