"""The page of a number: what its supervisors see, check, stop, start, test and replay."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from inbox.actions.pauses import pause
from inbox.models import Channel, StoredWebhook
from inbox.sending.recipients import recipient_of
from tests.conftest import BY, Cast
from tests.inbox.outgoing.conftest import Desk, desk, own_cache
from tests.worlds.channels import calls, channel
from tests.worlds.customers import customer
from tests.worlds.threads import delivered, fresh, logged, messages, thread
from tests.worlds.webhooks import message, says, store

__all__ = ["desk", "own_cache"]  # fixtures
pytestmark = pytest.mark.usefixtures("own_cache")


def ask(cast: Cast, who: str, shop: Channel, path: str = "", body: Any = None) -> Any:
    """POST with a body or without (``path`` ends with ``!``), GET else; the answer."""
    address = f"/api/v1/channels/{shop.pk}{path.rstrip('!')}"
    browser = cast.browser(who)
    if path.endswith("!"):
        return browser.post(address, json.dumps(body or {}), content_type="application/json")
    return browser.get(address)


def test_a_number_says_how_it_is(desk: Desk):
    desk.answers()
    store(desk.shop, b"no JSON")
    shown = ask(desk.cast, "dee", desk.shop).json()
    assert shown["channel"]["state"] == "active" and shown["provider_title"] == "Simulator"
    assert shown["callback_url"].endswith(f"/webhooks/whatsapp/{desk.shop.pk}")
    assert (shown["queued"], shown["sent_lately"], shown["pace"]) == (1, 0, 200)
    assert shown["last_webhook_at"] and shown["health"]["stale"] and shown["past_pauses"] == []


def test_a_check_asks_whatsapp_and_remembers_the_answer(desk: Desk):
    shown = ask(desk.cast, "dee", desk.shop, "/check!").json()["health"]
    assert (shown["can_send"], shown["quality"], shown["limit"]) == ("AVAILABLE", "GREEN", "TIER_250")
    assert not shown["stale"] and shown["check_error"] is None
    later = ask(desk.cast, "dee", desk.shop).json()["health"]
    assert later == shown
    assert len(calls(desk.meta, desk.shop, path=desk.shop.phone_number_id)) == 1


def test_a_check_that_fails_says_why_and_keeps_what_was_known(desk: Desk):
    known = ask(desk.cast, "dee", desk.shop, "/check!").json()["health"]["answered_at"]
    desk.meta.sim("POST", "numbers", {"phone_number_id": desk.shop.phone_number_id, "token_state": "revoked"})
    shown = ask(desk.cast, "dee", desk.shop, "/check!").json()["health"]
    assert shown["quality"] == "GREEN" and "token" in shown["check_error"]["en"]["message"]
    assert shown["answered_at"] == known < shown["checked_at"]
    assert fresh(desk.shop).state == "active", "looking stops nothing"


def test_a_check_that_succeeds_ends_the_pause_that_waits_for_it(desk: Desk):
    pause(by=BY, channel_id=desk.shop.pk, kind="mend", code="190", probe_at=timezone.now() + timedelta(hours=1))
    pause(by=BY, channel_id=desk.shop.pk, kind="person", code="paused_by_hand")
    shown = ask(desk.cast, "dee", desk.shop, "/check!").json()["channel"]
    assert [one["kind"] for one in shown["pauses"]] == ["person"], "what a person stopped, a person resumes"


def test_a_number_nobody_can_reach_says_so(cast: Cast):
    shown = ask(cast, "dee", channel(cast.asia), "/check!").json()["health"]
    assert shown["check_error"]["en"]["message"] == "WhatsApp could not be reached."


def test_pausing_and_resuming_by_hand(desk: Desk):
    shown = ask(desk.cast, "dee", desk.shop, "/pause!", {"minutes": 30}).json()
    (pause,) = shown["channel"]["pauses"]
    assert pause["kind"] == "person" and pause["until"]
    after = ask(desk.cast, "ana", desk.shop, "/resume!").json()
    assert after["channel"]["state"] == "active" and after["channel"]["pauses"] == []
    (past,) = after["past_pauses"]
    assert past["ended_how"] == "person"


@pytest.mark.parametrize("minutes", [0, -1, "soon", 10**6, 1.5])
def test_a_pause_of_no_time_is_refused(desk: Desk, minutes: Any):
    answer = ask(desk.cast, "dee", desk.shop, "/pause!", {"minutes": minutes})
    assert (answer.status_code, answer.json()["field"]) == (400, "minutes")
    assert fresh(desk.shop).state == "active"


# --- a test


STRANGER = "+886 900-000-555"
HELLO = {"name": "hello_world", "language": "en_US"}


def template(desk: Desk, name: str, *components: dict[str, Any], **more: Any) -> dict[str, str]:
    """One more that the account has approved; what a test names it by."""
    row = {"waba_id": desk.shop.waba_id, "name": name, "language": "zh_TW", "category": "UTILITY", "status": "APPROVED"}
    desk.meta.sim("POST", "templates", {**row, "components": list(components), **more})
    return {"name": name, "language": "zh_TW"}


def test_a_test_to_a_stranger_is_the_template_that_was_chosen(desk: Desk):
    header = {"type": "HEADER", "format": "TEXT", "text": "Hi"}
    buttons = {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Thanks"}]}
    chosen = template(desk, "open_today", header, {"type": "BODY", "text": "We are open"}, buttons)
    sent = ask(desk.cast, "dee", desk.shop, "/test!", {"phone": STRANGER, "template": chosen}).json()
    shown = {key: sent["content"][key] for key in ("text", "header", "buttons")}
    assert shown == {"text": "We are open", "header": "Hi", "buttons": ["Thanks"]}
    (row,) = messages(client_ref=sent["client_ref"])
    assert delivered(row.conversation) == 1
    (call,) = calls(desk.meta, desk.shop)
    assert call["detail"]["body"]["template"] == {"name": "open_today", "language": {"code": "zh_TW"}}
    assert call["status"] == 200


def test_a_test_to_a_stranger_without_a_template_is_refused(desk: Desk):
    answer = ask(desk.cast, "dee", desk.shop, "/test!", {"phone": STRANGER})
    assert (answer.status_code, answer.json()["code"]) == (409, "window_closed")
    assert len(messages(direction="out")) == 0


@pytest.mark.parametrize(
    ("components", "more"),
    [
        ([{"type": "BODY", "text": "Hello {{1}}"}], {}),
        ([{"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "Hello"}], {}),
        ([{"type": "BODY", "text": "Hello"}, {"type": "BUTTONS", "buttons": [{"type": "COPY_CODE"}]}], {}),
        (
            [{"type": "BUTTONS", "buttons": [{"type": "URL", "text": "See", "url": "https://shop.example/{{1}}"}]}],
            {},
        ),
        ([{"type": "BODY", "text": "Hello"}, {"type": "CAROUSEL", "cards": []}], {}),
        ([{"type": "BODY", "text": "Hello"}], {"status": "PAUSED"}),
        ([{"type": "BODY", "text": "Your code"}], {"category": "AUTHENTICATION"}),
    ],
)
def test_a_test_takes_no_template_that_cannot_go_as_it_is(desk: Desk, components: list[Any], more: dict[str, Any]):
    chosen = template(desk, "not_plain", *components, **more)
    answer = ask(desk.cast, "dee", desk.shop, "/test!", {"phone": STRANGER, "template": chosen})
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (400, "template_unfit", "template")
    listed = ask(desk.cast, "dee", desk.shop, "/templates").json()["results"]
    assert [row["name"] for row in listed if row["fixed"]] == ["hello_world"]


def test_a_test_with_the_greeting_every_account_begins_with(desk: Desk):
    answer = ask(desk.cast, "dee", desk.shop, "/test!", {"phone": STRANGER, "template": HELLO})
    assert answer.status_code == 201
    sent = answer.json()
    assert (sent["kind"], sent["status"]) == ("template", "queued")
    (row,) = messages(client_ref=sent["client_ref"])
    assert delivered(row.conversation) == 1
    (call,) = calls(desk.meta, desk.shop)
    assert call["detail"]["body"]["to"] == "+886900000555"
    assert call["detail"]["body"]["template"]["name"] == "hello_world"
    assert len(logged("channel.tested")) == 1


def test_a_test_to_somebody_who_wrote_lately_is_a_text(desk: Desk):
    sent = ask(desk.cast, "dee", desk.shop, "/test!", {"phone": f"+{desk.mei.wa_id}", "template": HELLO}).json()
    assert (sent["kind"], sent["conversation_id"]) == ("text", str(desk.talk.pk))


def test_a_test_teaches_nothing_of_somebody_known(desk: Desk):
    lia = customer("Lia", wa_id="551190000002")
    talk = thread(desk.shop, lia)
    sent = ask(desk.cast, "dee", desk.shop, "/test!", {"phone": "+5511990000002"}).json()
    assert sent["conversation_id"] == str(talk.pk)
    assert recipient_of(talk.contact_id, desk.shop) == (lia.wa_id, None)


@pytest.mark.parametrize("phone", ["", "12", "0900000555", "call me", "+1"])
def test_a_test_to_no_number_is_refused(desk: Desk, phone: str):
    answer = ask(desk.cast, "dee", desk.shop, "/test!", {"phone": phone})
    assert (answer.status_code, answer.json()["field"]) == (400, "phone")


# --- webhooks


def test_bodies_are_shown_with_everything_personal_covered(cast: Cast):
    shop, who = channel(cast.asia), customer("Secret Name")
    says(shop, who, message(who, "text", "Secret words"))
    (shown,) = ask(cast, "dee", shop, "/webhooks").json()["results"]
    assert (shown["state"], shown["error"]) == ("applied", "")
    body = json.loads(shown["body"])
    value = body["entry"][0]["changes"][0]["value"]
    assert (value["messages"][0]["type"], value["messages"][0]["text"]["body"]) == ("text", "… (12)")
    for secret in ("Secret", who.wa_id, shop.phone.lstrip("+"), shop.phone_number_id):
        assert secret not in shown["body"]


def test_what_was_set_aside_comes_first_with_its_error_and_can_be_replayed(cast: Cast):
    from inbox.ingest.drainer import drain

    shop = channel(cast.asia)
    store(shop, b"no JSON")
    drain(shop.pk)
    thread(shop)
    first, second = ask(cast, "dee", shop, "/webhooks").json()["results"]
    assert (first["state"], second["state"]) == ("set_aside", "applied")
    assert "Unparsable" in first["error"] and "no JSON" in first["body"]
    assert ask(cast, "dee", shop).json()["set_aside"] == 1
    assert ask(cast, "dee", shop, "/webhooks/replay!").json() == {"count": 1}
    assert StoredWebhook.objects.filter(state="pending").count() == 1
    assert len(logged("webhook.replayed")) == 1


def test_bodies_of_another_number_are_not_among_them(cast: Cast):
    shop, other = channel(cast.asia), channel(cast.asia)
    thread(other)
    assert ask(cast, "dee", shop, "/webhooks").json()["results"] == []
