"""Two contacts turn out to be one person: what was of one is the other's, and nothing is lost (CM-8)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contacts.actions.consent import record_consent
from contacts.actions.edit import add_note
from contacts.actions.erasing import carry_on_erasing, erase_contact
from contacts.actions.holds import hold_contact
from contacts.actions.merging import carry_on_merging, merge_contacts
from contacts.errors import OtherRegion, SameContact, StillMoving
from contacts.models import Contact, ContactMerge
from contacts.privacy.duplicates import duplicates_of, merge_preview
from inbox.actions.assignments import assign_conversation
from inbox.actions.files import keep_upload
from inbox.actions.internal_notes import write_note
from inbox.actions.replies import send_text
from inbox.media_store import read_file
from inbox.models import Assignment, Case, Conversation, Media
from security.encryption.keyring import KeyGone, forget_keys, open_key
from security.errors import NotAllowed, NotFound
from security.live.store import events_after
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.customers import Customer, customer
from tests.worlds.factors import fresh_access, fresh_browser
from tests.worlds.threads import conversations, fresh, identities, logged, messages, thread
from tests.worlds.webhooks import message, says

# One Brazilian mobile with and without its ninth digit, as two WhatsApp users who hide nothing else.
LONG, SHORT = Customer("Ana Souza", "5511987654321", "BR.1"), Customer("Ana S.", "551187654321", "BR.2")


@pytest.fixture
def pair(cast: Cast) -> tuple[Conversation, Conversation]:
    """Both wrote to the same number of ours; the second one's thread is Ben's."""
    shop = channel(cast.asia)
    one, two = thread(shop, LONG, "first", ago=300), thread(shop, SHORT, "second", ago=200)
    assert one.contact_id != two.contact_id
    ben = cast.access("ben")
    assign_conversation(by=cast.access("fay"), conversation_id=two.pk, to=cast.ben.pk)
    send_text(by=ben, conversation_id=two.pk, client_ref="1", text="third")
    keep_upload(by=ben, conversation_id=two.pk, file=SimpleUploadedFile("plan.txt", b"the plan"))
    write_note(by=ben, conversation_id=two.pk, client_ref="2", text="a word among us")
    add_note(by=ben, contact_id=two.contact_id, text="Likes jade")
    return one, two


def merged(cast: Cast, kept: Conversation, other: Conversation) -> ContactMerge:
    row = merge_contacts(by=fresh_access(cast, "dee"), kept_id=kept.contact_id, merged_id=other.contact_id)
    while not fresh(row).finished_at:
        carry_on_merging()
    return fresh(row)


def test_one_contact_has_the_numbers_and_notes_of_both(cast: Cast, pair: Any):
    kept, other = pair
    merged(cast, kept, other)
    assert identities(fresh(kept.contact))["wa_id"] == [LONG.wa_id, SHORT.wa_id]
    notes = cast.browser("ben").get(f"/api/v1/contacts/{kept.contact_id}/notes").json()["results"]
    assert [note["text"] for note in notes] == ["Likes jade"]
    gone = fresh(other.contact)
    assert (gone.gone, gone.merged_into_id, gone.profile) == ("merged", kept.contact_id, {})
    assert cast.browser("ben").get(f"/api/v1/contacts/{gone.pk}").status_code == 404


def test_two_threads_with_one_number_of_ours_become_one(cast: Cast, pair: Any):
    kept, other = pair
    merged(cast, kept, other)
    (talk,) = conversations()
    assert talk.pk == kept.pk
    assert [row.content["text"] for row in messages(talk)] == ["first", "second", "third"]
    assert (talk.inbound_count, talk.answer_count) == (2, fresh(talk).answer_count)
    assert talk.last_message_id == messages(talk)[-1].pk
    cases = Case.objects.for_system("the test").filter(conversation=talk).order_by("number")
    assert [case.number for case in cases] == [1, 2] and talk.case_count == 2
    assert not Assignment.objects.for_system("the test").filter(conversation=talk, ended_at=None).exists()


def test_a_thread_with_another_number_of_ours_just_becomes_theirs(cast: Cast):
    kept = thread(channel(cast.asia), customer("Ana"), "first")
    other = thread(channel(cast.asia), customer("Also Ana"), "second")
    row = merge_contacts(by=fresh_access(cast, "dee"), kept_id=kept.contact_id, merged_id=other.contact_id)
    assert fresh(other).contact_id == kept.contact_id, "at once"
    carry_on_merging()
    assert fresh(row).finished_at and len(conversations()) == 2


def test_everything_is_under_the_key_of_the_one_that_stays(cast: Cast, pair: Any):
    kept, other = pair
    merged(cast, kept, other)
    forget_keys()
    key_id = fresh(kept.contact).key_id
    assert {row.key_id for row in messages()} == {key_id}
    (file,) = Media.objects.for_system("the test").all()
    assert (file.key_id, file.name, read_file(file, file.file)) == (key_id, "plan.txt", b"the plan")


def test_whoever_writes_from_either_number_is_the_one_that_stays(cast: Cast, pair: Any):
    kept, other = pair
    merge_contacts(by=fresh_access(cast, "dee"), kept_id=kept.contact_id, merged_id=other.contact_id)
    says(kept.channel, SHORT, message(SHORT, "text", "while it goes on"))
    while carry_on_merging() == 0:
        pass
    says(kept.channel, LONG, message(LONG, "text", "afterwards"))
    (talk,) = conversations()
    assert {row.content["text"] for row in messages(talk)} >= {"first", "third", "while it goes on", "afterwards"}
    assert Contact.objects.for_system("the test").filter(gone="").count() == 1


def test_a_merge_that_was_interrupted_is_gone_on_with(cast: Cast, pair: Any, monkeypatch: Any):
    from inbox.actions import contact_joining

    kept, other = pair
    monkeypatch.setattr(contact_joining, "_AT_ONCE", 1)
    row = merge_contacts(by=fresh_access(cast, "dee"), kept_id=kept.contact_id, merged_id=other.contact_id)
    whole, times = contact_joining._move_some, []

    def dies(*arguments: Any) -> int:
        times.append(1)
        if len(times) == 4:
            raise RuntimeError("killed")
        return whole(*arguments)

    monkeypatch.setattr(contact_joining, "_move_some", dies)
    assert carry_on_merging() == 0
    assert fresh(row).finished_at is None and fresh(row).stuck_at is not None
    assert carry_on_merging() == 1 and carry_on_merging() == 0
    assert len(messages(kept)) == 3 and len(conversations()) == 1


def test_open_screens_are_told(cast: Cast, pair: Any):
    kept, other = pair
    stream = f"region:{cast.asia.pk}"
    before = events_after(stream, 0)[-1].seq
    merged(cast, kept, other)
    told = [event for event in events_after(stream, before) if event.payload]
    kinds = {event.kind for event in told}
    assert {"contact.changed", "contact.merged", "conversation.changed"} <= kinds
    joined = [event for event in told if event.kind == "contact.merged"]
    assert any(str(other.pk) in str(event.payload) and str(kept.pk) in str(event.payload) for event in joined)
    left = {event.object_id for event in told if event.left_scope}
    assert {str(other.pk), str(other.contact_id)} <= left


def test_erasing_the_one_that_stays_destroys_the_keys_of_both(cast: Cast, pair: Any):
    kept, other = pair
    old = other.contact.key_id
    merged(cast, kept, other)
    assert open_key(old)
    row = erase_contact(
        by=fresh_access(cast, "ana"), contact_id=kept.contact_id, confirm="Ana Souza", reason="Asked for it"
    )
    carry_on_erasing()
    forget_keys()
    assert len(fresh(row).keys) == 2
    for key_id in (old, kept.contact.key_id):
        with pytest.raises(KeyGone):
            open_key(key_id)


def test_the_consent_register_shows_the_lines_of_both(cast: Cast, pair: Any):
    from django.utils import timezone

    kept, other = pair
    ben = cast.access("ben")
    for talk, given in ((kept, True), (other, False)):
        record_consent(
            by=ben, contact_id=talk.contact_id, purpose="storage", given=given, source="paper", at=timezone.now()
        )
    merged(cast, kept, other)
    lines = cast.browser("ben").get(f"/api/v1/contacts/{kept.contact_id}/consents").json()["results"]
    assert [(line["given"], line["holds"]) for line in lines] == [(False, True), (True, False)]


def test_a_hold_of_one_is_a_hold_of_both(cast: Cast, pair: Any):
    kept, other = pair
    hold_contact(by=cast.access("dee"), contact_id=other.contact_id, reason="A court asks")
    merged(cast, kept, other)
    assert fresh(kept.contact).held_at is not None
    holds = cast.browser("dee").get(f"/api/v1/contacts/{kept.contact_id}/hold").json()["results"]
    assert [hold["reason"] for hold in holds] == ["A court asks"]


def test_a_number_in_another_form_is_proposed_and_the_preview_says_what_would_move(cast: Cast, pair: Any):
    kept, other = pair
    (found,) = duplicates_of(access=cast.access("dee"), contact_id=kept.contact_id)
    assert (found.contact.id, found.reason) == (str(other.contact_id), "number")
    told = merge_preview(access=cast.access("dee"), kept_id=kept.contact_id, merged_id=other.contact_id)
    assert told.moves == {"conversations": 1, "messages": 2, "files": 1, "internal_notes": 1}
    assert not told.different_numbers


def test_the_same_name_is_proposed_too_with_a_warning(cast: Cast):
    shop = channel(cast.asia)
    one, two = thread(shop, customer("Same Name")), thread(shop, customer("same name"))
    thread(shop, customer("Another"))
    (found,) = duplicates_of(access=cast.access("dee"), contact_id=one.contact_id)
    assert (found.contact.id, found.reason) == (str(two.contact_id), "name")
    told = merge_preview(access=cast.access("dee"), kept_id=one.contact_id, merged_id=two.contact_id)
    assert told.different_numbers


def test_no_two_regions_and_not_with_itself(cast: Cast):
    here, there = thread(channel(cast.asia)), thread(channel(cast.europe))
    dee = fresh_access(cast, "dee")
    with pytest.raises(OtherRegion):
        merge_contacts(by=dee, kept_id=here.contact_id, merged_id=there.contact_id)
    with pytest.raises(SameContact):
        merge_contacts(by=dee, kept_id=here.contact_id, merged_id=here.contact_id)
    with pytest.raises(NotFound):
        merge_contacts(by=fresh_access(cast, "dee"), kept_id=here.contact_id, merged_id=here.pk)
    with pytest.raises(NotAllowed):
        merge_contacts(by=cast.access("ben"), kept_id=here.contact_id, merged_id=there.contact_id)


def test_nobody_of_another_region_finds_or_merges_them(cast: Cast, pair: Any):
    kept, other = pair
    cho = cast.browser("cho")
    assert cho.get(f"/api/v1/contacts/{kept.contact_id}/duplicates").status_code == 403
    with pytest.raises(NotAllowed):
        merge_contacts(by=cast.access("cho"), kept_id=kept.contact_id, merged_id=other.contact_id)


def test_while_it_goes_on_neither_is_merged_or_erased(cast: Cast, pair: Any):
    kept, other = pair
    third = thread(kept.channel, customer("Third"))
    merge_contacts(by=fresh_access(cast, "dee"), kept_id=kept.contact_id, merged_id=other.contact_id)
    with pytest.raises(StillMoving):
        merge_contacts(by=fresh_access(cast, "dee"), kept_id=third.contact_id, merged_id=kept.contact_id)
    with pytest.raises(StillMoving):
        erase_contact(
            by=fresh_access(cast, "ana"), contact_id=kept.contact_id, confirm="Ana Souza", reason="Asked for it"
        )


def test_over_the_api(cast: Cast, pair: Any):
    kept, other = pair
    path = f"/api/v1/contacts/{kept.contact_id}/merge"
    fresh_access(cast, "dee")
    refused = cast.browser("dee").post(path, {"merged": str(other.contact_id)}, content_type="application/json")
    assert refused.json()["code"] == "second_factor_required"
    dee = fresh_browser(cast, "dee")
    assert dee.get(f"{path}?merged={other.contact_id}").json()["moves"]["messages"] == 2
    answer = dee.post(path, {"merged": str(other.contact_id)}, content_type="application/json")
    assert answer.status_code == 202
    progress = f"/api/v1/contact-merges/{answer.json()['id']}"
    assert dee.get(progress).json()["finished_at"] is None
    carry_on_merging()
    told = dee.get(progress).json()
    assert told["finished_at"] and told["moved"] > 0
    assert len(logged("contact.merged")) == len(logged("contact.merge_finished")) == 1
