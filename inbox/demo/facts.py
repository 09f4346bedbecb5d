"""What the texts of one episode speak of: the same order, goods, days and prices in every message of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from inbox.demo.customers import Customer
from inbox.demo.material import material

_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Facts:
    """``words`` are what ``<name>`` stands for; ``picture`` is what a photo of the product shows, e.g. ``teapot``."""

    words: dict[str, str]
    picture: str


def gather_facts(customer: Customer, *, agent: str, at: datetime, rng: Random) -> Facts:
    """The facts of one episode that begins about ``at``."""
    shop = material("shop")
    region = next(one for one in shop["regions"] if one["code"] == customer.region)
    language = customer.language
    product, other = rng.sample(shop["products"], 2)
    quantity = rng.choice((2, 2, 3, 4, 6))
    return Facts(
        words={
            **_goods(shop, language, region, product, other, quantity, rng),
            **_days(at.astimezone(ZoneInfo(region["time_zone"])), language, rng),
            **_people(shop, customer, agent, rng),
            **_places(shop, customer, rng),
            "order": f"IL{at:%y%m}{rng.randrange(10_000):04d}",
            "tracking": f"{rng.randrange(10**11, 10**12)}",
            "code": rng.choice(shop["codes"]),
            "reason": rng.choice(shop["reasons"][customer.region][language]),
        },
        picture=product["picture"],
    )


def _goods(
    shop: dict[str, Any], language: str, region: dict[str, Any], product: Any, other: Any, quantity: int, rng: Random
) -> dict[str, str]:
    regional = material("canned_replies")["facts"][region["code"]]
    return {
        "product": product[language],
        "product2": other[language],
        "tea": rng.choice(shop["teas"])[language],
        "colour": rng.choice(shop["colours"])[language],
        "gift_colour": rng.choice(["米白", "墨綠"]),
        "qty": str(quantity),
        "price": _money(product["twd"], region),
        "total": _money(product["twd"] * quantity + other["twd"], region),
        "ship": regional["ship"],
        "free": regional["free"],
        "gift": regional["gift"],
    }


def _money(twd: int, region: dict[str, Any]) -> str:
    return f"{region['currency']}{round(twd * region['rate']):,}"


def _days(local: datetime, language: str, rng: Random) -> dict[str, str]:
    before = local - timedelta(days=rng.randrange(2, 7))
    after = local + timedelta(days=rng.randrange(1, 5))
    if language == "zh":
        return {
            "day": _chinese(before),
            "day2": _chinese(after),
            "weekday": f"週{_WEEKDAYS[after.weekday()]}",
            "time": rng.choice(("上午 11 點", "下午 2 點", "下午 4 點半", "晚上 7 點")),
        }
    return {
        "day": f"{before:%A}",
        "day2": f"{after:%A} {after.day} {after:%b}",
        "weekday": f"{after:%A}",
        "time": rng.choice(("11 am", "2 pm", "4.30 pm")),
    }


def _chinese(day: datetime) -> str:
    return f"{day.month}/{day.day}（{_WEEKDAYS[day.weekday()]}）"


def _people(shop: dict[str, Any], customer: Customer, agent: str, rng: Random) -> dict[str, str]:
    names = material("names")
    if customer.language == "zh":
        friend = rng.choice(names["surnames"]) + rng.choice(names["female"] + names["male"])
    else:
        friend = f"{rng.choice(names['first'])} {rng.choice(names['last_europe'])}"
    return {
        "me": customer.called,
        "surname": customer.surname,
        "agent": agent,
        "friend": friend,
        "hello": rng.choice(shop["hellos"][customer.language]),
        "wish": rng.choice(shop["wishes"][customer.language]),
        "initials": rng.choice(("", " & ")).join(rng.choices("ABCDEHJKLMRSTY", k=2)),
        "email": f"{rng.choice(('tea', 'hello', 'order', 'office'))}{rng.randrange(10, 99)}@example.com",
        "company": rng.choice(shop["companies"][customer.language]),
        "taxid": f"0000{rng.randrange(10_000):04d}",  # no Taiwanese company number begins with four zeros
        "bank5": (account := f"{rng.randrange(100_000):05d}"),
        "card4": account[1:],
    }


def _places(shop: dict[str, Any], customer: Customer, rng: Random) -> dict[str, str]:
    region, language = customer.region, customer.language
    city = rng.choice(shop["cities"][region][language])
    street = rng.choice(shop["addresses"][region][language])
    joined = f"{city}市{street}" if region == "asia" and language == "zh" and city != "香港" else f"{street}, {city}"
    return {
        "city": city,
        "address": joined,
        "store": rng.choice(shop["stores"]),
        "courier": rng.choice(shop["couriers"][region]),
    }
