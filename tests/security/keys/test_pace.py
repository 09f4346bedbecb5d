"""Five calls a second, each key for itself."""

import time

from security.actions.policies import change_policy
from security.models import ApiKey, KeyPolicy
from tests.conftest import BY, Cast
from tests.contracts.test_refusals import refused
from tests.security.keys.makers import KEYS, made, program
from tests.worlds.browsers import TAIPEI

ME = "/api/v1/me"


def test_no_more_pass_than_burst_and_rate_and_the_rest_is_told_when_to_come_again(cast: Cast):
    shop = program(made(cast)[1])
    began = time.monotonic()
    answers = [shop.get(ME) for _ in range(60)]
    passed = sum(answer.status_code == 200 for answer in answers)
    assert 5 <= passed <= 5 + 5 * (time.monotonic() - began) + 1
    late = [answer for answer in answers if answer.status_code != 200]
    assert late and {answer.status_code for answer in late} == {429}
    refused(late[0], 429, "too_many_requests")
    assert late[0]["Retry-After"] == "1" and late[0]["RateLimit-Remaining"] == "0"


def test_every_answer_tells_what_is_left(cast: Cast):
    answer = program(made(cast)[1]).get(ME)
    told = {name: answer[f"RateLimit-{name}"] for name in ("Limit", "Policy", "Remaining")}
    assert told == {"Limit": "5", "Policy": "5;w=1;burst=5", "Remaining": "4"}


def test_another_key_of_the_same_person_has_its_own(cast: Cast):
    one, other = program(made(cast)[1]), program(made(cast)[1])
    while one.get(ME).status_code == 200:
        pass
    assert other.get(ME).status_code == 200


def test_a_browser_has_no_such_pace(cast: Cast):
    dee = cast.browser("dee")
    assert {dee.get(ME).status_code for _ in range(30)} == {200}


def test_the_pace_is_the_policys(cast: Cast):
    policy = KeyPolicy.objects.get_or_create(pk=1)[0]
    policy.calls_per_second, policy.burst = 1000, 50
    change_policy(by=BY, policy=policy, changed=["calls_per_second", "burst"])
    shop = program(made(cast)[1])
    assert {shop.get(ME).status_code for _ in range(50)} == {200}


def test_the_last_use_is_noted_once_a_minute(cast: Cast):
    row, secret = made(cast)
    program(secret, REMOTE_ADDR="203.0.113.7").get(ME)
    program(secret, REMOTE_ADDR="203.0.113.8").get(ME)
    row.refresh_from_db()
    assert row.last_used_ip == "203.0.113.7" and row.last_used_at is not None
    ApiKey.objects.update(last_used_at="2020-01-01T00:00:00Z")
    program(secret, REMOTE_ADDR="203.0.113.8").get(ME)
    row.refresh_from_db()
    assert row.last_used_ip == "203.0.113.8" and row.last_used_at.year > 2020


def test_the_country_of_the_last_use_is_noted_and_told(cast: Cast):
    row, secret = made(cast)
    program(secret, REMOTE_ADDR=TAIPEI).get(ME)
    dee = cast.browser("dee")
    (told,) = dee.get(KEYS).json()["results"]
    assert (told["last_used_country"], told["last_used_ip"]) == ("TW", TAIPEI)
    ApiKey.objects.update(last_used_at="2020-01-01T00:00:00Z")
    program(secret, REMOTE_ADDR="10.0.0.1").get(ME)
    row.refresh_from_db()
    assert row.last_used_country == "", "an address of a house is in no country"


def test_guessing_keys_is_slowed_by_address(cast: Cast):
    statuses = [program(f"kefu_{number:064x}", REMOTE_ADDR="203.0.113.7").get(ME).status_code for number in range(80)]
    assert statuses[:60] == [401] * 60 and 429 in statuses
    assert program("kefu_" + "0" * 64).get(ME).status_code == 401
