"""What the API and the live stream say of notifications."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contacts.queries import phones_of
from contacts.shapes import AuthorShape, display_name
from inbox.models import Notification
from inbox.policies import reads_back_to
from security.access import Access
from security.encryption.keyring import open_keys
from security.names import names_of


@dataclass(frozen=True)
class NotificationShape:
    """``data`` depends on the kind: ids, codes and counts. ``note`` is what somebody wrote with it; null also where it
    is older than the reader reads back in that conversation."""

    id: str
    kind: str
    conversation_id: str | None
    contact_name: str | None
    actor: AuthorShape | None
    note: str | None
    data: dict[str, Any]
    created_at: datetime
    read_at: datetime | None


@dataclass(frozen=True)
class UnreadShape:
    """How many notifications the reader has not read, of them mentions; 100 for a hundred or more."""

    unread: int
    mentions: int


@dataclass(frozen=True)
class NotificationsReadShape:
    """Those with these ids were read, perhaps in another tab, or (``until``) all that are not newer than it."""

    ids: list[str]
    until: datetime | None


def notification_shapes(rows: Sequence[Notification], *, reader: Access | None = None) -> list[NotificationShape]:
    """Expects ``conversation__contact`` loaded; at most three queries whatever their number."""
    contacts = {row.conversation.contact_id: row.conversation.contact for row in rows if row.conversation is not None}
    open_keys([row.key_id for row in rows] + [contact.key_id for contact in contacts.values()])
    phones = phones_of(list(contacts.values())) if contacts else {}
    names = names_of(row.actor_id for row in rows)
    return [_shape(row, phones, names, reader) for row in rows]


def _shape(row: Notification, phones: Any, names: dict[int, str], reader: Access | None) -> NotificationShape:
    talk = row.conversation
    since = reads_back_to(reader, talk.pk) if reader is not None and talk is not None else None
    note = row.note if since is None or row.created_at >= since else None
    return NotificationShape(
        id=str(row.pk),
        kind=row.kind,
        conversation_id=str(talk.pk) if talk is not None else None,
        contact_name=display_name(talk.contact, phones.get(talk.contact_id)) if talk is not None else None,
        actor=AuthorShape(id=row.actor_id, name=names.get(row.actor_id, "")) if row.actor_id is not None else None,
        note=note or None,
        data=row.data,
        created_at=row.created_at,
        read_at=row.read_at,
    )
