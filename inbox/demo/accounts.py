"""The demo's people: who they are, their one password, and keys for programs.

A database is a demo world when people of ``@kefu.demo`` exist in it: that domain cannot receive mail, so nobody real
has such an address.
"""

import hashlib
import hmac
import os
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from knox.crypto import hash_token
from knox.settings import CONSTANTS, knox_settings

from security.access import System
from security.actions.people import add_person
from security.actions.policies import change_policy
from security.levels import LEVEL_NAMES
from security.models import ApiKey, DutyHolding, Region, SignInPolicy, Traineeship, User
from security.signing_in.policy import NOBODY
from security.writing import write

DOMAIN = "@kefu.demo"
KEY_NAME = "Demo"
BY = System("demo world")


@dataclass(frozen=True)
class DemoAccount:
    """``regions`` are names; ``api_key`` goes after ``Authorization: Api-Key``. ``besides``: trainee, mentor, duty."""

    email: str
    password: str
    level: str
    regions: list[str]
    api_key: str
    besides: list[str]


def is_demo_world() -> bool:
    return User.objects.filter(email__endswith=DOMAIN).exists()


def demo_accounts() -> list[DemoAccount]:
    """The demo people of this database with how to sign in as them; empty when it is no demo world."""
    people = User.objects.filter(email__endswith=DOMAIN, is_active=True).prefetch_related("groups", "regions")
    password = known_password()
    besides = _besides()
    return [
        DemoAccount(
            email=person.email,
            password=password,
            level=next((group.name for group in person.groups.all() if group.name in LEVEL_NAMES), "observer"),
            regions=[region.name for region in person.regions.all()],
            api_key=api_key_of(person.email),
            besides=besides[person.pk],
        )
        for person in people.order_by("id")
    ]


def _besides() -> dict[int, list[str]]:
    """What people are besides their level, by id: it says whom to sign in as to see what."""
    found: dict[int, list[str]] = defaultdict(list)
    for row in Traineeship.objects.filter(ended_at=None).prefetch_related("mentors"):
        found[row.user_id].append("trainee")
        for mentor in row.mentors.all():
            found[mentor.pk].append("mentor")
    for user_id, duty in DutyHolding.objects.order_by("user_id", "duty").values_list("user_id", "duty"):
        found[user_id].append(duty.replace("_", " "))
    return defaultdict(list, {pk: list(dict.fromkeys(words)) for pk, words in found.items()})


def add_people(regions: Mapping[str, Region], cards: Iterable[Mapping[str, Any]]) -> dict[str, User]:
    """People by the first part of their address, with password and key; ``cards`` as in ``data/shop.yaml``."""
    password = settings.KEFU_DEMO_PASSWORD or secrets.token_urlsafe(9)
    people = {}
    with write(by=BY):
        for card in cards:
            people[card["email"]] = add_person(
                by=BY,
                email=card["email"] + DOMAIN,
                name=card["name"],
                password=password,
                level=card["level"],
                regions=[regions[code] for code in card["regions"]],
                language=card["language"],
                time_zone=card["time_zone"],
            )
        _keep_keys(people.values())
    _keep_password(password)
    return people


def let_in_by_password() -> None:
    """Visitors of the demo world sign in as one person after the other: nobody is asked for a second factor. Admins see
    the setting among the policies; without the demo world it begins strict."""
    policy = SignInPolicy.objects.filter(pk=1).first() or SignInPolicy()
    policy.factor_from = NOBODY
    change_policy(by=BY, policy=policy, changed=("factor_from",), reason="demo world")


def follow_secrets() -> None:
    """After ``KEFU_DEMO_PASSWORD`` or the secret key changed: the demo people's password and keys change with it."""
    people = list(User.objects.filter(email__endswith=DOMAIN))
    kept = _kept_password()
    wanted = settings.KEFU_DEMO_PASSWORD or kept or secrets.token_urlsafe(9)
    with write(by=BY) as change:
        if wanted != kept:
            for person in people:
                person.set_password(wanted)
                person.save(update_fields=["password"])
                change.record("person.password_set", person)
            _keep_password(wanted)
        _keep_keys(people)


def api_key_of(email: str) -> str:
    """Derived, so that it can be shown again without being stored; the database holds knox's digest only."""
    secret = hmac.new(settings.SECRET_KEY.encode(), f"demo api key:{email}".encode(), hashlib.sha256).hexdigest()
    return knox_settings.TOKEN_PREFIX + secret


def known_password() -> str:
    """The demo password as it was last set; the configured one when its file is gone."""
    return _kept_password() or settings.KEFU_DEMO_PASSWORD


def _kept_password() -> str:
    try:
        return _password_file().read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def _keep_password(password: str) -> None:
    path = _password_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)  # an existing file would keep its old mode
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(password)


def _password_file() -> Path:
    return Path(settings.KEFU_DATA) / "demo_password"


def _keep_keys(people: Iterable[User]) -> None:
    for person in people:
        token = api_key_of(person.email)
        digest = hash_token(token)
        if not ApiKey.objects.filter(digest=digest).exists():
            ApiKey.objects.filter(user=person, name=KEY_NAME).delete()
            shown = token[: CONSTANTS.TOKEN_KEY_LENGTH]
            ApiKey(digest=digest, token_key=shown, user=person, expiry=None, name=KEY_NAME).save(force_insert=True)
