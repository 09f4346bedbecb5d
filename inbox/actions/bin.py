"""The bin (PM-9): a conversation goes there with a reason and a fresh second factor, by policy with a second person's
too, comes back exactly as it was, and is destroyed after its time (``actions.purging``)."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.actions.holds import add_hold
from contacts.models import Contact
from inbox.actions.stopping import stop_queued, stop_scheduled
from inbox.errors import DeletionAsked, Locked, OnHold, SamePerson
from inbox.events import BinChanged
from inbox.holds import is_held
from inbox.models import Conversation, Deletion, InboxPolicy
from inbox.models.deletion import RUNNING
from inbox.policies import BINNED, locked_against, scope_of
from inbox.sla import DUE_FIELDS, refresh_due
from inbox.telling import tell
from security.access import Access, Actor
from security.actions.reasons import check_reason
from security.errors import AlreadyDecided, NotFound, require
from security.factors import require_fresh_factor
from security.tiers.holding import require_right
from security.writing import Change, write

_WHY = "the bin"


def delete_conversation(*, by: Access, conversation_id: object, reason: str) -> Deletion:
    """Into the bin; or, where the policy wants a second person, ask for that."""
    check_reason(reason)
    require_right(by, "inbox.delete_conversation")
    require_fresh_factor(by)
    with write(by=by) as change:
        rows = Conversation.objects.visible_to(by).select_related("contact", "channel")
        conversation: Conversation = rows.locked().get_or_404(conversation_id)
        require(not locked_against(by, conversation), Locked)
        _refuse_asked(change, conversation)
        now, policy = timezone.now(), InboxPolicy.current()
        row = Deletion(
            conversation=conversation,
            key_id=conversation.contact.key_id,
            reason=reason.strip(),
            state="asked",
            asked_by_id=by.user_id,
            asked_at=now,
            expires_at=now + timedelta(hours=policy.bin_confirm_hours),
        )
        row.save(force_insert=True)
        if policy.bin_second_person:
            change.record("conversation.deletion_asked", conversation)
            tell_bin(change, row)
        else:
            _put_away(change, row)
    return row


def confirm_deletion(*, by: Access, deletion_id: UUID) -> Deletion:
    """The second person, with a code of their own. Whoever asked cannot be it."""
    require_fresh_factor(by)
    with write(by=by) as change:
        row = _asked(by, deletion_id)
        require(row.asked_by_id != by.user_id, SamePerson)
        require(not locked_against(by, row.conversation), Locked)
        row.decided_by_id, row.decided_at = by.user_id, timezone.now()
        _put_away(change, row)
    return row


def refuse_deletion(*, by: Access, deletion_id: UUID) -> Deletion:
    """It stays where it is. Whoever asked takes it back so."""
    with write(by=by) as change:
        row = _asked(by, deletion_id)
        row.decided_by_id, row.decided_at = by.user_id, timezone.now()
        row.state = "withdrawn" if row.asked_by_id == by.user_id else "refused"
        save_row(change, row)
        action = "conversation.deletion_withdrawn" if row.state == "withdrawn" else "conversation.deletion_refused"
        change.record(action, row.conversation, asker=row.asked_by_id)
    return row


def restore_conversation(*, by: Access, deletion_id: UUID) -> Deletion:
    """Back to where it was, with all that was in it. What waited to leave had been stopped, and stays so."""
    with write(by=by) as change:
        _lock_contact_of(deletion_id)
        row = locked_deletion(by, deletion_id, "binned")
        _take_out(change, row, by=by)
        change.record("conversation.restored", row.conversation)
        tell(change, conversations=[row.conversation])
    return row


def hold_deletion(*, by: Access, deletion_id: UUID, reason: str) -> Deletion:
    """It must be kept (a court, an audit): neither time nor anybody destroys it until it is released."""
    check_reason(reason)
    with write(by=by) as change:
        row = locked_deletion(by, deletion_id, "binned")
        row.held_by_id, row.held_at, row.held_because = by.user_id, timezone.now(), reason.strip()
        row.purge_asked_by_id = row.purge_asked_at = None
        save_row(change, row)
        change.record("conversation.hold_set", row.conversation)
    return row


def release_hold(*, by: Access, deletion_id: UUID) -> Deletion:
    """Twice is once. What is past its time is destroyed at the next opportunity, not before a day is over."""
    with write(by=by) as change:
        row = locked_deletion(by, deletion_id, "binned")
        if row.held_at is not None:
            row.held_by_id = row.held_at = row.held_because = None
            row.purge_at = _a_day_from_now(row)
            save_row(change, row)
            change.record("conversation.hold_released", row.conversation)
    return row


def spare_for_a_day(change: Change, contact: Contact) -> None:
    """The last legal hold of ``contact`` has ended; its conversations are locked."""
    rows = Deletion.objects.for_system(_WHY).locked().filter(conversation__contact=contact, state="binned")
    for row in rows.select_related("conversation__channel", "conversation__contact"):
        row.purge_at = _a_day_from_now(row)
        save_row(change, row)


def put_back(change: Change, row: Deletion) -> None:
    """What was ordered to be destroyed turns out to be on hold: it waits in the bin again. The row is locked."""
    row.state, row.purge_asked_by, row.purge_asked_at = "binned", None, None
    save_row(change, row)
    change.record("conversation.purge_stopped", row.conversation)


def keep_holding(change: Change, row: Deletion, contact: Contact) -> None:
    """A conversation on hold leaves the bin: from now on its contact is. Both are locked."""
    if row.held_at is None:
        return
    reason, talk = row.held_because or "", str(row.conversation_id)
    add_hold(change, contact, reason=reason, set_by_id=row.held_by_id, set_at=row.held_at, conversation=talk)
    row.held_by = row.held_at = row.held_because = None


def _a_day_from_now(row: Deletion) -> datetime:
    return max(row.purge_at or timezone.now(), timezone.now() + timedelta(days=1))


def order_purge(*, by: Access, deletion_id: UUID) -> Deletion:
    """Destroy it now instead of later; with a second person where the policy wants one. Nothing brings it back."""
    require_fresh_factor(by)
    with write(by=by) as change:
        row = locked_deletion(by, deletion_id, "binned")
        require(not is_held(row.conversation), OnHold)
        alone = not InboxPolicy.current().bin_second_person
        if row.purge_asked_by_id == by.user_id and not alone:
            raise SamePerson
        row.purge_asked_by_id, row.purge_asked_at = row.purge_asked_by_id or by.user_id, timezone.now()
        if alone or row.purge_asked_by_id != by.user_id:
            row.state = "purging"
            change.record("conversation.purge_ordered", row.conversation, asker=row.purge_asked_by_id)
            from inbox.tasks import purge_bin  # tasks import actions

            change.enqueue(purge_bin)
        else:
            change.record("conversation.purge_asked", row.conversation)
        save_row(change, row)
    return row


def take_answered_out(change: Change, threads: Collection[Conversation]) -> None:
    """Customers write in conversations that are in the bin: those come back, so that no message is lost. The batch that
    stores the messages holds the locks, saves and tells."""
    rows = Deletion.objects.for_system(_WHY).filter(conversation__in=threads, state__in=("binned", "purging"))
    by_id = {thread.pk: thread for thread in threads}
    for row in rows.select_for_update(of=("self",)):
        thread = row.conversation = by_id[row.conversation_id]
        thread.state = row.state_before or "open"
        if row.held_at is not None:
            keep_holding(change, row, _locked_contact(thread.contact_id))
        row.state, row.decided_at = "restored", timezone.now()
        save_row(change, row)
        change.record("conversation.restored_by_customer", thread)


def lapse_deletion(change: Change, row: Deletion) -> None:
    """Nobody confirmed it in time. The row is locked."""
    row.state, row.decided_at = "lapsed", timezone.now()
    save_row(change, row)
    change.record("conversation.deletion_lapsed", row.conversation, asker=row.asked_by_id)


def locked_deletion(by: Access, deletion_id: UUID, *states: str) -> Deletion:
    """The row with its conversation, both locked, the conversation first. ``AlreadyDecided`` when it is elsewhere by
    now."""
    seen = Deletion.objects.visible_to(by).filter(pk=deletion_id).values_list("conversation_id", flat=True).first()
    if seen is None or not by.can("inbox.delete_conversation"):
        raise NotFound
    conversation = _locked_conversation(seen)
    row = Deletion.objects.for_system(_WHY).locked().filter(pk=deletion_id).first()
    if row is None:
        raise NotFound
    row.conversation = conversation
    require(row.state in states, AlreadyDecided)
    return row


def save_row(change: Change, row: Deletion) -> None:
    row.version += 1
    row.save()
    tell_bin(change, row)


def tell_bin(change: Change, row: Deletion) -> None:
    change.announce(BinChanged.of(row))


def _asked(by: Access, deletion_id: UUID) -> Deletion:
    row = locked_deletion(by, deletion_id, "asked")
    if row.expires_at is not None and row.expires_at <= timezone.now():
        raise AlreadyDecided(message=_("Nobody confirmed this in time. Ask anew."))
    return row


def _refuse_asked(change: Change, conversation: Conversation) -> None:
    rows = Deletion.objects.for_system(_WHY).locked().filter(conversation=conversation, state__in=RUNNING)
    for row in rows:
        row.conversation = conversation
        if row.state != "asked" or row.expires_at is None or row.expires_at > timezone.now():
            raise DeletionAsked
        lapse_deletion(change, row)


def _locked_conversation(conversation_id: object) -> Conversation:
    rows = Conversation.objects.for_system(_WHY).select_related("contact", "channel")
    conversation: Conversation = rows.locked().get_or_404(conversation_id)
    return conversation


def _locked_contact(contact_id: object) -> Contact:
    found: Contact = Contact.objects.for_system(_WHY).locked().get(pk=contact_id)
    return found


def _lock_contact_of(deletion_id: UUID) -> None:
    """Before its conversation, as everywhere."""
    rows = Deletion.objects.for_system(_WHY).filter(pk=deletion_id, held_at__isnull=False)
    for contact_id in rows.values_list("conversation__contact_id", flat=True):
        _locked_contact(contact_id)


def _put_away(change: Change, row: Deletion) -> None:
    conversation = row.conversation
    left: dict[UUID, dict[str, Any]] = {conversation.pk: scope_of(conversation)}
    row.state_before, row.state = conversation.state, "binned"
    row.binned_at = timezone.now()
    row.purge_at = row.binned_at + timedelta(days=InboxPolicy.current().bin_days)
    stopped = stop_queued(conversation)
    row.stopped = len(stopped) + stop_scheduled(change, conversation)
    conversation.state = BINNED
    _save_moved(conversation)
    save_row(change, row)
    asker = {} if row.decided_by_id is None else {"asker": row.asked_by_id}
    change.record("conversation.binned", conversation, stopped=row.stopped, **asker)
    tell(change, messages=stopped, conversations=[conversation], left_scopes=left)


def _take_out(change: Change, row: Deletion, *, by: Actor) -> None:
    row.conversation.state = row.state_before or "open"
    _save_moved(row.conversation)
    if row.held_at is not None:
        keep_holding(change, row, _locked_contact(row.conversation.contact_id))
    row.state, row.decided_at = "restored", timezone.now()
    row.decided_by_id = by.user_id if isinstance(by, Access) else None
    save_row(change, row)


def _save_moved(conversation: Conversation) -> None:
    conversation.version += 1
    refresh_due([conversation])
    conversation.save(update_fields=["state", "version", *DUE_FIELDS])
