"""What supervisors do with a number on its page: mark what was told as seen, try stored bodies again, send a test."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.actions.recognise import recognise_contacts
from contacts.identities import e164
from contacts.seen import Seen
from inbox.actions.ingest import replay_set_aside
from inbox.actions.replies import send
from inbox.events import ChannelChanged
from inbox.ingest.conversations import open_conversations
from inbox.models import AccountEvent, Channel, Conversation, InboxPolicy, Message
from inbox.whatsapp.templates import Template
from security.access import Access
from security.errors import Invalid, require
from security.ids import new_id
from security.writing import write


def see_account_events(*, by: Access, channel_id: object) -> None:
    """Somebody has looked: nothing of this number waits to be seen any more."""
    with write(by=by) as change:
        channel = _theirs(by, channel_id)
        unseen = AccountEvent.objects.visible_to(by).filter(channel=channel, seen_at=None)
        if unseen.update(seen_at=timezone.now(), seen_by_id=by.user_id):
            change.record("channel.events_seen", channel)
            change.announce(ChannelChanged.of(channel))


def replay_webhooks(*, by: Access, channel_id: object) -> int:
    """Put every body that was set aside back in the queue; returns how many."""
    from inbox.tasks import drain_channel  # tasks import actions

    with write(by=by) as change:
        channel = _theirs(by, channel_id)
        count = replay_set_aside(by=by, channel=channel)
        change.enqueue(drain_channel, str(channel.pk))
    return count


def send_test(*, by: Access, channel_id: object, phone: str, template: Template | None = None) -> Message:
    """Send a short message to a number and show its ticks: a text while its window is open, else the template that was
    chosen for it."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    number = e164(digits)
    if number is None or not phone.strip().startswith("+"):
        raise Invalid(field="phone", message=_("Give the number in international format, beginning with +."))
    with write(by=by) as change:
        channel = _theirs(by, channel_id)
        conversation = _thread_with(by, channel, digits)
        change.record("channel.tested", channel)
        ref = f"test-{new_id()}"
        kind, content = "text", {"text": str(_("This is a test of the connection."))}
        if template is not None and not _may_write_freely(conversation):
            kind, content = "template", template.shown()
        return send(by=by, conversation_id=conversation.pk, client_ref=ref, kind=kind, content=content)


def _thread_with(by: Access, channel: Channel, digits: str) -> Conversation:
    now = timezone.now()
    seen = Seen(bsuid=None, wa_id=digits, name=None, username=None, at=now, by_us=True)
    contact = recognise_contacts(by=by, region=channel.region, portfolio=channel.portfolio, seen=[seen])[0]
    return open_conversations(channel, {contact.pk: contact}, now)[contact.pk]


def _may_write_freely(conversation: Conversation) -> bool:
    policy, heard = InboxPolicy.current(), conversation.window_from
    length = timedelta(hours=policy.window_hours) - timedelta(seconds=policy.window_margin_seconds)
    return heard is not None and timezone.now() < heard + length


def _theirs(by: Access, channel_id: object) -> Channel:
    channel: Channel = Channel.objects.visible_to(by).select_related("region").get_or_404(channel_id)
    require(by.can("inbox.manage_channel"))
    return channel
