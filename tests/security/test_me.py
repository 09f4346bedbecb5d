"""My own settings, my colleagues and my regions; and the languages Kefu speaks."""

import itertools

import pytest
from django.test import Client

from security.actions.people import join_region, leave_region
from security.levels import LEVEL_NAMES, permissions_of, rank
from security.live.store import events_after
from security.models import Membership, User
from tests.conftest import BY, PASSWORD, Cast
from tests.worlds.channels import channel
from tests.worlds.threads import logged

ME = "/api/v1/me"


def patch(browser: Client, **wanted: object):
    return browser.patch(ME, wanted, content_type="application/json")


def test_each_setting_can_be_changed_alone(cast: Cast):
    ben = cast.browser("ben")
    assert patch(ben, language="en").json()["language"] == "en"
    assert patch(ben, time_zone="Europe/Lisbon").json()["time_zone"] == "Europe/Lisbon"
    assert patch(ben, availability="away").json()["availability"] == "away"
    row = User.objects.get(pk=cast.ben.pk)
    assert (row.language, row.time_zone, row.availability) == ("en", "Europe/Lisbon", "away")
    assert next(line.details for line in logged("person.settings_changed")) == {"language": ["zh-hant", "en"]}


def test_a_new_language_is_told_to_the_other_pages_of_the_same_person(cast: Cast):
    def told() -> list[str]:
        return [event.kind for event in events_after(f"person:{cast.ben.pk}", 0)]

    before = len(told())
    patch(cast.browser("ben"), language="en")
    assert told()[before:] == ["access.changed"]
    patch(cast.browser("ben"), language="en")
    assert len(told()) == before + 1


WRONG = [
    ({"language": "tlh"}, "language"),
    ({"language": ""}, "language"),
    ({"language": None}, "language"),
    ({"language": ["en"]}, "language"),
    ({"time_zone": "Mars/Olympus"}, "time_zone"),
    ({"time_zone": "../../etc/passwd"}, "time_zone"),
    ({"time_zone": "/etc/localtime"}, "time_zone"),
    ({"time_zone": "x" * 65}, "time_zone"),
    ({"availability": "asleep"}, "availability"),
    ({"availability": 1}, "availability"),
    ({"language": "en", "availability": "asleep"}, "availability"),
]


@pytest.mark.parametrize(("wanted", "field"), WRONG)
def test_a_value_that_is_none_of_ours_is_refused_and_nothing_is_changed(cast: Cast, wanted: dict, field: str):
    answer = patch(cast.browser("ben"), **wanted)
    assert (answer.status_code, answer.json()["field"]) == (400, field)
    row = User.objects.get(pk=cast.ben.pk)
    assert (row.language, row.time_zone, row.availability) == ("zh-hant", "Asia/Taipei", "available")


@pytest.mark.parametrize("stolen", [{"level": "admin"}, {"is_superuser": True}, {"email": "x@y.z"}, {"regions": [2]}])
def test_nobody_promotes_themselves(cast: Cast, stolen: dict):
    patch(cast.browser("ben"), **stolen)
    row = User.objects.get(pk=cast.ben.pk)
    assert (row.email, row.is_superuser, cast.access("ben").level) == ("ben@kefu.test", False, "agent")
    assert Membership.objects.filter(user=row).count() == 1


def test_me_tells_whether_my_channels_are_simulated(cast: Cast):
    assert cast.browser("ben").get(ME).json()["simulator_url"] is None
    channel(cast.asia)
    assert cast.browser("ben").get(ME).json()["simulator_url"]
    assert cast.browser("cho").get(ME).json()["simulator_url"] is None


# --- colleagues


def names(browser: Client) -> list[str]:
    return [person["name"] for person in browser.get("/api/v1/people").json()["results"]]


def test_colleagues_are_those_who_share_a_region_by_name(cast: Cast):
    assert names(cast.browser("ben")) == ["Ana", "Ben", "Dee", "Eli", "Fay"]
    assert names(cast.browser("cho")) == ["Ana", "Cho", "Dee"]


def test_somebody_inactive_is_no_colleague(cast: Cast):
    User.objects.filter(pk=cast.eli.pk).update(is_active=False)
    assert "Eli" not in names(cast.browser("ben"))


def test_a_colleague_shows_level_availability_and_shared_regions(cast: Cast):
    patch(cast.browser("dee"), availability="away")
    shown = {person["name"]: person for person in cast.browser("ben").get("/api/v1/people").json()["results"]}
    assert shown["Dee"] == {
        "id": cast.dee.pk,
        "name": "Dee",
        "level": "supervisor",
        "availability": "away",
        "is_here": False,
        "region_ids": [cast.asia.pk],
    }


def test_joining_and_leaving_a_region_twice_is_doing_it_once(cast: Cast):
    for _ in range(2):
        join_region(by=BY, user=cast.ben, region=cast.europe)
    assert set(cast.access("ben").region_ids) == {cast.asia.pk, cast.europe.pk}
    for _ in range(2):
        leave_region(by=BY, user=cast.ben, region=cast.europe)
    assert [len(logged(f"person.region_{word}")) for word in ("joined", "left")] == [9, 1]


# --- levels


def test_a_higher_level_may_everything_a_lower_one_may():
    for lower, higher in itertools.pairwise(LEVEL_NAMES):
        assert permissions_of(lower) <= permissions_of(higher) and rank(lower) < rank(higher)
    assert permissions_of("observer") < permissions_of("agent") < permissions_of("senior")


def test_a_permission_of_no_level_of_ours_cannot_be_declared():
    from security.levels import Right, declare_permissions

    with pytest.raises(ValueError, match="unknown level"):
        declare_permissions({"inbox.fly": Right("captain")})
    with pytest.raises(ValueError, match="unknown duty"):
        declare_permissions({"inbox.fly": Right("admin", duties=("pilot",))})


# --- languages


CHINESE, ENGLISH = "zh-Hant", "en"


def refusal(client: Client, **headers: str) -> str:
    return str(
        client.get("/api/v1/conversations/01890000-0000-7000-8000-000000000000", headers=headers).json()["message"]
    )


def test_refusals_come_in_the_language_that_was_asked_for(cast: Cast):
    ben = Client()
    ben.force_login(cast.ben)
    english, chinese = (refusal(ben, **{"accept-language": language}) for language in (ENGLISH, CHINESE))
    assert english == "This does not exist, or you cannot see it."
    assert chinese != english and any("\u4e00" <= letter <= "\u9fff" for letter in chinese)


@pytest.mark.parametrize("spelled", ["zh-Hant", "zh-TW", "zh-hant-tw;q=0.9,en;q=0.5", "zh-HK"])
def test_traditional_chinese_has_many_names(cast: Cast, spelled: str):
    ben = Client()
    ben.force_login(cast.ben)
    assert refusal(ben, **{"accept-language": spelled}) == refusal(ben, **{"accept-language": CHINESE})


def test_without_a_header_ones_own_language_counts(cast: Cast):
    ben = Client()
    ben.force_login(cast.ben)
    assert refusal(ben) == refusal(ben, **{"accept-language": CHINESE})
    patch(cast.browser("ben"), language="en")
    assert refusal(ben) == refusal(ben, **{"accept-language": ENGLISH})


def test_a_language_we_do_not_speak_gets_chinese(cast: Cast):
    ben = Client()
    ben.force_login(cast.ben)
    assert refusal(ben, **{"accept-language": "fr"}) == refusal(ben, **{"accept-language": CHINESE})


def test_the_sign_in_page_is_answered_in_the_browsers_language(db: None):
    body = {"email": "nobody@kefu.test", "password": "x"}
    messages = {
        language: Client()
        .post("/api/v1/session", body, content_type="application/json", headers={"accept-language": language})
        .json()["message"]
        for language in (ENGLISH, CHINESE)
    }
    assert messages[ENGLISH].startswith("The e-mail address") and messages[CHINESE] != messages[ENGLISH]
    assert PASSWORD not in str(messages)
