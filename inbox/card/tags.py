"""Which tags show on a conversation: its own, and those of its contact. For many rows with one statement."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Value

from contacts.models import ContactTag
from contacts.tag_queries import put_tags
from contacts.tag_shapes import PutTagShape
from inbox.models import Conversation, ConversationTag
from inbox.shapes import ShownTagShape

_WHY = "the tags of rows already opened for the reader"


def tags_on(conversations: Sequence[Conversation]) -> dict[UUID, list[ShownTagShape]]:
    """By conversation, its own first."""
    if not conversations:
        return {}
    own = ConversationTag.objects.for_system(_WHY).filter(conversation__in=[row.pk for row in conversations])
    theirs = ContactTag.objects.for_system(_WHY).filter(contact__in={row.contact_id for row in conversations})
    found: dict[UUID, list[ShownTagShape]] = defaultdict(list)
    both = _lines(own, "conversation").union(_lines(theirs, "contact"), all=True)
    for of, on, tag_id, name, colour, _group in sorted(both, key=lambda line: (line[5], line[3])):
        found[of].append(ShownTagShape(id=str(tag_id), name=name, colour=colour, on=on))
    return {row.pk: [*found.get(row.pk, ()), *found.get(row.contact_id, ())] for row in conversations}


def tags_of_conversation(conversation: Conversation) -> list[PutTagShape]:
    return put_tags(ConversationTag.objects.for_system(_WHY).filter(conversation=conversation))


def _lines(rows: Any, on: str) -> Any:
    living = rows.filter(tag__archived_at=None).order_by()
    return living.values_list(f"{on}_id", Value(on), "tag_id", "tag__name", "tag__colour", "tag__group")
