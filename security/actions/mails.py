"""Mails to our own people: written down within the change they tell of, sent soon after its commit, tried again while
they must be. Nothing is sent inside a transaction, and nothing is lost with a broker."""

import logging
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from security.access import System
from security.encryption.keyring import shared_key
from security.mail.letters import is_gathered
from security.mail.rendering import mail_of
from security.models import OutgoingMail, SelfcheckPolicy, User
from security.writing import write

logger = logging.getLogger(__name__)

_BY = System("mail")
# Seconds until the next try, after the first, the second …; there is none after the last.
_WAITS = (30, 120, 600, 3600, 4 * 3600)
_KEPT = timedelta(days=30)
ADDRESSES = "addresses"  # what mail addresses outside the people's own rows are sealed under
_AT_ONCE = 100


def send_mail_later(*, kind: str, user: User, to: str = "", **context: object) -> bool:
    """Mail ``user`` soon, at ``to`` if not at their address. ``context``: ids and codes, which the builder of ``kind``
    is given; never a secret. Returns whether it was written down.

    Where no mail is set up nothing is: it would leave, long out of date, on the day that it is.
    """
    from security.tasks import send_mail  # tasks call actions

    if not mail_is_set_up():
        return False
    with write(by=_BY) as change:
        row = OutgoingMail(user=user, kind=kind, context=context)
        if to:
            row.key_id, row.address = shared_key(region_id=None, purpose=ADDRESSES), to
        row.save(force_insert=True)
        change.enqueue(send_mail, str(row.pk))
    return True


def mail_is_set_up() -> bool:
    return not settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend")


def send_mail_now(mail_id: UUID | str) -> bool:
    """One try of one mail; whether it left. Does nothing when somebody else tries it, or it has left or failed."""
    rows = _claimed(mail_id)
    if not rows:
        return False
    first = rows[0]
    context = {"each": [row.context for row in rows]} if is_gathered(first.kind) else first.context
    try:
        mail = mail_of(first.kind, first.user, context)
        if mail is not None:
            mail.to = [first.address] if first.address else mail.to
            mail.send()
    except Exception as error:  # noqa: BLE001  (a mail server fails in many ways; each is tried again)
        for row in rows:
            _note_failure(row, error)
        return False
    OutgoingMail.objects.filter(pk__in=[row.pk for row in rows]).update(sent_at=timezone.now(), error="")
    return mail is not None


def send_due_mails() -> None:
    """What a broker or a worker lost, and what failed and is to be tried again."""
    due = OutgoingMail.objects.filter(sent_at=None, failed_at=None, due_at__lte=timezone.now())
    for pk in due.order_by("due_at").values_list("pk", flat=True)[:_AT_ONCE]:
        send_mail_now(pk)


def forget_mails() -> None:
    OutgoingMail.objects.filter(created_at__lt=timezone.now() - _KEPT).delete()


def _claimed(mail_id: UUID | str) -> list[OutgoingMail]:
    """What leaves now, as one mail; nothing when it is not due, or has left. Of several who try at once one does: the
    others find it due later."""
    row = OutgoingMail.objects.select_related("user").filter(pk=mail_id).first()
    if row is None:
        return []
    rows = _gathered_with(row) if is_gathered(row.kind) else [row]
    return [one for one in rows if _claims(one)]


def _gathered_with(row: OutgoingMail) -> list[OutgoingMail]:
    """``row`` and all else of its kind that waits for the same reader; nothing while the last such mail is too near:
    then all of them wait together."""
    now = timezone.now()
    same = OutgoingMail.objects.filter(user=row.user_id, kind=row.kind)
    gap = timedelta(minutes=SelfcheckPolicy.current().mail_minutes)
    last = same.filter(sent_at__gt=now - gap).order_by("-sent_at").first()
    waiting = same.filter(sent_at=None, failed_at=None, due_at__lte=now)
    if last is not None and last.sent_at is not None:
        waiting.update(due_at=last.sent_at + gap)
        return []
    return list(waiting.select_related("user").order_by("created_at", "pk"))


def _claims(row: OutgoingMail) -> bool:
    if row.tries > len(_WAITS):
        return False
    now = timezone.now()
    wait = timedelta(seconds=_WAITS[min(row.tries, len(_WAITS) - 1)])
    mine = OutgoingMail.objects.filter(pk=row.pk, sent_at=None, failed_at=None, due_at__lte=now, tries=row.tries)
    return bool(mine.update(due_at=now + wait, tries=F("tries") + 1))


def _note_failure(row: OutgoingMail, error: Exception) -> None:
    """What a server said may hold the address: the log of the process is told the kind of error only."""
    logger.warning("a mail (%s) could not be sent: %s", row.kind, type(error).__name__)
    is_last = row.tries + 1 > len(_WAITS)
    with write(by=_BY) as change:
        OutgoingMail.objects.filter(pk=row.pk).update(
            error=type(error).__name__[:200], failed_at=timezone.now() if is_last else None
        )
        if is_last:
            change.record("mail.failed", row.user, kind=row.kind)
