"""Passwords are tried in numbers: many accounts from one place, one from many, many from many, all at one moment."""

from datetime import timedelta
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from security.actions.sign_in_guard import digest_of
from security.models import BrowserSession, Operation, SignInGuard
from tests.attacks.over_http import Browser, together
from tests.conftest import PASSWORD, Cast
from tests.security.limits.test_limits import limited
from tests.worlds.serving import Served

pytestmark = pytest.mark.django_db(transaction=True)


def guess(kefu: Served, address: str, email: str, password: str = "Guessed-2026!") -> int:
    return Browser(kefu, address).sign_in(email, password).status_code


def test_many_accounts_from_one_place(cast: Cast, kefu: Served):
    """Stuffing: each pair of a leaked list is tried once, so no account is locked; the place is slowed down. The list
    even holds a right one, far down."""
    limited(sign_ins_per_minute=1, sign_ins_burst=8)
    leaked = [(f"leaked{number}@kefu.test", "Guessed-2026!") for number in range(11)]
    tried = together([partial(guess, kefu, "127.0.0.9", *pair) for pair in leaked])
    assert sorted(tried) == [401] * 8 + [429] * 3
    assert guess(kefu, "127.0.0.9", "ben@kefu.test", PASSWORD) == 429, "the right one is not told apart"
    assert guess(kefu, "127.0.0.10", "ben@kefu.test", PASSWORD) == 200, "from elsewhere he works on"
    assert BrowserSession.objects.filter(user__isnull=False).count() == 1


def test_one_account_from_many_places(cast: Cast, kefu: Served):
    working = Browser(kefu)
    assert working.sign_in("ben@kefu.test").status_code == 200
    places = [f"127.0.1.{number}" for number in range(1, 11)]
    tried = together([partial(guess, kefu, place, "ben@kefu.test") for place in places])
    assert sorted(tried) == [401] * 3 + [429] * 7, "three guesses, however many make them at once"
    assert guess(kefu, "127.0.2.1", "ben@kefu.test", PASSWORD) == 429
    assert working.is_in(), "who is signed in already is not thrown out by a stranger"
    assert [guess(kefu, places[0], f"{name}@kefu.test", PASSWORD) for name in ("fay", "eli")] == [200, 200]


def test_many_accounts_from_many_places_at_the_same_moment(cast: Cast, kefu: Served):
    """And somebody who is not attacked signs in meanwhile."""
    attacked = [f"{name}@kefu.test" for name in ("ana", "ben", "cho", "eli")] + ["nobody@kefu.test"]
    deeds: list[Any] = [
        lambda email=email, number=number: (email, guess(kefu, f"127.0.3.{number}", email))
        for number, email in enumerate(attacked * 4, 1)
    ]
    honest = [lambda: ("dee", guess(kefu, "127.0.4.1", "dee@kefu.test", PASSWORD))] * 2
    told = together([*deeds, *honest])
    for email in attacked:
        assert sorted(status for one, status in told if one == email) == [401, 401, 401, 429], email
    assert [status for one, status in told if one == "dee"] == [200, 200]
    assert set(BrowserSession.objects.filter(user__isnull=False).values_list("user__email", flat=True)) == {
        "dee@kefu.test"
    }
    assert Operation.objects.filter(action="sign_in.locked").count() == len(attacked)


def test_no_word_and_no_header_tells_who_exists(cast: Cast, kefu: Served):
    def told(email: str, address: str) -> list[tuple[Any, ...]]:
        answers = [Browser(kefu, address).sign_in(email, "Guessed-2026!") for _ in range(4)]
        quiet = ("date", "set-cookie", "x-request-id", "retry-after")
        head = [{name: value for name, value in one.headers.items() if name.lower() not in quiet} for one in answers]
        names = [sorted(one.cookies.keys()) for one in answers]
        bodies = [(one.status_code, one.content) for one in answers]
        return list(zip(bodies, head, names, strict=True))

    assert told("ben@kefu.test", "127.0.5.1") == told("nobody@kefu.test", "127.0.5.2")


ROUNDS = 13
ARGON = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.MD5PasswordHasher"]


@override_settings(PASSWORD_HASHERS=ARGON)
def test_no_time_tells_who_exists(cast: Cast, kefu: Served):
    """An address that somebody has, beside two that nobody has: the first differs from the second no more than the
    third does, but for noise. That it can be measured is shown by a password that is not looked at at all."""
    for user in (cast.ben, cast.ana):
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    limited(sign_ins_per_minute=600, sign_ins_burst=600)
    browser = Browser(kefu)
    taken: dict[str, list[float]] = {"somebody": [], "nobody": [], "nobody else": [], "not looked at": []}
    emails = dict(zip(taken, ("ben@kefu.test", "nobody@kefu.test", "noone@kefu.test", "fay@kefu.test"), strict=True))
    for _ in range(ROUNDS):
        for who, email in emails.items():
            _forget(email, locked=who == "not looked at")
            begun = perf_counter()
            browser.sign_in(email, "Guessed-2026!")
            taken[who].append(perf_counter() - begun)
    somebody, nobody, other, quick = (median(taken[who]) for who in taken)
    noise = max(abs(nobody - other), _spread(taken["nobody"]), _spread(taken["nobody else"]))
    assert abs(somebody - nobody) <= max(2 * noise, nobody / 4), taken
    assert quick < nobody / 2, "it would be seen: hashing takes most of the time"


def _forget(email: str, *, locked: bool) -> None:
    SignInGuard.objects.all().delete()
    if locked:
        later = timezone.now() + timedelta(hours=1)
        SignInGuard.objects.create(digest=digest_of(email), last_at=timezone.now(), failures=3, locked_until=later)


def _spread(times: list[float]) -> float:
    """How far apart the middle half is."""
    ordered = sorted(times)
    return ordered[-len(ordered) // 4] - ordered[len(ordered) // 4]
