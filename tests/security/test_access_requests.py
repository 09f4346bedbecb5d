"""Asking for a permission where it was refused, and deciding on it (PM-6)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from security import queries
from security.actions.access_requests import approve_request, ask_for_access, refuse_request, withdraw_request
from security.actions.levels import set_level
from security.actions.people import leave_region
from security.errors import AlreadyDecided, AskedAlready, HasItAlready, Invalid, Missing, NotAbove, NotAllowed, NotFound
from security.live.store import events_after
from security.models import AccessRequest, Grant, Operation
from security.policies import request_scope, sees_request, visible_requests
from tests.conftest import BY, Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import thread

ASSIGN = "inbox.assign_conversation"


def asked(cast: Cast, name: str = "ben", **more: Any) -> AccessRequest:
    wanted = {"permission": ASSIGN, "reason": "Fay is ill", "hours": 8, **more}
    return ask_for_access(by=cast.access(name), **wanted)


def test_what_is_refused_names_the_permission_to_ask_for(cast: Cast):
    talk = thread(channel(cast.asia), customer())
    refused = cast.browser("eli").post(f"/api/v1/conversations/{talk.pk}/resolve")
    assert refused.status_code == 403 and refused.json()["field"] == "conversation.resolve"


def test_an_approved_request_is_a_grant_for_as_long_as_was_asked(cast: Cast, time_machine):
    time_machine.move_to("2026-11-02T04:00:00Z", tick=False)
    row = asked(cast)
    time_machine.move_to("2026-11-02T04:30:00Z", tick=False)
    approve_request(by=cast.access("dee"), request_id=row.pk)
    grant = Grant.objects.get()
    assert (grant.user, grant.permission, grant.reason) == (cast.ben, ASSIGN, "Fay is ill")
    assert grant.ends_at == timezone.now() + timedelta(hours=8)
    assert cast.access("ben").can(ASSIGN)
    line = Operation.objects.get(action="access.approved")
    assert (line.actor_id, line.details["waited_seconds"]) == (str(cast.dee.pk), 1800)
    assert queries.median_wait(access=cast.access("dee")) == 1800


def test_the_approver_may_give_it_for_less_long(cast: Cast):
    row = asked(cast)
    approve_request(by=cast.access("dee"), request_id=row.pk, hours=1)
    assert Grant.objects.get().ends_at < timezone.now() + timedelta(hours=1, minutes=1)


def test_a_refusal_says_why_and_gives_nothing(cast: Cast):
    row = asked(cast)
    with pytest.raises(Missing):
        refuse_request(by=cast.access("dee"), request_id=row.pk, comment=" ")
    refuse_request(by=cast.access("dee"), request_id=row.pk, comment="Ask Fay")
    (mine,) = queries.request_page(access=cast.access("ben"), box="mine", after=None, limit=10)
    assert (mine.state, mine.comment) == ("refused", "Ask Fay") and not Grant.objects.exists()


def test_asking_again_while_one_waits_is_asking_once(cast: Cast):
    first, second = asked(cast), asked(cast)
    assert first.pk == second.pk and AccessRequest.objects.count() == 1
    withdraw_request(by=cast.access("ben"), request_id=first.pk)
    assert asked(cast).pk != first.pk


def test_a_second_reason_for_what_waits_is_refused_in_plain_words_and_never_swallowed(cast: Cast):
    first = asked(cast)
    for other in ({"reason": "Really"}, {"hours": 24}):
        with pytest.raises(AskedAlready):
            asked(cast, **other)
    browser = cast.browser("ben")
    (waits,) = browser.get("/api/v1/access-requests?box=asked").json()["results"]
    assert (waits["id"], waits["reason"], waits["state"]) == (str(first.pk), "Fay is ill", "open")
    withdraw_request(by=cast.access("ben"), request_id=first.pk)
    assert browser.get("/api/v1/access-requests?box=asked").json()["results"] == []
    assert len(browser.get("/api/v1/access-requests?box=mine").json()["results"]) == 1


def test_what_one_lacks_can_be_asked_for(cast: Cast):
    summary = cast.browser("ben").get("/api/v1/access-requests/summary").json()
    assert "conversation.assign" in summary["permissions"] and "conversation.reply" not in summary["permissions"]
    assert summary["duties"] == ["marketing_sender", "finance", "data_protection"]


def test_it_is_decided_once(cast: Cast):
    row = asked(cast)
    approve_request(by=cast.access("dee"), request_id=row.pk)
    for again in (
        lambda: approve_request(by=cast.access("ana"), request_id=row.pk),
        lambda: refuse_request(by=cast.access("ana"), request_id=row.pk, comment="No"),
        lambda: withdraw_request(by=cast.access("ben"), request_id=row.pk),
    ):
        with pytest.raises(AlreadyDecided):
            again()
    assert Grant.objects.count() == 1


@pytest.mark.parametrize("name", ["eli", "fay"])
def test_who_may_not_decide_does_not_even_see_it(cast: Cast, name: str):
    row = asked(cast)
    with pytest.raises(NotFound):
        approve_request(by=cast.access(name), request_id=row.pk)


def test_nobody_approves_their_own_request(cast: Cast):
    row = asked(cast, "dee", permission="security.give_duty")
    with pytest.raises((NotAbove, NotAllowed)):
        approve_request(by=cast.access("dee"), request_id=row.pk)
    assert not Grant.objects.exists()


def test_a_supervisor_of_another_region_does_not_see_it(cast: Cast):
    leave_region(by=BY, user=cast.dee, region=cast.asia)
    row = asked(cast)
    assert queries.waiting_count(access=cast.access("dee")) == 0
    with pytest.raises(NotFound):
        approve_request(by=cast.access("dee"), request_id=row.pk)
    assert queries.waiting_count(access=cast.access("ana")) == 1


def test_what_the_approver_lacks_is_for_somebody_above(cast: Cast):
    row = asked(cast, permission="security.give_duty")
    with pytest.raises(NotFound):
        approve_request(by=cast.access("dee"), request_id=row.pk)
    approve_request(by=cast.access("ana"), request_id=row.pk)


def test_older_messages_of_one_conversation_are_asked_for_there(cast: Cast):
    talk = thread(channel(cast.asia), customer())
    row = asked(cast, permission="inbox.read_history", label="inbox.conversation", pk=str(talk.pk))
    approve_request(by=cast.access("dee"), request_id=row.pk)
    assert cast.access("ben").history_of == {str(talk.pk)}
    assert not cast.access("ben").can("inbox.read_history")


def test_an_object_one_does_not_see_cannot_be_asked_for(cast: Cast):
    talk = thread(channel(cast.asia), customer())
    for pk in (str(talk.pk), "nothing", "01890000-0000-7000-8000-000000000000"):
        with pytest.raises(NotFound):
            asked(cast, "cho", permission="inbox.read_history", label="inbox.conversation", pk=pk)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"permission": "inbox.fly"}, Invalid),
        ({"permission": "", "duty": "cleaning"}, Invalid),
        ({"permission": "inbox.reply_conversation"}, HasItAlready),
        ({"hours": 0}, Invalid),
        ({"hours": 24 * 91}, Invalid),
        ({"reason": ""}, Missing),
    ],
)
def test_what_makes_no_sense_is_refused(cast: Cast, changed: dict[str, Any], refusal: Any):
    with pytest.raises(refusal):
        asked(cast, **changed)
    assert not AccessRequest.objects.exists()


def test_who_hears_of_a_request_is_who_sees_it(cast: Cast):
    people = ("ana", "ben", "cho", "dee", "eli", "fay")
    for asker in people:
        for level in ("agent", "senior", "supervisor"):
            if asker != "ana":
                set_level(by=BY, user=getattr(cast, asker), level=level)
            row = AccessRequest(
                asker=getattr(cast, asker),
                permission="inbox.manage_channel",
                reason="?",
                hours=1,
                asked_at=timezone.now(),
            )
            row.save(force_insert=True)
            for reader in people:
                access = cast.access(reader)
                seen = AccessRequest.objects.filter(visible_requests(access), pk=row.pk).exists()
                assert seen == sees_request(access, request_scope(row)), (asker, level, reader)
            AccessRequest.objects.all().delete()


def test_asker_and_approver_are_told_live(cast: Cast):
    row = asked(cast)
    withdraw_request(by=cast.access("ben"), request_id=row.pk)
    for stream in (f"person:{cast.ben.pk}", f"region:{cast.asia.pk}"):
        told = [event.kind for event in events_after(stream, 0)]
        assert told.count("request.changed") == 2, stream
