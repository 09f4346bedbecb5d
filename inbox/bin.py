"""Reads of the bin, and what is told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from contacts.queries import phones_of
from contacts.shapes import AuthorShape, ContactBriefShape
from inbox.models import Channel, Deletion
from inbox.queries import MOST_COUNTED
from security.access import Access
from security.cursors import time_and_id
from security.encryption.keyring import open_keys
from security.names import names_of

_LOOKED_THROUGH = 1000


@dataclass(frozen=True)
class HoldShape:
    by: AuthorShape | None
    at: datetime
    reason: str


@dataclass(frozen=True)
class DeletionShape:
    """``state``: asked, binned, purging, or how it ended. ``purge_at``: when it is destroyed; null on a
    hold, its own or its contact's.
    ``stopped``: unsent messages that did not leave. ``purge_asked_by``: wants it destroyed now, and waits for a second
    person."""

    id: str
    conversation_id: str
    contact: ContactBriefShape
    channel_name: str
    state: str
    reason: str
    asked_by: AuthorShape | None
    asked_at: datetime
    expires_at: datetime | None
    confirmed_by: AuthorShape | None
    binned_at: datetime | None
    purge_at: datetime | None
    stopped: int
    hold: HoldShape | None
    purge_asked_by: AuthorShape | None
    version: int


@dataclass(frozen=True)
class BinCountsShape:
    """``asked`` are those that wait for a second person, deletions and destructions."""

    binned: int
    asked: int


def bin_page(*, access: Access, state: str, like: str, after: list[Any] | None, limit: int) -> list[Deletion]:
    """Newest first; one more than ``limit`` when there are more. Names are sealed: with ``like`` the newest ones are
    opened and looked through."""
    rows = _of_state(access, state).select_related("conversation__contact")
    if after is not None:
        at, pk = time_and_id(after)
        rows = rows.filter(Q(asked_at__lt=at) | Q(asked_at=at, pk__lt=pk))
    rows = rows.order_by("-asked_at", "-id")
    if not like:
        return list(rows[: limit + 1])
    wanted = like.casefold()
    looked = list(rows[:_LOOKED_THROUGH])
    names = _contacts(looked)
    return [row for row in looked if wanted in f"{names[row.pk].name}\n{names[row.pk].phone}".casefold()][: limit + 1]


def bin_counts(*, access: Access) -> BinCountsShape:
    counts = {state: _of_state(access, state)[:MOST_COUNTED].count() for state in ("binned", "asked")}
    return BinCountsShape(**counts)


def deletion_shapes(rows: Sequence[Deletion]) -> list[DeletionShape]:
    contacts = _contacts(rows)
    channels = Channel.objects.for_system("names of rows already opened for the reader")
    channels = channels.filter(pk__in={row.conversation.channel_id for row in rows})
    places = dict(channels.values_list("pk", "name"))
    people = [pk for row in rows for pk in (row.asked_by_id, row.decided_by_id, row.held_by_id, row.purge_asked_by_id)]
    names = names_of(people)
    return [_shape(row, contacts[row.pk], places[row.conversation.channel_id], names) for row in rows]


def _of_state(access: Access, state: str) -> Any:
    rows = Deletion.objects.visible_to(access)
    if state == "asked":
        return rows.filter(Q(state="asked") | Q(state="binned", purge_asked_at__isnull=False))
    return rows.filter(state__in=("binned", "purging"))


def _contacts(rows: Sequence[Deletion]) -> dict[Any, ContactBriefShape]:
    contacts = {row.pk: row.conversation.contact for row in rows}
    open_keys(contact.key_id for contact in contacts.values())
    phones = phones_of(contacts.values())
    return {pk: ContactBriefShape.of(contact, phones.get(contact.pk)) for pk, contact in contacts.items()}


def _shape(row: Deletion, contact: ContactBriefShape, channel_name: str, names: dict[int, str]) -> DeletionShape:
    def somebody(user_id: int | None) -> AuthorShape | None:
        return None if user_id is None else AuthorShape(id=user_id, name=names.get(user_id, ""))

    held = row.held_at
    return DeletionShape(
        id=str(row.pk),
        conversation_id=str(row.conversation_id),
        contact=contact,
        channel_name=channel_name,
        state=row.state,
        reason=row.reason,
        asked_by=somebody(row.asked_by_id),
        asked_at=row.asked_at,
        expires_at=row.expires_at if row.state == "asked" else None,
        confirmed_by=somebody(row.decided_by_id) if row.state in ("binned", "purging") else None,
        binned_at=row.binned_at,
        purge_at=row.purge_at if held is None and row.conversation.contact.held_at is None else None,
        stopped=row.stopped,
        hold=None if held is None else HoldShape(somebody(row.held_by_id), held, row.held_because or ""),
        purge_asked_by=somebody(row.purge_asked_by_id),
        version=row.version,
    )
