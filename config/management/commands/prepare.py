"""``manage.py prepare``: everything a new or updated installation needs before it serves. Safe to repeat."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from security.access import System
from security.actions.behaviour import lay_out_rules
from security.actions.levels import sync_levels
from security.actions.policies import lay_out_policies
from security.statistics import refresh_statistics


class Command(BaseCommand):
    help = "Migrate, write levels with their permissions, policy rows and behaviour rules, collect static files."

    def handle(self, *args: Any, **options: Any) -> None:
        verbosity = options["verbosity"]
        call_command("migrate", interactive=False, verbosity=max(0, verbosity - 1))
        sync_levels(by=System("prepare"))
        lay_out_policies(by=System("prepare"))
        lay_out_rules(by=System("prepare"))
        refresh_statistics()
        from django.conf import settings

        if settings.KEFU_PRODUCTION:
            call_command("collectstatic", interactive=False, verbosity=0)
