"""Invented customers: names put together at random, numbers from ranges that reach nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from inbox.demo.material import material

# Known to Kefu without a number: people who adopted a username (Meta: business-scoped user ids).
_WITHOUT_PHONE = 0.05
_WITH_USERNAME = 0.08


@dataclass(frozen=True)
class Customer:
    """``wa_id`` is the real number; ``hidden`` keeps it from Kefu, as WhatsApp does for people with a username.
    ``called`` is how the team addresses them; ``manner`` picks the way they write."""

    key: str
    region: str
    language: str
    name: str
    called: str
    surname: str
    wa_id: str
    bsuid: str
    username: str | None
    country: str
    hidden: bool
    manner: int

    @property
    def read_receipts(self) -> bool:
        """One in a dozen has switched them off: what we send them stays at two grey ticks."""
        return int(self.wa_id) % 12 != 0


def invent_customers(region: dict[str, Any], rng: Random) -> list[Customer]:
    """``region["contacts"]`` people of one region, ``region["english"]`` of them writing English."""
    count = region["contacts"]
    numbers = _numbers(region["code"], rng)
    english = round(count * region["english"])
    taken: set[str] = set()
    people = []
    for index in range(count):
        language = "en" if index < english else "zh"
        country, wa_id = next(numbers)
        name, called, surname = _name(language, region["code"], country, rng, taken)
        hidden = rng.random() < _WITHOUT_PHONE
        username = None
        if hidden or rng.random() < _WITH_USERNAME:
            username = f"{rng.choice(_HANDLES)}_{region['code'][0]}{index}{rng.randrange(10, 100)}"
        people.append(
            Customer(
                key=f"demo{region['code'][:2]}{index:03d}",
                region=region["code"],
                language=language,
                name=name,
                called=called,
                surname=surname,
                wa_id=wa_id,
                bsuid=f"{country}.{rng.randrange(10**19, 10**20)}",
                username=username,
                country=country,
                hidden=hidden,
                manner=rng.randrange(6),
            )
        )
    rng.shuffle(people)
    return people


_HANDLES = ("tea", "leaf", "harbour", "maple", "slow", "cloud", "ginger", "mochi", "juniper", "pebble", "willow")


def _name(language: str, region: str, country: str, rng: Random, taken: set[str]) -> tuple[str, str, str]:
    """``(profile name, how the team addresses them, surname)``; a profile name is used once."""
    for _ in range(200):
        name, called, surname = draw_name(language, region, country, rng)
        if name not in taken:
            break
    taken.add(name)
    return name, called, surname


def draw_name(language: str, region: str, country: str, rng: Random) -> tuple[str, str, str]:
    parts = material("names")
    if language == "en" or (region != "asia" and rng.random() < 0.25):
        first = rng.choice(parts["first"])
        last = rng.choice(parts["last_asian"] if language == "zh" else parts[f"last_{_west(region)}"])
        return f"{first} {last}", first, last
    surname = rng.choice(parts["surnames"])
    female = rng.random() < 0.58
    full = surname + rng.choice(parts["female" if female else "male"])
    called = surname + ("小姐" if female else "先生")
    if country == "HK" and rng.random() < 0.6:
        english = rng.choice(parts["hong_kong"])
        return english, english.split()[0], surname
    if rng.random() < 0.12:
        return rng.choice(parts["nicknames"]), called, surname
    return full, called, surname


def _west(region: str) -> str:
    return "europe" if region == "europe" else "americas"


def _numbers(region: str, rng: Random) -> Iterator[tuple[str, str]]:
    """``(country, digits)`` without repetition. Taiwan's, Britain's, France's, Sweden's and North America's are set
    aside for fiction or tests; Hong Kong has no such range, so its are of a shape that is never given out."""
    pools = {
        "asia": [("TW", f"886900000{n:03d}") for n in range(900)] + [("HK", f"852000000{n:02d}") for n in range(90)],
        "europe": [("GB", f"447700900{n:03d}") for n in range(900)]
        + [("FR", f"3363998{n:04d}") for n in range(200)]
        + [("SE", f"46701740{n}") for n in range(605, 700)],
        "americas": [("US", f"1{area}55501{n:02d}") for area in (212, 312, 415, 617, 206) for n in range(100)]
        + [("CA", f"1{area}55501{n:02d}") for area in (416, 604) for n in range(100)],
    }
    pool = pools[region]
    return iter(rng.sample(pool, len(pool)))
