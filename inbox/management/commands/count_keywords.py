"""``manage.py count_keywords``: count what customers wrote about on past days, as far back as is wanted."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from inbox.actions.keyword_days import count_days, count_from_anew
from security.management.prepared import PreparedCommand
from security.models import Region


class Command(PreparedCommand):
    help = (
        "Count the terms of past days that were not counted yet. Runs beside everything else; what an interrupted run "
        "has done stays done, and the next one goes on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=35, help="how many days back (35)")
        parser.add_argument("--region", metavar="CODE", help="only the region of this code")
        parser.add_argument("--afresh", action="store_true", help="those that were counted already, too")

    def handle(self, *args: Any, **options: Any) -> None:
        code, days = options["region"], options["days"]
        regions = list(Region.objects.filter(**({"code": code} if code else {})).order_by("code"))
        if code and not regions:
            raise CommandError(f"There is no region {code!r}.")
        for region in regions:
            if options["afresh"]:
                count_from_anew(region.pk, days=days)
            done = count_days(region, days=days)
            self.stdout.write(f"{region.code}: {done:,} days counted.")
