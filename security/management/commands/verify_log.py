"""``manage.py verify_log``: is the operation log what was sealed? Exits 1 and names the first thing that is not."""

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.dateparse import parse_date, parse_datetime

from security.log.verifying import Broken, check_head, verify
from security.management.prepared import PreparedCommand
from security.models import Operation, Seal

_EVERY = 50_000


class Command(PreparedCommand):
    help = "Recompute every seal of the operation log from its rows; exit 1 at the first that does not fit."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", help="only seals made since then: 2026-01-31, or a time in ISO 8601")
        parser.add_argument("--head", help="number:digest, as this command printed it earlier: must still be there")

    def handle(self, *args: Any, **options: Any) -> None:
        self.told = 0
        since = _moment(options["since"]) if options["since"] else None
        try:
            if options["head"]:
                check_head(options["head"])
            lines, last = verify(since=since, report=self._report)
        except Broken as broken:
            raise CommandError(f"BROKEN: {broken}", returncode=1) from broken
        self._say_end(lines, last)

    def _report(self, lines: int, seal: Seal) -> None:
        if lines - self.told >= _EVERY:
            self.told = lines
            self.stdout.write(f"{lines} lines hold, up to {seal.sealed_at:%Y-%m-%d %H:%M} UTC")

    def _say_end(self, lines: int, last: Seal | None) -> None:
        waiting = Operation.objects.filter(id__gt=last.last_id if last is not None else 0)
        count = waiting.count()
        self.stdout.write(f"{lines} lines hold; {count} are not sealed yet.")
        if count and (oldest := waiting.order_by("id").first()) is not None:
            self.stdout.write(f"The oldest of those is line {oldest.pk} of {oldest.at:%Y-%m-%d %H:%M} UTC.")
        if last is not None:
            self.stdout.write(f"Head: {last.number}:{bytes(last.digest).hex()} (note it outside this database)")


def _moment(spelled: str) -> datetime:
    day = parse_date(spelled) if len(spelled) == len("2026-01-31") else None
    found = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else parse_datetime(spelled)
    if found is None:
        raise CommandError(f"{spelled!r} is no date; write 2026-01-31.")
    return found if found.tzinfo else found.replace(tzinfo=UTC)
