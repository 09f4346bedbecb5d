"""``manage.py add_channel``: connect a WhatsApp number and print what Meta's dashboard must be told."""

import os
import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from inbox.actions.channels import add_channel
from inbox.whatsapp.providers import PROVIDERS
from security.access import System
from security.errors import Refusal
from security.management.prepared import PreparedCommand
from security.models import Region


class Command(PreparedCommand):
    help = "Connect a WhatsApp number. Secrets come from KEFU_ACCESS_TOKEN and KEFU_APP_SECRET, never from arguments."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--region", required=True, metavar="CODE")
        parser.add_argument("--phone", required=True, help="in international format, +886…")
        parser.add_argument("--phone-number-id", required=True)
        parser.add_argument("--waba-id", required=True)
        parser.add_argument("--provider", choices=tuple(PROVIDERS), default="meta")
        parser.add_argument("--base-url", help="where its API is, if not at the provider's usual address")
        parser.add_argument("--graph-version", default="v26.0")

    def handle(self, *args: Any, **options: Any) -> None:
        token, secret = os.environ.get("KEFU_ACCESS_TOKEN"), os.environ.get("KEFU_APP_SECRET")
        region = Region.objects.filter(code=options["region"]).first()
        if not token or not secret:
            raise CommandError("Set KEFU_ACCESS_TOKEN and KEFU_APP_SECRET in the environment.")
        if region is None:
            raise CommandError(f"There is no region {options['region']!r}.")
        provider = PROVIDERS[options["provider"]]
        verify_token = secrets.token_urlsafe(24)
        try:
            channel = add_channel(
                by=System("manage.py add_channel"),
                region=region,
                name=options["name"],
                provider=options["provider"],
                credentials={"access_token": token, "app_secrets": [secret], "verify_token": verify_token},
                base_url=options["base_url"] or provider.base_url or settings.KEFU_SIMULATOR_URL,
                phone=options["phone"],
                phone_number_id=options["phone_number_id"],
                waba_id=options["waba_id"],
                graph_version=options["graph_version"],
            )
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal
        self.stdout.write(f"Callback URL   {settings.KEFU_PUBLIC_URL}/webhooks/whatsapp/{channel.pk}")
        if provider.handshake:
            self.stdout.write(f"Verify token   {verify_token}")
        else:
            self.stdout.write(
                f"{provider.title} signs with the header {provider.webhook_header}; it asks for no token."
            )
