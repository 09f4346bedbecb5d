"""``manage.py trainee``: somebody's first weeks from the command line."""

from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser

from security.access import System
from security.actions.traineeships import (
    end_traineeship,
    extend_traineeship,
    hold_replies,
    promote_trainee,
    set_mentors,
    start_traineeship,
)
from security.errors import Refusal
from security.management.prepared import PreparedCommand
from security.models import Traineeship, User
from security.trainees import is_over

_DEEDS = ("start", "extend", "mentors", "hold", "release", "promote", "end")


class Command(PreparedCommand):
    help = "Begin, extend, end a traineeship; name its mentors; switch on or off whether replies wait for them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("deed", choices=("list", *_DEEDS))
        parser.add_argument("email", nargs="?", help="of the trainee")
        parser.add_argument("--mentor", action="append", default=[], metavar="EMAIL", help="one or several; without any, the supervisors")
        parser.add_argument("--hold", action="store_true", help="with start: replies wait for a mentor")
        parser.add_argument("--until", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the last day")
        parser.add_argument("--reason", default="", help="with extend")

    def handle(self, *args: Any, **options: Any) -> None:
        deed = options["deed"]
        if deed == "list":
            self._list()
            return
        if not options["email"]:
            raise CommandError("Say whose traineeship: their e-mail address.")
        user = _person(options["email"])
        try:
            self._do(deed, user, options)
        except Refusal as refusal:
            raise CommandError(" ".join(str(word) for word in (refusal.message, refusal.remedy) if word)) from refusal
        row = Traineeship.objects.filter(user=user, ended_at=None).first()
        self.stdout.write(f"{user.email}: " + (_told(row) if row else "one of the team now."))

    def _do(self, deed: str, user: User, options: dict[str, Any]) -> None:
        by, mentors = System("manage.py trainee"), [_person(email) for email in options["mentor"]]
        if deed == "start":
            more = {"mentors": mentors, "holds_replies": options["hold"], "ends_on": options["until"]}
            start_traineeship(by=by, user=user, **more)
        elif deed == "extend":
            if options["until"] is None:
                raise CommandError("Say until when: --until YYYY-MM-DD.")
            extend_traineeship(by=by, user=user, ends_on=options["until"], reason=options["reason"])
        elif deed == "mentors":
            set_mentors(by=by, user=user, mentors=mentors)
        elif deed in ("hold", "release"):
            hold_replies(by=by, user=user, holds=deed == "hold")
        elif deed == "promote":
            promote_trainee(by=by, user=user)
        else:
            end_traineeship(by=by, user=user)

    def _list(self) -> None:
        rows = Traineeship.objects.filter(ended_at=None).select_related("user").order_by("ends_on", "user__email")
        for row in rows:
            self.stdout.write(f"{row.user.email}: {_told(row)}")


def _person(email: str) -> User:
    user = User.objects.filter(email=User.objects.normalize_email(email)).first()
    if user is None:
        raise CommandError(f"There is nobody with the address {email}.")
    return user


def _told(row: Traineeship) -> str:
    mentors = ", ".join(row.mentors.order_by("email").values_list("email", flat=True)) or "the supervisors"
    waits = "replies wait for a mentor" if row.holds_replies else "replies leave at once"
    over = ", over" if is_over(row) else ""
    return f"trainee from {row.began_on} to {row.ends_on}{over}; mentored by {mentors}; {waits}."
