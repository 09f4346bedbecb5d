"""People are told of what concerns them, by nobody who may not know, and never twice (PM-11)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inbox.actions.assignments import assign_conversation
from inbox.actions.bulk import change_many
from inbox.actions.notifications import choose_notifications, forget_notifications, notify
from inbox.models import Conversation, InboxPolicy, Notification
from inbox.notifying import Kind, declare_kinds
from security.access import Access
from security.actions.access_requests import ask_for_access, refuse_request
from security.actions.people import leave_region
from security.actions.traineeships import start_traineeship
from security.errors import Invalid
from security.live.store import events_after
from security.models import StreamEvent
from security.policy import Policy
from security.streams import sees
from security.writing import write
from tests.conftest import BY, Cast
from tests.inbox.together.conftest import call
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import thread

MENTION = "note.mentioned"


def told(
    by: Access | Any, *, to: list[int], talk: Conversation | None = None, kind: str = MENTION, **more: Any
) -> None:
    with write(by=by) as change:
        notify(change, to=to, kind=kind, conversation=talk, **more)


def listed(cast: Cast, name: str, query: str = "") -> list[dict[str, Any]]:
    return cast.browser(name).get(f"/api/v1/notifications{query}").json()["results"]


def unread(cast: Cast, name: str) -> tuple[int, int]:
    answer = cast.browser(name).get("/api/v1/notifications/unread").json()
    return answer["unread"], answer["mentions"]


def rows() -> list[Notification]:
    return list(Notification.objects.for_system("the test looks").order_by("created_at", "pk"))


def test_a_notification_says_who_what_and_where(cast: Cast, talk: Conversation):
    told(cast.access("fay"), to=[cast.ben.pk], talk=talk, note="Can you look?", note_id="n1")
    (one,) = listed(cast, "ben")
    assert one["kind"] == MENTION and one["contact_name"] == "Mei Lin" and one["note"] == "Can you look?"
    assert one["actor"] == {"id": cast.fay.pk, "name": "Fay"} and one["conversation_id"] == str(talk.pk)
    assert one["data"] == {"note_id": "n1"} and one["read_at"] is None
    assert unread(cast, "ben") == (1, 1) and listed(cast, "fay") == []


def test_nobody_is_told_of_what_they_did_themselves_and_the_inactive_of_nothing(cast: Cast, talk: Conversation):
    cast.eli.is_active = False
    cast.eli.save()
    told(cast.access("fay"), to=[cast.fay.pk, cast.ben.pk, cast.ben.pk, cast.eli.pk], talk=talk)
    assert [row.to_id for row in rows()] == [cast.ben.pk]


def test_what_was_written_is_not_readable_in_the_database(cast: Cast, talk: Conversation):
    told(cast.access("fay"), to=[cast.ben.pk], talk=talk, note="Refund promised")
    with connection.cursor() as cursor:
        cursor.execute("SELECT note, data FROM inbox_notification")
        assert b"Refund" not in b"".join(bytes(v) if not isinstance(v, str) else v.encode() for v in cursor.fetchone())


def test_it_comes_on_ones_own_stream_and_nobody_elses(cast: Cast, talk: Conversation):
    told(cast.access("fay"), to=[cast.ben.pk], talk=talk)
    (event,) = StreamEvent.objects.filter(kind="notification.created")
    assert event.stream == f"person:{cast.ben.pk}"
    (opened,) = [one for one in events_after(event.stream, 0) if one.kind == event.kind]
    assert opened.payload is not None and '"contact_name":"Mei Lin"' in opened.payload
    hears = {name for name in ("ben", "fay", "dee", "cho") if sees("notification", cast.access(name), event.scope)}
    assert hears == {"ben"}


def test_whoever_no_longer_sees_the_conversation_sees_nothing_of_it(cast: Cast, talk: Conversation):
    told(cast.access("fay"), to=[cast.ben.pk], talk=talk, note="Can you look?")
    scope = StreamEvent.objects.get(kind="notification.created").scope
    leave_region(by=BY, user=cast.ben, region=cast.asia)
    assert listed(cast, "ben") == [] and unread(cast, "ben") == (0, 0)
    assert not sees("notification", cast.access("ben"), scope), "nor when the stream is replayed"


def test_a_trainee_sees_only_those_about_their_own(cast: Cast, talk: Conversation):
    start_traineeship(by=BY, user=cast.ben)
    told(cast.access("fay"), to=[cast.ben.pk], talk=talk)
    assert listed(cast, "ben") == []
    assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.ben.pk)
    assert {row["kind"] for row in listed(cast, "ben")} == {MENTION, "conversation.assigned"}


def test_words_older_than_one_reads_back_are_left_out(cast: Cast, talk: Conversation):
    told(cast.access("fay"), to=[cast.ben.pk, cast.dee.pk], talk=talk, note="Old words")
    with time_machine.travel(timezone.now() + timedelta(days=9), tick=True):
        assert [row["note"] for row in listed(cast, "ben")] == [None]
        assert [row["note"] for row in listed(cast, "dee")] == ["Old words"], "a supervisor reads back for ever"


def test_reading_some_those_of_a_conversation_and_all(cast: Cast, talk: Conversation):
    fay, ben = cast.access("fay"), cast.browser("ben")
    for _ in range(3):
        told(fay, to=[cast.ben.pk, cast.eli.pk], talk=talk)
    told(fay, to=[cast.ben.pk], kind="access.decided")
    first = listed(cast, "ben")[-1]["id"]
    assert call(ben, "post", "notifications/mark-read", {"ids": [first]}).status_code == 204
    assert unread(cast, "ben") == (3, 2)
    assert call(ben, "post", "notifications/mark-read", {"ids": [first]}).status_code == 204, "twice is once"
    assert call(ben, "post", "notifications/mark-read", {"conversation": str(talk.pk)}).status_code == 204
    assert unread(cast, "ben") == (1, 0)
    assert unread(cast, "eli") == (3, 3), "what others read is their own"
    assert StreamEvent.objects.filter(kind="notification.read", stream=f"person:{cast.ben.pk}").count() == 2
    call(ben, "post", "notifications/mark-all-read", {"until": timezone.now().isoformat()})
    assert unread(cast, "ben") == (0, 0) and len(listed(cast, "ben", "?only=unread")) == 0


def test_reading_all_leaves_unread_what_came_meanwhile(cast: Cast, talk: Conversation):
    told(cast.access("fay"), to=[cast.ben.pk], talk=talk)
    shown = listed(cast, "ben")[0]["created_at"]
    with time_machine.travel(timezone.now() + timedelta(seconds=5), tick=True):
        told(cast.access("fay"), to=[cast.ben.pk], talk=talk)
        call(cast.browser("ben"), "post", "notifications/mark-all-read", {"until": shown})
        assert unread(cast, "ben") == (1, 1)


def test_others_notifications_cannot_be_read_away(cast: Cast, talk: Conversation):
    told(cast.access("fay"), to=[cast.ben.pk], talk=talk)
    call(cast.browser("eli"), "post", "notifications/mark-read", {"ids": [str(rows()[0].pk)]})
    assert unread(cast, "ben") == (1, 1)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("mark-read", {}),
        ("mark-read", {"ids": ["x"]}),
        ("mark-read", {"ids": "x"}),
        ("mark-all-read", {}),
        ("mark-all-read", {"until": "soon"}),
    ],
)
def test_odd_readings_are_refused(cast: Cast, path: str, body: Any):
    assert call(cast.browser("ben"), "post", f"notifications/{path}", body).status_code == 400


def test_a_page_goes_on_where_the_last_one_ended_and_can_hold_mentions_only(cast: Cast, talk: Conversation):
    for _ in range(3):
        told(cast.access("fay"), to=[cast.ben.pk], talk=talk)
    told(cast.access("fay"), to=[cast.ben.pk], kind="access.decided")
    ben, seen = cast.browser("ben"), []
    cursor: str | None = ""
    while cursor is not None:
        page = ben.get(f"/api/v1/notifications?limit=2&only=mentions&cursor={cursor}").json()
        seen += [row["id"] for row in page["results"]]
        cursor = page["next"]
    assert len(seen) == len(set(seen)) == 3
    assert ben.get("/api/v1/notifications?only=all").status_code == 400


def test_it_costs_the_same_for_one_and_for_many(cast: Cast, talk: Conversation):
    people = [cast.ben.pk, cast.eli.pk, cast.dee.pk]
    told(cast.access("fay"), to=people, talk=talk)  # what a process remembers is read by the first only

    def cost(to: list[int]) -> int:
        with CaptureQueriesContext(connection) as queries, write(by=BY) as change:
            notify(change, to=to, kind=MENTION, conversation=talk)
            before_the_streams = len(queries)
        return before_the_streams

    assert cost(people) == cost(people[:1]) <= 5


def test_a_list_costs_the_same_for_few_and_for_many(cast: Cast):
    shop, ben = channel(cast.asia), cast.browser("ben")

    def cost() -> int:
        ben.get("/api/v1/notifications")
        with CaptureQueriesContext(connection) as queries:
            ben.get("/api/v1/notifications")
        return len(queries)

    told(cast.access("fay"), to=[cast.ben.pk], talk=thread(shop, customer()))
    few = cost()
    for _ in range(6):
        told(cast.access("fay"), to=[cast.ben.pk], talk=thread(shop, customer()))
    assert cost() == few


def test_whoever_does_without_a_kind_is_not_told_of_it(cast: Cast, talk: Conversation):
    body = {"choices": {MENTION: {"in_app": False}, "sla.warned": {"sound": False}}, "volume": 20}
    answer = call(cast.browser("ben"), "put", "notifications/settings", body).json()
    kinds = {one["kind"]: one for one in answer["kinds"]}
    assert answer["volume"] == 20 and kinds[MENTION]["in_app"] is False and kinds["sla.warned"]["sound"] is False
    told(cast.access("fay"), to=[cast.ben.pk, cast.eli.pk], talk=talk)
    assert [row.to_id for row in rows()] == [cast.eli.pk]


def test_some_kinds_nobody_may_do_without(cast: Cast):
    ben = cast.access("ben")
    refused: tuple[dict[str, Any], ...] = (
        {"access.decided": {"in_app": False}},
        {"no.such": {}},
        {MENTION: {"smell": True}},
    )
    for choices in refused:
        with pytest.raises(Invalid):
            choose_notifications(by=ben, choices=choices, volume=60)
    with pytest.raises(Invalid):
        choose_notifications(by=ben, choices={}, volume=101)
    for body in (
        {"choices": {}, "volume": 400},
        {"choices": {MENTION: {"in_app": "perhaps"}}, "volume": 4},
        {"volume": 4},
    ):
        assert call(cast.browser("ben"), "put", "notifications/settings", body).status_code == 400


def test_kinds_are_declared_once_and_what_the_client_tells_is_not_stored(cast: Cast):
    with pytest.raises(ValueError, match="declared twice"):
        declare_kinds({MENTION: Kind("work", mutable=False)})
    for kind, error in (("message.mine", ValueError), ("never.heard_of", KeyError)):
        with pytest.raises(error):
            told(BY, to=[cast.ben.pk], kind=kind)


def test_they_are_forgotten_after_the_policys_days(cast: Cast, talk: Conversation):
    InboxPolicy.objects.create(pk=1, notification_days=5)
    Policy.forget()
    told(cast.access("fay"), to=[cast.ben.pk], talk=talk)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert forget_notifications() == 0
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        assert forget_notifications() == 1 and rows() == []


def test_being_given_one_conversation_and_many_is_one_notification_each(cast: Cast):
    shop = channel(cast.asia)
    talks = [thread(shop, customer()) for _ in range(3)]
    assign_conversation(by=cast.access("fay"), conversation_id=talks[0].pk, to=cast.ben.pk)
    assign_conversation(by=cast.access("fay"), conversation_id=talks[1].pk, to=cast.fay.pk)
    ids, values = [talk.pk for talk in talks], {"assignee": cast.ben.pk}
    change_many(by=cast.access("fay"), client_ref="many", deed="assign", ids=ids, values=values)
    found = [(row.kind, row.conversation_id, row.data["count"]) for row in rows()]
    assert found == [("conversation.assigned", talks[0].pk, 1), ("conversation.assigned", None, 3)]


def test_a_decision_on_what_one_asked_for_is_told_with_its_words(cast: Cast):
    asked = ask_for_access(by=cast.access("ben"), permission="inbox.assign_conversation", reason="Fay is ill", hours=8)
    refuse_request(by=cast.access("dee"), request_id=asked.pk, comment="Ask Fay tomorrow")
    (one,) = listed(cast, "ben")
    assert (one["kind"], one["note"], one["data"]["state"]) == ("access.decided", "Ask Fay tomorrow", "refused")
    assert one["data"]["permission"] == "conversation.assign", "as clients spell it"
