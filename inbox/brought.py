"""Which stored webhooks tell of something: their bodies are sealed, so each is opened and looked through."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from inbox.ingest.group_commit import body_place
from inbox.models import InboxPolicy, Message, StoredWebhook
from security.encryption.keyring import KeyGone, open_key
from security.encryption.sealing import Unreadable, unseal

_AT_ONCE = 200
_APPLIED_WITHIN = timedelta(minutes=1)  # a message and the mark on its webhook are one transaction


def webhooks_of(messages: list[Message]) -> list[UUID]:
    """The raw bodies that brought them, as far as those are still kept; applied ones only, which nobody needs again.

    Looked for before the write, which on SQLite nobody else could do anything beside; each body is opened once.
    """
    kept_since = timezone.now() - timedelta(days=InboxPolicy.current().webhook_retention_days)
    refs: dict[UUID, list[tuple[datetime, bytes]]] = defaultdict(list)
    for message in messages:
        ours = message.direction == "out" and message.author_id is not None
        if not ours and message.provider_ref is not None and message.created_at >= kept_since:
            refs[message.channel_id].append((message.created_at, message.provider_ref.encode()))
    found: list[UUID] = []
    for channel_id, brought in refs.items():
        for start, end in _spans(at for at, _ref in brought):
            applied = StoredWebhook.objects.filter(
                state="applied", applied_at__range=(start, end), channel_id=channel_id
            )
            wanted = [ref for at, ref in brought if start <= at <= end]
            found += _naming(applied, wanted)
    return found


def bodies_naming(channels: Collection[UUID], traces: Collection[bytes]) -> list[UUID]:
    """Every stored body of ``channels`` in which one of ``traces`` stands, but for those that wait to be applied."""
    if not traces:
        return []
    rows = StoredWebhook.objects.filter(channel_id__in=channels).exclude(state="pending")
    return _naming(rows, traces)


def _naming(rows: QuerySet[StoredWebhook], wanted: Collection[bytes]) -> list[UUID]:
    found = []
    for body in rows.iterator(chunk_size=_AT_ONCE):
        plain = _opened(body)
        if any(one in plain for one in wanted):
            found.append(body.pk)
    return found


def _spans(moments: Iterable[datetime]) -> list[tuple[datetime, datetime]]:
    """From each moment until a body must have been applied; those that overlap are one."""
    spans: list[tuple[datetime, datetime]] = []
    for at in sorted(moments):
        if spans and at <= spans[-1][1]:
            spans[-1] = (spans[-1][0], at + _APPLIED_WITHIN)
        else:
            spans.append((at, at + _APPLIED_WITHIN))
    return spans


def _opened(body: StoredWebhook) -> bytes:
    try:
        return unseal(open_key(body.key_id), bytes(body.body), place=body_place(body.pk))
    except (Unreadable, KeyGone):
        return b""
