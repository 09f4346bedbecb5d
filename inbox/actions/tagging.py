"""Putting tags on conversations and taking them off (CM-1)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from contacts.actions.tagging import require_may_tag, tag_contact, untag_contact, usable_tag
from contacts.errors import TagElsewhere, TooManyTags
from contacts.models import ContactsPolicy, ContactTag, Tag
from contacts.models.tag import CONTACT, CONVERSATION
from contacts.tagging import Tagging, tell_followers
from inbox.models import Conversation, ConversationTag
from inbox.policies import BINNED, locked_against, refusal_of
from inbox.telling import tell
from security.access import Access, Actor
from security.errors import NotFound, require
from security.writing import Change, write

_WHY = "putting tags on"
TOLD_ONE_BY_ONE = 50


def tag_conversation(*, by: Actor, conversation_id: object, tag_id: UUID, run_id: UUID | None = None) -> bool:
    """Whether it is new there."""
    require_may_tag(by)
    with write(by=by) as change:
        row = _locked(by, conversation_id)
        tag = usable_tag(by, tag_id, CONVERSATION)
        require(row.region_id == tag.region_id, TagElsewhere)
        rows = ConversationTag.objects.for_system(_WHY).filter(conversation=row)
        if rows.filter(tag=tag).exists():
            return False
        require(rows.filter(tag__archived_at=None).count() < ContactsPolicy.current().tags_on_one, TooManyTags)
        who = by.user_id if isinstance(by, Access) else None
        made = ConversationTag(conversation=row, tag=tag, by_id=who, at=timezone.now(), run_id=run_id)
        made.save(force_insert=True)
        _told(change, row, tag, added=True, run_id=run_id)
    return True


def untag_conversation(*, by: Actor, conversation_id: object, tag_id: UUID, run_id: UUID | None = None) -> bool:
    """Whether it was there."""
    require_may_tag(by)
    with write(by=by) as change:
        row = _locked(by, conversation_id)
        tag = usable_tag(by, tag_id, CONVERSATION, put_on=False)
        rows = ConversationTag.objects.for_system(_WHY).filter(conversation=row, tag=tag)
        if not rows.delete()[0]:
            return False
        _told(change, row, tag, added=False, run_id=run_id)
    return True


def put_tag(by: Access, conversation_id: object, tag_id: UUID, *, there: bool) -> Conversation:
    """Put it on a conversation or take it off, as one of many: one that is for contacts only is its contact's."""
    rows = Conversation.objects.visible_to(by).select_related("contact", "channel")
    row: Conversation = rows.get_or_404(conversation_id)
    if usable_tag(by, tag_id, CONVERSATION, put_on=False).scope == CONTACT:
        put: Any = tag_contact if there else untag_contact
        put(by=by, contact_id=row.contact_id, tag_id=tag_id)
    else:
        put = tag_conversation if there else untag_conversation
        put(by=by, conversation_id=conversation_id, tag_id=tag_id)
    return row


def has_tag(row: Conversation, tag_id: UUID) -> bool:
    """Where ``put_tag`` puts it."""
    of_contact = Tag.objects.for_system(_WHY).filter(pk=tag_id, scope=CONTACT).exists()
    if of_contact:
        return bool(ContactTag.objects.for_system(_WHY).filter(contact=row.contact_id, tag=tag_id).exists())
    return bool(ConversationTag.objects.for_system(_WHY).filter(conversation=row, tag=tag_id).exists())


def tell_conversations(change: Change, taggings: Sequence[Tagging]) -> None:
    """A line of the list shows the tags of its contact, too. Many at once are told as a change of the region's tags."""
    contacts = {one.contact_id for one in taggings if one.conversation is None}
    if not contacts or len(contacts) > TOLD_ONE_BY_ONE:
        return
    rows = Conversation.objects.for_system(_WHY).filter(contact_id__in=contacts).exclude(state=BINNED)
    some = list(rows.select_related("contact", "channel").locked().order_by("id"))
    _bump(some)
    tell(change, conversations=some)


def uses_of(tag_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """On how many conversations each is."""
    rows = ConversationTag.objects.for_system(_WHY).filter(tag__in=tag_ids)
    return dict(rows.order_by().values_list("tag").annotate(count=Count("pk")).values_list("tag", "count"))


def move_merged(merged: Tag, into: Tag) -> int:
    rows = ConversationTag.objects.for_system(_WHY)
    has_both = rows.filter(tag=into).values("conversation_id")
    moved = rows.filter(tag=merged).exclude(conversation_id__in=has_both)
    count: int = moved.update(tag=into, came_from=merged)
    return count


def put_back_merged(merged: Tag, into: Tag) -> int:
    rows = ConversationTag.objects.for_system(_WHY).filter(tag=into, came_from=merged)
    count: int = rows.update(tag=merged, came_from=None)
    return count


def _locked(by: Actor, conversation_id: object) -> Conversation:
    rows: Any = Conversation.objects.visible_to(by) if isinstance(by, Access) else Conversation.objects.for_system(_WHY)
    row: Conversation = rows.select_related("contact", "channel").locked().get_or_404(conversation_id)
    require(row.state != BINNED, NotFound)
    if isinstance(by, Access):
        require(not locked_against(by, row), refusal_of(by, row))
    return row


def _bump(rows: Sequence[Conversation]) -> None:
    for row in rows:
        row.version += 1
        row.save(update_fields=["version"])


def _told(change: Change, row: Conversation, tag: Tag, *, added: bool, run_id: UUID | None) -> None:
    run = {} if run_id is None else {"run": str(run_id)}
    name = {"tag": str(tag.pk), "name": tag.name, **run}
    change.record("conversation.tagged" if added else "conversation.untagged", row, **name)
    _bump([row])
    tell(change, conversations=[row])
    tell_followers(change, [Tagging(row.contact_id, tag, added, change.by, run_id, conversation=row)])
