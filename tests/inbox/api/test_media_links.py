"""The address of a file ends, and never opens anything by itself."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from inbox.media_links import media_url
from inbox.models import InboxPolicy
from tests.conftest import Cast
from tests.worlds.asia import Asia, asia


@pytest.fixture
def world(cast: Cast) -> Asia:
    return asia(cast)


def _get(world: Asia, url: str, by: str = "ben") -> int:
    return int(world.cast.browser(by).get(url).status_code)


def test_it_opens_the_file_for_a_day_at_most(world: Asia):
    url, hours = media_url(world.picture.pk), InboxPolicy.current().media_link_hours
    assert _get(world, url) == 200
    with time_machine.travel(timezone.now() + timedelta(hours=hours / 2 - 1), tick=True):
        assert _get(world, url) == 200
    with time_machine.travel(timezone.now() + timedelta(hours=hours + 1), tick=True):
        answer = world.cast.browser("ben").get(url)
        assert (answer.status_code, answer.json()["code"]) == (410, "link_expired")
        assert _get(world, media_url(world.picture.pk)) == 200


def test_a_later_end_cannot_be_written_into_it(world: Asia):
    url = media_url(world.picture.pk)
    until = url.partition("until=")[2].partition("&")[0]
    assert _get(world, url.replace(until, str(int(until) + 3600))) == 410
    for odd in ("", "x", "9" * 40, "-1"):
        assert _get(world, url.replace(until, odd)) == 410
    assert _get(world, url.partition("?")[0]) == 410
    assert _get(world, media_url(world.picture.pk, thumbnail=True).partition("?")[0]) == 410


def test_it_opens_nothing_for_whoever_may_not_see_the_message(world: Asia, client: Client):
    url = media_url(world.picture.pk)
    assert _get(world, url, by="cho") == 404
    assert client.get(url).status_code == 401


def test_it_stays_the_same_for_a_while_so_that_a_browser_keeps_the_file(world: Asia):
    with time_machine.travel("2026-03-01T01:00:00Z", tick=False):
        first = media_url(world.picture.pk)
    with time_machine.travel("2026-03-01T11:00:00Z", tick=False):
        assert media_url(world.picture.pk) == first
