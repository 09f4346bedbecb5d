"""Who has read what."""

from django.utils import timezone

from inbox.events import ConversationRead
from inbox.models import Conversation, ReadMark
from security.access import Access
from security.writing import write


def mark_read(*, by: Access, conversation_id: object) -> Conversation:
    """I have seen everything up to now; my other tabs learn of it. Says nothing to WhatsApp.

    A mark only moves forward, and the database sees to it: another tab may have seen a newer message meanwhile.
    """
    with write(by=by) as change:
        conversation: Conversation = Conversation.objects.visible_to(by).get_or_404(conversation_id)
        now, seen = timezone.now(), conversation.inbound_count
        fresh = ReadMark(conversation=conversation, reader_id=by.user_id, read_count=0, read_at=now)
        marks = ReadMark.objects.for_system("my own read mark").filter(conversation=conversation, reader_id=by.user_id)
        if not marks.exists():
            ReadMark.objects.bulk_create([fresh], ignore_conflicts=True)
        if marks.filter(read_count__lt=seen).update(read_count=seen, read_at=now):
            change.announce(ConversationRead.of(by.user_id, conversation, seen))
    return conversation
