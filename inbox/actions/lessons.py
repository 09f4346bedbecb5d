"""What a failed message says about more than itself: about its customer's wishes, the account, the whole number."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from contacts.actions.consent import stop_marketing
from inbox.accounts.checking import locked_health
from inbox.actions.pauses import pause_for_failure
from inbox.models import Channel, Message
from inbox.whatsapp.codes import lookup
from inbox.whatsapp.wire import StatusChange
from security.access import System
from security.writing import write

_WHY = "learning from failures"
_BY = System("whatsapp webhook")
OPTED_OUT, UNPAID = "131050", "131042"
# A status may come days late; what stopped the number then says nothing about now.
_STILL_TRUE = timedelta(minutes=15)


def learn_from_failures(*, channel: Channel, statuses: Sequence[StatusChange]) -> None:
    """After the statuses themselves were committed, each lesson on its own. One that a crash loses is taught again by
    the next failure."""
    failed = [status for status in statuses if status.status == "failed"]
    for status in failed:
        if status.error_code == OPTED_OUT:
            _opted_out(channel, status)
    recent = {status.error_code for status in failed if status.at > timezone.now() - _STILL_TRUE}
    if UNPAID in recent:
        with write(by=_BY):
            row = locked_health(channel)
            row.payment = "PROBLEM"
            row.save(update_fields=["payment"])
    for code in sorted(recent):
        if lookup(code).channel:
            pause_for_failure(channel_id=channel.pk, code=code)


def _opted_out(channel: Channel, status: StatusChange) -> None:
    """131050: they had stopped marketing from us (Meta: honour it like their own word)."""
    ours = Message.objects.for_system(_WHY).filter(channel=channel, provider_ref=status.provider_ref)
    contact_id = ours.values_list("conversation__contact_id", flat=True).first()
    if contact_id is not None:
        stop_marketing(by=_BY, contact_id=contact_id, at=status.at)
