"""Looking at what is sensitive leaves one line per person, object and hour, and costs the reader nothing."""

import time
from datetime import timedelta

import pytest
import requests
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inbox.actions.assignments import assign_conversation
from inbox.media_links import media_url
from inbox.models import Conversation
from security.actions.policies import change_policy
from security.log import viewing
from security.log.viewing import flush_views
from security.models import Operation, SecurityPolicy
from tests.conftest import Cast
from tests.worlds.asia import Asia, asia
from tests.worlds.cached import forget_cached
from tests.worlds.channels import channel
from tests.worlds.serving import Served, session_of
from tests.worlds.threads import logged, thread


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    return thread(channel(cast.asia))


def looks(cast: Cast, who: str, path: str) -> None:
    assert cast.browser(who).get(f"/api/v1/{path}").status_code == 200


def test_a_look_is_one_line_however_often(cast: Cast, talk: Conversation):
    for path in ("", "/messages", "", "/messages?limit=5"):
        looks(cast, "ben", f"conversations/{talk.pk}{path}")
    looks(cast, "fay", f"conversations/{talk.pk}")
    assert flush_views() == 2 and flush_views() == 0
    looks(cast, "ben", f"conversations/{talk.pk}")
    assert flush_views() == 0
    lines = logged("conversation.viewed")
    assert {(line.actor_id, line.subject_id, line.region_id) for line in lines} == {
        (str(cast.ben.pk), str(talk.pk), cast.asia.pk),
        (str(cast.fay.pk), str(talk.pk), cast.asia.pk),
    }
    assert {line.ip for line in lines} == {"127.0.0.1"}


def test_ones_own_work_is_no_matter(cast: Cast, talk: Conversation):
    assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.ben.pk)
    for path in (
        f"conversations/{talk.pk}/messages",
        f"contacts/{talk.contact_id}",
        f"contacts/{talk.contact_id}/notes",
    ):
        looks(cast, "ben", path)
        looks(cast, "fay", path)
    flush_views()
    found = [
        (line.action, line.actor_id) for line in Operation.objects.filter(action__endswith=".viewed").order_by("id")
    ]
    assert sorted(found) == [("contact.viewed", str(cast.fay.pk)), ("conversation.viewed", str(cast.fay.pk))]


def test_who_may_not_look_leaves_no_line(cast: Cast, talk: Conversation):
    assert cast.browser("cho").get(f"/api/v1/conversations/{talk.pk}").status_code == 404
    assert flush_views() == 0


@pytest.fixture
def world(cast: Cast) -> Asia:
    return asia(cast)


def test_files_raw_bodies_and_the_log_itself_too(cast: Cast, world: Asia):
    looks(cast, "ben", media_url(world.picture.pk).removeprefix("/api/v1/"))
    looks(cast, "dee", f"channels/{world.channel.pk}/webhooks")
    looks(cast, "dee", "operations")
    assert flush_views() == 3
    assert [line.subject_id for line in logged("file.viewed")] == [str(world.picture.pk)]
    assert [line.region_id for line in logged("webhook.viewed")] == [cast.asia.pk]
    assert [line.about_id for line in logged("log.viewed")] == [cast.dee.pk]


# Test processes share one Redis, and each empties it between its tests.
@pytest.mark.skipif("redis" in settings.CACHES["default"]["BACKEND"], reason="other tests empty the cache meanwhile")
def test_another_process_tells_no_second_time(cast: Cast, talk: Conversation):
    looks(cast, "ben", f"conversations/{talk.pk}")
    assert flush_views() == 1
    viewing.forget_views()  # as a process that has just begun
    looks(cast, "ben", f"conversations/{talk.pk}")
    assert flush_views() == 0
    forget_cached()
    viewing.forget_views()
    looks(cast, "ben", f"conversations/{talk.pk}")
    assert flush_views() == 1


def test_how_often_is_a_policy(cast: Cast, talk: Conversation):
    policy = SecurityPolicy.current()
    policy.view_log_minutes = 1
    change_policy(by=cast.access("ana"), policy=policy, changed=["view_log_minutes"], reason="Asked for")
    looks(cast, "ben", f"conversations/{talk.pk}")
    with time_machine.travel(timezone.now() + timedelta(seconds=61), tick=True):
        looks(cast, "ben", f"conversations/{talk.pk}")
    assert flush_views() == 2


def test_what_could_not_be_written_is_kept_for_the_next_time(cast: Cast, talk: Conversation):
    looks(cast, "ben", f"conversations/{talk.pk}")

    def away(execute, sql, params, many, context):
        raise RuntimeError("the database is away")

    with connection.execute_wrapper(away), pytest.raises(RuntimeError):
        flush_views()
    assert flush_views() == 1


def test_a_look_costs_no_query(cast: Cast, talk: Conversation):
    browser = cast.browser("ben")
    path = f"/api/v1/conversations/{talk.pk}"
    browser.get(path)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(path)
        return len(queries)

    known = cost()
    viewing.forget_views()
    assert cost() == known


def test_the_server_writes_them_by_itself(cast: Cast, kefu: Served):
    talk = thread(channel(cast.asia))
    cookies = {"kefu_session": session_of(cast.ben)}
    assert requests.get(f"{kefu.url}/api/v1/conversations/{talk.pk}", cookies=cookies, timeout=10).status_code == 200
    until = time.monotonic() + 10
    while not logged("conversation.viewed") and time.monotonic() < until:
        time.sleep(0.1)
    (line,) = logged("conversation.viewed")
    assert (line.actor_id, line.ip) == (str(cast.ben.pk), "127.0.0.1") and "python-requests" in line.device
