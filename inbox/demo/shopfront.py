"""The shop itself: regions, numbers and prepared answers."""

import secrets
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.conf import settings

from inbox.demo.accounts import BY
from inbox.demo.material import material
from inbox.demo.wording import spaced
from inbox.models import CannedReply, Channel
from security.actions.people import add_region
from security.actions.teams import add_team
from security.actions.work import change_work
from security.encryption.keyring import make_keys
from security.models import Region, User
from security.writing import write


def add_regions() -> dict[str, Region]:
    return {
        card["code"]: add_region(by=BY, code=card["code"], name=card["name"], time_zone=card["time_zone"])
        for card in material("shop")["regions"]
    }


def arrange_work(regions: dict[str, Region], people: dict[str, User]) -> None:
    """Teams, languages and skills, so that automatic assignment can be tried; the numbers' rules stay off."""
    with write(by=BY):
        for card in material("shop")["teams"]:
            members = [people[name].pk for name in card["people"]]
            add_team(by=BY, region=regions[card["region"]], name=card["name"], people=members)
        for name, card in material("shop")["work"].items():
            change_work(
                by=BY, user_id=people[name].pk, languages=card["languages"], skills=card["skills"],
                capacity=card.get("capacity"),
            )  # fmt: skip


def add_channels(regions: dict[str, Region], *, now: datetime, rng: Random) -> dict[str, Channel]:
    """The numbers by their key in ``data/shop.yaml``, all at the simulator, each with credentials of its own."""
    channels = {}
    with write(by=BY) as change:
        for card in material("shop")["channels"]:
            region = regions[card["region"]]
            channel = Channel(
                region=region,
                key_id=make_keys(region_id=region.pk, purpose="channel")[0].pk,
                name=card["name"],
                provider="simulator",
                base_url=settings.KEFU_SIMULATOR_URL,
                phone=card["phone"],
                phone_number_id=str(rng.randrange(10**14, 10**15)),
                waba_id=str(rng.randrange(10**14, 10**15)),
                credentials=_credentials(),
                live_since=now - timedelta(days=card["live_days"]),
            )
            channel.save(force_insert=True)
            change.record("channel.added", channel, provider="simulator")
            channels[card["key"]] = channel
    return channels


def _credentials() -> dict[str, Any]:
    """Invented, but secret all the same: whoever knows an app secret can forge what customers write."""
    return {
        "access_token": f"SIM{secrets.token_hex(20)}",
        "app_secrets": [secrets.token_hex(16)],
        "verify_token": secrets.token_hex(12),
    }


def add_canned_replies(regions: dict[str, Region], people: dict[str, User], *, now: datetime) -> None:
    prepared = material("canned_replies")
    created_at = now - timedelta(days=90)
    rows = []
    for code, region in regions.items():
        for card in prepared["team"]:
            text = card["text"]
            for name, value in prepared["facts"][code].items():
                text = text.replace(f"<{name}>", value)
            rows.append(
                CannedReply(
                    region=region,
                    shortcut=card["shortcut"],
                    title=card["title"],
                    text=spaced(text),
                    buttons=card.get("buttons", []),
                    created_at=created_at,
                )
            )
    for card in prepared["own"]:
        owner = people[card["owner"]]
        mine = [region for region in regions.values() if owner.regions.filter(pk=region.pk).exists()]
        rows.append(
            CannedReply(
                region=mine[0],
                owner=owner,
                shortcut=card["shortcut"],
                title=card["title"],
                text=card["text"],
                created_at=created_at,
            )
        )
    with write(by=BY):
        CannedReply.objects.bulk_create(rows)
