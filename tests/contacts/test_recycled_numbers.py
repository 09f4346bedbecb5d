"""A number that was given up goes to somebody else, who must never meet the former owner's words."""

import pytest
from django.db import IntegrityError, transaction

from contacts.models import Identity
from inbox.models import Channel, Conversation
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.customers import Customer, customer
from tests.worlds.threads import answered, contacts, conversations, logged, messages, thread
from tests.worlds.webhooks import arrive, message, says, value


@pytest.fixture
def shop(cast: Cast) -> Channel:
    return channel(cast.asia)


def moves(shop: Channel, old: Customer, new: Customer) -> None:
    row = message(old, "system", {"type": "user_changed_number", "wa_id": new.wa_id}, ago=30)
    arrive(shop, value(shop, messages=[row]))


def current(talk: Conversation) -> dict[str, str]:
    rows = Identity.objects.for_system("the test").filter(contact=talk.contact, current=True)
    return {row.kind: row.value for row in rows}


def test_a_stranger_with_a_number_that_was_given_up_is_somebody_new(shop: Channel):
    mei, moved = customer("Mei"), customer("Mei")
    talk = thread(shop, mei, "My address is 5 Elm Street", ago=60)
    moves(shop, mei, moved)
    stranger = Customer("Stranger", mei.wa_id)
    theirs = thread(shop, stranger, "Who is this?")
    assert theirs.pk != talk.pk and [row.content for row in messages(theirs)] == [{"text": "Who is this?"}]
    assert answered(talk)[0] == moved.wa_id
    assert answered(theirs)[0] == mei.wa_id


def test_the_former_owner_goes_on_in_the_old_thread(shop: Channel):
    mei, moved = customer("Mei"), customer("Mei")
    talk = thread(shop, mei, ago=60)
    moves(shop, mei, moved)
    thread(shop, Customer("Stranger", mei.wa_id))
    says(shop, moved)
    assert len(messages(talk)) == 3 and len(contacts()) == 2


def test_a_known_number_with_another_business_scoped_id_has_another_owner(shop: Channel):
    """WhatsApp names two users: nothing is merged, the number is the newcomer's, and the log says so."""
    mei = customer("Mei", bsuid="TW.mei1")
    talk = thread(shop, mei, ago=60)
    theirs = thread(shop, Customer("Stranger", mei.wa_id, "TW.stranger1"))
    assert theirs.pk != talk.pk
    assert (current(talk), current(theirs)) == (
        {"bsuid": "TW.mei1"},
        {"wa_id": mei.wa_id, "bsuid": "TW.stranger1"},
    )
    (line,) = logged("contact.number_taken_over")
    assert (line.subject_id, line.details) == (str(theirs.contact_id), {"other": str(talk.contact_id)})
    assert line.region_id == shop.region_id


def test_both_owners_in_one_batch_are_two_people(shop: Channel):
    mei = customer("Mei", bsuid="TW.mei2")
    stranger = Customer("Stranger", mei.wa_id, "TW.stranger2")
    rows = [(mei, message(mei, ago=30)), (stranger, message(stranger, ago=10))]
    arrive(shop, *(value(shop, people=[who], messages=[row]) for who, row in rows))
    assert [len(messages(talk)) for talk in conversations(shop)] == [1, 1]
    assert [current(talk).get("wa_id") for talk in conversations(shop)] == [mei.wa_id, None]


def test_a_number_taken_over_is_taken_in_all_its_forms(shop: Channel):
    mei = Customer("Ana", "5521987654399", "BR.ana")
    talk = thread(shop, mei, ago=60)
    thread(shop, Customer("Stranger", "552187654399", "BR.stranger"))
    assert current(talk) == {"bsuid": "BR.ana"}


def test_a_late_message_of_the_former_owner_does_not_take_the_number_back(shop: Channel):
    mei = customer("Mei", bsuid="TW.mei3")
    talk = thread(shop, mei, ago=60)
    theirs = thread(shop, Customer("Stranger", mei.wa_id, "TW.stranger3"), ago=20)
    says(shop, mei, message(mei, ago=40))
    assert len(messages(talk)) == 2 and current(theirs)["wa_id"] == mei.wa_id


def test_the_id_of_another_portfolio_is_no_other_owner(cast: Cast, shop: Channel):
    mei = customer("Mei", bsuid="TW.mei4")
    thread(shop, mei)
    thread(channel(cast.asia), Customer("Mei", mei.wa_id, "TW.elsewhere4"))
    assert len(contacts()) == 1


def test_a_number_is_in_use_once_and_may_have_had_many_owners(shop: Channel):
    mei, moved = customer("Mei"), customer("Mei")
    thread(shop, mei, ago=60)
    moves(shop, mei, moved)
    theirs = thread(shop, Customer("Stranger", mei.wa_id))
    rows = Identity.objects.for_system("the test")
    former = rows.get(kind="wa_id", current=False)
    assert bytes(former.digest) == bytes(rows.get(contact=theirs.contact, current=True).digest)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.filter(pk=former.pk).update(current=True)
