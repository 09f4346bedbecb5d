"""A customer has another number or another id: the history goes on, and answers find the new one."""

import pytest

from contacts.models import Identity
from inbox.actions.replies import send_text
from inbox.actions.resolutions import resolve_conversation
from inbox.errors import WindowClosed
from inbox.models import Channel
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.customers import Customer, customer
from tests.worlds.threads import answered, contacts, conversations, fresh, logged, messages, thread
from tests.worlds.webhooks import Json, arrive, message, says, seconds, value, wamid


@pytest.fixture
def shop(cast: Cast) -> Channel:
    return channel(cast.asia)


def current(contact) -> dict[str, str]:
    rows = Identity.objects.for_system("the test").filter(contact=contact, current=True)
    return {row.kind: row.value for row in rows}


def notice(sender: dict[str, str], words: dict[str, str | None], *, ago: float = 0) -> Json:
    """One entry of ``messages[]`` in which WhatsApp speaks."""
    told = {"body": "changed", **{key: word for key, word in words.items() if word}}
    return {"id": wamid(), "timestamp": seconds(ago), "type": "system", "system": told, **sender}


def changed_number(old: Customer, new: Customer, *, ago: float = 0) -> Json:
    ids = {"wa_id": new.wa_id, "user_id": new.bsuid, "previous_user_id": old.bsuid}
    return notice({"from": str(old.wa_id)}, {"type": "user_changed_number", **ids}, ago=ago)


def system(shop: Channel, sender: dict[str, str], **words: str) -> None:
    arrive(shop, value(shop, messages=[notice(sender, {**words})]))


def test_a_new_number_belongs_to_the_same_contact_and_becomes_the_one_to_answer(shop: Channel) -> None:
    old = customer("Mei", wa_id="886900100001", bsuid="TW.old1")
    thread(shop, old)
    system(
        shop,
        {"from": "886900100001"},
        type="user_changed_number",
        wa_id="886900100002",
        user_id="TW.new1",
        previous_user_id="TW.old1",
    )
    (contact,) = contacts()
    assert current(contact) == {"wa_id": "886900100002", "bsuid": "TW.new1"}
    says(shop, Customer("Mei", "886900100002", "TW.new1"))
    assert len(contacts()) == 1 and len(conversations(shop)) == 1


def test_a_new_id_without_any_number_is_not_lost(shop: Channel) -> None:
    thread(shop, customer("Mei", wa_id=None, bsuid="TW.old2"))
    system(shop, {}, type="user_changed_user_id", user_id="TW.new2", previous_user_id="TW.old2")
    (contact,) = contacts()
    assert current(contact) == {"bsuid": "TW.new2"}


def test_a_number_that_is_somebody_elses_stays_theirs_and_a_person_is_asked_to_look(shop: Channel) -> None:
    first, second = customer("Mei"), customer("Lin")
    left, kept = thread(shop, first).contact, thread(shop, second).contact
    system(shop, {"from": str(first.wa_id)}, type="user_changed_number", wa_id=str(second.wa_id))
    assert current(kept) == {"wa_id": second.wa_id}
    assert current(left) == {}, "the old number is not theirs any more either"
    (line,) = logged("contact.move_needs_review")
    assert (line.subject_id, line.details) == (str(left.pk), {"other": str(kept.pk)})


def test_a_notice_and_a_text_from_the_new_number_in_one_batch_are_one_customer(shop: Channel) -> None:
    old, new = Customer("Mei", "886900100011", "TW.old11"), Customer("Mei", "886900100012", "TW.new11")
    thread(shop, old, ago=60)
    text = message(new, content="It is me, with a new number")
    arrive(shop, value(shop, people=[new], messages=[text]), value(shop, messages=[changed_number(old, new)]))
    (contact,) = contacts()
    assert current(contact) == {"wa_id": "886900100012", "bsuid": "TW.new11"}
    (talk,) = conversations(shop)
    assert [row.kind for row in messages(talk)] == ["text", "system", "text"]


def test_each_number_of_one_batch_is_whose_it_was_at_the_time(shop: Channel) -> None:
    """Mei writes, moves and writes again; meanwhile a stranger writes with the number she gave up."""
    old, new = customer("Mei"), customer("Mei")
    stranger = Customer("Stranger", old.wa_id)
    rows = [(old, message(old, ago=50)), (new, message(new, ago=20)), (stranger, message(stranger, ago=10))]
    bodies = [value(shop, people=[who], messages=[row]) for who, row in reversed(rows)]
    arrive(shop, *bodies, value(shop, messages=[changed_number(old, new, ago=30)]))
    mei, other = contacts()
    assert (current(mei), current(other)) == ({"wa_id": new.wa_id}, {"wa_id": old.wa_id})
    assert [len(messages(talk)) for talk in conversations(shop)] == [1, 3]


def test_who_moves_back_is_answered_at_the_number_in_use(shop: Channel) -> None:
    one, two = Customer("Mei", "886900100021", "TW.one21"), Customer("Mei", "886900100022", "TW.two21")
    back = Customer("Mei", "886900100021", "TW.three21")
    talk = thread(shop, one, ago=90)
    for old, new, ago in ((one, two, 60), (two, back, 30)):
        arrive(shop, value(shop, messages=[changed_number(old, new, ago=ago)]))
        says(shop, new, message(new, ago=ago - 10))
        assert answered(talk) == (new.wa_id, new.bsuid)
    assert len(contacts()) == len(conversations(shop)) == 1


def test_an_id_that_writes_from_another_number_took_it(shop: Channel) -> None:
    """Without any notice: the same business-scoped id is the same person, and has one number."""
    talk = thread(shop, Customer("Mei", "886900100031", "TW.31"), ago=60)
    for number, ago in (("886900100032", 40), ("886900100031", 20)):
        says(shop, Customer("Mei", number, "TW.31"), message(Customer("Mei", number, "TW.31"), ago=ago))
        assert current(talk.contact) == {"wa_id": number, "bsuid": "TW.31"}
    says(shop, customer(), message(Customer("Mei", "886900100032", "TW.31"), ago=30))
    assert answered(talk) == ("886900100031", "TW.31"), "a late message does not turn it back"


def test_a_late_message_with_the_former_id_is_still_theirs_and_changes_nothing(shop: Channel) -> None:
    old, new = Customer("Mei", "886900100041", "TW.old41"), Customer("Mei", "886900100042", "TW.new41")
    talk = thread(shop, old, ago=60)
    arrive(shop, value(shop, messages=[changed_number(old, new, ago=20)]))
    says(shop, old, message(old, ago=40))
    assert len(messages(talk)) == 3 and answered(talk) == (new.wa_id, new.bsuid)


def test_the_same_notice_from_two_numbers_of_ours_moves_once(cast: Cast, shop: Channel) -> None:
    other = channel(cast.asia, waba_id=shop.waba_id)
    old, new = Customer("Mei", "886900100051", "TW.old51"), Customer("Mei", "886900100052", "TW.new51")
    talk = thread(shop, old, ago=60)
    for number, ago in ((shop, 20), (other, 10)):
        arrive(number, value(number, messages=[changed_number(old, new, ago=ago)]))
    assert answered(talk) == (new.wa_id, new.bsuid)
    assert len(logged("contact.moved")) == len(contacts()) == 1


def test_a_new_number_that_whatsapp_does_not_tell_still_ends_the_old_one(shop: Channel) -> None:
    old, hidden = Customer("Mei", "886900100061", "TW.old61"), Customer("Mei", None, "TW.new61")
    talk = thread(shop, old, ago=60)
    arrive(shop, value(shop, messages=[changed_number(old, hidden)]))
    assert answered(talk) == (None, "TW.new61")


def test_after_a_move_there_is_no_window_until_the_customer_writes_again(cast: Cast, shop: Channel) -> None:
    old, new = Customer("Mei", "886900100071", "TW.old71"), Customer("Mei", "886900100072", "TW.new71")
    talk = thread(shop, old, ago=60)
    ben = cast.access("ben")
    arrive(shop, value(shop, messages=[changed_number(old, new, ago=30)]))
    says(shop, old, message(old, ago=40))  # late, from before the move
    with pytest.raises(WindowClosed):
        send_text(by=ben, conversation_id=talk.pk, client_ref="1", text="Hello?")
    shown = cast.browser("ben").get(f"/api/v1/conversations/{talk.pk}").json()
    assert shown["window_closes_at"] is None
    says(shop, new, message(new, ago=10))
    send_text(by=ben, conversation_id=talk.pk, client_ref="2", text="Hello!")


def test_another_phone_with_the_same_number_moves_nobody(shop: Channel) -> None:
    mei = Customer("Mei", "886900100081", "TW.old81")
    talk = thread(shop, mei, ago=60)
    system(shop, mei.sender(), type="customer_identity_changed", user_id="TW.new81", wa_id="886900100081")
    assert current(talk.contact) == {"wa_id": mei.wa_id, "bsuid": mei.bsuid}


def test_a_notice_of_whatsapp_opens_no_window_and_no_case_and_nobody_waits(cast: Cast, shop: Channel) -> None:
    mei = customer("Mei")
    talk = thread(shop, mei, ago=3600)
    resolve_conversation(by=cast.access("fay"), conversation_id=talk.pk)
    before = fresh(talk)
    system(shop, mei.sender(), type="customer_identity_changed")
    after = fresh(talk)
    assert (after.state, after.last_inbound_at, after.inbound_count) == ("resolved", before.last_inbound_at, 1)
    assert after.waiting_since is None


def test_a_conversation_that_began_with_a_reaction_can_be_resolved_again_and_again(cast: Cast, shop: Channel) -> None:
    mei = customer("Mei")
    says(shop, mei, message(mei, "reaction", {"message_id": "wamid.UNKNOWN", "emoji": "👍"}))
    (talk,) = conversations(shop)
    for _ in range(2):
        resolve_conversation(by=cast.access("fay"), conversation_id=talk.pk)
        assert fresh(talk).state == "resolved"
        says(shop, mei)
        assert fresh(talk).state == "open"
