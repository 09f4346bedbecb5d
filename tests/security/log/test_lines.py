"""What a line holds, and what it must not hold readable."""

import pytest

from contacts.actions.edit import edit_contact
from inbox.actions.assignments import assign_conversation
from inbox.actions.resolutions import resolve_conversation
from security.encryption.keyring import KeyGone, forget_keys
from security.encryption.sealing import Unreadable
from security.log.lines import words_of
from security.models import DataKey, Operation
from tests.conftest import Cast
from tests.inbox.ingest.test_amendments import edited, revoked
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import logged, thread
from tests.worlds.webhooks import message, says


@pytest.fixture
def renamed(cast: Cast) -> Operation:
    talk = thread(channel(cast.asia), customer("Mei Lin"))
    edit_contact(by=cast.access("ben"), contact_id=talk.contact_id, name="Ms Lin", language="en")
    return logged("contact.edited")[0]


def test_words_are_sealed_under_the_key_of_what_they_are_about(renamed: Operation):
    assert b"Ms Lin" not in bytes(renamed.words or b"") and "Ms Lin" not in str(renamed.details)
    assert renamed.details == {"language": ["", "en"]}
    assert words_of(renamed) == {"name": (None, "Ms Lin")}


def test_words_go_with_their_key(renamed: Operation):
    DataKey.objects.filter(pk=str(renamed.key_id)).delete()
    forget_keys()
    with pytest.raises(KeyGone):
        words_of(renamed)


def test_words_do_not_open_on_another_line(renamed: Operation):
    renamed.subject_id = "01890000-0000-7000-8000-000000000000"
    with pytest.raises(Unreadable):
        words_of(renamed)


def test_what_hangs_on_a_conversation_is_of_its_region(cast: Cast):
    talk = thread(channel(cast.asia))
    cast.browser("ben").post(
        f"/api/v1/conversations/{talk.pk}/messages",
        {"type": "text", "text": "Yes", "client_ref": "1"},
        content_type="application/json",
    )
    (line,) = logged("message.queued")
    assert (line.region_id, line.subject_kind, line.about_id) == (cast.asia.pk, "inbox.message", None)


def test_a_line_about_a_person_names_them_and_a_region_when_it_is_about_one(cast: Cast):
    levels = {line.about_id: line.region_id for line in logged("person.level_set")}
    assert levels[cast.ben.pk] is None and len(levels) == 6
    joined = {(line.about_id, line.region_id) for line in logged("person.region_joined")}
    assert {(cast.dee.pk, cast.asia.pk), (cast.dee.pk, cast.europe.pk), (cast.ben.pk, cast.asia.pk)} <= joined


def test_a_customers_edit_and_deletion_are_told_with_both_texts(cast: Cast):
    shop, mei = channel(cast.asia), customer("Mei Lin")
    first = message(mei, "text", "Two boxes", ago=60)
    says(shop, mei, first)
    says(shop, mei, edited(mei, first["id"], "Three boxes", ago=30))
    says(shop, mei, revoked(mei, first["id"]))
    (line,) = logged("message.edited")
    assert words_of(line) == {"text": ("Two boxes", "Three boxes")} and line.region_id == cast.asia.pk
    assert len(logged("message.revoked")) == 1


def test_a_customer_who_writes_again_ends_an_assignment_and_the_log_says_so(cast: Cast):
    shop, mei = channel(cast.asia), customer("Mei Lin")
    talk = thread(shop, mei)
    assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.ben.pk)
    resolve_conversation(by=cast.access("ben"), conversation_id=talk.pk)
    says(shop, mei, message(mei, "text", "One more thing"))
    (line,) = logged("conversation.case_opened")
    assert line.details == {"case": 2, "before": cast.ben.pk, "after": None}
