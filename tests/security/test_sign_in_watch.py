"""Devices that are recognised, countries that are not, and journeys nobody makes (SE-3, SE-8)."""

import pytest
from django.core import mail

from inbox.models import Notification
from security.actions.behaviour import lay_out_rules, let_rules_only_tell
from security.actions.mails import send_due_mails
from security.models import BehaviourAlarm, BrowserSession, KnownCountry, KnownDevice
from security.whereabouts import place_of
from tests.conftest import BY, Cast
from tests.worlds.browsers import (
    AT_HOME,
    CHROME,
    FIREFOX,
    GERMANY,
    TAIPEI,
    TOKYO,
    browser,
    let_days_pass,
    row_of,
    set_policy,
    sign_in,
    signed_in,
)
from tests.worlds.locks import is_locked
from tests.worlds.threads import logged

NOT_FOUND = "192.31.196.1"  # a public network (AS112) that belongs to no country


def whys() -> list[list[str]]:
    return [line.details["why"] for line in logged("session.unfamiliar")]


def again(client, ip: str = TAIPEI, agent: str = CHROME):
    """The same browser, later, perhaps elsewhere."""
    fresh = browser(ip, agent)
    fresh.cookies["kefu_device"] = client.cookies["kefu_device"].value
    assert sign_in(fresh, "ben").status_code == 200
    return fresh


def test_the_very_first_sign_in_surprises_nobody(cast: Cast):
    signed_in("ben")
    send_due_mails()
    assert whys() == [] and mail.outbox == [] and KnownDevice.objects.count() == 1


def test_a_known_browser_is_recognised_when_it_comes_back(cast: Cast):
    first = signed_in("ben")
    back = again(first)
    assert whys() == [] and row_of(back).known_device == row_of(first).known_device


def test_another_browser_is_a_new_device(cast: Cast):
    signed_in("ben")
    signed_in("ben", agent=FIREFOX)
    assert whys() == [["device"]]
    assert {device.kind for device in KnownDevice.objects.all()} == {"Chrome · Windows", "Firefox · Linux"}


def test_a_device_is_known_for_one_person_only(cast: Cast):
    signed_in("fay")
    shared = signed_in("ben")
    fay = browser()
    fay.cookies["kefu_device"] = shared.cookies["kefu_device"].value
    sign_in(fay, "fay")
    assert [line.about_id for line in logged("session.unfamiliar")] == [cast.fay.pk]


@pytest.mark.parametrize("spoil", [lambda cookie: cookie[:-2] + "xx", lambda cookie: "made-up", lambda cookie: "a:b:c"])
def test_a_forged_cookie_is_no_device(cast: Cast, spoil):
    first = signed_in("ben")
    forged = browser()
    forged.cookies["kefu_device"] = spoil(first.cookies["kefu_device"].value)
    sign_in(forged, "ben")
    assert whys() == [["device"]]


def test_a_cookie_copied_into_another_kind_of_browser_is_a_new_device(cast: Cast):
    first = signed_in("ben")
    stolen = again(first, agent=FIREFOX)
    assert whys() == [["device"]]
    assert row_of(stolen).known_device != row_of(first).known_device
    assert stolen.cookies["kefu_device"].value != first.cookies["kefu_device"].value


def test_the_cookie_cannot_be_read_by_scripts_and_holds_no_name(cast: Cast):
    cookie = signed_in("ben").cookies["kefu_device"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["max-age"] == 400 * 86_400
    assert "ben" not in cookie.value and str(KnownDevice.objects.get().pk) not in cookie.value


def test_a_device_that_was_away_for_long_counts_as_new(cast: Cast):
    first = signed_in("ben")
    KnownDevice.objects.update(last_seen_at="2024-01-01T00:00:00Z")
    again(first)
    assert whys() == [["device"]]


def test_an_unfamiliar_country_is_told_once(cast: Cast):
    first = signed_in("ben")
    let_days_pass(cast.ben, 48)
    again(first, TOKYO)
    let_days_pass(cast.ben, 48)
    again(first, TOKYO)
    assert whys() == [["country"]]
    assert set(KnownCountry.objects.values_list("country", flat=True)) == {"TW", "JP"}


def test_ones_own_house_is_in_no_country(cast: Cast):
    first = signed_in("ben")
    again(first, AT_HOME)
    again(first, "::ffff:10.0.0.7")
    assert whys() == []


def test_a_public_address_that_nobody_finds_is_unfamiliar_every_time(cast: Cast):
    assert place_of(NOT_FOUND).country == "" and not place_of(NOT_FOUND).private
    first = signed_in("ben", NOT_FOUND)
    again(first, NOT_FOUND)
    assert whys() == [["country"]] and not KnownCountry.objects.exists()


def test_nobody_is_in_taipei_and_in_germany_within_an_hour(cast: Cast):
    first = signed_in("ben")
    let_days_pass(cast.ben, 1)
    again(first, GERMANY)
    assert whys() == [["country", "journey"]]


def test_a_sign_in_from_afar_locks_the_account_ends_its_sessions_and_tells_the_team(cast: Cast):
    lay_out_rules(by=BY)
    first = signed_in("ben")
    let_days_pass(cast.ben, 1)
    far = browser(GERMANY)
    refused = sign_in(far, "ben")
    assert (refused.status_code, refused.json()["code"]) == (403, "account_locked")
    assert is_locked(cast.ben) and not BrowserSession.objects.filter(user=cast.ben, ended_at=None).exists()
    assert first.get("/api/v1/me").status_code == far.get("/api/v1/me").status_code == 401
    told = Notification.objects.for_system("the test").filter(kind="alarm.raised")
    assert [row.to_id for row in told] == [cast.ana.pk]
    facts = BehaviourAlarm.objects.get().facts
    assert (facts["from"], facts["to"], facts["minutes"]) == ("TW", "DE", 60)
    assert whys() == [["device", "country", "journey"]], "what it was locked for stays in the log"


def test_where_the_rule_only_tells_a_sign_in_from_afar_goes_on(cast: Cast):
    let_rules_only_tell(by=BY)
    first = signed_in("ben")
    let_days_pass(cast.ben, 1)
    assert again(first, GERMANY).get("/api/v1/me").status_code == 200
    assert BehaviourAlarm.objects.get().done == "told" and not is_locked(cast.ben)


def test_a_plane_makes_it_within_a_day(cast: Cast):
    first = signed_in("ben")
    let_days_pass(cast.ben, 20)
    again(first, GERMANY)
    assert whys() == [["country"]]


def test_the_fastest_journey_is_a_policy(cast: Cast):
    set_policy(travel_kmh=300)
    first = signed_in("ben")
    let_days_pass(cast.ben, 20)
    again(first, GERMANY)
    assert whys() == [["country", "journey"]]


def test_where_somebody_was_last_active_counts_not_only_where_they_signed_in(cast: Cast):
    first = signed_in("ben")
    BrowserSession.objects.update(begun_at="2026-01-01T00:00:00Z")
    again(first, TOKYO)
    assert whys() == [["country", "journey"]]


def test_the_person_is_told_in_kefu_and_by_mail(cast: Cast):
    signed_in("ben")
    signed_in("ben", agent=FIREFOX)
    (told,) = Notification.objects.for_system("the test").filter(kind="session.unfamiliar")
    assert (told.to_id, told.note, told.data["why"]) == (cast.ben.pk, "Firefox · Linux", ["device"])
    send_due_mails()
    assert [letter.to for letter in mail.outbox] == [["ben@kefu.test"]]


def test_a_refused_sign_in_makes_no_device_and_tells_nobody(cast: Cast):
    signed_in("ben")
    assert sign_in(browser(agent=FIREFOX), "ben", "not it").status_code == 401
    assert KnownDevice.objects.count() == 1 and whys() == []
