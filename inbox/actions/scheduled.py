"""Replies for later (PM-11): written, changed, confirmed, cancelled, or sent at once."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.actions.replies import send
from inbox.actions.risks import take_by_answering
from inbox.canned.variables import refuse_unfilled
from inbox.errors import NotWaiting, TooManyPrepared
from inbox.fitting import fitted
from inbox.models import Conversation, InboxPolicy, Media, ScheduledReply
from inbox.models.scheduled import MEANWHILE
from inbox.policies import can_reply, refusal_of
from inbox.scheduling import REF, is_open, tell_scheduled
from inbox.sending.rules import TEMPLATE
from inbox.telling import tell
from security.access import Access
from security.errors import Invalid, NotFound, require
from security.writing import Change, write

_WHY = "a reply for later"
_CHOICES = {name for name, _ in MEANWHILE}


def schedule_reply(
    *,
    by: Access,
    conversation_id: object,
    client_ref: str,
    send_at: datetime,
    kind: str,
    content: dict[str, Any],
    meanwhile: str = "ask",
    at: str = "",
    upload: object = None,
    reply_to: object = None,
) -> ScheduledReply:
    """Keep a reply of any kind that ``replies.send`` takes for ``send_at``. What WhatsApp would refuse is refused now;
    the rest of the rules are asked now and again at its time. A repeated ``client_ref`` is the first one."""
    content = fitted(kind, content if upload is None else {**content, "upload": str(upload)}, at=at)
    refuse_unfilled(str(content.get("text", "")), field="text")
    _refuse_odd(send_at, meanwhile)
    with write(by=by) as change:
        conversation = _seen(by, conversation_id)
        require(can_reply(by, conversation), refusal_of(by, conversation))
        require(kind != TEMPLATE or by.can("inbox.send_template"))
        rows = ScheduledReply.objects.for_system(_WHY).filter(conversation=conversation)
        repeated: ScheduledReply | None = rows.filter(client_ref=client_ref).first()
        if repeated is not None:
            require(repeated.author_id == by.user_id, NotFound)
            return repeated
        require(rows.filter(ended_at=None).count() < InboxPolicy.current().schedule_most, TooManyPrepared)
        row = _new(by, conversation, client_ref, send_at, meanwhile)
        row.content = {"kind": kind, "content": content, "at": at, "reply_to": str(reply_to) if reply_to else None}
        row.media = _file(by, conversation, upload) if upload is not None else None
        row.save(force_insert=True)
        change.record("reply.scheduled", conversation, send_at=send_at.isoformat(), meanwhile=meanwhile)
        tell_scheduled(change, conversation, row)
    return row


def _new(by: Access, conversation: Conversation, client_ref: str, send_at: datetime, meanwhile: str) -> ScheduledReply:
    now = timezone.now()
    return ScheduledReply(
        conversation=conversation,
        author_id=by.user_id,
        key_id=conversation.contact.key_id,
        client_ref=client_ref,
        meanwhile=meanwhile,
        send_at=send_at,
        due_at=send_at,
        inbound_count=conversation.inbound_count,
        confirmed_at=now,
        created_at=now,
    )


def change_scheduled(
    *,
    by: Access,
    scheduled_id: object,
    send_at: datetime | None = None,
    meanwhile: str | None = None,
    text: str | None = None,
) -> ScheduledReply:
    """Another time, other words, or another choice; what has happened so far is known to its author with that, so one
    that asked or failed waits again."""
    with write(by=by) as change:
        conversation, row = _open_one(by, scheduled_id)
        require(row.author_id == by.user_id)
        require(can_reply(by, conversation), refusal_of(by, conversation))
        _refuse_odd(send_at or row.send_at, meanwhile or row.meanwhile)
        before = row.send_at.isoformat()
        if text is not None:
            row.content = _reworded(row, text)
        row.meanwhile, row.send_at = meanwhile or row.meanwhile, send_at or row.send_at
        row.state, row.error_code, row.due_at = "waiting", "", row.send_at
        row.inbound_count, row.confirmed_at = conversation.inbound_count, timezone.now()
        row.version += 1
        row.save()
        change.record("reply.rescheduled", conversation, send_at=[before, row.send_at.isoformat()])
        tell_scheduled(change, conversation, row)
    return row


def cancel_scheduled(*, by: Access, scheduled_id: object) -> ScheduledReply:
    """By its author, or by whoever may answer there."""
    with write(by=by) as change:
        conversation, row = _open_one(by, scheduled_id)
        require(row.author_id == by.user_id or can_reply(by, conversation), refusal_of(by, conversation))
        end_scheduled(row, "cancelled", by=by)
        change.record("reply.unscheduled", conversation, send_at=row.send_at.isoformat())
        tell_scheduled(change, conversation, row)
    return row


def send_scheduled_now(*, by: Access, scheduled_id: object) -> ScheduledReply:
    """Without waiting for its time; only its author, under whose name it leaves."""
    with write(by=by) as change:
        conversation, row = _open_one(by, scheduled_id)
        require(row.author_id == by.user_id)
        left = take_by_answering(change, by, conversation)
        if left:
            tell(change, conversations=[conversation], left_scopes=left)
        leave(change, by, conversation, row)
    return row


def leave(change: Change, by: Access, conversation: Conversation, row: ScheduledReply) -> None:
    """Hand it to the ordinary reply, with all of its rules; the caller holds the locks."""
    parts = row.content
    content = {name: value for name, value in parts["content"].items() if name != "upload"}
    message = send(
        by=by,
        conversation_id=conversation.pk,
        client_ref=f"{REF}{row.pk}",
        kind=parts["kind"],
        content=content,
        at=parts["at"],
        upload=row.media_id or parts["content"].get("upload"),
        reply_to=parts.get("reply_to"),
    )
    row.message = message
    end_scheduled(row, "sent", by=by)
    change.record("reply.scheduled_sent", conversation, send_at=row.send_at.isoformat())
    tell_scheduled(change, _again(conversation), row)


def end_scheduled(row: ScheduledReply, state: str, *, by: Access | None = None, reason: str = "") -> None:
    row.state, row.error_code = state, reason
    row.ended_at, row.ended_by_id = timezone.now(), by.user_id if by is not None else None
    row.version += 1
    row.save()


def _again(conversation: Conversation) -> Conversation:
    """As the reply has left it."""
    rows = Conversation.objects.for_system(_WHY).select_related("contact", "channel", "last_message")
    found: Conversation = rows.get(pk=conversation.pk)
    return found


def _seen(by: Access, conversation_id: object) -> Conversation:
    rows = Conversation.objects.visible_to(by).select_related("contact", "channel")
    conversation: Conversation = rows.locked().get_or_404(conversation_id)
    return conversation


def _open_one(by: Access, scheduled_id: object) -> tuple[Conversation, ScheduledReply]:
    """Locked, its conversation first."""
    rows = ScheduledReply.objects.visible_to(by)
    conversation = _seen(by, rows.get_or_404(scheduled_id).conversation_id)
    row: ScheduledReply = ScheduledReply.objects.for_system(_WHY).locked().get(pk=scheduled_id)
    require(is_open(row), NotWaiting)
    return conversation, row


def _file(by: Access, conversation: Conversation, upload: object) -> Media:
    files = Media.objects.visible_to(by).filter(
        conversation=conversation, uploaded_by_id=by.user_id, message=None, note=None
    )
    media: Media | None = files.locked().filter(pk=upload).first()
    if media is None:
        raise Invalid(field="upload", message=_("This file is not there any more."))
    return media


def _reworded(row: ScheduledReply, text: str) -> dict[str, Any]:
    parts = row.content
    if parts["kind"] == TEMPLATE or "text" not in parts["content"]:
        raise Invalid(field="text", message=_("The words of this one cannot be changed; write it anew."))
    refuse_unfilled(text, field="text")
    return {**parts, "content": fitted(parts["kind"], {**parts["content"], "text": text}, at=parts["at"])}


def _refuse_odd(send_at: datetime, meanwhile: str) -> None:
    longest = InboxPolicy.current().schedule_days
    if send_at <= timezone.now():
        raise Invalid(field="send_at", message=_("This time is over already."))
    if send_at > timezone.now() + timedelta(days=longest):
        raise Invalid(field="send_at", message=_("At most %(n)s days.") % {"n": longest})
    if meanwhile not in _CHOICES:
        raise Invalid(field="meanwhile")
