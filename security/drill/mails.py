"""The mails that a drill may send, in the language of whoever gets them."""

from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from security.drill.links import open_link, report_link
from security.errors import Words
from security.models import DrillMail

_PATIENCE_SECONDS = 10


@dataclass(frozen=True)
class DrillKind:
    """``signs``: what could have been noticed; the teaching page lists them."""

    title: Words
    sender: Words
    subject: Words
    lines: tuple[Words, ...]
    button: Words
    signs: tuple[Words, ...]


_HURRY = _("It puts you under pressure: something bad happens unless you act at once.")
_LINK = _("The button says one thing and its address another: point at it, or hold it, before you open it.")
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
        signs=(_HURRY, _LINK, _("Nobody of ours asks for a password by mail.")),
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
        signs=(_HURRY, _LINK, _("It makes you curious about something that is not meant for you.")),
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
        signs=(_HURRY, _LINK, _UNEXPECTED),
    ),
}


def mail_to(row: DrillMail) -> EmailMultiAlternatives:
    """The mail to one person; sending it is the caller's."""
    person = row.person
    with translation.override(person.language):
        kind = KINDS[row.drill.kind]
        words: dict[str, Any] = {
            "kind": kind,
            "name": person.name,
            "language": person.language,
            "link": open_link(row),
            "report": report_link(row),
        }
        address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        mail = EmailMultiAlternatives(
            subject=str(kind.subject),
            body=render_to_string("kefu_drill/mail_text.html", words),
            from_email=formataddr((str(kind.sender), address)),
            to=[person.email],
            headers={"Auto-Submitted": "auto-generated"},
            connection=get_connection(timeout=_PATIENCE_SECONDS),
        )
        mail.attach_alternative(render_to_string("kefu_drill/mail.html", words), "text/html")
    return mail
