"""A key is followed by another while it still works; revoked it is dead at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inbox.models import Notification
from security.actions.key_reminders import settle_api_keys
from security.actions.levels import set_level
from security.actions.policies import change_policy
from security.models import ApiKey, KeyPolicy
from tests.conftest import BY, Cast
from tests.contracts.test_refusals import refused
from tests.security.keys.makers import KEYS, made, program
from tests.worlds.factors import fresh_browser
from tests.worlds.threads import logged

ME = "/api/v1/me"


def test_both_work_until_the_overlap_is_over(cast: Cast):
    old, secret = made(cast, addresses=["127.0.0.1"])
    old_span = old.expiry - old.created
    answer = fresh_browser(cast, "dee").post(f"{KEYS}/{old.public_id}/rotate")
    assert answer.status_code == 201
    after = answer.json()["secret"]
    assert after != secret
    for one in (secret, after):
        assert program(one).get(ME).json()["permissions"] == ["channel.see", "contact.see", "conversation.see"]
    old.refresh_from_db()
    assert timedelta(days=6) < old.expiry - timezone.now() <= timedelta(days=7)
    new = ApiKey.objects.get(predecessor=old)
    assert (new.permissions, new.region_ids, new.addresses) == (old.permissions, old.region_ids, old.addresses)
    assert abs((new.expiry - new.created) - old_span) < timedelta(minutes=1), "as long as its maker chose"
    states = {one["id"]: one["state"] for one in cast.browser("dee").get(KEYS).json()["results"]}
    assert states == {str(old.public_id): "overlapping", str(new.public_id): "running"}
    ApiKey.objects.filter(pk=old.pk).update(expiry=timezone.now())
    assert (program(secret).get(ME).status_code, program(after).get(ME).status_code) == (401, 200)
    (line,) = logged("person.key_rotated")
    assert secret not in str(line.details) and after not in str(line.details)


def test_without_an_overlap_the_old_one_stops_at_once(cast: Cast):
    set_policy(overlap_days=0)
    old, secret = made(cast)
    assert fresh_browser(cast, "dee").post(f"{KEYS}/{old.public_id}/rotate").status_code == 201
    assert program(secret).get(ME).status_code == 401


def test_an_overlap_never_makes_a_key_live_longer(cast: Cast):
    old, _secret = made(cast, days=2)
    fresh_browser(cast, "dee").post(f"{KEYS}/{old.public_id}/rotate")
    before = old.expiry
    old.refresh_from_db()
    assert old.expiry == before


def test_a_key_has_one_successor(cast: Cast):
    old, _secret = made(cast)
    dee = fresh_browser(cast, "dee")
    assert dee.post(f"{KEYS}/{old.public_id}/rotate").status_code == 201
    refused(dee.post(f"{KEYS}/{old.public_id}/rotate"), 409, "key_rotated")


def test_what_has_ended_is_not_rotated(cast: Cast):
    old, _secret = made(cast)
    dee = fresh_browser(cast, "dee")
    assert dee.delete(f"{KEYS}/{old.public_id}").status_code == 204
    refused(dee.post(f"{KEYS}/{old.public_id}/rotate"), 409, "key_over")


def test_rotating_and_revoking_need_a_fresh_code(cast: Cast):
    old, secret = made(cast)
    dee = cast.browser("dee")
    refused(dee.post(f"{KEYS}/{old.public_id}/rotate"), 403, "second_factor_required")
    refused(dee.delete(f"{KEYS}/{old.public_id}"), 403, "second_factor_required")
    assert program(secret).get(ME).status_code == 200


def test_a_revoked_key_is_a_stranger_at_the_next_call(cast: Cast):
    row, secret = made(cast)
    shop = program(secret)
    assert shop.get(ME).status_code == 200
    dee = fresh_browser(cast, "dee")
    assert dee.delete(f"{KEYS}/{row.public_id}").status_code == 204
    refused(shop.get(ME), 401, "not_signed_in")
    assert dee.delete(f"{KEYS}/{row.public_id}").status_code == 204
    assert len(logged("person.key_revoked")) == 1
    (told,) = dee.get(KEYS).json()["results"]
    assert told["state"] == "revoked" and told["revoked_at"]


def test_using_a_key_never_deletes_another_that_ended(cast: Cast):
    """Knox would; the lists still show it."""
    ended, _secret = made(cast)
    ApiKey.objects.filter(pk=ended.pk).update(expiry=timezone.now() - timedelta(days=1))
    _row, secret = made(cast)
    assert program(secret).get(ME).status_code == 200
    assert ApiKey.objects.count() == 2


@pytest.mark.parametrize(("days", "longest", "after"), [(2, 180, 2), (90, 180, 90), (90, 30, 30)])
def test_a_successor_lives_as_long_as_its_maker_chose(cast: Cast, days: int, longest: int, after: int):
    old, _secret = made(cast, days=days)
    set_policy(key_days=longest)
    assert fresh_browser(cast, "dee").post(f"{KEYS}/{old.public_id}/rotate").status_code == 201
    new = ApiKey.objects.get(predecessor=old)
    assert round((new.expiry - new.created) / timedelta(days=1)) == after


def test_rotating_does_not_go_past_how_many_one_may_have(cast: Cast):
    old, _secret = made(cast)
    made(cast)
    set_policy(keys_most=2)
    dee = fresh_browser(cast, "dee")
    assert dee.post(f"{KEYS}/{old.public_id}/rotate").status_code == 201, "the one that is replaced does not count"
    other = ApiKey.objects.get(successor=None, predecessor=None)
    refused(dee.post(f"{KEYS}/{other.public_id}/rotate"), 409, "too_many_keys")


def test_a_successor_that_has_ended_counts_as_none(cast: Cast):
    old, _secret = made(cast, days=20)
    dee = fresh_browser(cast, "dee")
    first = dee.post(f"{KEYS}/{old.public_id}/rotate").json()["key"]["id"]
    assert dee.delete(f"{KEYS}/{first}").status_code == 204
    states = {one["id"]: one["state"] for one in dee.get(KEYS).json()["results"]}
    assert states == {str(old.public_id): "running", first: "revoked"}
    settle_api_keys()
    assert Notification.objects.for_system("the test").filter(kind="key.ending", to=cast.dee).exists()
    again = dee.post(f"{KEYS}/{old.public_id}/rotate")
    assert again.status_code == 201
    new = ApiKey.objects.get(public_id=again.json()["key"]["id"])
    assert round((new.expiry - new.created) / timedelta(days=1)) == 20, "not the days of the overlap"


def test_a_demoted_owner_sees_and_revokes_what_still_works(cast: Cast):
    row, secret = made(cast)
    set_level(by=BY, user=cast.dee, level="agent")
    assert program(secret).get(ME).status_code == 200
    dee = fresh_browser(cast, "dee")
    assert [one["id"] for one in dee.get(KEYS).json()["results"]] == [str(row.public_id)]
    refused(dee.post(f"{KEYS}/{row.public_id}/rotate"), 403, "not_allowed", "key.make")
    refused(cast.browser("dee").delete(f"{KEYS}/{row.public_id}"), 403, "second_factor_required")
    assert dee.delete(f"{KEYS}/{row.public_id}").status_code == 204
    assert program(secret).get(ME).status_code == 401


def test_a_key_neither_sees_its_owners_keys_nor_revokes_them(cast: Cast):
    row, secret = made(cast)
    refused(program(secret).get(KEYS), 403, "not_allowed")
    assert program(secret).delete(f"{KEYS}/{row.public_id}").status_code == 403
    assert program(secret).get(ME).status_code == 200


def set_policy(**numbers: int) -> None:
    policy = KeyPolicy.objects.get_or_create(pk=1)[0]
    for name, number in numbers.items():
        setattr(policy, name, number)
    change_policy(by=BY, policy=policy, changed=list(numbers), reason="The test")
