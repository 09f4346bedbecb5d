"""``manage.py load_world``: fill an empty database with a large world, for benches."""

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from inbox.load.ledger import NotOurs, Wishes
from inbox.load.loading import load_world
from inbox.load.tables import Outdated

_LEAST_MESSAGES = 6
_DEMO_PEOPLE = 8


class Command(BaseCommand):
    help = (
        "Fill an empty, migrated database with half a year of invented conversations: long tails, campaign days, "
        "files, ticks. The people are the demo's and more like them (`manage.py demo_info`). An interrupted load is "
        "continued by the same command. Only files of the last two days have their bytes on disk."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--conversations", type=int, default=50_000)
        parser.add_argument("--messages", type=int, default=1_000_000, help="besides our own emoji, which are few")
        parser.add_argument("--people", type=int, default=60, help="colleagues, over all levels")
        parser.add_argument("--seed", type=int, default=7, help="the same seed tells the same story")

    def handle(self, *args: Any, **options: Any) -> None:
        wishes = Wishes(options["conversations"], options["messages"], options["people"], options["seed"])
        if wishes.conversations < 1 or wishes.messages < _LEAST_MESSAGES * wishes.conversations:
            raise CommandError(f"There must be at least {_LEAST_MESSAGES} messages to a conversation.")
        if wishes.people < _DEMO_PEOPLE:
            raise CommandError(f"--people: the demo's {_DEMO_PEOPLE} are always among them.")
        began = time.monotonic()
        progress = _Progress(self, quiet=not options["verbosity"])
        try:
            written = load_world(wishes, report=progress.tell)
        except (NotOurs, Outdated) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError("Interrupted; the same command goes on where it stopped.") from None
        if not progress.quiet:
            self.stdout.write(f"{written:,} messages written in {_spoken(time.monotonic() - began)}.")


class _Progress:
    """One line that is written anew on a terminal, a line per step elsewhere."""

    def __init__(self, command: Command, *, quiet: bool) -> None:
        self.quiet = quiet
        self._command = command
        self._began = time.monotonic()

    def tell(self, done: int, total: int) -> None:
        if self.quiet:
            return
        rate = done / max(0.001, time.monotonic() - self._began)
        left = _spoken((total - done) / rate) if done < total else "nothing"
        ends = "\r" if sys.stdout.isatty() and done < total else "\n"
        self._command.stdout.write(f"{done:>11,} of {total:,}  {rate:>8,.0f}/s  {left} left   ", ending=ends)
        self._command.stdout.flush()


def _spoken(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
