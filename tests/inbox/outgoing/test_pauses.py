"""A number that WhatsApp throttles, or that fails as a whole, is quiet, keeps its messages and goes on by itself."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inbox.accounts.probing import probe
from inbox.actions.pauses import due_probes, pause, pause_by_hand, resume_by_hand
from inbox.errors import ChannelPaused
from inbox.models import ChannelPause, Message
from inbox.sweeping import sweep
from security.errors import NotAllowed, NotFound
from tests.conftest import BY
from tests.inbox.outgoing.conftest import Desk, state
from tests.inbox.outgoing.test_faults import policy
from tests.worlds.channels import calls
from tests.worlds.threads import fresh, logged, thread
from tests.worlds.webhooks import status, status_arrives


def pauses(desk: Desk) -> list[ChannelPause]:
    return list(ChannelPause.objects.for_system("the test").filter(channel=desk.shop).order_by("began_at"))


def running(desk: Desk) -> ChannelPause:
    (found,) = [row for row in pauses(desk) if row.ended_at is None]
    return found


def lasts(row: ChannelPause) -> float:
    """Seconds from now to its end."""
    assert row.until is not None
    return (row.until - timezone.now()).total_seconds()


def time_passes(desk: Desk) -> None:
    """What was to come later is due now."""
    now = timezone.now()
    rows = ChannelPause.objects.for_system("time passes").filter(channel=desk.shop, ended_at=None)
    rows.filter(until__isnull=False).update(until=now)
    rows.filter(probe_at__isnull=False).update(probe_at=now)


def shown(desk: Desk, who: str = "ben") -> dict:
    (channel,) = desk.cast.browser(who).get("/api/v1/channels").json()["results"]
    return channel


# --- throttled


@pytest.mark.parametrize(("code", "http"), [(4, 400), (17, 429), (613, 429), (80007, 429), (130429, 400)])
def test_a_throttled_number_is_quiet_for_an_hour_and_keeps_its_messages(desk: Desk, code: int, http: int):
    answer, next_one = desk.answers("1"), desk.answers("2")
    desk.fault("send_error", code=code, status=http)
    desk.sends()
    assert fresh(desk.shop).state == "paused" and 3590 < lasts(running(desk)) <= 3600
    assert state(answer) == state(next_one) == ("queued", "")
    assert fresh(answer).attempts == 0, "being told to wait is no attempt"
    desk.sends()
    assert len(calls(desk.meta, desk.shop)) == 1


def test_it_is_quiet_for_as_long_as_whatsapp_says(desk: Desk):
    desk.answers()
    desk.fault("send_error", code=130429, status=429, retry_after=90)
    desk.sends()
    assert 85 < lasts(running(desk)) <= 90


def test_how_long_it_is_quiet_otherwise_is_a_setting(desk: Desk):
    policy(throttle_pause_minutes=5)
    desk.answers()
    desk.fault("send_error", code=80007, status=429)
    desk.sends()
    assert 290 < lasts(running(desk)) <= 300


def test_when_its_time_is_over_it_goes_on_by_itself_and_nothing_is_doubled(desk: Desk):
    first, second = desk.answers("1"), desk.answers("2")
    desk.fault("send_error", code=130429)
    desk.sends()
    sweep()
    assert fresh(desk.shop).state == "paused", "not before"
    time_passes(desk)
    sweep()
    assert fresh(desk.shop).state == "active"
    assert [row.ended_how for row in pauses(desk)] == ["due"]
    desk.sends()
    assert state(first) == state(second) == ("accepted", "")
    assert desk.sent() == ["1", "1", "2"], "the first call was refused"
    assert len(logged("channel.paused")) == len(logged("channel.resumed")) == 1


def test_the_list_of_channels_says_why_since_when_and_until_when_in_both_languages(desk: Desk):
    desk.answers()
    desk.fault("send_error", code=130429)
    desk.sends()
    channel = shown(desk)
    (told,) = channel["pauses"]
    assert channel["state"] == "paused" and "WhatsApp allows" in channel["paused_reason"]
    assert (told["kind"], told["scope"], told["code"]) == ("throttle", "all", "130429")
    assert told["until"] > told["began_at"]
    assert set(told["words"]) == {"en", "zh-hant"} and all(words["remedy"] for words in told["words"].values())


@pytest.mark.parametrize(("most", "burst"), [(2, True), (3, False)])
def test_it_says_whether_more_than_the_measure_were_sent_shortly_before(desk: Desk, most: int, *, burst: bool):
    policy(burst_messages=most)
    for number in range(3):
        desk.answers(str(number))
    desk.sends()
    Message.objects.for_system("long ago").filter(client_ref="0").update(calling_at=timezone.now() - timedelta(hours=1))
    desk.answers("more")
    desk.fault("send_error", code=130429)
    desk.sends()
    (told,) = shown(desk)["pauses"]
    assert (told["sent_before"], told["burst"]) == (3, burst), "two of the ten minutes, and the refused call itself"


def test_two_workers_that_are_throttled_at_once_make_one_pause_and_the_later_end_counts(desk: Desk):
    elsewhere = thread(desk.shop)
    desk.answers()
    desk.fault("send_error", code=130429, retry_after=60)
    desk.sends()
    later = timezone.now() + timedelta(minutes=30)
    for until in (later, timezone.now()):
        pause(by=BY, channel_id=desk.shop.pk, kind="throttle", code="130429", until=until)
    assert [row.until for row in pauses(desk)] == [later]
    assert len(logged("channel.paused")) == 1
    with pytest.raises(ChannelPaused):
        desk.answers("while it is quiet", talk=elsewhere)


def test_a_status_that_says_the_number_is_throttled_pauses_it_too(desk: Desk):
    answer = desk.answers()
    desk.sends()
    status_arrives(desk.shop, status(fresh(answer).provider_ref, "failed", errors=[{"code": 130429}]))
    assert state(answer) == ("failed", "130429")
    assert fresh(desk.shop).state == "paused"


def test_a_status_that_comes_hours_late_pauses_nothing(desk: Desk):
    answer = desk.answers()
    desk.sends()
    status_arrives(desk.shop, status(fresh(answer).provider_ref, "failed", ago=7200, errors=[{"code": 130429}]))
    assert fresh(desk.shop).state == "active"


def test_a_failure_stops_the_number_only_after_its_status_is_committed(desk: Desk):
    """Otherwise it would lock the channel after conversations, and news of the account does that before."""
    answer = desk.answers()
    desk.sends()
    with CaptureQueriesContext(connection) as queries:
        status_arrives(desk.shop, status(fresh(answer).provider_ref, "failed", errors=[{"code": 130429}]))
    said = [row["sql"] for row in queries.captured_queries]
    applied = next(at for at, sql in enumerate(said) if sql.startswith('UPDATE "inbox_storedwebhook"'))
    paused = next(at for at, sql in enumerate(said) if sql.startswith('INSERT INTO "inbox_channelpause"'))
    assert any("RELEASE SAVEPOINT" in sql or sql == "COMMIT" for sql in said[applied:paused])


# --- broken: token, permission, lock


def revoke(desk: Desk, token_state: str = "revoked") -> None:
    number = {"phone_number_id": desk.shop.phone_number_id}
    desk.meta.sim("POST", "numbers", {**number, "token_state": token_state})


def test_a_number_whose_token_works_again_is_found_by_a_probe_and_goes_on(desk: Desk):
    answer = desk.answers()
    revoke(desk)
    desk.sends()
    assert fresh(desk.shop).paused_reason == "190" and running(desk).until is None
    assert due_probes() == [], "not at once"
    time_passes(desk)
    assert due_probes() == [desk.shop.pk]
    assert not probe(desk.shop.pk), "the token is still revoked"
    assert due_probes() == [], "and it is not asked again and again"
    revoke(desk, "valid")
    time_passes(desk)
    assert probe(desk.shop.pk)
    assert fresh(desk.shop).state == "active" and [row.ended_how for row in pauses(desk)] == ["mended"]
    assert desk.sends() == 1 and state(answer) == ("accepted", "")


def test_a_probe_before_its_time_or_of_a_number_that_works_makes_no_call(desk: Desk):
    assert not probe(desk.shop.pk)
    desk.answers()
    revoke(desk)
    desk.sends()
    assert not probe(desk.shop.pk)
    assert len(desk.meta.sim("GET", "calls")["results"]) == 1


def test_a_number_that_fails_again_after_a_probe_is_left_alone_for_twice_as_long(desk: Desk):
    waits = []
    for number in range(3):
        desk.answers(str(number), ref=str(number))
        desk.fault("send_error", code=131005, status=403)
        desk.sends()
        look_at = running(desk).probe_at
        assert look_at is not None
        waits.append(round((look_at - timezone.now()).total_seconds(), -1))
        time_passes(desk)
        assert probe(desk.shop.pk), "reading still works"
    assert waits == [300, 600, 1200]


# --- by hand


def test_a_supervisor_pauses_and_resumes_and_the_log_says_who(desk: Desk):
    dee = desk.cast.access("dee")
    answer = desk.answers()
    pause_by_hand(by=dee, channel_id=desk.shop.pk)
    assert desk.sends() == 0 and running(desk).paused_by_id == dee.user_id
    assert "Somebody of the team" in shown(desk)["paused_reason"]
    resume_by_hand(by=dee, channel_id=desk.shop.pk)
    assert desk.sends() == 1 and state(answer) == ("accepted", "")
    assert [(row.ended_how, row.ended_by_id) for row in pauses(desk)] == [("person", dee.user_id)]
    assert {line.actor_id for line in (*logged("channel.paused"), *logged("channel.resumed"))} == {str(dee.user_id)}


def test_a_pause_for_some_minutes_ends_by_itself(desk: Desk):
    pause_by_hand(by=desk.cast.access("dee"), channel_id=desk.shop.pk, minutes=30)
    assert 1790 < lasts(running(desk)) <= 1800
    time_passes(desk)
    sweep()
    assert fresh(desk.shop).state == "active"


def test_an_end_of_one_pause_leaves_the_other(desk: Desk):
    pause_by_hand(by=desk.cast.access("dee"), channel_id=desk.shop.pk)
    pause(by=BY, channel_id=desk.shop.pk, kind="throttle", code="130429", until=timezone.now())
    sweep()
    shop = fresh(desk.shop)
    assert (shop.state, shop.paused_reason) == ("paused", "paused_by_hand")


def test_an_agent_pauses_nothing_and_somebody_of_elsewhere_finds_no_number(desk: Desk):
    with pytest.raises(NotAllowed):
        pause_by_hand(by=desk.cast.access("ben"), channel_id=desk.shop.pk)
    with pytest.raises(NotFound):
        resume_by_hand(by=desk.cast.access("cho"), channel_id=desk.shop.pk)
