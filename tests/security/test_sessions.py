"""Where one is signed in, and ending that: one's own, all others, and by an admin."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client

from security.actions.passwords import set_password
from security.actions.session_ends import end_session_of, end_sessions, forget_sessions
from security.errors import Missing
from security.ids import new_id
from security.models import BrowserSession, KnownDevice, Operation, User
from security.sessions import user_of_session
from tests.conftest import BY, PASSWORD, Cast
from tests.security.test_api_keys import key_of, program
from tests.worlds.browsers import (
    AT_HOME,
    FIREFOX,
    browser,
    idle_for,
    row_of,
    row_of_key,
    set_policy,
    sign_in,
    signed_in,
)
from tests.worlds.threads import logged

SESSIONS = "/api/v1/me/sessions"


def test_the_list_says_where_when_how_and_which_is_this_browser(cast: Cast):
    there = signed_in("ben", agent=FIREFOX)
    here = signed_in("ben")
    listed = here.get(SESSIONS).json()["results"]
    assert [(one["device"], one["is_this"], one["country"], one["how"]) for one in listed] == [
        ("Chrome · Windows", True, "TW", "password"),
        ("Firefox · Linux", False, "TW", "password"),
    ]
    assert {one["ip"] for one in listed} == {"168.95.1.1"}
    assert {one["id"] for one in listed} == {str(row_of(here).pk), str(row_of(there).pk)}


def test_nobody_elses_session_is_listed_and_no_key_is_told(cast: Cast):
    signed_in("fay")
    here = signed_in("ben")
    answer = here.get(SESSIONS)
    key = here.cookies["kefu_session"].value
    assert len(answer.json()["results"]) == 1
    assert key not in answer.content.decode()
    assert all(key not in str(line.details) for line in Operation.objects.all())


def test_the_database_holds_no_key_of_a_session(cast: Cast):
    key = signed_in("ben").cookies["kefu_session"].value
    row = row_of_key(key)
    assert key not in row.data and key.encode() not in bytes(row.digest)
    thief = Client()
    thief.cookies["kefu_session"] = bytes(row.digest).hex()
    assert thief.get("/api/v1/me").status_code == 401


def test_a_revoked_session_is_401_from_its_next_request_and_says_why(cast: Cast):
    there, here = signed_in("ben"), signed_in("ben")
    assert here.delete(f"{SESSIONS}/{row_of(there).pk}").status_code == 204
    refused = there.get("/api/v1/me")
    assert (refused.status_code, refused.json()["code"]) == (401, "session_revoked")
    assert here.get("/api/v1/me").status_code == 200
    assert [line.details["session"] for line in logged("session.revoked")] == [
        str(BrowserSession.objects.get(ended_why="revoked").pk)
    ]


def test_a_stolen_cookie_is_worth_nothing_after_its_session_was_revoked(cast: Cast):
    there, here = signed_in("ben"), signed_in("ben")
    key = there.cookies["kefu_session"].value
    here.delete(f"{SESSIONS}/{row_of(there).pk}")
    thief = browser()
    thief.cookies["kefu_session"] = key
    assert thief.get("/api/v1/me").status_code == 401
    assert thief.get("/admin/").status_code == 302
    assert user_of_session(key) is None


def test_a_session_that_was_revoked_while_it_answered_does_not_come_back(cast: Cast):
    """It changes its data (a code was given) after another browser ended it."""
    there, here = signed_in("ben"), signed_in("ben")
    session = there.session
    session["factor_at"] = "2026-01-01T00:00:00+00:00"
    here.delete(f"{SESSIONS}/{row_of(there).pk}")
    with pytest.raises(UpdateError):
        session.save()
    assert there.get("/api/v1/me").status_code == 401


def test_all_others_end_and_this_one_goes_on(cast: Cast):
    others = [signed_in("ben") for _each in range(3)]
    fay, here = signed_in("fay"), signed_in("ben")
    assert here.delete(SESSIONS).status_code == 204
    assert [one.get("/api/v1/me").status_code for one in others] == [401, 401, 401]
    assert (here.get("/api/v1/me").status_code, fay.get("/api/v1/me").status_code) == (200, 200)
    assert [line.details["count"] for line in logged("session.others_revoked")] == [3]


def test_somebody_elses_session_looks_like_one_that_never_was(cast: Cast):
    fay, here = signed_in("fay"), signed_in("ben")
    foreign = here.delete(f"{SESSIONS}/{row_of(fay).pk}")
    made_up = here.delete(f"{SESSIONS}/{new_id()}")
    assert foreign.status_code == made_up.status_code == 404 and foreign.content == made_up.content
    assert fay.get("/api/v1/me").status_code == 200


def test_one_that_ended_already_is_not_there(cast: Cast):
    there, here = signed_in("ben"), signed_in("ben")
    address = f"{SESSIONS}/{row_of(there).pk}"
    assert [here.delete(address).status_code, here.delete(address).status_code] == [204, 404]


def test_a_key_has_nothing_to_do_with_sessions(cast: Cast):
    there = signed_in("ben")
    ben = program(key_of(cast.ben))
    assert ben.get(SESSIONS).status_code == ben.delete(SESSIONS).status_code == 403
    assert ben.delete(f"{SESSIONS}/{row_of(there).pk}").status_code == 403
    assert there.get("/api/v1/me").status_code == 200


def test_every_sign_in_gets_a_new_key_also_in_a_browser_that_is_signed_in(cast: Cast):
    here = signed_in("ben")
    first = here.cookies["kefu_session"].value
    sign_in(here, "ben")
    second = here.cookies["kefu_session"].value
    assert first != second and user_of_session(first) is None and user_of_session(second) == cast.ben


def test_a_planted_session_is_not_the_one_somebody_signs_in_to(cast: Cast):
    attacker = signed_in("eli")
    planted = attacker.cookies["kefu_session"].value
    victim = browser()
    victim.cookies["kefu_session"] = planted
    sign_in(victim, "ben")
    assert victim.get("/api/v1/me").json()["name"] == "Ben"
    assert attacker.get("/api/v1/me").status_code == 401


def test_an_admin_ends_one_session_with_a_reason(cast: Cast):
    there, also = signed_in("ben"), signed_in("ben")
    ana = cast.access("ana")
    with pytest.raises(Missing):
        end_session_of(by=ana, session=row_of(there), reason=" ")
    end_session_of(by=ana, session=row_of(there), reason="A lost laptop")
    assert there.get("/api/v1/me").json()["code"] == "session_by_admin"
    assert also.get("/api/v1/me").status_code == 200
    (line,) = logged("person.session_ended")
    assert (line.actor_id, line.about_id, line.details["reason"]) == (str(cast.ana.pk), cast.ben.pk, "A lost laptop")


def test_an_admin_ends_all_sessions_of_somebody(cast: Cast):
    ben = [signed_in("ben"), signed_in("ben")]
    end_sessions(by=cast.access("ana"), user=cast.ben, reason="A lost laptop")
    assert [one.get("/api/v1/me").json()["code"] for one in ben] == ["session_by_admin"] * 2
    assert sign_in(browser(), "ben").status_code == 200


def test_a_new_password_ends_the_sessions_and_says_so(cast: Cast):
    there = signed_in("ben")
    set_password(by=BY, user=cast.ben, password="Another-pass-2026!")
    assert there.get("/api/v1/me").json()["code"] == "session_password"


def test_the_admin_tries_no_passwords_and_leads_to_where_one_changes_ones_own(cast: Cast):
    """A page of its own there would try them unslowed and unlogged."""
    here, new = signed_in("ana", AT_HOME), "Another-pass-2026!"
    for old in ("guessed", PASSWORD):
        form = {"old_password": old, "new_password1": new, "new_password2": new}
        answer = here.post("/admin/password_change/", form)
        assert (answer.status_code, answer["Location"]) == (302, "/settings/security")
    assert User.objects.get(pk=cast.ana.pk).check_password(PASSWORD)


def test_what_ended_long_ago_is_forgotten_and_what_runs_is_not(cast: Cast):
    set_policy(ended_days=10)
    old, new, running = signed_in("ben"), signed_in("ben"), signed_in("ben")
    rows = [row_of(one) for one in (old, new)]
    running.delete(SESSIONS)
    BrowserSession.objects.filter(pk=rows[0].pk).update(ended_at="2020-01-01T00:00:00Z")
    forget_sessions()
    assert set(BrowserSession.objects.values_list("pk", flat=True)) == {rows[1].pk, row_of(running).pk}


def test_a_device_unused_for_long_is_forgotten(cast: Cast):
    signed_in("ben")
    KnownDevice.objects.update(last_seen_at="2020-01-01T00:00:00Z")
    forget_sessions()
    assert not KnownDevice.objects.exists()


def test_an_idle_session_is_not_listed(cast: Cast):
    there, here = signed_in("ben"), signed_in("ben")
    idle_for(row_of(there), minutes=16)
    assert len(here.get(SESSIONS).json()["results"]) == 1
