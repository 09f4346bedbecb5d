"""``manage.py allow_address``: the way back in when the allowed addresses shut everybody out."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from security.access import System
from security.actions.allowlist import allow_for_a_time
from security.errors import Refusal
from security.management.prepared import PreparedCommand
from security.models.allowed_address import GROUPS


class Command(PreparedCommand):
    help = "Let an address or a network in for some minutes, into every group that is restricted by address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("network", help="203.0.113.7, 203.0.113.0/24 or 2001:db8::/32")
        parser.add_argument("--minutes", type=int, default=60)
        parser.add_argument(
            "--for",
            dest="group",
            choices=[name for name, _ in GROUPS],
            help="only this group, which has rows of its own",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["minutes"] < 1:
            raise CommandError("--minutes must be 1 or more.")
        groups = [options["group"]] if options["group"] else None
        try:
            rows = allow_for_a_time(
                by=System("manage.py allow_address"),
                network=options["network"],
                minutes=options["minutes"],
                groups=groups,
            )
        except Refusal as refusal:
            raise CommandError(f"{refusal.message} {refusal.remedy or ''}".strip()) from refusal
        if not rows:
            self.stdout.write("Nothing is restricted by address: there is nobody to let in.")
        for row in rows:
            self.stdout.write(f"{row.network} is let in for {row.group} for {options['minutes']} minutes.")
