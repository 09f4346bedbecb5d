"""The mails that a drill may send, in the language of whoever gets them."""

from dataclasses import dataclass
from email.utils import formataddr
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from security.drill.links import open_link, report_link
from security.drill.stage import stage
from security.errors import Words
from security.models import DrillMail

_PATIENCE_SECONDS = 10


@dataclass(frozen=True)
class DrillKind:
    """``signs``: what could have been noticed, and is really so in this mail; the teaching page lists them."""

    title: Words
    sender: Words
    subject: Words
    lines: tuple[Words, ...]
    button: Words
    signs: tuple[Words, ...]


_HURRY = _("It puts you under pressure: something bad happens unless you act at once.")
_SENDER = _("It does not come from an address of ours, whatever name stands in front of it.")
_LINK = _("The button leads to an address that is not ours: point at it, or hold it, before you open it.")
_UNEXPECTED = _("You expected no such mail, and it does not say anything that only the real sender would know.")
KINDS: dict[str, DrillKind] = {
    "password": DrillKind(
        title=_("Your password expires"),
        sender=_("IT service"),
        subject=_("Your password expires today"),
        lines=(
            _("The password of your account expires at midnight."),
            _("If you do not confirm it before then, you lose access to your conversations."),
        ),
        button=_("Keep my password"),
        signs=(_SENDER, _LINK, _HURRY, _("Nobody of ours asks for a password by mail.")),
    ),
    "file": DrillKind(
        title=_("A file was shared with you"),
        sender=_("Document service"),
        subject=_("A document waits for you"),
        lines=(
            _("A colleague shared the document “Salaries 2027 (confidential)” with you."),
            _("It can be opened for 24 hours."),
        ),
        button=_("Open the document"),
        signs=(_SENDER, _LINK, _HURRY, _("It makes you curious about something that is not meant for you.")),
    ),
    "parcel": DrillKind(
        title=_("A parcel could not be delivered"),
        sender=_("Parcel service"),
        subject=_("Your parcel could not be delivered"),
        lines=(
            _("We tried to deliver a parcel to your office today."),
            _("Confirm your address, or it goes back to the sender tomorrow."),
        ),
        button=_("Confirm the address"),
        signs=(_SENDER, _LINK, _HURRY, _UNEXPECTED),
    ),
}


def mail_to(row: DrillMail) -> EmailMultiAlternatives:
    """The mail to one person; sending it is the caller's. ``DrillNotSetUp`` without a sender and host of its own."""
    person, place = row.person, stage()
    with translation.override(person.language):
        kind = KINDS[row.drill.kind]
        words: dict[str, Any] = {
            "kind": kind,
            "name": person.name,
            "language": person.language,
            "link": open_link(row, url=place.url),
            "report": report_link(row),
        }
        mail = EmailMultiAlternatives(
            subject=str(kind.subject),
            body=render_to_string("kefu_drill/mail_text.html", words),
            from_email=formataddr((str(kind.sender), place.sender)),
            to=[person.email],
            headers={"Auto-Submitted": "auto-generated"},
            connection=get_connection(timeout=_PATIENCE_SECONDS),
        )
        mail.attach_alternative(render_to_string("kefu_drill/mail.html", words), "text/html")
    return mail
