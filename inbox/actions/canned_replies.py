"""Prepared answers."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.errors import ShortcutTaken
from inbox.models import CannedReply
from inbox.whatsapp.limits import TEXT_MAX
from security.access import Access
from security.errors import Invalid, require
from security.writing import write


def add_canned_reply(*, by: Access, shortcut: str, title: str, text: str) -> CannedReply:
    """Save a personal one in the first of my regions."""
    require(by.can("inbox.reply_conversation") and by.region_ids)
    shortcut = shortcut.strip().lstrip("/").lower()
    if not shortcut or any(c.isspace() for c in shortcut) or len(shortcut) > 40:
        raise Invalid(field="shortcut", message=_("One word of at most 40 characters."))
    if not text.strip() or len(text) > TEXT_MAX:
        raise Invalid(field="text")
    with write(by=by) as change:
        reply = CannedReply(
            region_id=min(by.region_ids),
            owner_id=by.user_id,
            shortcut=shortcut,
            title=title.strip()[:80] or shortcut,
            text=text.strip(),
            created_at=timezone.now(),
        )
        try:
            with transaction.atomic():
                reply.save(force_insert=True)
        except IntegrityError:
            raise ShortcutTaken(field="shortcut") from None
        change.record("canned_reply.added", reply)
    return reply


def delete_canned_reply(*, by: Access, reply_id: object) -> None:
    """Delete one of my own."""
    with write(by=by) as change:
        reply = CannedReply.objects.visible_to(by).get_or_404(reply_id)
        require(reply.owner_id == by.user_id)
        change.record("canned_reply.deleted", reply)
        reply.delete()
