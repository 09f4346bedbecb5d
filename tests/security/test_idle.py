"""Fifteen minutes without a deed, and one is signed out, whatever the browser does (SE-7)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from security.actions.session_ends import end_idle_sessions
from security.actions.sessions import note_activity
from security.models import BrowserSession
from security.sessions import signed_in_by
from tests.conftest import Cast
from tests.security.test_api_keys import key_of, program
from tests.worlds.browsers import AT_HOME, idle_for, row_of, set_policy, signed_in
from tests.worlds.threads import logged

ALIVE = "/api/v1/session/alive"


def alive(client, ago: object = 0):
    return client.post(ALIVE, {"idle_seconds": ago}, content_type="application/json")


def test_whoever_did_nothing_for_too_long_is_refused_and_told_why(cast: Cast):
    ben = signed_in("ben")
    idle_for(row_of(ben), minutes=14, seconds=50)
    assert ben.get("/api/v1/me").status_code == 200
    idle_for(row_of(ben), seconds=11)
    refused = ben.get("/api/v1/me")
    assert (refused.status_code, refused.json()["code"]) == (401, "session_idle")


def test_the_sign_in_page_hears_why_too(cast: Cast):
    ben = signed_in("ben")
    idle_for(row_of(ben), minutes=16)
    told = ben.get("/api/v1/session").json()
    assert (told["user"], told["over"], told["idle"]) == (None, "idle", None)
    assert ben.get("/api/v1/session").json()["over"] == ""


def test_nothing_that_a_browser_does_by_itself_keeps_it_alive(cast: Cast):
    ben = signed_in("ben")
    row = row_of(ben)
    idle_for(row, minutes=10)
    before = row_of(ben).last_active_at
    for path in ("session", "me", "conversations/counts", "notifications/unread", "drafts"):
        assert ben.get(f"/api/v1/{path}").status_code == 200
    ben.patch("/api/v1/me", {"availability": "away"}, content_type="application/json")
    signed_in_by(ben.cookies["kefu_session"].value)
    assert row_of(ben).last_active_at == before


def test_the_word_that_somebody_is_there_does(cast: Cast):
    ben = signed_in("ben")
    idle_for(row_of(ben), minutes=10)
    answer = alive(ben)
    assert answer.status_code == 200 and answer.json()["seconds_left"] > 14 * 60
    assert timezone.now() - row_of(ben).last_active_at < timedelta(seconds=10)


def test_a_deed_some_seconds_ago_counts_from_then(cast: Cast):
    ben = signed_in("ben")
    idle_for(row_of(ben), minutes=10)
    assert 13 * 60 < alive(ben, 90).json()["seconds_left"] <= 13 * 60 + 30


def test_it_is_written_once_a_minute_at_most(cast: Cast):
    ben = signed_in("ben")
    before = row_of(ben).last_active_at
    alive(ben)
    assert row_of(ben).last_active_at == before


def test_a_deed_in_the_future_is_not_believed(cast: Cast):
    row = row_of(signed_in("ben"))
    idle_for(row, minutes=10)
    note_activity(row, at=timezone.now() + timedelta(hours=9))
    row.refresh_from_db()
    assert row.last_active_at <= timezone.now()


def test_a_session_whose_time_is_over_cannot_be_brought_back(cast: Cast):
    """Two answers at once: the row was read while it still ran."""
    ben = signed_in("ben")
    row = row_of(ben)
    idle_for(row, minutes=16)
    assert alive(ben).status_code == 401
    note_activity(row)
    assert row_of_is_over(row)


def row_of_is_over(row: BrowserSession) -> str:
    return BrowserSession.objects.get(pk=row.pk).over(timezone.now())


@pytest.mark.parametrize("ago", [-1, 86_401, "0", None, 1.5, True])
def test_a_strange_span_is_refused(cast: Cast, ago: object):
    assert alive(signed_in("ben"), ago).status_code == 400


def test_a_key_is_never_idle_and_has_nothing_to_say_here(cast: Cast):
    assert alive(program(key_of(cast.ben))).status_code == 403


def test_a_page_of_the_admin_is_a_deed(cast: Cast):
    ana = signed_in("ana", AT_HOME)
    idle_for(row_of(ana), minutes=10)
    ana.get("/admin/")
    assert timezone.now() - row_of(ana).last_active_at < timedelta(seconds=10)
    idle_for(row_of(ana), minutes=16)
    assert ana.get("/admin/").status_code == 302


def test_the_span_is_a_policy_and_holds_for_running_sessions(cast: Cast):
    ben = signed_in("ben")
    idle_for(row_of(ben), minutes=6)
    assert ben.get("/api/v1/session").json()["idle"] == {
        "seconds_left": pytest.approx(9 * 60, abs=5),
        "warning_seconds": 60,
        "report_seconds": 60,
    }
    set_policy(idle_minutes=5)
    assert ben.get("/api/v1/me").status_code == 401


def test_a_short_span_is_reported_more_often_and_warned_of_in_time(cast: Cast):
    set_policy(idle_minutes=1, warning_seconds=600)
    idle = signed_in("ben").get("/api/v1/session").json()["idle"]
    assert (idle["report_seconds"], idle["warning_seconds"]) == (15, 45)


def test_idle_sessions_are_ended_and_written_down_once(cast: Cast):
    idle_for(row_of(signed_in("ben")), minutes=20)
    fay = signed_in("fay")
    assert [end_idle_sessions(), end_idle_sessions()] == [1, 0]
    assert BrowserSession.objects.get(user=cast.ben).ended_why == "idle"
    assert [line.about_id for line in logged("session.idled_out")] == [cast.ben.pk]
    assert fay.get("/api/v1/me").status_code == 200
