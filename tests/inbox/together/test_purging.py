"""What was in the bin for its time is gone for good, once, whoever does it, whatever dies; the log still verifies."""

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from contacts.actions.edit import add_note
from contacts.models import Contact, Note
from inbox.actions import purging
from inbox.actions.bin import hold_deletion, order_purge, release_hold, restore_conversation
from inbox.actions.files import keep_upload
from inbox.actions.purging import purge_due
from inbox.actions.replies import react, send_text
from inbox.errors import OnHold, SamePerson
from inbox.models import Conversation, Deletion, Media, Message, StoredWebhook
from security.account_errors import FactorNeeded
from security.errors import AlreadyDecided, NotFound
from tests.conftest import Cast
from tests.inbox.assigning.test_at_once import at_once
from tests.inbox.together.test_bin import bin_it, with_second_person
from tests.worlds.asia import photo
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.factors import fresh_access
from tests.worlds.threads import conversations, fresh, logged, messages, thread
from tests.worlds.webhooks import message, says


def talk_with_everything(cast: Cast) -> Conversation:
    fay, who = cast.access("fay"), customer("Mei Lin")
    talk = thread(channel(cast.asia), who, "Keep this secret")
    send_text(by=fay, conversation_id=talk.pk, client_ref="1", text="Of course", reply_to=messages(talk)[0].pk)
    react(by=fay, conversation_id=talk.pk, client_ref="2", message_id=messages(talk)[0].pk, emoji="👍")
    keep_upload(by=fay, conversation_id=talk.pk, file=photo())
    add_note(by=fay, contact_id=talk.contact_id, text="Friendly")
    return talk


def due() -> None:
    Deletion.objects.for_system("the test").update(purge_at=timezone.now() - timedelta(seconds=1))


def stored() -> list[Path]:
    return [one for one in Path(default_storage.path("")).rglob("*") if one.is_file()]


def test_after_its_time_nothing_is_left_but_the_contact_and_the_log(cast: Cast):
    talk = talk_with_everything(cast)
    other = thread(talk.channel, customer(), "Still here")
    before, secret = len(stored()), StoredWebhook.objects.count()
    bin_it(cast, talk)
    assert purge_due() == 0, "its time has not come"
    due()
    assert purge_due() == 1 and purge_due() == 0
    assert [row.pk for row in conversations()] == [other.pk] and len(messages()) == 1
    assert not Media.objects.for_system("the test").exists() and not Deletion.objects.for_system("the test").exists()
    assert len(stored()) == before - 2 and StoredWebhook.objects.count() == secret - 1
    assert Contact.objects.for_system("the test").filter(pk=talk.contact_id).exists()
    assert Note.objects.for_system("the test").count() == 1
    (line,) = logged("conversation.purged")
    assert line.subject_id == str(talk.pk) and line.details == {"messages": 3, "files": 1}
    call_command("verify_log")


def test_a_person_orders_it_at_once_with_a_code(cast: Cast):
    row = bin_it(cast, thread(channel(cast.asia)))
    with pytest.raises(FactorNeeded):
        order_purge(by=cast.access("dee"), deletion_id=row.pk)
    assert order_purge(by=fresh_access(cast, "dee"), deletion_id=row.pk).state == "purging"
    with pytest.raises(AlreadyDecided):
        restore_conversation(by=cast.access("dee"), deletion_id=row.pk)
    assert purge_due() == 1 and conversations() == []
    with pytest.raises(NotFound):
        order_purge(by=fresh_access(cast, "dee"), deletion_id=row.pk)


def test_where_two_are_needed_one_is_not_enough(cast: Cast):
    row = bin_it(cast, thread(channel(cast.asia)))
    with_second_person()
    dee, ana = fresh_access(cast, "dee"), fresh_access(cast, "ana")
    assert order_purge(by=dee, deletion_id=row.pk).state == "binned"
    with pytest.raises(SamePerson):
        order_purge(by=dee, deletion_id=row.pk)
    assert purge_due() == 0
    assert order_purge(by=ana, deletion_id=row.pk).state == "purging" and purge_due() == 1


def test_what_is_on_hold_is_kept_by_time_and_by_people(cast: Cast):
    row = bin_it(cast, thread(channel(cast.asia)))
    dee = fresh_access(cast, "dee")
    hold_deletion(by=dee, deletion_id=row.pk, reason="A court asks for it")
    due()
    assert purge_due() == 0
    with pytest.raises(OnHold):
        order_purge(by=dee, deletion_id=row.pk)
    release_hold(by=dee, deletion_id=row.pk)
    assert purge_due() == 0, "there is a day to think again"
    due()
    assert purge_due() == 1 and len(logged("conversation.hold_set")) == len(logged("conversation.hold_released")) == 1


def test_it_goes_on_where_a_crash_left_it(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(purging, "_MESSAGES", 2)
    who, shop = customer(), channel(cast.asia)
    says(shop, who, *[message(who, "text", f"Number {number}") for number in range(7)])
    (talk,) = conversations()
    bin_it(cast, talk)
    due()
    real, calls = purging._destroy_some, []

    def dies(*which: object) -> object:
        calls.append(which)
        if len(calls) == 3:
            raise RuntimeError("the machine is gone")
        return real(*which)  # type: ignore[arg-type]

    monkeypatch.setattr(purging, "_destroy_some", dies)
    with pytest.raises(RuntimeError):
        purge_due()
    assert len(messages(talk)) == 3 and fresh(talk).state == "binned"
    assert purge_due() == 1 and logged("conversation.purged")[0].details["messages"] == 7


def test_a_customer_who_writes_while_it_is_destroyed_is_heard(cast: Cast):
    who = customer()
    talk = thread(channel(cast.asia), who)
    row = bin_it(cast, talk)
    order_purge(by=fresh_access(cast, "dee"), deletion_id=row.pk)
    says(talk.channel, who, message(who, "text", "Wait"))
    assert purge_due() == 0 and fresh(talk).state == "open" and len(messages(talk)) == 2


@pytest.mark.django_db(transaction=True)
def test_many_workers_destroy_each_once(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(purging, "_MESSAGES", 1)
    shop = channel(cast.asia)
    for number in range(4):
        who = customer()
        says(shop, who, *[message(who, "text", f"{number}/{one}") for one in range(3)])
        bin_it(cast, next(talk for talk in conversations() if talk.state == "open"))
    due()
    done: list[int] = []
    at_once(*[lambda: done.append(purge_due())] * 4)
    assert sum(done) == 4 == len(logged("conversation.purged")) and not Message.objects.for_system("test").exists()


@pytest.mark.django_db(transaction=True)
def test_either_it_is_restored_whole_or_it_is_gone(cast: Cast):
    shop = channel(cast.asia)
    for _each in range(3):
        row = bin_it(cast, thread(shop))
        due()
        outcome: list[str] = []

        def restore(row: Deletion = row, outcome: list[str] = outcome) -> None:
            try:
                restore_conversation(by=cast.access("dee"), deletion_id=row.pk)
                outcome.append("restored")
            except (AlreadyDecided, NotFound):
                outcome.append("gone")

        at_once(restore, purge_due)
        kept = [len(messages(one)) for one in conversations(shop) if one.pk == row.conversation_id]
        assert kept == ([1] if outcome == ["restored"] else [])


@pytest.mark.django_db(transaction=True)
def test_a_message_that_comes_while_it_is_destroyed_is_never_lost(cast: Cast):
    shop = channel(cast.asia)
    for number in range(4):
        who = customer()
        bin_it(cast, thread(shop, who))
        due()
        again = partial(says, shop, who, message(who, "text", f"Again {number}"))
        at_once(again, purge_due)
        texts = [one.content["text"] for talk in conversations(shop) for one in messages(talk)]
        assert f"Again {number}" in texts
