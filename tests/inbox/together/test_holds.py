"""What must be kept is kept, whichever hold says so and whoever would destroy it (CM-8, PM-9)."""

from collections.abc import Callable
from typing import Any

import pytest

from contacts.actions.erasing import erase_contact
from contacts.actions.holds import hold_contact, release_contact
from contacts.actions.merging import carry_on_merging, merge_contacts
from contacts.errors import OnLegalHold
from contacts.models import LegalHold
from inbox.actions import purging
from inbox.actions.bin import hold_deletion, order_purge, restore_conversation
from inbox.actions.internal_notes import write_note
from inbox.actions.purging import purge_due
from inbox.actions.retention import retain
from inbox.errors import OnHold
from inbox.models import Conversation, Deletion, InternalNote, RetentionRule
from inbox.retention import overdue
from tests.conftest import Cast
from tests.inbox.assigning.test_at_once import at_once
from tests.inbox.test_retention import made_days_ago, sent_file
from tests.inbox.together.test_bin import bin_it
from tests.inbox.together.test_purging import due
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.factors import fresh_access
from tests.worlds.threads import conversations, fresh, logged, messages, thread
from tests.worlds.webhooks import message, says

WHY = "A court asks for it"
Hold = Callable[[Cast, Conversation], None]


def by_contact(cast: Cast, talk: Conversation) -> None:
    hold_contact(by=cast.access("dee"), contact_id=talk.contact_id, reason=WHY)


def by_bin(cast: Cast, talk: Conversation) -> None:
    hold_deletion(by=cast.access("dee"), deletion_id=deletion(talk).pk, reason=WHY)


def deletion(talk: Conversation) -> Deletion:
    found: Deletion = Deletion.objects.for_system("the test").get(conversation=talk)
    return found


@pytest.fixture(params=[by_contact, by_bin])
def hold(request: Any) -> Hold:
    kind: Hold = request.param
    return kind


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    """In the bin, with a message, a note and a file that are old."""
    talk = thread(channel(cast.asia), customer("Mei Lin"))
    bin_it(cast, talk)
    return talk


def open_reasons(talk: Conversation) -> list[str]:
    rows = LegalHold.objects.for_system("the test").filter(contact_id=fresh(talk).contact_id, released_at=None)
    return sorted(row.reason for row in rows)


def test_time_does_not_destroy_it(cast: Cast, talk: Conversation, hold: Hold):
    hold(cast, talk)
    due()
    assert purge_due() == 0 and len(messages(talk)) == 1


def test_nobody_orders_it_destroyed(cast: Cast, talk: Conversation, hold: Hold):
    hold(cast, talk)
    with pytest.raises(OnHold):
        order_purge(by=fresh_access(cast, "dee"), deletion_id=deletion(talk).pk)
    assert purge_due() == 0 and deletion(talk).state == "binned"


def test_its_contact_is_not_erased(cast: Cast, talk: Conversation, hold: Hold):
    hold(cast, talk)
    with pytest.raises(OnLegalHold):
        erase_contact(by=fresh_access(cast, "ana"), contact_id=talk.contact_id, confirm="Mei Lin", reason="Request")
    assert deletion(talk).reason == "Spam" and messages(talk)[0].content


def test_retention_leaves_it_alone(cast: Cast, hold: Hold):
    rule = RetentionRule.objects.create(region=cast.asia, message_days=30, active=True)
    talk = thread(channel(cast.asia), customer("Mei Lin"))
    note = write_note(by=cast.access("ben"), conversation_id=talk.pk, client_ref="1", text="Ask")
    file = sent_file(cast, talk)
    bin_it(cast, talk)
    hold(cast, talk)
    for row in (note, file, messages(talk)[0]):
        made_days_ago(row, 40)
    told = overdue(rule)
    assert (told.messages, told.files) == (0, 0) and retain() == 0
    assert len(messages(talk)) == 2 and InternalNote.objects.for_system("the test").count() == 1


@pytest.mark.parametrize("held_one", [0, 1])
def test_a_merge_carries_it_over(cast: Cast, hold: Hold, held_one: int):
    """Whichever of the two is kept: afterwards the one thread and its contact are on hold."""
    shop = channel(cast.asia)
    pair = thread(shop, customer("Ana")), thread(shop, customer("Also Ana"))
    bin_it(cast, pair[held_one])
    hold(cast, pair[held_one])
    merge_contacts(by=fresh_access(cast, "dee"), kept_id=pair[0].contact_id, merged_id=pair[1].contact_id)
    while carry_on_merging() == 0:
        pass
    (left,) = conversations()
    assert len(messages(left)) == 2
    if left.state == "binned" and hold is by_bin:
        assert deletion(left).held_because == WHY
    else:
        assert open_reasons(left) == [WHY] and fresh(left.contact).held_at is not None
    with pytest.raises(OnLegalHold):
        erase_contact(by=fresh_access(cast, "ana"), contact_id=left.contact_id, confirm="Ana", reason="Request")


def test_a_hold_that_comes_while_it_is_destroyed_keeps_the_rest(
    cast: Cast, talk: Conversation, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(purging, "_MESSAGES", 1)
    who = customer("Long")
    says(talk.channel, who, *[message(who, "text", str(number)) for number in range(3)])
    long = next(one for one in conversations() if one.state == "open")
    row = bin_it(cast, long)
    order_purge(by=fresh_access(cast, "dee"), deletion_id=row.pk)
    real, calls = purging._destroy_some, []

    def held_in_the_middle(*which: Any) -> Any:
        calls.append(which)
        if len(calls) == 2:
            by_contact(cast, long)
        return real(*which)

    monkeypatch.setattr(purging, "_destroy_some", held_in_the_middle)
    assert purge_due() == 0 and len(messages(long)) == 2
    assert deletion(long).state == "binned" and len(logged("conversation.purge_stopped")) == 1


def test_when_the_last_hold_of_a_contact_ends_there_is_a_day_to_think_again(cast: Cast, talk: Conversation):
    by_contact(cast, talk)
    due()
    release_contact(by=cast.access("dee"), contact_id=talk.contact_id)
    assert purge_due() == 0
    due()
    assert purge_due() == 1


@pytest.mark.parametrize("who", ["a colleague", "the customer"])
def test_what_leaves_the_bin_stays_on_hold_by_its_contact(cast: Cast, who: str):
    mei = customer("Mei Lin")
    talk = thread(channel(cast.asia), mei)
    bin_it(cast, talk)
    by_bin(cast, talk)
    if who == "the customer":
        says(talk.channel, mei, message(mei, "text", "Hello again"))
    else:
        restore_conversation(by=cast.access("dee"), deletion_id=deletion(talk).pk)
    assert fresh(talk).state == "open" and open_reasons(talk) == [WHY]
    assert fresh(talk.contact).held_at is not None and deletion(talk).held_at is None


@pytest.mark.django_db(transaction=True)
def test_once_a_hold_is_set_nothing_goes_any_more(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    """Neither of those that destroy it at the same moment."""
    monkeypatch.setattr(purging, "_MESSAGES", 1)
    shop = channel(cast.asia)
    for _each in range(3):
        who = customer("Long")
        says(shop, who, *[message(who, "text", str(number)) for number in range(6)])
        long = next(one for one in conversations() if one.state == "open")
        bin_it(cast, long)
        due()
        left: list[int] = []

        def hold(long: Conversation = long, left: list[int] = left) -> None:
            by_contact(cast, long)
            left.append(len(messages(long)))

        at_once(purge_due, hold, purge_due)
        assert left == [len(messages(long))]
