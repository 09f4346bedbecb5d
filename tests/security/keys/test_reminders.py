"""Before a key ends its owner hears of it three times."""

from datetime import timedelta

from django.utils import timezone

from inbox.models import Notification
from security.actions.key_reminders import settle_api_keys
from security.models import ApiKey
from tests.conftest import Cast
from tests.security.keys.makers import KEYS, made
from tests.worlds.factors import fresh_browser


def told() -> list[int]:
    rows = Notification.objects.for_system("the test").filter(kind="key.ending").order_by("created_at", "pk")
    return [row.data["count"] for row in rows]


def ends_in(row: ApiKey, days: float) -> None:
    ApiKey.objects.filter(pk=row.pk).update(expiry=timezone.now() + timedelta(days=days))
    settle_api_keys()
    settle_api_keys()


def test_thirty_seven_and_one_day_before(cast: Cast):
    row, _secret = made(cast)
    for days in (40, 29.9, 20, 6.9, 3, 0.9, 0.1):
        ends_in(row, days)
    assert told() == [30, 7, 1]
    note = Notification.objects.for_system("the test").first()
    assert note is not None and note.to_id == cast.dee.pk and note.note == "Shop"


def test_a_stage_that_was_missed_is_not_made_up_for(cast: Cast):
    row, _secret = made(cast)
    ends_in(row, 0.5)
    assert told() == [1]


def test_a_key_that_was_made_short_is_not_reminded_of_at_once(cast: Cast):
    row, _secret = made(cast, days=5)
    settle_api_keys()
    assert told() == []
    ends_in(row, 0.9)
    assert told() == [1]


def test_nobody_hears_of_keys_that_are_followed_or_revoked(cast: Cast):
    followed, revoked = made(cast)[0], made(cast)[0]
    dee = fresh_browser(cast, "dee")
    dee.post(f"{KEYS}/{followed.public_id}/rotate")
    dee.delete(f"{KEYS}/{revoked.public_id}")
    for row in (followed, revoked):
        ends_in(row, 0.9)
    assert told() == []


def test_what_ended_long_ago_is_forgotten(cast: Cast):
    row, _secret = made(cast)
    ends_in(row, -80)
    assert ApiKey.objects.count() == 1
    ends_in(row, -91)
    assert ApiKey.objects.count() == 0
