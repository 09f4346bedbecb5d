"""``manage.py set_tier``: the way down when a tier, or an incident, shuts out whoever could switch it back."""

from datetime import timedelta
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from security.access import System
from security.actions.incidents import end_incident
from security.actions.tiers import switch_tier, tier_now
from security.errors import Refusal
from security.management.prepared import PreparedCommand
from security.tier_policy import TIER_NAMES
from security.tiers.standing import read_rows


class Command(PreparedCommand):
    help = "Switch the security tier from the machine; --end-incident ends incident mode besides."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("tier", choices=TIER_NAMES)
        parser.add_argument("--reason", required=True)
        parser.add_argument("--hours", type=int, help="for so long; then back by itself")
        parser.add_argument("--end-incident", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        by, hours = System("manage.py set_tier"), options["hours"]
        if hours is not None and hours < 1:
            raise CommandError("--hours must be 1 or more.")
        until = timezone.now() + timedelta(hours=hours) if hours else None
        try:
            if options["end_incident"] and read_rows()[1] is not None:
                end_incident(by=by, reason=options["reason"])
            if until is not None or _needs_switching(options["tier"]):
                switch_tier(by=by, tier=options["tier"], reason=options["reason"], until=until)
        except Refusal as refusal:
            raise CommandError(f"{refusal.message} {refusal.remedy or ''}".strip()) from refusal
        self.stdout.write(f"The tier in force is {tier_now()}.")


def _needs_switching(tier: str) -> bool:
    switch = read_rows()[0]
    return (switch.tier, switch.until) != (tier, None) if switch is not None else tier != TIER_NAMES[0]
