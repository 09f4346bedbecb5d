"""The bin (PM-9): a reason, a fresh code, a second person where set; out of everything, and back exactly as it was."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from inbox.actions.bin import confirm_deletion, delete_conversation, restore_conversation
from inbox.actions.locks import lock_conversation
from inbox.actions.replies import send_text
from inbox.actions.scheduled import schedule_reply, send_scheduled_now
from inbox.actions.scheduled_due import send_due_replies
from inbox.actions.snoozes import snooze_conversation
from inbox.actions.waking import wake_due
from inbox.models import Conversation, Deletion, InboxPolicy, Message, Notification
from inbox.sending.outbox import deliver
from security.account_errors import FactorMissing
from security.actions.policies import change_policy
from security.errors import AlreadyDecided, NotAllowed, NotFound
from security.live.store import events_after
from security.models import Operation
from tests.conftest import BY, Cast
from tests.inbox.simulator.running import Running
from tests.worlds.channels import calls, channel
from tests.worlds.customers import customer
from tests.worlds.factors import fresh_access, fresh_browser
from tests.worlds.threads import fresh, logged, messages, thread
from tests.worlds.webhooks import message, says

API = "/api/v1"


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    return thread(channel(cast.asia), customer("Mei Lin"), "Please delete all this")


def post(browser: Any, path: str, **body: Any) -> Any:
    return browser.post(f"{API}/{path}", body, content_type="application/json")


def with_second_person() -> None:
    policy = InboxPolicy.current()
    policy.bin_second_person = True
    change_policy(by=BY, policy=policy, changed=["bin_second_person"])


def bin_it(cast: Cast, talk: Conversation, reason: str = "Spam") -> Deletion:
    return delete_conversation(by=fresh_access(cast, "dee"), conversation_id=talk.pk, reason=reason)


def whole(talk: Conversation) -> dict[str, Any]:
    row = fresh(talk).__dict__.copy()
    return {name: value for name, value in row.items() if name not in ("_state", "version")}


def test_it_needs_a_reason_a_permission_and_a_fresh_code(cast: Cast, talk: Conversation):
    assert post(cast.browser("dee"), f"conversations/{talk.pk}/delete", reason="Spam").json()["code"] == (
        "second_factor_missing"
    )
    fresh_access(cast, "dee")
    assert post(cast.browser("dee"), f"conversations/{talk.pk}/delete", reason="Spam").json()["code"] == (
        "second_factor_required"
    )
    dee = fresh_browser(cast, "dee")
    assert post(dee, f"conversations/{talk.pk}/delete", reason="   ").status_code == 400
    for name in ("ben", "fay"):
        refused = post(fresh_browser(cast, name), f"conversations/{talk.pk}/delete", reason="Spam")
        assert (refused.status_code, refused.json()["field"]) == (403, "conversation.delete")
    done = post(dee, f"conversations/{talk.pk}/delete", reason="Spam").json()
    assert (done["state"], done["reason"], done["asked_by"]["name"], done["hold"]) == ("binned", "Spam", "Dee", None)


def test_it_is_out_of_everything(cast: Cast, talk: Conversation):
    dee = fresh_browser(cast, "dee")
    bin_it(cast, talk)
    for view in ("all", "unassigned", "resolved", "snoozed", "any"):
        assert dee.get(f"{API}/conversations?view={view}").json()["results"] == []
    assert dee.get(f"{API}/conversations?view=any&contact={talk.contact_id}").json()["results"] == []
    assert set(dee.get(f"{API}/conversations/counts").json().values()) == {0}
    for path in ("", "/messages", "/assignees", "/assignments"):
        assert dee.get(f"{API}/conversations/{talk.pk}{path}").status_code == 404
    for deed, body in {"resolve": {}, "messages": {"type": "text", "text": "Hi", "client_ref": "1"}}.items():
        assert post(dee, f"conversations/{talk.pk}/{deed}", **body).status_code == 404
    assert not Message.objects.visible_to(cast.access("ana")).exists()


def test_whoever_looks_at_it_is_told_that_it_left_and_the_bin_that_it_came(cast: Cast, talk: Conversation):
    bin_it(cast, talk)
    events = events_after(f"region:{cast.asia.pk}", 0)
    left = next(event for event in reversed(events) if event.kind == "conversation.changed")
    assert left.scope["binned"] is True and (left.left_scope or {})["binned"] is False
    assert "bin.changed" in {event.kind for event in events}


def test_the_bin_shows_who_when_why_and_is_searched_by_name(cast: Cast, talk: Conversation):
    bin_it(cast, talk, "The customer asked for it")
    bin_it(cast, thread(talk.channel, customer("Klara")), "Spam")
    dee = cast.browser("dee")
    first, second = dee.get(f"{API}/bin").json()["results"]
    assert (first["contact"]["name"], second["reason"]) == ("Klara", "The customer asked for it")
    assert second["purge_at"] > second["binned_at"] and dee.get(f"{API}/bin/counts").json() == {"binned": 2, "asked": 0}
    found = dee.get(f"{API}/bin?q=mei").json()["results"]
    assert [row["contact"]["name"] for row in found] == ["Mei Lin"]
    page = dee.get(f"{API}/bin?limit=1").json()
    rest = dee.get(f"{API}/bin?limit=1&cursor={page['next']}").json()
    assert rest["results"][0]["id"] == second["id"] and rest["next"] is None
    for odd in ("state=gone", f"q={'x' * 81}", "cursor=%%"):
        assert dee.get(f"{API}/bin?{odd}").status_code == 400


def test_the_reason_is_sealed(cast: Cast, talk: Conversation):
    from django.db import connection

    bin_it(cast, talk, "Quelltopas was rude")
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM inbox_deletion")
        assert b"Quelltopas" not in bytes(cursor.fetchone()[0])
    assert "Quelltopas" not in str([line.details for line in Operation.objects.all()])


def test_another_region_has_no_bin_there(cast: Cast, talk: Conversation):
    from security.actions.levels import set_level

    row = bin_it(cast, talk)
    set_level(by=BY, user=cast.cho, level="supervisor")
    cho = fresh_browser(cast, "cho")
    assert cho.get(f"{API}/bin").json()["results"] == []
    for deed in ("restore", "purge", "confirm-deletion", "refuse-deletion"):
        assert post(cho, f"bin/{row.pk}/{deed}").status_code == 404


@pytest.mark.parametrize("before", ["open", "resolved", "snoozed"])
def test_restoring_brings_back_exactly_what_was(cast: Cast, talk: Conversation, before: str):
    fay = cast.access("fay")
    send_text(by=fay, conversation_id=talk.pk, client_ref="1", text="One moment")
    if before == "snoozed":
        snooze_conversation(by=fay, conversation_id=talk.pk, until=timezone.now() + timedelta(hours=2))
    if before == "resolved":
        from inbox.actions.resolutions import resolve_conversation

        resolve_conversation(by=fay, conversation_id=talk.pk)
    was = whole(talk)
    row = bin_it(cast, talk)
    restore_conversation(by=cast.access("ana"), deletion_id=row.pk)
    assert whole(talk) == was
    shown = cast.browser("fay").get(f"{API}/conversations/{talk.pk}").json()
    assert shown["state"] == before and [one.kind for one in messages(talk)] == ["text", "text"]
    assert len(logged("conversation.restored")) == 1
    with pytest.raises(AlreadyDecided):
        restore_conversation(by=cast.access("ana"), deletion_id=row.pk)


def test_a_snooze_that_ends_meanwhile_comes_back_open(cast: Cast, talk: Conversation):
    from inbox.models import Snooze

    snooze_conversation(by=cast.access("fay"), conversation_id=talk.pk, until=timezone.now() + timedelta(hours=2))
    row = bin_it(cast, talk)
    Snooze.objects.for_system("the test").update(wake_at=timezone.now(), until=timezone.now())
    assert wake_due() == 0 and wake_due() == 0 and fresh(talk).state == "binned"
    restore_conversation(by=cast.access("dee"), deletion_id=row.pk)
    assert fresh(talk).state == "open"


def test_what_waited_to_leave_is_stopped_and_says_so(cast: Cast, meta: Running):
    shop = channel(cast.asia, meta)
    talk = thread(shop)
    send_text(by=cast.access("fay"), conversation_id=talk.pk, client_ref="1", text="Too late")
    row = bin_it(cast, talk)
    deliver(talk.pk)
    assert calls(meta, shop) == [] and row.stopped == 1
    restore_conversation(by=cast.access("dee"), deletion_id=row.pk)
    failed = messages(talk)[1]
    assert (failed.status, failed.error_code) == ("failed", "binned")
    shown = cast.browser("fay").get(f"{API}/conversations/{talk.pk}/messages").json()["results"]
    assert "deleted" in str(shown[0]["error"]) and shown[0]["error"]["retryable"] is True


def test_a_reply_for_later_fails_with_it_and_waits_for_a_word_once_restored(cast: Cast, talk: Conversation):
    by, later = cast.access("fay"), timezone.now() + timedelta(hours=1)
    made = schedule_reply(
        by=by, conversation_id=talk.pk, client_ref="1", send_at=later, kind="text", content={"text": "Any news?"}
    )
    row = bin_it(cast, talk)
    stopped = fresh(made)
    assert (stopped.state, stopped.error_code, stopped.ended_at, row.stopped) == ("failed", "binned", None, 1)
    (told,) = Notification.objects.visible_to(by)
    assert (told.kind, told.conversation_id, told.data["reason"]) == ("scheduled.failed", None, "binned")
    restore_conversation(by=cast.access("dee"), deletion_id=row.pk)
    with time_machine.travel(later + timedelta(minutes=5)):
        assert send_due_replies() == 0 and fresh(made).state == "failed", "never by itself"
    (shown,) = cast.browser("fay").get(f"{API}/conversations/{talk.pk}/scheduled-replies").json()["results"]
    assert (shown["state"], shown["reason"], fresh(talk).scheduled_at) == ("failed", "binned", later)
    assert send_scheduled_now(by=by, scheduled_id=made.pk).state == "sent" and len(messages(talk)) == 2


def test_one_that_asked_already_goes_on_asking(cast: Cast, talk: Conversation):
    by, later = cast.access("fay"), timezone.now() + timedelta(hours=1)
    made = schedule_reply(
        by=by, conversation_id=talk.pk, client_ref="1", send_at=later, kind="text", content={"text": "Any news?"}
    )
    send_text(by=cast.access("dee"), conversation_id=talk.pk, client_ref="d", text="Tomorrow")
    with time_machine.travel(later + timedelta(minutes=5)):
        send_due_replies()
        row = bin_it(cast, talk)
        restore_conversation(by=cast.access("dee"), deletion_id=row.pk)
        assert (fresh(made).state, fresh(made).error_code) == ("asking", "answered")


def test_a_customer_who_writes_again_brings_it_back(cast: Cast, talk: Conversation):
    who = customer("Mei Lin")
    talk = thread(talk.channel, who, "Forget me")
    row = bin_it(cast, talk)
    says(talk.channel, who, message(who, "text", "Or rather not"))
    assert fresh(talk).state == "open" and fresh(row).state == "restored"
    assert len(messages(talk)) == 2 and len(logged("conversation.restored_by_customer")) == 1
    assert cast.browser("ben").get(f"{API}/conversations?view=all").json()["results"][0]["id"] == str(talk.pk)


def test_a_resolved_one_that_comes_back_so_begins_a_new_case(cast: Cast):
    from inbox.actions.resolutions import resolve_conversation

    who = customer()
    talk = thread(channel(cast.asia), who)
    resolve_conversation(by=cast.access("fay"), conversation_id=talk.pk)
    bin_it(cast, talk)
    says(talk.channel, who, message(who, "text", "Hello again"))
    back = fresh(talk)
    assert (back.state, back.case_count, back.assignee_id) == ("open", 2, None)


def test_a_second_person_confirms_with_a_code_of_their_own(cast: Cast, talk: Conversation):
    with_second_person()
    dee, ana = fresh_browser(cast, "dee"), cast.browser("ana")
    asked = post(dee, f"conversations/{talk.pk}/delete", reason="Spam").json()
    assert asked["state"] == "asked" and fresh(talk).state == "open"
    assert post(dee, f"conversations/{talk.pk}/delete", reason="Spam").json()["code"] == "deletion_asked"
    assert [row["id"] for row in ana.get(f"{API}/bin?state=asked").json()["results"]] == [asked["id"]]
    assert post(dee, f"bin/{asked['id']}/confirm-deletion").json()["code"] == "same_person"
    assert post(ana, f"bin/{asked['id']}/confirm-deletion").json()["code"] == "second_factor_missing"
    done = post(fresh_browser(cast, "ana"), f"bin/{asked['id']}/confirm-deletion").json()
    assert (done["state"], done["confirmed_by"]["name"], fresh(talk).state) == ("binned", "Ana", "binned")
    assert post(fresh_browser(cast, "ana"), f"bin/{asked['id']}/confirm-deletion").json()["code"] == "already_decided"


def test_a_second_person_may_refuse_and_the_first_take_it_back(cast: Cast, talk: Conversation):
    with_second_person()
    for name, state in (("ana", "refused"), ("dee", "withdrawn")):
        row = bin_it(cast, talk)
        assert post(cast.browser(name), f"bin/{row.pk}/refuse-deletion").json()["state"] == state
    assert fresh(talk).state == "open"


def test_what_nobody_confirmed_in_time_lapses_and_may_be_asked_anew(cast: Cast, talk: Conversation):
    from inbox.actions.purging import purge_due

    with_second_person()
    row = bin_it(cast, talk)
    Deletion.objects.for_system("the test").update(expires_at="2020-01-01T00:00:00Z")
    with pytest.raises(AlreadyDecided):
        confirm_deletion(by=fresh_access(cast, "ana"), deletion_id=row.pk)
    again = bin_it(cast, talk)
    assert (fresh(row).state, again.state) == ("lapsed", "asked")
    Deletion.objects.for_system("the test").update(expires_at="2020-01-01T00:00:00Z")
    purge_due()
    assert fresh(again).state == "lapsed" and len(logged("conversation.deletion_lapsed")) == 2


def test_what_somebody_else_has_locked_is_not_deleted(cast: Cast, talk: Conversation):
    lock_conversation(by=cast.access("ana"), conversation_id=talk.pk, reason="A refund")
    refused = post(fresh_browser(cast, "dee"), f"conversations/{talk.pk}/delete", reason="Spam")
    assert refused.json()["code"] == "conversation_locked"


def test_a_trainee_and_a_key_do_not_delete(cast: Cast, talk: Conversation):
    from security.actions.traineeships import start_traineeship

    start_traineeship(by=BY, user=cast.dee)
    with pytest.raises(NotAllowed):
        delete_conversation(by=fresh_access(cast, "dee"), conversation_id=talk.pk, reason="Spam")
    ana = cast.access("ana")
    with pytest.raises(FactorMissing):
        delete_conversation(by=ana, conversation_id=talk.pk, reason="Spam")
    with pytest.raises(NotFound):
        restore_conversation(by=cast.access("ben"), deletion_id=talk.pk)
