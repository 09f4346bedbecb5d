"""Views and counts, handing over, closing and reopening, and what each has read: through the API."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from inbox.actions.assignments import assign_conversation
from inbox.actions.reading import mark_read
from inbox.actions.resolutions import reopen_conversation, resolve_conversation
from inbox.models import Assignment, Channel, Conversation, ReadMark, Resolution
from security.models import User
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import fresh, logged, thread
from tests.worlds.waiting import until
from tests.worlds.webhooks import message, says


@pytest.fixture
def shop(cast: Cast) -> Channel:
    return channel(cast.asia)


@pytest.fixture
def talk(shop: Channel) -> Conversation:
    return thread(shop, customer("Mei Lin"), "Is it in stock?")


def post(client: Client, talk: Conversation, deed: str, body: Any = None) -> Any:
    return client.post(f"/api/v1/conversations/{talk.pk}/{deed}", body, content_type="application/json")


# --- views


def test_a_conversation_is_shown_with_everything_a_list_needs(cast: Cast, shop: Channel, talk: Conversation):
    shown = cast.browser("ben").get(f"/api/v1/conversations/{talk.pk}").json()
    contact = shown.pop("contact")
    assert (contact["name"], contact["language"]) == ("Mei Lin", None) and contact["phone"].startswith("+8869")
    last = shown.pop("last_message")
    assert (last["text"], last["kind"], last["direction"], last["author_name"]) == (
        "Is it in stock?",
        "text",
        "in",
        None,
    )
    assert shown.pop("channel") == {"id": str(shop.pk), "name": shop.name, "phone": shop.phone}
    assert (shown["state"], shown["case_number"], shown["assignee"], shown["region_id"]) == (
        "open",
        1,
        None,
        cast.asia.pk,
    )
    assert (shown["inbound_count"], shown["read_count"]) == (1, 0)
    assert all(str(shown[name]).endswith("Z") for name in ("last_activity_at", "waiting_since", "window_closes_at"))


def test_each_view_holds_what_its_name_says_and_the_counts_agree(cast: Cast, shop: Channel):
    unassigned, mine, others, resolved = (thread(shop) for _ in range(4))
    assign_conversation(by=cast.access("fay"), conversation_id=mine.pk, to=cast.ben.pk)
    assign_conversation(by=cast.access("fay"), conversation_id=others.pk, to=cast.dee.pk)
    resolve_conversation(by=cast.access("fay"), conversation_id=resolved.pk)
    expected = {
        "mine": {mine},
        "team": set(),
        "unassigned": {unassigned},
        "all": {unassigned, mine, others},
        "snoozed": set(),
        "at_risk": set(),
        "scheduled": set(),
        "resolved": {resolved},
        "any": {unassigned, mine, others, resolved},
    }
    ben = cast.browser("ben")
    for view, rows in expected.items():
        found = ben.get(f"/api/v1/conversations?view={view}").json()["results"]
        assert {row["id"] for row in found} == {str(row.pk) for row in rows}
    counts = ben.get("/api/v1/conversations/counts").json()
    assert counts == {view: len(expected[view]) for view in expected if view != "any"}


def test_without_a_view_all_open_ones_are_listed_newest_activity_first(cast: Cast, shop: Channel):
    older, newer = thread(shop, ago=100), thread(shop, ago=50)
    listed = cast.browser("ben").get("/api/v1/conversations").json()["results"]
    assert [row["id"] for row in listed] == [str(newer.pk), str(older.pk)]


def test_filters_narrow_a_view(cast: Cast, shop: Channel):
    other, who = channel(cast.asia), customer()
    here, there = thread(shop, who), thread(other, who)
    thread(shop)
    dee = cast.browser("dee")
    for query, rows in (
        (f"contact={here.contact_id}", {here, there}),
        (f"channel={other.pk}", {there}),
        (f"contact={here.contact_id}&channel={shop.pk}", {here}),
        (f"region={cast.europe.pk}", set()),
    ):
        found = dee.get(f"/api/v1/conversations?{query}").json()["results"]
        assert {row["id"] for row in found} == {str(row.pk) for row in rows}


# --- handing over


def test_an_agent_takes_hands_on_and_puts_back(cast: Cast, talk: Conversation):
    ben = cast.browser("ben")
    assert post(ben, talk, "assign", {"assignee": cast.ben.pk}).json()["assignee"] == {"id": cast.ben.pk, "name": "Ben"}
    assert post(ben, talk, "assign", {"assignee": cast.fay.pk}).json()["assignee"]["name"] == "Fay"
    assert post(ben, talk, "assign", {"assignee": None}).status_code == 403, "it is Fay's now"
    assert post(cast.browser("fay"), talk, "assign", {"assignee": None}).json()["assignee"] is None
    rows = Assignment.objects.for_system("the test").order_by("id")
    assert [(row.assignee_id, row.assigned_by_id) for row in rows] == [
        (cast.ben.pk, cast.ben.pk),
        (cast.fay.pk, cast.ben.pk),
    ]
    assert all(row.ended_at for row in rows)
    assert [line.details["after"] for line in logged("conversation.assigned")] == [cast.ben.pk, cast.fay.pk, None]


def test_handing_it_to_whoever_has_it_changes_nothing(cast: Cast, talk: Conversation):
    for _ in range(2):
        assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.ben.pk)
    assert Assignment.objects.for_system("the test").count() == 1
    assert fresh(talk).version == talk.version + 1


@pytest.mark.parametrize("name", ["eli", "cho"])
def test_somebody_who_could_not_answer_it_cannot_be_given_it(cast: Cast, talk: Conversation, name: str):
    answer = post(cast.browser("fay"), talk, "assign", {"assignee": getattr(cast, name).pk})
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (400, "assignee_unfit", "assignee")
    assert fresh(talk).assignee_id is None


def test_somebody_who_left_cannot_be_given_it(cast: Cast, talk: Conversation):
    User.objects.filter(pk=cast.ben.pk).update(is_active=False)
    assert post(cast.browser("fay"), talk, "assign", {"assignee": cast.ben.pk}).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"assignee": "x"},
        {"assignee": 0},
        {"assignee": -1},
        {"assignee": 2**40},
        {"assignee": 999_999},
        {"assignee": []},
    ],
)
def test_nonsense_cannot_be_given_it(cast: Cast, talk: Conversation, body: dict):
    answer = post(cast.browser("fay"), talk, "assign", body)
    assert (answer.status_code, answer.json()["field"]) == (400, "assignee")


# --- closing


def test_resolving_closes_the_case_and_reopening_takes_it_back(cast: Cast, talk: Conversation):
    ben = cast.browser("ben")
    closed = post(ben, talk, "resolve").json()
    assert (closed["state"], closed["waiting_since"], closed["case_number"]) == ("resolved", None, 1)
    resolution = Resolution.objects.for_system("the test").get()
    assert (resolution.resolved_by_id, resolution.case.number, resolution.reopened_at) == (cast.ben.pk, 1, None)
    assert post(ben, talk, "reopen").json()["state"] == "open"
    resolution.refresh_from_db()
    assert resolution.reopened_by_id == cast.ben.pk and resolution.reopened_at
    assert [len(logged(f"conversation.{word}")) for word in ("resolved", "reopened")] == [1, 1]


def test_doing_it_twice_is_doing_it_once(cast: Cast, talk: Conversation):
    fay = cast.access("fay")
    for _ in range(2):
        resolve_conversation(by=fay, conversation_id=talk.pk)
    assert Resolution.objects.for_system("the test").count() == 1
    before = fresh(talk).version
    for _ in range(2):
        reopen_conversation(by=fay, conversation_id=talk.pk)
    assert fresh(talk).version == before + 1


def test_it_can_be_resolved_again_and_again(cast: Cast, talk: Conversation):
    fay = cast.access("fay")
    for _ in range(3):
        resolve_conversation(by=fay, conversation_id=talk.pk)
        reopen_conversation(by=fay, conversation_id=talk.pk)
    rows = Resolution.objects.for_system("the test")
    assert rows.count() == 3 and not rows.filter(reopened_at=None).exists()


# --- reading


def test_reading_counts_for_the_reader_alone(cast: Cast, talk: Conversation):
    ben, fay = cast.browser("ben"), cast.browser("fay")
    assert post(ben, talk, "read").json()["read_count"] == 1
    assert ben.get("/api/v1/conversations").json()["results"][0]["read_count"] == 1
    assert fay.get("/api/v1/conversations").json()["results"][0]["read_count"] == 0
    assert fresh(talk).version == talk.version, "the others need not hear of it"


def test_what_comes_after_is_unread_again(cast: Cast, shop: Channel):
    who = customer()
    talk = thread(shop, who)
    ben = cast.browser("ben")
    post(ben, talk, "read")
    says(shop, who, message(who), message(who))
    shown = ben.get(f"/api/v1/conversations/{talk.pk}").json()
    assert (shown["inbound_count"], shown["read_count"]) == (3, 1)
    assert post(ben, talk, "read").json()["read_count"] == 3
    assert ReadMark.objects.for_system("the test").count() == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_do_not_move_the_mark_backwards(cast: Cast, shop: Channel):
    """One tab read an older count, and waits for the other one, which has seen a newer message."""
    who = customer()
    talk = thread(shop, who)
    mark_read(by=cast.access("ben"), conversation_id=talk.pk)
    says(shop, who)

    def the_other_tab() -> None:
        mark_read(by=cast.access("ben"), conversation_id=talk.pk)
        connection.close()

    other = threading.Thread(target=the_other_tab)
    with transaction.atomic():
        says(shop, who)
        mark_read(by=cast.access("ben"), conversation_id=talk.pk)
        other.start()
        until(_somebody_waits_for_a_lock)
    other.join()
    assert [mark.read_count for mark in ReadMark.objects.for_system("the test")] == [3]


def _somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])


def test_an_observer_reads_too_and_nobody_reads_what_they_cannot_see(cast: Cast, talk: Conversation):
    assert post(cast.browser("eli"), talk, "read").json()["read_count"] == 1
    assert post(cast.browser("cho"), talk, "read").status_code == 404
    assert ReadMark.objects.for_system("the test").count() == 1


def test_channels_show_no_secret(cast: Cast, shop: Channel):
    answer = cast.browser("ben").get("/api/v1/channels")
    (shown,) = answer.json()["results"]
    assert shown == {
        "id": str(shop.pk),
        "name": shop.name,
        "region_id": cast.asia.pk,
        "phone": shop.phone,
        "provider": "simulator",
        "state": "active",
        "paused_reason": None,
        "pauses": [],
        "alerts": 0,
    }
