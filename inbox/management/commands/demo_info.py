"""``manage.py demo_info``: how to sign in to the demo world, and its channels' credentials."""

import json
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from inbox.demo.accounts import demo_accounts
from inbox.demo.phone import webhook_url
from inbox.models import Channel
from security.management.prepared import PreparedCommand


class Command(PreparedCommand):
    help = "Print the demo world's addresses, accounts and channels."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        accounts = demo_accounts()
        if not accounts:
            raise CommandError("This is not a demo world: nobody in it has an address at kefu.demo.")
        info = {
            "base_url": settings.KEFU_PUBLIC_URL,
            "simulator_url": settings.KEFU_SIMULATOR_URL,
            "accounts": [asdict(account) for account in accounts],
            "channels": _channels(),
        }
        self.stdout.write(json.dumps(info, ensure_ascii=False, indent=2) if options["as_json"] else _table(info))


def _channels() -> list[dict[str, str]]:
    rows = Channel.objects.for_system("the demo's own credentials").filter(provider="simulator")
    return [
        {
            "id": str(channel.pk),
            "name": channel.name,
            "region": channel.region.name,
            "webhook_url": webhook_url(channel),
            "phone_number_id": channel.phone_number_id,
            "waba_id": channel.waba_id,
            "app_secret": channel.credentials["app_secrets"][0],
            "verify_token": channel.credentials["verify_token"],
            "access_token": channel.credentials["access_token"],
        }
        for channel in rows.select_related("region").order_by("region_id", "name")
    ]


def _besides(account: dict[str, Any]) -> str:
    return f" ({', '.join(account['besides'])})" if account["besides"] else ""


def _table(info: dict[str, Any]) -> str:
    lines = [f"Inbox           {info['base_url']}/", f"Customer phone  {info['simulator_url']}/", ""]
    lines.append(f"Accounts (password {info['accounts'][0]['password']})")
    for account in info["accounts"]:
        regions = ", ".join(account["regions"])
        lines.append(
            f"  {account['email']:<16} {account['level']:<11} {account['api_key']}  {regions}{_besides(account)}"
        )
    lines += ["", "Channels"]
    for channel in info["channels"]:
        lines += [f"  {channel['name']} ({channel['region']})", f"    webhook          {channel['webhook_url']}"]
        lines += [f"    {name:<16} {channel[name]}" for name in ("phone_number_id", "waba_id", "app_secret")]
        lines += [f"    {name:<16} {channel[name]}" for name in ("verify_token", "access_token")]
    return "\n".join(lines)
