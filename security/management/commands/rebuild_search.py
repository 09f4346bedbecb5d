"""``manage.py rebuild_search``: index what is not indexed, or only say how much that is."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from security.actions.search import forget_orphans, index_missing, pack_settled, start_afresh
from security.management.prepared import PreparedCommand
from security.models import Region
from security.search.sources import orphans, sources

_EVERY = 10_000


class Command(PreparedCommand):
    help = (
        "Index every message, note and contact that is not indexed. Runs beside everything else; an interrupted run is "
        "continued by the next. --check only counts, and exits 1 when something is missing or too much."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--region", help="only the region of this code")
        parser.add_argument("--check", action="store_true", help="say what is missing, change nothing")
        parser.add_argument(
            "--afresh", action="store_true", help="forget the whole index first: nothing is found until this is done"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        regions = self._regions(options["region"])
        if options["check"]:
            self._check(regions)
            return
        if options["afresh"]:
            if options["region"]:
                raise CommandError("--afresh forgets the index of every region; leave out --region.")
            start_afresh()
        for region in regions:
            self.told = 0
            done = index_missing(region=region, report=self._report)
            self.stdout.write(f"{region.code}: {done:,} indexed.")
        if dropped := forget_orphans():
            self.stdout.write(f"{dropped:,} entries of what is not there any more were dropped.")
        if packed := pack_settled():
            self.stdout.write(f"{packed:,} packed.")

    def _regions(self, code: str | None) -> list[Region]:
        found = list(Region.objects.filter(**({"code": code} if code else {})).order_by("code"))
        if code and not found:
            raise CommandError(f"There is no region {code!r}.")
        return found

    def _check(self, regions: list[Region]) -> None:
        lacking = 0
        for region in regions:
            for source in sources():
                whole, missing = source.rows(region.pk).count(), source.missing(region.pk).count()
                lacking += missing
                self.stdout.write(f"{region.code}, {source.name}: {missing:,} of {whole:,} not indexed")
        too_many = sum(1 for _ in orphans())
        self.stdout.write(f"{too_many:,} entries of what is not there any more")
        if lacking or too_many:
            told = f"{lacking:,} rows are not indexed, {too_many:,} entries are of nothing; run this without --check."
            raise CommandError(told, returncode=1)

    def _report(self, name: str, done: int) -> None:
        if done - self.told >= _EVERY or done < self.told:
            self.told = done
            self.stdout.write(f"  {name}: {done:,}")
