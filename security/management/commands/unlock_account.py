"""``manage.py unlock_account``: for a locked account that no admin can unlock, because it is theirs."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from security.access import System
from security.account_errors import NotLocked
from security.actions.locks import unlock_account
from security.management.prepared import PreparedCommand
from security.models import User


class Command(PreparedCommand):
    help = "Lift every lock of somebody's account. The reason is in the operation log."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--reason", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=User.objects.normalize_email(options["email"])).first()
        if user is None:
            raise CommandError(f"There is nobody with the address {options['email']}.")
        by = System("manage.py unlock_account")
        try:
            unlock_account(by=by, user=user, reason=options["reason"])
        except NotLocked:
            self.stdout.write(f"{user.email} was not locked.")
        else:
            self.stdout.write(f"{user.email} can sign in.")
