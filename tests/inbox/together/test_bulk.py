"""One thing done to many conversations at once, and taken back (PM-11)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from contacts.actions.tagging import tag_contact
from contacts.actions.tags import add_tag
from inbox.actions.assignments import assign_conversation
from inbox.actions.bulk import forget_bulk_deeds
from inbox.actions.locks import lock_conversation
from inbox.actions.payment_marks import mark_payment
from inbox.actions.priorities import set_priority
from inbox.actions.resolutions import resolve_conversation
from inbox.actions.snoozes import snooze_conversation
from inbox.actions.tagging import has_tag, tag_conversation
from inbox.models import Assignment, BulkDeed, Channel, Conversation, InboxPolicy, Snooze
from security.actions.people import join_region, leave_region
from security.actions.traineeships import start_traineeship
from tests.conftest import BY, Cast
from tests.inbox.together.conftest import call
from tests.worlds.channels import channel
from tests.worlds.threads import fresh, logged, thread


@pytest.fixture
def three(shop: Channel) -> list[Conversation]:
    return [thread(shop, ago=ago) for ago in (300, 200, 100)]


def change(cast: Cast, name: str, rows: list[Conversation], ref: str = "1", **values: Any) -> Any:
    body = {"client_ref": ref, "ids": [str(row.pk) for row in rows], **values}
    return call(cast.browser(name), "post", "conversations/bulk", body)


def undo(cast: Cast, name: str, deed: Any) -> Any:
    return call(cast.browser(name), "post", f"conversations/bulk/{deed['id']}/undo")


def state(row: Conversation) -> dict[str, Any]:
    """Everything that a deed may change."""
    now = fresh(row)
    running = Snooze.objects.for_system("the test").filter(conversation=row, ended_at=None)
    return {
        **{name: getattr(now, name) for name in ("state", "assignee_id", "priority", "payment_marked_at")},
        **{name: getattr(now, name) for name in ("waiting_since", "case_count", "due_at")},
        "snooze": [(one.pk, one.until) for one in running],
    }


def soon(hours: float = 1) -> str:
    return (timezone.now() + timedelta(hours=hours)).isoformat()


def deeds(cast: Cast) -> dict[str, dict[str, Any]]:
    return {
        "assign": {"assignee": cast.ben.pk},
        "resolve": {},
        "snooze": {"until": soon(2)},
        "priority": {"priority": "urgent"},
        "payment": {"payment": True},
    }


@pytest.mark.parametrize("deed", ["assign", "resolve", "snooze", "priority", "payment"])
def test_it_is_done_to_all_and_taken_back_exactly(cast: Cast, three: list[Conversation], deed: str):
    """The three are different before: one is plain, one is assigned, marked and urgent, one sleeps."""
    fay = cast.access("fay")
    _plain, busy, asleep = three
    assign_conversation(by=fay, conversation_id=busy.pk, to=cast.dee.pk)
    mark_payment(by=fay, conversation_id=busy.pk)
    set_priority(by=fay, conversation_id=busy.pk, priority="high")
    snooze_conversation(by=fay, conversation_id=asleep.pk, until=timezone.now() + timedelta(hours=5))
    before = [state(row) for row in three]
    done = change(cast, "fay", three, deed=deed, **deeds(cast)[deed]).json()
    assert (done["deed"], done["done"], done["refused"]) == (deed, 3, [])
    assert all(state(row) != was for row, was in zip(three, before, strict=True) if row.pk != busy.pk)
    undone = undo(cast, "fay", done).json()
    assert (undone["done"], undone["refused"], undone["undo_until"]) == (3, [], None)
    assert [state(row) for row in three] == before


def test_each_is_refused_on_its_own_and_says_why(cast: Cast, shop: Channel, three: list[Conversation]):
    mine, theirs, locked = three
    elsewhere = thread(channel(cast.europe))
    assign_conversation(by=cast.access("fay"), conversation_id=theirs.pk, to=cast.fay.pk)
    lock_conversation(by=cast.access("dee"), conversation_id=locked.pk, reason="A refund")
    done = change(cast, "ben", [*three, elsewhere], deed="priority", priority="urgent").json()
    codes = {row["id"]: row["code"] for row in done["refused"]}
    assert codes == {
        str(theirs.pk): "not_allowed", str(locked.pk): "conversation_locked", str(elsewhere.pk): "not_found"
    }  # fmt: skip
    assert all(row["message"] for row in done["refused"])
    assert [fresh(row).priority for row in (mine, theirs, locked, elsewhere)] == [3, 1, 1, 1]


def test_what_changed_meanwhile_is_left_and_told(cast: Cast, three: list[Conversation]):
    done = change(cast, "fay", three, deed="assign", assignee=cast.ben.pk).json()
    assign_conversation(by=cast.access("fay"), conversation_id=three[0].pk, to=cast.dee.pk)
    undone = undo(cast, "fay", done).json()
    assert [(row["id"], row["code"]) for row in undone["refused"]] == [(str(three[0].pk), "changed_meanwhile")]
    assert [fresh(row).assignee_id for row in three] == [cast.dee.pk, None, None]
    assert not Assignment.objects.for_system("the test").filter(conversation=three[1], ended_at=None).exists()


def test_what_was_as_wanted_before_stays_so_when_it_is_taken_back(cast: Cast, three: list[Conversation]):
    resolve_conversation(by=cast.access("fay"), conversation_id=three[0].pk)
    done = change(cast, "fay", three, deed="resolve").json()
    undo(cast, "fay", done)
    assert [fresh(row).state for row in three] == ["resolved", "open", "open"]


def test_doing_it_twice_is_doing_it_once(cast: Cast, three: list[Conversation]):
    first = change(cast, "fay", three, deed="priority", priority="urgent").json()
    set_priority(by=cast.access("fay"), conversation_id=three[0].pk, priority="low")
    assert change(cast, "fay", three, deed="priority", priority="urgent").json() == first
    assert fresh(three[0]).priority == 0 and BulkDeed.objects.for_system("the test").count() == 1
    undo(cast, "fay", first)
    set_priority(by=cast.access("fay"), conversation_id=three[1].pk, priority="urgent")
    undo(cast, "fay", first)
    assert fresh(three[1]).priority == 3


def test_it_is_too_late_after_a_while_and_forgotten_later(cast: Cast, three: list[Conversation]):
    done = change(cast, "fay", three, deed="priority", priority="urgent").json()
    late = timezone.now() + timedelta(seconds=InboxPolicy.current().bulk_undo_seconds + 1)
    assert forget_bulk_deeds() == 0
    with time_machine.travel(late):
        answer = undo(cast, "fay", done)
        assert (answer.status_code, answer.json()["code"]) == (409, "too_late")
    with time_machine.travel(late + timedelta(hours=2)):
        assert forget_bulk_deeds() == 1


def test_nobody_takes_back_what_somebody_else_did(cast: Cast, three: list[Conversation]):
    done = change(cast, "fay", three, deed="priority", priority="urgent").json()
    assert undo(cast, "dee", done).status_code == 404
    assert [fresh(row).priority for row in three] == [3, 3, 3]


def test_no_more_than_the_policy_allows(cast: Cast, three: list[Conversation]):
    InboxPolicy.objects.create(pk=1, bulk_most=2)
    InboxPolicy.forget()
    answer = change(cast, "fay", three, deed="resolve")
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (400, "too_many_at_once", "ids")
    assert [fresh(row).state for row in three] == ["open"] * 3


@pytest.mark.parametrize("name", ["eli", "ben"])
def test_observers_and_trainees_change_one_at_a_time_if_at_all(cast: Cast, three: list[Conversation], name: str):
    assign_conversation(by=cast.access("fay"), conversation_id=three[0].pk, to=cast.ben.pk)
    start_traineeship(by=BY, user=cast.ben)
    assert change(cast, name, three, deed="priority", priority="urgent").status_code == 403
    assert [fresh(row).priority for row in three] == [1, 1, 1]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"deed": "assign"}, "assignee"),
        ({"deed": "snooze"}, "until"),
        ({"deed": "priority"}, "priority"),
        ({"deed": "payment"}, "payment"),
        ({"deed": "delete"}, "deed"),
        ({"deed": "resolve", "ids": []}, "ids"),
        ({"deed": "resolve", "ids": ["x"]}, "ids.0"),
    ],
    ids=str,
)
def test_what_is_missing_or_odd_is_named(cast: Cast, three: list[Conversation], body: dict[str, Any], field: str):
    answer = call(
        cast.browser("fay"), "post", "conversations/bulk",
        {"client_ref": "1", "ids": [str(three[0].pk)], **body},
    )  # fmt: skip
    assert (answer.status_code, answer.json()["field"]) == (400, field)


def test_all_of_it_is_in_the_operation_log(cast: Cast, three: list[Conversation]):
    done = change(cast, "fay", three, deed="resolve").json()
    undo(cast, "fay", done)
    assert len(logged("conversation.resolved")) == len(logged("conversation.taken_back")) == 3
    assert [line.details["count"] for line in logged("conversations.changed")] == [3]


def test_taking_back_asks_again_what_one_may_see(cast: Cast, three: list[Conversation]):
    done = change(cast, "fay", three, deed="priority", priority="urgent").json()
    leave_region(by=BY, user=cast.fay, region=cast.asia)
    join_region(by=BY, user=cast.fay, region=cast.europe)
    undone = undo(cast, "fay", done).json()
    assert {row["code"] for row in undone["refused"]} == {"not_found"} and undone["done"] == 0
    assert [fresh(row).priority for row in three] == [3, 3, 3]


def test_the_server_says_who_could_have_all_of_them(cast: Cast, three: list[Conversation]):
    elsewhere = thread(channel(cast.europe))

    def names(who: str, rows: list[Conversation]) -> list[str]:
        body = {"ids": [str(row.pk) for row in rows]}
        told = call(cast.browser(who), "post", "conversations/bulk/assignees", body).json()
        return sorted(person["name"] for person in told["people"])

    assert names("fay", three) == ["Ana", "Ben", "Dee", "Fay"]
    assert names("dee", [*three, elsewhere]) == ["Ana", "Dee"]
    assert names("cho", three) == []


@pytest.mark.parametrize("scope", ["both", "contact"])
def test_tags_are_put_on_many_and_taken_back_where_they_were_not_before(
    cast: Cast, three: list[Conversation], scope: str
):
    """One for contacts only goes to the contact; who had it keeps it."""
    vip = add_tag(by=BY, region_id=cast.asia.pk, name="VIP", scope=scope)
    change(cast, "fay", three[:1], ref="before", deed="tag", tag=str(vip.pk))
    done = change(cast, "fay", three, deed="tag", tag=str(vip.pk)).json()
    assert (done["done"], done["refused"]) == (3, []) and all(has_tag(fresh(row), vip.pk) for row in three)
    undone = undo(cast, "fay", done).json()
    assert (undone["done"], undone["refused"]) == (3, [])
    assert [has_tag(fresh(row), vip.pk) for row in three] == [True, False, False]


def test_tags_taken_off_many_come_back_but_for_what_was_done_meanwhile(cast: Cast, three: list[Conversation]):
    vip = add_tag(by=BY, region_id=cast.asia.pk, name="VIP")
    change(cast, "fay", three, ref="before", deed="tag", tag=str(vip.pk))
    done = change(cast, "fay", three, deed="untag", tag=str(vip.pk)).json()
    assert not any(has_tag(fresh(row), vip.pk) for row in three)
    tag_conversation(by=cast.access("fay"), conversation_id=three[0].pk, tag_id=vip.pk)
    undone = undo(cast, "fay", done).json()
    assert [(row["id"], row["code"]) for row in undone["refused"]] == [(str(three[0].pk), "changed_meanwhile")]
    assert all(has_tag(fresh(row), vip.pk) for row in three)


def test_what_a_tag_narrows_is_the_same_in_lists_saved_views_contacts_and_search(cast: Cast, three: list[Conversation]):
    vip, gone = (add_tag(by=BY, region_id=cast.asia.pk, name=name) for name in ("VIP", "Gone"))
    tagged, by_contact, other = three
    fay = cast.access("fay")
    tag_conversation(by=fay, conversation_id=tagged.pk, tag_id=vip.pk)
    tag_contact(by=fay, contact_id=by_contact.contact_id, tag_id=vip.pk)
    browser = cast.browser("fay")

    def ids(path: str) -> set[str]:
        return {row["id"] for row in browser.get(f"/api/v1/{path}").json()["results"]}

    assert ids(f"conversations?tag={vip.pk}") == {str(tagged.pk), str(by_contact.pk)}
    assert ids(f"conversations?tag={gone.pk}") == set()
    assert ids(f"conversations?tag={gone.pk},{vip.pk}") == ids(f"conversations?tag={vip.pk}")
    assert ids(f"contacts?tag={vip.pk}") == {str(by_contact.contact_id)}
    name = other.contact.profile["profile_name"]
    for asked, there in ((f"q={name}", True), (f"q={name}&tag={vip.pk}", False)):
        hits = browser.get(f"/api/v1/search/contacts?{asked}").json()["results"]
        assert (str(other.contact_id) in {row["contact"]["id"] for row in hits}) is there
    for path in ("conversations", "contacts"):
        assert browser.get(f"/api/v1/{path}?tag=nothing").status_code == 400
