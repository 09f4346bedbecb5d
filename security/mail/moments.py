"""A moment as a mail's reader lives it: in their time zone, which it names."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format


def moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{date_format(local, 'Y-m-d H:i')} ({local.tzinfo})"
