"""Builds the shapes of channels; a list costs a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import get_language

from inbox.accounts.checking import is_stale, known_health
from inbox.actions.pauses import sent_lately
from inbox.channel_shapes import (
    AccountEventShape,
    ChannelDetailShape,
    ChannelShape,
    HealthShape,
    PastPauseShape,
    PauseShape,
    ProblemShape,
    WebhookShape,
)
from inbox.failures import explain
from inbox.ingest.group_commit import body_place
from inbox.models import AccountEvent, Channel, ChannelHealth, ChannelPause, InboxPolicy, Message, StoredWebhook
from inbox.sending.pacer import per_minute
from inbox.whatsapp.providers import PROVIDERS
from inbox.whatsapp.redaction import redact_body
from security.access import Access
from security.encryption.keyring import open_key
from security.encryption.sealing import Unreadable, unseal

_WHY = "parts of channels already opened for the reader"
_PAST_PAUSES = 10
_MOST_QUEUED = 10_000


def channel_shapes(rows: Sequence[Channel], access: Access) -> list[ChannelShape]:
    ids = [row.pk for row in rows]
    running: dict[UUID, list[ChannelPause]] = defaultdict(list)
    for pause in ChannelPause.objects.for_system(_WHY).filter(channel__in=ids, ended_at=None).order_by("began_at"):
        running[pause.channel_id].append(pause)
    alerts = _alerts(ids) if access.can("inbox.manage_channel") else {}
    return [_channel(row, running[row.pk], alerts.get(row.pk, 0)) for row in rows]


def channel_detail(channel: Channel, access: Access) -> ChannelDetailShape:
    policy, now = InboxPolicy.current(), timezone.now()
    stored = StoredWebhook.objects.filter(channel=channel)
    last = stored.filter(state="applied").order_by("-applied_at").values_list("received_at", flat=True).first()
    queued = Message.objects.for_system(_WHY).filter(channel=channel, status="queued")[:_MOST_QUEUED].count()
    return ChannelDetailShape(
        channel=channel_shapes([channel], access)[0],
        health=_health(known_health(channel)),
        provider_title=PROVIDERS[channel.provider].title,
        graph_version=channel.graph_version,
        callback_url=f"{settings.KEFU_PUBLIC_URL}/webhooks/whatsapp/{channel.pk}",
        pace=per_minute(channel, policy, now),
        sent_lately=sent_lately(channel.pk),
        queued=queued,
        set_aside=stored.filter(state="set_aside").count(),
        last_webhook_at=last,
        past_pauses=_past(channel),
    )


def event_shape(row: AccountEvent) -> AccountEventShape:
    return AccountEventShape(
        id=str(row.pk),
        field=row.field,
        event=row.event,
        severity=row.severity,
        told=row.content.get("told", {}),
        at=row.at,
        seen=row.seen_at is not None or row.severity == "info",
    )


def webhook_shape(row: StoredWebhook) -> WebhookShape:
    try:
        body = unseal(open_key(row.key_id), bytes(row.body), place=body_place(row.pk))
    except Unreadable:
        body = b""
    return WebhookShape(
        id=str(row.pk),
        received_at=row.received_at,
        state=row.state,
        attempts=row.attempts,
        error=row.error,
        size=len(body),
        body=redact_body(body),
    )


def _channel(row: Channel, running: Sequence[ChannelPause], alerts: int) -> ChannelShape:
    language = "en" if (get_language() or "").startswith("en") else "zh-hant"
    reason = explain(row.paused_reason)[language]["message"] if row.paused_reason else None
    return ChannelShape(
        id=str(row.pk),
        name=row.name,
        region_id=row.region_id,
        phone=row.phone,
        provider=row.provider,
        state=row.state,
        paused_reason=reason,
        pauses=[_pause(pause) for pause in running],
        alerts=alerts,
    )


def _pause(row: ChannelPause) -> PauseShape:
    policy = InboxPolicy.current()
    return PauseShape(
        kind=row.kind,
        scope=row.scope,
        code=row.code,
        words=explain(row.code),
        began_at=row.began_at,
        until=row.until,
        sent_before=row.sent_before,
        burst=row.sent_before is not None and row.sent_before > policy.burst_messages,
        burst_messages=policy.burst_messages,
        burst_minutes=policy.burst_minutes,
    )


def _past(channel: Channel) -> list[PastPauseShape]:
    rows = ChannelPause.objects.for_system(_WHY).filter(channel=channel, ended_at__isnull=False).order_by("-began_at")
    return [
        PastPauseShape(row.kind, row.scope, row.code, explain(row.code), row.began_at, row.ended_at, row.ended_how)
        for row in rows[:_PAST_PAUSES]
    ]


def _alerts(ids: Sequence[UUID]) -> dict[UUID, int]:
    unseen = AccountEvent.objects.for_system(_WHY).filter(channel__in=ids, seen_at=None).exclude(severity="info")
    return dict(unseen.values("channel_id").annotate(count=Count("pk")).values_list("channel_id", "count"))


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


def _health(row: ChannelHealth) -> HealthShape:
    return HealthShape(
        can_send=row.can_send,
        quality=row.quality,
        throughput=row.throughput,
        limit=row.limit,
        verified_name=row.verified_name,
        name_status=row.name_status,
        number_status=row.number_status,
        review=row.review,
        ban=row.ban,
        ban_date=row.ban_date,
        payment=row.payment,
        username=row.username,
        problems=[ProblemShape(**problem) for problem in row.problems],
        checked_at=row.checked_at,
        answered_at=_moment(row.told_at.get("can_send")),
        check_error=explain(row.check_error) if row.check_error else None,
        stale=is_stale(row),
    )
