"""Reads of the inbox: keyword-only, opened for the reader, by cursor."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q
from django.utils import timezone

from inbox.filtering import filtered_by
from inbox.listing import Order, order_of
from inbox.models import AccountEvent, Channel, Conversation, Media, Message, SavedView, ScheduledReply, StoredWebhook
from inbox.policies import scope_of
from security.access import Access
from security.cursors import time_and_id
from security.encryption.keyring import open_keys
from security.errors import Invalid, NotFound
from security.ids import first_id_at
from security.regional import first_of_regions
from security.scoping import ScopedQuerySet

MOST_COUNTED = 1000
_MINE = "conversations that are narrowed to those one sees"
VIEWS = ("mine", "team", "unassigned", "all", "snoozed", "at_risk", "scheduled", "resolved", "any")
_OPEN = ("mine", "team", "unassigned", "all", "snoozed", "at_risk", "scheduled")
_UNTOLD = tuple(
    f"contact__{column}"
    for column in (
        "country", "time_zone", "version", "first_seen_at", "last_seen_at", "marketing_stopped_at", "marketing_told_at",
        "suppressed_at",
    )
)  # fmt: skip


def in_view(access: Access, view: str) -> ScopedQuerySet[Conversation]:
    """The conversations of one of the inbox's views. ``any`` is every state, for a contact's card."""
    rows: ScopedQuerySet[Conversation] = Conversation.objects.visible_to(access)
    if view == "mine":
        return rows.filter(state="open", assignee_id=access.user_id)
    if view == "team":
        return rows.filter(state="open", assignee=None, team__memberships__user_id=access.user_id)
    if view == "unassigned":
        return rows.filter(state="open", assignee=None)
    if view == "all":
        return rows.filter(state="open")
    if view == "at_risk":
        return rows.filter(state="open", due_at__isnull=False, risk_at__lte=timezone.now())
    if view == "scheduled":  # where something of mine waits to be sent, whatever its state
        mine = ScheduledReply.objects.for_system(_MINE).filter(author_id=access.user_id, ended_at=None)
        return rows.filter(scheduled_at__isnull=False, pk__in=mine.values("conversation_id"))
    if view in ("snoozed", "resolved"):
        return rows.filter(state=view)
    if view == "any":
        return rows
    raise Invalid(field="view")


def conversation_page(
    *, access: Access, rows: Any, order: Order, after: list[Any] | None, limit: int
) -> list[Conversation]:
    """In ``order``; one more than ``limit`` when there are more. ``rows`` are open for ``access``."""
    if after is not None:
        rows = order.after(rows, after)
    page = first_of_regions(rows, access=access, by=order.by, count=limit + 1, rising=order.rising)
    # Few channels: each is read once. Of contacts a line says little: the rest is not worth reading fifty times.
    channels = Channel.objects.for_system("numbers of conversations already opened for the reader")
    briefly = Prefetch("channel", channels.only("name", "phone"))
    return list(page.select_related("contact").defer(*_UNTOLD).prefetch_related(briefly))


def view_counts(*, access: Access) -> dict[str, int]:
    """How many conversations each view holds. What is open stays few; what is resolved grows for ever, and is counted
    no further than ``MOST_COUNTED``."""
    counts = {view: in_view(access, view).count() for view in _OPEN}
    return {**counts, "resolved": in_view(access, "resolved")[:MOST_COUNTED].count()}


_KEPT_BY_VIEWS = ("view", "sort", "channel", "region", "assignee", "priority", "payment", "waiting", "language", "tag")


def in_saved_view(*, access: Access, filters: Mapping[str, str]) -> ScopedQuerySet[Conversation]:
    """What ``access`` sees of a saved view; what no list takes is refused."""
    if strange := set(filters) - set(_KEPT_BY_VIEWS):
        raise Invalid(field=f"filters.{min(strange)}")
    view = filters.get("view", "all")
    order_of(view, filters.get("sort", "newest"))
    rows: ScopedQuerySet[Conversation] = filtered_by(filters, in_view(access, view), access)
    return rows


def saved_views(*, access: Access) -> list[SavedView]:
    return list(SavedView.objects.visible_to(access).order_by("position", "created_at"))


def saved_view_counts(*, access: Access) -> dict[UUID, int]:
    """How many conversations each of them holds for ``access``, counted no further than ``MOST_COUNTED``."""
    return {
        view.pk: in_saved_view(access=access, filters=view.filters).order_by()[:MOST_COUNTED].count()
        for view in saved_views(access=access)
    }


def conversation(*, access: Access, conversation_id: object) -> Conversation:
    rows = Conversation.objects.visible_to(access).select_related("channel", "contact")
    found: Conversation = rows.get_or_404(conversation_id)
    return found


def message_page(*, access: Access, conversation_id: object, after: list[Any] | None, limit: int) -> list[Message]:
    """A thread from its newest message backwards. Reactions are no messages: they show on their target."""
    if not Conversation.objects.visible_to(access).filter(pk=conversation_id).exists():
        raise NotFound
    rows = Message.objects.visible_to(access).filter(conversation_id=conversation_id).exclude(kind="reaction")
    if after is not None:
        at, pk = time_and_id(after)
        rows = rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk))
    page = list(rows.order_by("-at", "-pk")[: limit + 1])
    open_keys(message.key_id for message in page)
    return page


def messages_around(*, access: Access, conversation_id: object, message_id: UUID, limit: int) -> list[Message]:
    """A message between as many later and earlier ones, newest first; one more earlier one when there are more."""
    if not Conversation.objects.visible_to(access).filter(pk=conversation_id).exists():
        raise NotFound
    rows = Message.objects.visible_to(access).filter(conversation_id=conversation_id).exclude(kind="reaction")
    middle = rows.get_or_404(message_id)
    later = rows.filter(Q(at__gt=middle.at) | Q(at=middle.at, pk__gt=middle.pk)).order_by("at", "pk")
    until = rows.filter(Q(at__lt=middle.at) | Q(at=middle.at, pk__lte=middle.pk)).order_by("-at", "-pk")
    newer = list(later[: limit // 2])[::-1]
    page = [*newer, *until[: limit - len(newer) + 1]]
    open_keys(message.key_id for message in page)
    return page


def channels(*, access: Access) -> list[Channel]:
    return list(Channel.objects.visible_to(access).order_by("name"))


def channel(*, access: Access, channel_id: object) -> Channel:
    found: Channel = Channel.objects.visible_to(access).select_related("region").get_or_404(channel_id)
    return found


def account_events(*, access: Access, channel_id: object, after: list[Any] | None, limit: int) -> list[AccountEvent]:
    """What WhatsApp told of a number and its account, newest first."""
    rows = AccountEvent.objects.visible_to(access).filter(channel=channel(access=access, channel_id=channel_id))
    if after is not None:
        at, pk = time_and_id(after)
        rows = rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk))
    page = list(rows.order_by("-at", "-pk")[: limit + 1])
    open_keys(event.key_id for event in page)
    return page


def recent_webhooks(*, access: Access, channel_id: object, count: int) -> list[StoredWebhook]:
    """The bodies that were set aside, then the latest of the last day, newest first; ``count`` of each."""
    rows = StoredWebhook.objects.filter(channel=channel(access=access, channel_id=channel_id))
    aside = list(rows.filter(state="set_aside").order_by("-received_at")[:count])
    lately = rows.filter(pk__gte=first_id_at(timezone.now() - timedelta(days=1))).exclude(state="set_aside")
    return [*aside, *lately.order_by("-pk")[:count]]


def media_file(*, access: Access, media_id: object) -> Media:
    """A stored file of a conversation I see."""
    media: Media = Media.objects.visible_to(access).get_or_404(media_id)
    if media.state != "ready" or not media.file:
        raise NotFound
    return media


def scope_of_conversation(pk: str) -> dict[str, object] | None:
    """What its audience is asked with, for those who look at it together; ``None`` when there is none."""
    try:
        wanted = UUID(pk)
    except ValueError:
        return None
    row = Conversation.objects.for_system("who looks at it").filter(pk=wanted).first()
    return None if row is None else scope_of(row)


def simulator_in_use(access: Access) -> bool:
    return Channel.objects.visible_to(access).filter(provider="simulator").exists()


def regions_of_grants(granted: Any) -> list[int]:
    """The regions of channels and conversations that were granted one by one: their streams must be followed too."""
    conversations = Conversation.objects.for_system("streams of granted conversations")
    channels_ = Channel.objects.for_system("streams of granted channels")
    found = list(channels_.filter(pk__in=granted.get("inbox.channel", ())).values_list("region_id", flat=True))
    wanted = granted.get("inbox.conversation", ())
    return [*found, *conversations.filter(pk__in=wanted).values_list("region_id", flat=True)]
