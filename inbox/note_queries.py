"""Reading internal notes and handovers."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from inbox.mentions import PERSON, TEAM, who_sees
from inbox.models import Conversation, Handover, InternalNote
from security.access import Access
from security.cursors import time_and_id
from security.encryption.keyring import open_keys
from security.errors import NotFound
from security.models import Team, User

_MOST_HANDOVERS = 50


@dataclass(frozen=True)
class MentionableShape:
    """Somebody, or a team, that can be named. ``availability`` and ``is_here`` are of people only."""

    kind: str
    id: int
    name: str
    availability: str | None
    is_here: bool | None


def note_page(*, access: Access, conversation_id: object, after: list[Any] | None, limit: int) -> list[InternalNote]:
    """Newest first; ``NotFound`` for a conversation one does not see."""
    _require_seen(access, conversation_id)
    rows = InternalNote.objects.visible_to(access).filter(conversation_id=conversation_id)
    if after is not None:
        at, pk = time_and_id(after)
        rows = rows.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=pk))
    page = list(rows.order_by("-created_at", "-pk")[: limit + 1])
    open_keys(row.key_id for row in page)
    return page


def handovers(*, access: Access, conversation_id: object) -> list[Handover]:
    """The latest ones, newest first."""
    _require_seen(access, conversation_id)
    rows = Handover.objects.visible_to(access).filter(conversation_id=conversation_id)
    return list(rows.order_by("-given_at", "-pk")[:_MOST_HANDOVERS])


def mentionable(*, access: Access, conversation_id: object) -> list[MentionableShape]:
    """Who sees the conversation, but oneself. Whoever sees only this one of its region learns of nobody (PM-3)."""
    conversation: Conversation = Conversation.objects.visible_to(access).get_or_404(conversation_id)
    if conversation.region_id not in access.region_ids:
        return []
    seeing = set(who_sees(conversation)) - {access.user_id}
    people = User.objects.filter(pk__in=seeing, memberships__region_id=conversation.region_id).distinct()
    teams = Team.objects.filter(region_id=conversation.region_id).order_by("name")
    return [
        *(
            MentionableShape(PERSON, one.pk, one.name, one.availability, _is_here(one))
            for one in people.select_related("presence").order_by("name", "pk")
        ),
        *(MentionableShape(TEAM, team.pk, team.name, None, None) for team in teams),
    ]


def _is_here(person: User) -> bool:
    presence = getattr(person, "presence", None)
    return presence is not None and presence.is_here


def _require_seen(access: Access, conversation_id: object) -> None:
    if not Conversation.objects.visible_to(access).filter(pk=conversation_id).exists():
        raise NotFound
