"""Tags: put on and taken off, merged and brought back."""

import pytest

from contacts.actions.tagging import tag_contact, untag_contact
from contacts.actions.tags import add_tag, archive_tag, change_tag, merge_tags, restore_tag
from contacts.models import ContactTag, Tag
from inbox.actions.tagging import tag_conversation
from inbox.models import Conversation, ConversationTag
from security.access import System
from security.errors import Refusal
from security.live.store import events_after
from tests.conftest import BY, Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import fresh, logged, thread

_ALL = "the test looks"


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    return thread(channel(cast.asia), customer("Mei Lin"))


def tag(cast: Cast, name: str, **more: str) -> Tag:
    return add_tag(by=BY, region_id=cast.asia.pk, name=name, **more)


def on(talk: Conversation) -> set[str]:
    rows = ContactTag.objects.for_system(_ALL).filter(contact=talk.contact, tag__archived_at=None)
    return set(rows.values_list("tag__name", flat=True))


def test_a_tag_is_put_on_once_logged_and_told(cast: Cast, talk: Conversation):
    vip, ben = tag(cast, "VIP"), cast.access("ben")
    assert tag_contact(by=ben, contact_id=talk.contact_id, tag_id=vip.pk)
    assert not tag_contact(by=System("a rule"), contact_id=talk.contact_id, tag_id=vip.pk)
    assert tag_conversation(by=ben, conversation_id=talk.pk, tag_id=vip.pk)
    assert fresh(talk).version == talk.version + 2, "its line in the list shows both"
    told = [event.kind for event in events_after(f"region:{cast.asia.pk}", 0)][-3:]
    assert told == ["card.changed", "conversation.changed", "conversation.changed"]
    assert untag_contact(by=ben, contact_id=talk.contact_id, tag_id=vip.pk) and not on(talk)
    assert [line.details["name"] for line in logged("contact.tagged")] == ["VIP"]
    assert len(logged("contact.untagged")) == len(logged("conversation.tagged")) == 1


@pytest.mark.parametrize(
    ("who", "tagged", "code"),
    [
        ("cho", {}, "not_found"),
        ("eli", {}, "not_allowed"),
        ("ben", {"scope": "conversation"}, "tag_elsewhere"),
    ],
)
def test_who_may_not_and_what_does_not_fit(cast: Cast, talk: Conversation, who: str, tagged: dict[str, str], code: str):
    vip = tag(cast, "VIP", **tagged)
    with pytest.raises(Refusal) as refused:
        tag_contact(by=cast.access(who), contact_id=talk.contact_id, tag_id=vip.pk)
    assert refused.value.code == code


def test_merging_moves_and_restoring_takes_back(cast: Cast, talk: Conversation):
    old, new, dee = tag(cast, "熟客", scope="contact"), tag(cast, "VIP", scope="conversation"), cast.access("dee")
    tag_contact(by=BY, contact_id=talk.contact_id, tag_id=old.pk)
    other = thread(channel(cast.asia), customer("Bo"))
    tag_contact(by=BY, contact_id=other.contact_id, tag_id=old.pk)
    ConversationTag.objects.create(conversation=talk, tag=old, at=talk.created_at)
    assert merge_tags(by=dee, tag_id=old.pk, into_id=new.pk).scope == "both"
    assert on(talk) == on(other) == {"VIP"}
    assert logged("tag.merged")[0].details["count"] == 3
    untag_contact(by=BY, contact_id=other.contact_id, tag_id=new.pk)
    restore_tag(by=dee, tag_id=old.pk)
    assert on(talk) == {"熟客"} and on(other) == set(), "what was taken off since stays off"
    assert ConversationTag.objects.for_system(_ALL).get().tag_id == old.pk


def test_a_name_is_there_once_however_it_is_written(cast: Cast):
    first, dee = tag(cast, "ＶＩＰ"), cast.access("dee")
    with pytest.raises(Refusal) as refused:
        add_tag(by=dee, region_id=cast.asia.pk, name=" vip")
    assert (refused.value.code, refused.value.field) == ("tag_taken", "name")
    archive_tag(by=dee, tag_id=first.pk)
    second = add_tag(by=dee, region_id=cast.asia.pk, name="vip")
    with pytest.raises(Refusal):
        restore_tag(by=dee, tag_id=first.pk)
    change_tag(by=dee, tag_id=second.pk, name="Gold", colour="yellow")
    assert restore_tag(by=dee, tag_id=first.pk).archived_at is None
    assert logged("tag.changed")[0].details == {"name": ["vip", "Gold"], "colour": ["gray", "yellow"]}
