"""An agent types: shown to the customer where an admin wants that."""

from django.core.cache import cache
from django.utils import timezone

from inbox.models import Conversation, InboxPolicy
from inbox.policies import can_reply, refusal_of
from inbox.sending.rules import SendFacts, window_open
from security.access import Access
from security.errors import require
from security.writing import write

# WhatsApp shows it for 25 seconds (Meta); whoever goes on typing asks again before.
_SHOWN_SECONDS = 20


def show_typing(*, by: Access, conversation_id: object) -> bool:
    """Pass it on, and say whether: not when it is switched off, the window is closed or it was told just before,
    nor of a trainee whose replies wait: perhaps nothing comes.
    Whoever may not answer is refused."""
    from inbox.tasks import tell_typing  # tasks import actions

    rows = Conversation.objects.visible_to(by).select_related("channel")
    conversation: Conversation = rows.get_or_404(conversation_id)
    require(can_reply(by, conversation), refusal_of(by, conversation))
    if by.held or not _wanted(conversation) or not cache.add(f"inbox.typing.{conversation.pk}", 1, _SHOWN_SECONDS):
        return False
    with write(by=by) as change:
        change.enqueue(tell_typing, str(conversation.pk))
    return True


def _wanted(conversation: Conversation) -> bool:
    policy = InboxPolicy.current()
    facts = SendFacts(
        kind="text",
        now=timezone.now(),
        last_inbound_at=conversation.window_from,
        window_hours=policy.window_hours,
        window_margin_seconds=policy.window_margin_seconds,
        channel_paused=conversation.channel.state == "paused",
        has_recipient=True,
    )
    return policy.send_typing and not facts.channel_paused and window_open(facts)
