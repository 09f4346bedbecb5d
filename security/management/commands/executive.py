"""``manage.py executive``: the way back for executives who cannot come in, when no admin can help."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from security.access import System
from security.actions.executives import mark_executive, unmark_executive
from security.errors import Refusal
from security.management.prepared import PreparedCommand
from security.models import User


class Command(PreparedCommand):
    help = "Make somebody an executive (a passkey only, from the executives' addresses), or take that back with --off."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--off", action="store_true", help="they sign in the ordinary way again")
        parser.add_argument("--reason", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=User.objects.normalize_email(options["email"])).first()
        if user is None:
            raise CommandError(f"There is nobody with the address {options['email']}.")
        if (user.executive_since is None) == options["off"]:
            self.stdout.write(f"{user.email} is {'no' if options['off'] else 'an'} executive already.")
            return
        deed = unmark_executive if options["off"] else mark_executive
        try:
            deed(by=System("manage.py executive"), user=user, reason=options["reason"])
        except Refusal as refusal:
            raise CommandError(f"{refusal.message} {refusal.remedy or ''}".strip()) from refusal
        way = "the ordinary way" if options["off"] else "at /executive"
        self.stdout.write(f"{user.email} signs in {way}.")
