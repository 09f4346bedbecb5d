"""A letter as a mail: text, and the same as plain HTML without pictures or anything else from elsewhere."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from security.mail.letters import letter_of
from security.models import User

# Nobody's out-of-office answer is wanted, and no mailing list's either (RFC 3834).
_HEADERS = {"Auto-Submitted": "auto-generated"}


def mail_of(kind: str, user: User, context: Mapping[str, Any]) -> EmailMultiAlternatives | None:
    """To ``user``, in their language and time zone; ``None`` when there is nothing to tell any more."""
    with translation.override(user.language), timezone.override(ZoneInfo(user.time_zone)):
        letter = letter_of(kind, user, context)
        if letter is None:
            return None
        shown = {"letter": letter, "user": user, "language": translation.get_language()}
        text = render_to_string("kefu_mail/letter.txt", shown)
        mail = EmailMultiAlternatives(letter.subject, text, to=[user.email], headers=_HEADERS)
        mail.attach_alternative(render_to_string("kefu_mail/letter.html", shown), "text/html")
    return mail
