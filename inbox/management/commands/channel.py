"""``manage.py channel``: what an operator does to a connected number."""

import os
from typing import Any

from django.core.management.base import CommandError, CommandParser

from inbox.actions.channels import rotate_app_secret, rotate_token
from inbox.actions.files import fetch_again, hurry_files
from inbox.actions.ingest import replay_set_aside
from inbox.actions.pauses import resume_channel
from inbox.models import Channel
from security.access import System
from security.management.prepared import PreparedCommand

_BY = System("manage.py channel")


class Command(PreparedCommand):
    help = "list | resume | replay | fetch-again | rotate-secret (KEFU_APP_SECRET) | rotate-token (KEFU_ACCESS_TOKEN)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "deed", choices=("list", "resume", "replay", "fetch-again", "rotate-secret", "rotate-token")
        )
        parser.add_argument("phone_number_id", nargs="?")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Channel.objects.for_system("an operator looks after the channels")
        if options["deed"] == "list":
            for row in rows.order_by("name"):
                self.stdout.write(f"{row.phone_number_id}  {row.phone}  {row.state} {row.paused_reason}  {row.name}")
            return
        channel = rows.filter(phone_number_id=options["phone_number_id"]).first()
        if channel is None:
            raise CommandError("There is no such channel; `manage.py channel list` shows them.")
        self.stdout.write(self._do(options["deed"], channel))

    def _do(self, deed: str, channel: Channel) -> str:
        if deed == "resume":
            resume_channel(by=_BY, channel=channel)
            hurry_files(channel=channel)
            return f"{channel.name} sends again; what waited leaves within seconds."
        if deed == "replay":
            return f"{replay_set_aside(by=_BY, channel=channel)} webhook bodies are tried again."
        if deed == "fetch-again":
            return f"{fetch_again(by=_BY, channel=channel)} files that were given up are fetched again."
        if deed == "rotate-secret":
            rotate_app_secret(by=_BY, channel=channel, secret=_given("KEFU_APP_SECRET"))
            return "The new secret is accepted, and the one before it."
        rotate_token(by=_BY, channel=channel, token=_given("KEFU_ACCESS_TOKEN"))
        return "The new token is used from now on. Resume the channel if it was paused."


def _given(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise CommandError(f"Set {name} in the environment.")
    return value
