"""``manage.py set_level``: the way back in when nobody can open Django admin any more."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from security.access import System
from security.actions.levels import set_level
from security.actions.passwords import set_password
from security.actions.people import change_person
from security.errors import Refusal
from security.levels import LEVEL_NAMES
from security.management.passwords import new_password
from security.management.prepared import PreparedCommand
from security.models import User
from security.writing import write


class Command(PreparedCommand):
    help = "Give a person a level, and on wish a new password (asked for, or taken from KEFU_NEW_PASSWORD)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("level", choices=LEVEL_NAMES)
        parser.add_argument("--password", action="store_true", help="set a new password too")
        parser.add_argument("--activate", action="store_true", help="let an inactive person sign in again")

    def handle(self, *args: Any, **options: Any) -> None:
        by = System("manage.py set_level")
        user = User.objects.filter(email=User.objects.normalize_email(options["email"])).first()
        if user is None:
            raise CommandError(f"There is nobody with the address {options['email']}.")
        password = new_password() if options["password"] else ""
        try:
            with write(by=by):
                if options["activate"] and not user.is_active:
                    user.is_active = True
                    change_person(by=by, user=user, changed=["is_active"])
                set_level(by=by, user=user, level=options["level"])
                if password:
                    set_password(by=by, user=user, password=password)
        except Refusal as refusal:
            raise CommandError(f"{refusal.message} {refusal.remedy}") from refusal
        state = "" if user.is_active else ", but inactive: add --activate to let them sign in"
        self.stdout.write(f"{user.email} is {options['level']}{state}.")
