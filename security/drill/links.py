"""The links of a drill's mails: signed, one person's own, good for the policy's days, each for one thing only."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from security.models import DrillMail, SelfcheckPolicy

_OPEN, _REPORT = "security.drill.open", "security.drill.report"


def open_link(row: DrillMail, *, url: str) -> str:
    """The bait: to a host that is not Kefu's."""
    return f"{url}{_path('drill_open', row, _OPEN)}"


def report_link(row: DrillMail) -> str:
    return f"{settings.KEFU_PUBLIC_URL}{_path('drill_report', row, _REPORT)}"


def opened_mail(token: str) -> DrillMail | None:
    """Whose link this is; ``None`` for a forged or an old one, and for one made to report."""
    return _mail_of(token, _OPEN)


def reported_mail(token: str) -> DrillMail | None:
    return _mail_of(token, _REPORT)


def _path(name: str, row: DrillMail, purpose: str) -> str:
    return reverse(name, args=(signing.dumps(row.pk.hex, salt=purpose),))


def _mail_of(token: str, purpose: str) -> DrillMail | None:
    try:
        told = signing.loads(token, salt=purpose, max_age=timedelta(days=SelfcheckPolicy.current().drill_days))
        return DrillMail.objects.select_related("drill", "person").filter(pk=UUID(hex=told)).first()
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None
