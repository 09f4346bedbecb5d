"""Planning a drill and sending it to a real mail server."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from security.actions.drills import plan_drill, run_drills, send_drill_mail
from security.models import DrillMail, PhishingDrill, User
from tests.conftest import Cast


class Post:
    """A mail server. ``got``: what came."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []
        self.refuses = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuses:
            return "451 not now"
        self.got.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 thank you"


def plan(cast: Cast, *people: User, **wanted: Any) -> PhishingDrill:
    given = {"title": "Autumn", "kind": "password", "people": [one.pk for one in people] or None, **wanted}
    return plan_drill(by=cast.access("ana"), **given)


def send_all() -> None:
    for pk in run_drills():
        send_drill_mail(pk)


def links(mail: EmailMessage) -> tuple[str, str]:
    """The paths that the mail's two links lead to: the bait, and the report."""
    body = mail.get_body(("html",))
    assert body is not None
    found = [urlsplit(unescape(one)).path for one in re.findall(r'href="([^"]+)"', body.get_content())]
    return found[0], found[1]


def mail_of(drill: PhishingDrill, who: User) -> DrillMail:
    return drill.mails.get(person=who)


def stranger() -> Client:
    return Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
