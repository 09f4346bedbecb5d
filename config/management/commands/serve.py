"""``manage.py serve``: Kefu in one process, with the simulator and, on an empty database, a demo world.

With ``KEFU_PRODUCTION=1`` there is neither: demo accounts have printed passwords, and the simulator asks for none.
"""

import os
import threading
import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, OperationalError

from config.env import env
from inbox.demo.accounts import demo_accounts
from inbox.demo.refresh import follow_settings
from security.models import User

EXIT_WITHIN_SECONDS = 8


def _unusable(error: DatabaseError) -> str:
    why = " ".join(str(error).split())
    if env.database_url:
        return f"The database of DATABASE_URL cannot be used ({why}): is it running, and may its user make tables?"
    remedy = (
        "is another Kefu using it?"
        if isinstance(error, OperationalError)
        else "put a backup in its place, delete it to begin anew, or name another folder with KEFU_DATA."
    )
    return f"The database {env.data / 'kefu.sqlite3'} cannot be used ({why}): {remedy}"


class Command(BaseCommand):
    help = "Run everything in one process: web, workers, beat and the simulator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-demo", action="store_true", help="start empty instead of with the demo world")

    def handle(self, *args: Any, **options: Any) -> None:
        if env.production:
            call_command("check", deploy=True, fail_level="ERROR")
        if not (env.data / "media").exists():
            (env.data / "media").mkdir(parents=True, exist_ok=True)
        began = time.monotonic()
        self._say("preparing the database", began)
        self._prepare()
        if not env.production and not options["no_demo"] and not User.objects.exists():
            self._say("making the demo world (once)", began)
            call_command("seed_demo", verbosity=0)
        if not env.production:
            follow_settings()
        self._say("starting the workers" if env.production else "starting the workers and the simulator", began)
        self._run(began)

    def _prepare(self) -> None:
        try:
            call_command("prepare", verbosity=0)
        except DatabaseError as error:
            raise CommandError(_unusable(error)) from error

    def _run(self, began: float) -> None:
        from config.onebox.simulator import SimulatorThread
        from config.onebox.web import serve_until_stopped
        from config.onebox.worker import Workers

        simulator = None
        if not env.production:
            simulator = SimulatorThread(host=env.host, port=env.simulator_port, state=env.data / "simulator.sqlite3")
        workers = Workers(env.data)
        try:
            if simulator is not None:
                simulator.start()
            workers.start()
        except (OSError, RuntimeError) as error:
            raise CommandError(f"Could not start: {error}. Is port {env.simulator_port} (SIM_PORT) free?") from error
        serve_until_stopped(host=env.host, port=env.port, on_ready=lambda: self._ready(began))
        # Something may hang in a driver's thread; the data is safe by then, so leave anyway.
        guard = threading.Timer(EXIT_WITHIN_SECONDS, os._exit, args=(0,))
        guard.daemon = True
        guard.start()
        workers.stop()
        if simulator is not None:
            simulator.stop()
        os._exit(0)

    def _ready(self, began: float) -> None:
        self._say("Kefu is ready", began)
        lines = [
            "",
            f"  Inbox           http://{env.host}:{env.port}/",
            f"  Admin           http://{env.host}:{env.port}/admin/",
            f"  API             http://{env.host}:{env.port}/api/v1/docs",
        ]
        if not env.production:
            lines.insert(2, f"  Customer phone  http://{env.host}:{env.simulator_port}/")
        accounts = [] if env.production else demo_accounts()
        if accounts:
            lines += ["", f"  Demo accounts, password {accounts[0].password}"]
            lines += [f"    {a.email:<18} {a.level:<11} {', '.join([*a.regions, *a.besides])}" for a in accounts]
        self.stdout.write("\n".join([*lines, ""]))
        self.stdout.flush()

    def _say(self, what: str, began: float) -> None:
        self.stdout.write(f"[{time.monotonic() - began:5.1f} s] {what}")
        self.stdout.flush()
