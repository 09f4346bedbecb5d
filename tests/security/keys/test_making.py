"""Making a key: told once, within what its maker may do, with a fresh code."""

from typing import Any

import pytest
from django.utils import timezone

from security.actions.policies import change_policy
from security.models import ApiKey, KeyPolicy
from tests.conftest import BY, Cast
from tests.contracts.test_refusals import refused
from tests.security.keys.makers import KEYS, ask, made, program, wish
from tests.worlds.factors import fresh_browser
from tests.worlds.threads import logged


def test_a_key_is_told_once_and_stored_as_a_digest(cast: Cast):
    row, secret = made(cast)
    assert secret.startswith("kefu_") and len(secret) == 69
    kept = {str(value) for value in ApiKey.objects.filter(pk=row.pk).values()[0].values()}
    assert secret not in kept
    listed = cast.browser("dee").get(KEYS)
    assert secret not in listed.content.decode() and row.digest not in listed.content.decode()
    (told,) = listed.json()["results"]
    assert (told["name"], told["state"], told["begins"]) == ("Shop", "running", secret[:15])
    assert told["permissions"] == ["channel.see", "contact.see", "conversation.see"]
    assert program(secret).get("/api/v1/conversations").status_code == 200


def test_it_is_in_the_log_without_the_secret(cast: Cast):
    _row, secret = made(cast)
    (line,) = logged("person.key_made")
    assert line.subject_id == str(cast.dee.pk) and line.details["permissions"] and line.details["regions"]
    assert secret not in str(line.details)


def test_making_needs_a_fresh_code(cast: Cast):
    refused(ask(cast.browser("dee"), wish(cast)), 403, "second_factor_missing")
    fresh_browser(cast, "dee")
    refused(ask(cast.browser("dee"), wish(cast)), 403, "second_factor_required")
    assert not ApiKey.objects.exists()


def test_an_agent_makes_none(cast: Cast):
    refused(ask(fresh_browser(cast, "ben"), wish(cast)), 403, "not_allowed", "key.make")


def test_a_key_makes_no_keys(cast: Cast):
    _row, secret = made(cast, permissions=["conversation.see"])
    refused(ask(program(secret), wish(cast)), 403, "not_allowed", "key.make")
    everything = ApiKey.objects.create(cast.dee)[1]
    refused(ask(program(everything), wish(cast)), 403, "not_allowed")


@pytest.mark.parametrize(
    ("more", "status", "code", "field"),
    [
        ({"permissions": []}, 400, "required", "permissions"),
        ({"permissions": ["duty.give"]}, 400, "invalid", "permissions"),
        ({"permissions": ["no.such"]}, 400, "invalid", "permissions"),
        ({"permissions": ["key.make"]}, 400, "invalid", "permissions"),
        ({"regions": []}, 400, "required", "regions"),
        ({"regions": [2**31 - 1]}, 404, "not_found", "regions"),
        ({"name": ""}, 400, "blank", "name"),
        ({"days": 181}, 400, "invalid", "days"),
        ({"days": 0}, 400, "min_value", "days"),
        ({"addresses": ["office"]}, 400, "invalid", "addresses"),
        ({"addresses": ["10.0.0.0/33"]}, 400, "invalid", "addresses"),
    ],
)
def test_what_is_asked_for_must_be_in_order(cast: Cast, more: dict[str, Any], status: int, code: str, field: str):
    refused(ask(fresh_browser(cast, "dee"), wish(cast, **more)), status, code, field)
    assert not ApiKey.objects.exists()


def test_a_key_lives_no_longer_than_the_policy_says(cast: Cast):
    policy = KeyPolicy.objects.get_or_create(pk=1)[0]
    policy.key_days = 10
    change_policy(by=BY, policy=policy, changed=["key_days"])
    refused(ask(fresh_browser(cast, "dee"), wish(cast, days=11)), 400, "invalid", "days")
    row, _secret = made(cast, days=10)
    assert 9 <= (row.expiry - timezone.now()).days <= 10


def test_somebody_has_so_many_keys_and_no_more(cast: Cast):
    policy = KeyPolicy.objects.get_or_create(pk=1)[0]
    policy.keys_most = 1
    change_policy(by=BY, policy=policy, changed=["keys_most"])
    row, _secret = made(cast)
    dee = fresh_browser(cast, "dee")
    refused(ask(dee, wish(cast)), 409, "too_many_keys")
    assert dee.delete(f"{KEYS}/{row.public_id}").status_code == 204
    assert ask(dee, wish(cast)).status_code == 201


def test_the_list_is_ones_own(cast: Cast):
    row, _secret = made(cast)
    assert cast.browser("ana").get(KEYS).json()["results"] == []
    ana = fresh_browser(cast, "ana")
    refused(ana.delete(f"{KEYS}/{row.public_id}"), 404, "not_found")
    refused(ana.post(f"{KEYS}/{row.public_id}/rotate"), 404, "not_found")
    assert not ApiKey.objects.get().has_ended()
