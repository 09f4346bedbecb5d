"""What was told of accounts, and pauses that have ended, are kept for a time only."""

from datetime import timedelta

from django.utils import timezone

from inbox.models import AccountEvent, ChannelPause, InboxPolicy
from security.access import System
from security.writing import write

_WHY = "retention of account news"


def forget_account_past() -> int:
    """Delete both past their retention; a pause that still runs stays."""
    oldest = timezone.now() - timedelta(days=InboxPolicy.current().account_retention_days)
    with write(by=System(_WHY)) as change:
        told = AccountEvent.objects.for_system(_WHY).filter(received_at__lt=oldest).delete()[0]
        count = int(told + ChannelPause.objects.for_system(_WHY).filter(ended_at__lt=oldest).delete()[0])
        if count:
            change.record("account_news.forgotten", InboxPolicy.current(), count=count)
    return count
