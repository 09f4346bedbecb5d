"""``manage.py simulator``: the WhatsApp simulator alone, for another inbox or for tests of one's own."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Runs the WhatsApp simulator alone, with its phone page. Nothing of Kefu is started or needed."
    requires_system_checks = ()  # nothing of Kefu runs

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8001)
        parser.add_argument("--state", help="state file; the default is var/simulator.sqlite3")
        parser.add_argument("--memory", action="store_true", help="keep no state file")
        parser.add_argument("--seed", type=int, help="repeat a run: ids, delays, disorder")

    def handle(self, *args: Any, **options: Any) -> None:
        """Becomes the simulator: it must not see Django, and whoever ends this process ends it."""
        command = [sys.executable, "-m", "inbox.simulator", "--host", options["host"], "--port", str(options["port"])]
        for name in ("state", "seed"):
            if options[name] is not None:
                command += [f"--{name}", str(options[name])]
        if options["memory"]:
            command.append("--memory")
        self.stdout.write(f"The phone page is at http://{options['host']}:{options['port']}/")
        self.stdout.flush()
        os.execv(command[0], command)
