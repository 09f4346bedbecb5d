"""The shop of a load world: the demo's regions and numbers, and many more people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from inbox.demo.accounts import add_people
from inbox.demo.material import material
from inbox.demo.shopfront import add_canned_replies, add_channels, add_regions
from inbox.load.rhythm import DAYS
from inbox.models import Channel
from security.models import Membership, Region, User

# Of a hundred people, by level; whoever is over is an agent.
_LEVELS = {"admin": 3, "supervisor": 7, "senior": 15, "observer": 9}
_REGIONS = {"asia": 50, "europe": 27, "americas": 23}
_ANSWERING = ("agent", "senior", "supervisor")


@dataclass(frozen=True)
class Shop:
    """Channels by their key in ``data/shop.yaml``; who answers, by region code."""

    channels: Mapping[str, Channel]
    answering: Mapping[str, Sequence[int]]
    members: Mapping[str, Sequence[int]]


def open_shop(*, people: int, now: datetime, rng: Random) -> None:
    regions = add_regions()
    staff = add_people(regions, material("shop")["people"] + _cards(people - len(material("shop")["people"]), rng))
    add_channels(regions, now=now, rng=rng)
    add_canned_replies(regions, staff, now=now)
    channels = Channel.objects.for_system("the numbers of a load world are older than its messages")
    channels.update(live_since=now - timedelta(days=2 * DAYS))


def known_shop() -> Shop:
    """The shop as it stands in the database."""
    codes = dict(Region.objects.values_list("pk", "code"))
    rows = Channel.objects.for_system("the numbers of a load world").select_related("region")
    keys = {card["phone"]: card["key"] for card in material("shop")["channels"]}
    levels = dict(User.objects.values_list("pk", "groups__name"))
    members: dict[str, list[int]] = {code: [] for code in codes.values()}
    for user_id, region_id in Membership.objects.order_by("user_id").values_list("user_id", "region_id"):
        members[codes[region_id]].append(user_id)
    answering = {code: [one for one in ids if levels[one] in _ANSWERING] for code, ids in members.items()}
    return Shop({keys[row.phone]: row for row in rows}, answering, members)


def _cards(count: int, rng: Random) -> list[dict[str, Any]]:
    """``data/shop.yaml``'s notation; the regions in turn, so that each has people of every level."""
    names = material("names")
    zones = {region["code"]: region["time_zone"] for region in material("shop")["regions"]}
    levels = [level for level, share in _LEVELS.items() for _ in range(count * share // 100)]
    levels += ["agent"] * (count - len(levels))
    cards = []
    for number, level in enumerate(levels):
        home = rng.choices(list(_REGIONS), list(_REGIONS.values()))[0]
        more = list(_REGIONS) if level == "admin" else ["asia", "europe"] if level == "supervisor" else []
        regions = list(dict.fromkeys([home, *more]))
        name = f"{rng.choice(names['first'])} {rng.choice(names['last_asian'])}"
        language = "zh-hant" if home == "asia" or rng.random() < 0.6 else "en"
        cards.append(
            {"email": f"{level}{number + 1}", "name": name, "level": level, "regions": regions, "language": language,
             "time_zone": zones[home]}
        )  # fmt: skip
    return cards
