"""What WhatsApp tells of an account: stored once, shown, announced to whoever registered, and never in the way."""

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from inbox.accounts.registry import EVERY, forget_account_handler, register_account_handler
from inbox.ingest.drainer import drain
from inbox.models import (
    AccountEvent,
    Channel,
    ChannelHealth,
    ChannelPause,
    InboxPolicy,
    KnownTemplate,
    StoredWebhook,
)
from inbox.sweeping import housekeep
from inbox.whatsapp.wire_account import AccountChange, TemplateStatus
from security.models import StreamEvent
from tests.conftest import Cast
from tests.inbox.accounts.samples import FIELDS
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import messages
from tests.worlds.webhooks import account_body, account_news, arrive, beside, envelope, message, store, value


@pytest.fixture
def shop(cast: Cast) -> Channel:
    return channel(cast.asia)


def events(shop: Channel | None = None) -> list[AccountEvent]:
    rows = AccountEvent.objects.for_system("the test looks").order_by("at", "id")
    return list(rows.filter(channel=shop) if shop else rows)


def health(shop: Channel) -> ChannelHealth:
    return ChannelHealth.objects.for_system("the test looks").get(channel=shop)


def sample(shop: Channel, field: str) -> dict[str, Any]:
    told = deepcopy(FIELDS[field][0])
    if "display_phone_number" in told:
        told["display_phone_number"] = shop.phone.lstrip("+")
    return told


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_is_stored_once_and_readable(cast: Cast, shop: Channel, field: str):
    told = sample(shop, field)
    body = account_body(shop, field, told, ago=60)
    for said in (body, json.dumps(body, indent=2).encode()):  # the same once more, in other bytes
        store(shop, said)
        drain(shop.pk)
    assert {row.state for row in StoredWebhook.objects.all()} == {"applied"}
    (event,) = events(shop)
    assert (event.field, event.event, event.severity) == (field, *FIELDS[field][1:])
    assert set(event.content) == {"told"}, "as it came it is only in the stored body, which has its retention"
    (shown,) = cast.browser("dee").get(f"/api/v1/channels/{shop.pk}/events").json()["results"]
    assert (shown["field"], shown["event"], shown["seen"]) == (field, event.event, event.severity == "info")


def test_the_same_news_at_another_time_is_news(shop: Channel):
    for ago in (3600, 60):
        account_news(shop, "account_review_update", {"decision": "PENDING"}, ago=ago)
    assert len(events(shop)) == 2


def test_a_template_event_is_known_by_template_event_and_time_whatever_else_differs(shop: Channel):
    told = sample(shop, "message_template_status_update")
    first = account_body(shop, "message_template_status_update", told, ago=60)
    for change in ({}, {"reason": "spelled otherwise"}, {"event": "APPROVED"}):
        again = deepcopy(first)
        again["entry"][0]["changes"][0]["value"].update(change)
        again["entry"][0]["copy"] = len(str(change))
        store(shop, again)
        drain(shop.pk)
    assert [event.event for event in events(shop)] == ["REJECTED", "APPROVED"]


def test_what_is_about_the_account_reaches_all_its_numbers_and_what_is_about_one_only_that(cast: Cast, shop: Channel):
    twin = channel(cast.europe, waba_id=shop.waba_id)
    stranger = channel(cast.asia)
    account_news(shop, "account_review_update", {"decision": "APPROVED"})
    account_news(shop, "phone_number_name_update", sample(twin, "phone_number_name_update"))
    assert [event.field for event in events(shop)] == ["account_review_update"]
    assert sorted(event.field for event in events(twin)) == ["account_review_update", "phone_number_name_update"]
    assert events(stranger) == []
    assert health(twin).verified_name == "Tea House"


def test_both_endpoints_of_an_account_may_be_told_the_same(cast: Cast, shop: Channel):
    twin = channel(cast.asia, waba_id=shop.waba_id)
    told = account_body(shop, "account_review_update", {"decision": "APPROVED"}, ago=60)
    for one in (shop, twin):
        store(one, told)
        drain(one.pk)
    assert len(events(shop)) == len(events(twin)) == 1


def test_news_of_an_account_that_the_signature_does_not_speak_for_are_kept_but_change_nothing(
    cast: Cast, shop: Channel
):
    other = channel(cast.asia)
    account_news(shop, "account_update", {"event": "ACCOUNT_DELETED"}, waba_id=other.waba_id)
    assert events(other) == [] and [event.event for event in events(shop)] == ["ACCOUNT_DELETED"]
    assert {row.state for row in Channel.objects.for_system("the test")} == {"active"}


def test_a_body_may_hold_news_and_messages_together(cast: Cast, shop: Channel):
    who = customer()
    body = envelope(shop, value(shop, people=[who], messages=[message(who)]))
    body["entry"] += account_body(shop, "account_review_update", {"decision": "APPROVED"})["entry"]
    store(shop, body)
    drain(shop.pk)
    assert len(messages()) == len(events(shop)) == 1


def test_an_error_about_no_message_is_an_alert_once_an_hour(cast: Cast, shop: Channel):
    for number in range(3):
        said = f"to +88690000000{number}"
        arrive(shop, value(shop, errors=[{"code": 130429, "title": "Rate limit hit", "message": said}]))
    (event,) = events(shop)
    assert (event.field, event.event, event.severity) == ("errors", "130429", "warning")
    assert "88690000000" not in str(event.content)
    (listed,) = cast.browser("dee").get("/api/v1/channels").json()["results"]
    assert listed["alerts"] == 1
    (for_agents,) = cast.browser("ben").get("/api/v1/channels").json()["results"]
    assert for_agents["alerts"] == 0


def test_clients_hear_of_what_is_to_be_seen_and_not_of_every_notice(shop: Channel):
    told = StreamEvent.objects.filter(kind="channel.changed")
    account_news(shop, "flows", {"event": "FLOW_STATUS_CHANGE"})
    assert not told.exists()
    account_news(shop, "account_review_update", {"decision": "REJECTED"})
    assert told.count() == 1


def test_alerts_are_seen_once_for_everybody(cast: Cast, shop: Channel):
    account_news(shop, "account_review_update", {"decision": "REJECTED"})
    dee = cast.browser("dee")
    assert dee.post(f"/api/v1/channels/{shop.pk}/events/seen").status_code == 204
    assert cast.browser("ana").get("/api/v1/channels").json()["results"][0]["alerts"] == 0
    (event,) = dee.get(f"/api/v1/channels/{shop.pk}/events").json()["results"]
    assert event["seen"]


def test_the_list_of_events_goes_on_by_cursor(cast: Cast, shop: Channel):
    for number in range(5):
        account_news(shop, "flows", {"event": "FLOW_STATUS_CHANGE", "flow_id": str(number)}, ago=number * 60)
    dee, path = cast.browser("dee"), f"/api/v1/channels/{shop.pk}/events?limit=3"
    first = dee.get(path).json()
    second = dee.get(f"{path}&cursor={first['next']}").json()
    found = [event["told"]["flow_id"] for page in (first, second) for event in page["results"]]
    assert found == ["0", "1", "2", "3", "4"] and second["next"] is None


# --- other apps


@pytest.fixture
def heard() -> Iterator[list[AccountChange]]:
    told: list[AccountChange] = []

    def note(channel: Channel, news: AccountChange, change: object) -> None:
        told.append(news)

    for field in ("message_template_status_update", EVERY):
        register_account_handler(field, note)
    yield told
    for field in ("message_template_status_update", EVERY):
        forget_account_handler(field, note)


def test_an_app_that_registered_is_told_what_happened_once(shop: Channel, heard: list[AccountChange]):
    told = account_body(shop, "message_template_status_update", sample(shop, "message_template_status_update"))
    for body in (told, json.dumps(told, indent=2).encode()):
        store(shop, body)
        drain(shop.pk)
    (of_field, of_all) = heard
    assert of_field == of_all
    news = of_field.news
    assert isinstance(news, TemplateStatus)
    assert (news.template_id, news.name, news.language) == ("700000000000009", "order_update", "en_US")
    assert (news.reason, news.advice) == ("Variables touch", "Put words between them")


def test_an_app_whose_reaction_fails_holds_up_neither_the_event_nor_the_messages(shop: Channel):
    def broken(channel: Channel, news: AccountChange, change: object) -> None:
        KnownTemplate.objects.create(waba_id="half", name="done", language="en", told_at={})
        raise ZeroDivisionError

    register_account_handler("flows", broken)
    try:
        account_news(shop, "flows", {"event": "FLOW_STATUS_CHANGE"})
    finally:
        forget_account_handler("flows", broken)
    assert len(events(shop)) == 1
    assert not KnownTemplate.objects.filter(waba_id="half").exists(), "nothing half-done"


def test_news_whose_reaction_the_database_broke_comes_again_as_a_whole(shop: Channel):
    def unlucky(channel: Channel, news: AccountChange, change: object) -> None:
        raise OperationalError("deadlock detected")

    register_account_handler("flows", unlucky)
    try:
        with pytest.raises(OperationalError):
            account_news(shop, "flows", {"event": "FLOW_STATUS_CHANGE"})
    finally:
        forget_account_handler("flows", unlucky)
    assert events(shop) == []
    drain(shop.pk)
    assert len(events(shop)) == 1 and StoredWebhook.objects.get().state == "applied"


# --- odd


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"event": None, "ban_info": 7, "restriction_info": "x", "violation_info": []},
        {"event": {"a": 1}, "restriction_info": [None, {"restriction_type": 5, "expiration": "soon"}]},
        {"event": "E" * 500, "ban_info": {"waba_ban_state": "S" * 500, "waba_ban_date": "d" * 500}},
        {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "S" * 500, "waba_ban_date": ["x"]}},
        {"display_phone_number": "+1 (555) 010-9999", "event": "ACCOUNT_DELETED"},
    ],
)
@pytest.mark.parametrize(
    "field", ["account_update", "account_alerts", "business_capability_update", "phone_number_quality_update"]
)
def test_odd_values_are_kept_and_stop_nothing(shop: Channel, field: str, told: dict[str, Any]):
    account_news(shop, field, told)
    assert len(events(shop)) == 1


@pytest.mark.parametrize("field", ["smb_message_echoes", "history", "calls", "user_preferences", "smb_app_state_sync"])
@pytest.mark.parametrize("rows", [None, 7, "x", [], [None, 1, {}], [{"id": None, "timestamp": "x"}], [[{}]]])
def test_odd_lists_of_people_stop_nothing(shop: Channel, field: str, rows: Any):
    names = ("message_echoes", "history", "calls", "user_preferences", "state_sync")
    beside(shop, field, **dict.fromkeys(names, rows))
    account_news(shop, "account_review_update", {"decision": "APPROVED"})
    assert "account_review_update" in {event.field for event in events(shop)} and messages() == []


def test_old_news_and_ended_pauses_are_let_go_and_what_still_runs_stays(shop: Channel):
    account_news(shop, "account_review_update", {"decision": "PENDING"})
    account_news(shop, "account_review_update", {"decision": "APPROVED"}, ago=60)
    old = timezone.now() - timedelta(days=InboxPolicy.current().account_retention_days + 1)
    first, second = events(shop)
    AccountEvent.objects.for_system("long ago").filter(pk=first.pk).update(received_at=old)
    for kind, ended in (("throttle", old), ("person", timezone.now()), ("mend", None)):
        ChannelPause(channel=shop, kind=kind, code="190", began_at=old, ended_at=ended).save()
    housekeep()
    assert events(shop) == [second]
    left = ChannelPause.objects.for_system("the test looks").filter(channel=shop)
    assert {row.kind for row in left} == {"person", "mend"}
