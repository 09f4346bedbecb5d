"""Fills an empty house with a large team and all it has ever talked about: ``python -m tests.bench.team WISHES``, in
its environment. Prints the regions with their people (by role, each with a session and an API key) as JSON.

People and rights come about by the actions that always make them; contacts, conversations and the newest message of
each are written past them, sealed as usual. Every contact writes to each of its region's numbers.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

import django

ROLES = ("observer", "agent", "trainee", "finance", "senior", "supervisor", "admin")
_ZONES = (("asia", "Asia/Taipei"), ("europe", "Europe/London"), ("americas", "America/New_York"))
_NUMBERS_OF_A_REGION = 4
_CONTACTS_AT_ONCE = 2_000
# Of forty in a region; the rest are agents.
_OF_FORTY = {"observer": 4, "trainee": 2, "finance": 2, "senior": 5, "supervisor": 3, "admin": 1}


@dataclass(frozen=True)
class TeamWishes:
    """``people`` and ``conversations`` are spread evenly over ``regions``; admins work in all of them."""

    conversations: int = 1_000_000
    people: int = 200
    regions: int = 5
    seed: int = 7

    def as_json(self) -> str:
        return json.dumps(asdict(self))


def furnish(wishes: TeamWishes) -> dict[str, Any]:
    from security.actions.behaviour import let_rules_only_tell
    from security.actions.levels import sync_levels
    from security.actions.people import add_region
    from tests.bench import team_rows
    from tests.conftest import BY
    from tests.house.widen import widen
    from tests.worlds.channels import channel

    sync_levels(by=BY)
    let_rules_only_tell(by=BY)
    widen()
    zones = [_ZONES[place % len(_ZONES)] for place in range(wishes.regions)]
    regions = [
        add_region(by=BY, code=f"region-{place + 1}", name=f"Region {place + 1}", time_zone=zone)
        for place, (_, zone) in enumerate(zones)
    ]
    told = []
    for place, region in enumerate(regions):
        crew = _crew(region, regions, place, wishes.people // wishes.regions)
        numbers = [channel(region) for _ in range(_NUMBERS_OF_A_REGION)]
        answering = [one["id"] for role in ("agent", "trainee", "senior", "finance") for one in crew[role]]
        rng = Random(f"{wishes.seed}:{place}")
        spoken = (zones[place][0], "zh" if zones[place][0] == "asia" else "en")
        books = team_rows.Books(numbers, answering, spoken, rng, seed=wishes.seed + place)
        contacts = wishes.conversations // wishes.regions // _NUMBERS_OF_A_REGION
        for some in _portions(contacts):
            books.write(some)
        told.append({"id": region.pk, "people": crew})
    team_rows.settle()
    return {"regions": told}


def _portions(count: int) -> Iterator[range]:
    for start in range(0, count, _CONTACTS_AT_ONCE):
        yield range(start, min(count, start + _CONTACTS_AT_ONCE))


def _crew(region: Any, regions: Sequence[Any], place: int, count: int) -> dict[str, list[dict[str, Any]]]:
    """The people of one region by role."""
    roles = [role for role, of_forty in _OF_FORTY.items() for _ in range(max(1, of_forty * count // 40))]
    roles += ["agent"] * (count - len(roles))
    crew: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for number, role in enumerate(roles):
        home = regions if role == "admin" else [region]
        crew[role].append(_person(f"{role}{place}-{number}", role, home))
    return dict(crew)


def _person(name: str, role: str, regions: Iterable[Any]) -> dict[str, Any]:
    from knox.models import get_token_model

    from security.actions.duties import give_duty
    from security.actions.people import add_person
    from security.actions.traineeships import start_traineeship
    from tests.conftest import BY, PASSWORD
    from tests.worlds.serving import session_of

    level = "agent" if role in ("trainee", "finance") else role
    person = add_person(
        by=BY, email=f"{name}@kefu.test", name=name, password=PASSWORD, level=level, regions=list(regions)
    )
    if role == "trainee":
        start_traineeship(by=BY, user=person)
    if role == "finance":
        give_duty(by=BY, user=person, duty="finance")
    _, key = get_token_model().objects.create(user=person)
    return {"id": person.pk, "name": name, "session": session_of(person), "api_key": key}


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print(json.dumps(furnish(TeamWishes(**json.loads(sys.argv[1])))))
