"""Which conversations are about payments: those that finance sees (SE-5, PM-2)."""

from django.utils import timezone

from inbox.models import Conversation
from inbox.policies import scope_of
from inbox.telling import tell
from security.access import Access
from security.errors import require
from security.writing import write


def mark_payment(*, by: Access, conversation_id: object) -> Conversation:
    """Show it to finance. Doing it twice is doing it once."""
    return _mark(by, conversation_id, is_payment=True)


def unmark_payment(*, by: Access, conversation_id: object) -> Conversation:
    """Finance sees it no longer, at once."""
    return _mark(by, conversation_id, is_payment=False)


def _mark(by: Access, conversation_id: object, *, is_payment: bool) -> Conversation:
    with write(by=by) as change:
        rows = Conversation.objects.visible_to(by).select_related("contact", "channel")
        conversation: Conversation = rows.locked().get_or_404(conversation_id)
        require(by.can("inbox.mark_payment"))
        if (conversation.payment_marked_at is not None) != is_payment:
            before = scope_of(conversation)
            conversation.payment_marked_at = timezone.now() if is_payment else None
            conversation.version += 1
            conversation.save(update_fields=["payment_marked_at", "version"])
            change.record(
                "conversation.payment_marked" if is_payment else "conversation.payment_unmarked", conversation
            )
            tell(change, conversations=[conversation], left_scopes={conversation.pk: before})
    return conversation
