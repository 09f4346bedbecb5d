"""``manage.py reset_factor``: for somebody who lost their telephone and the recovery codes, when no admin can do it."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from security.access import System
from security.actions.factors import reset_factor
from security.errors import Refusal
from security.management.prepared import PreparedCommand
from security.models import User


class Command(PreparedCommand):
    help = "Take somebody's second factor away, so that they can set up a new one. The reason is in the operation log."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--reason", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=User.objects.normalize_email(options["email"])).first()
        if user is None:
            raise CommandError(f"There is nobody with the address {options['email']}.")
        try:
            reset_factor(by=System("manage.py reset_factor"), user=user, reason=options["reason"])
        except Refusal as refusal:
            raise CommandError(f"{refusal.message} {refusal.remedy or ''}".strip()) from refusal
        self.stdout.write(f"{user.email} has no second factor any more.")
