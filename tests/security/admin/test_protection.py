"""Rules, alarms, locks, self-checks and drills in the admin."""

from typing import Any

import pytest
from django.utils import timezone

from security.actions.alarms import raise_alarm
from security.actions.behaviour import lay_out_rules
from security.actions.locks import lock_account
from security.log.viewing import flush_views
from security.models import (
    AccountLock,
    BehaviourAlarm,
    BehaviourRule,
    DrillMail,
    Operation,
    PhishingDrill,
    SelfcheckRun,
    User,
)
from tests.conftest import BY, Cast
from tests.security.admin.forms import do, errors
from tests.security.behaviour.watched import deeds, each
from tests.worlds.drills import STAGE

RULES, ALARMS, DRILLS = "security/behaviourrule", "security/behaviouralarm", "security/phishingdrill"


def filled(**wanted: object) -> dict[str, Any]:
    form = {
        "name": "Much looking", "is_on": "on", "severity": "warning", "follows": "tell", "watches": "anybody",
        "watched": "", "actions": "contact.viewed\nfile.*", "measure": "lines", "threshold": "3",
        "window_minutes": "10", "from_hour": "", "until_hour": "", "days": [], "reason": "We want to know", **wanted,
    }  # fmt: skip
    return {key: value for key, value in form.items() if value is not None}


def on_stage(settings: Any) -> None:
    for name, value in STAGE.items():
        setattr(settings, name, value)


def alarm(cast: Cast, **wanted: Any) -> BehaviourAlarm:
    lay_out_rules(by=BY)
    raised = raise_alarm(by=BY, **{"user_id": cast.ben.pk, "shipped": "contacts_exported", **wanted})
    assert raised is not None
    return raised


def test_a_rule_is_added_changed_and_switched(cast: Cast):
    ana = cast.browser("ana")
    assert ana.post(f"/admin/{RULES}/add/", filled(days=["5", "6"])).status_code == 302
    rule = BehaviourRule.objects.get()
    assert (rule.actions, rule.days, rule.threshold) == (["contact.viewed", "file.*"], [5, 6], 3)
    changed = filled(threshold="5", from_hour="22", until_hour="6")
    assert ana.post(f"/admin/{RULES}/{rule.pk}/change/", changed).status_code == 302
    rule.refresh_from_db()
    assert (rule.threshold, rule.from_hour, rule.until_hour, rule.days) == (5, 22, 6, [])
    assert do(ana, RULES, rule.pk, "switch-off", reason="Too loud").status_code == 302
    rule.refresh_from_db()
    assert not rule.is_on and Operation.objects.filter(action="behaviour.changed").count() == 2


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"actions": "(a+)+$"}, "actions"),
        ({"actions": ""}, "actions"),
        ({"threshold": "99999999"}, "threshold"),
        ({"threshold": "20001"}, "threshold"),
        ({"window_minutes": "99999999999999"}, "window_minutes"),
        ({"until_hour": "5"}, "from_hour"),
        ({"from_hour": "25", "until_hour": "5"}, "from_hour"),
        ({"watches": "level", "watched": "finance"}, "watched"),
        ({"watches": "root"}, "watches"),
        ({"days": ["9"]}, "days"),
        ({"reason": " "}, "reason"),
        ({"name": ""}, "name"),
    ],
)
def test_a_rule_that_is_no_good_comes_back_with_the_reason_beside_its_field(
    cast: Cast, wanted: dict[str, Any], field: str
):
    answer = cast.browser("ana").post(f"/admin/{RULES}/add/", filled(**wanted))
    assert answer.status_code == 200 and field in errors(answer) and not BehaviourRule.objects.exists()


def test_a_rule_is_tried_on_the_log_and_nothing_is_raised(cast: Cast):
    ana = cast.browser("ana")
    ana.post(f"/admin/{RULES}/add/", filled())
    rule = BehaviourRule.objects.get()
    deeds(cast.ben, *each(3))
    page = ana.get(f"/admin/{RULES}/{rule.pk}/try/", {"days": "7"})
    assert "would have raised in the last 7 days: 1" in page.content.decode() and "Ben" in page.content.decode()
    assert not BehaviourAlarm.objects.exists()
    for odd in ("0", "-1", "x", "99999999999", "²"):
        assert ana.get(f"/admin/{RULES}/{rule.pk}/try/", {"days": odd}).status_code == 200
    assert ana.get(f"/admin/{RULES}/999/try/").status_code == 302


def test_a_shipped_rule_is_called_in_the_readers_language(cast: Cast):
    lay_out_rules(by=BY)
    assert "Settings changed at night" in cast.browser("ana").get(f"/admin/{RULES}/").content.decode()
    User.objects.filter(pk=cast.ana.pk).update(language="zh-hant")
    assert "深夜變更設定" in cast.browser("ana").get(f"/admin/{RULES}/").content.decode()


def test_an_alarm_shows_its_lines_and_is_decided(cast: Cast):
    deeds(cast.ben, timezone.now(), action="contact.viewed")
    line = Operation.objects.filter(action="contact.viewed").get()
    raised, ana = alarm(cast, lines=[line.pk], facts={"from": "<script>"}), cast.browser("ana")
    page = ana.get(f"/admin/{ALARMS}/{raised.pk}/change/").content.decode()
    assert f"/admin/security/operation/{line.pk}/change/" in page and "from: &lt;script&gt;" in page
    assert do(ana, ALARMS, raised.pk, "false-alarm", comment="").status_code == 400
    assert do(ana, ALARMS, raised.pk, "false-alarm", comment="The stocktaking").status_code == 302
    assert BehaviourAlarm.objects.get().state == "false_alarm"
    assert User.objects.get(pk=cast.ben.pk).locked_at is None
    assert do(ana, ALARMS, raised.pk, "confirm", comment="After all").status_code == 404, "it is decided"


def test_somebody_is_locked_and_unlocked_on_their_page(cast: Cast):
    ana = cast.browser("ana")
    assert do(ana, "security/user", cast.ben.pk, "lock", reason="A stolen telephone").status_code == 302
    page = ana.get(f"/admin/security/user/{cast.ben.pk}/change/").content.decode()
    assert "A stolen telephone" in page
    assert "Ben" in ana.get("/admin/security/user/", {"locked": "yes"}).content.decode()
    assert do(ana, "security/user", cast.ana.pk, "lock", reason="Me").status_code == 400
    assert do(ana, "security/user", cast.ben.pk, "unlock", reason="It is found").status_code == 302
    assert User.objects.get(pk=cast.ben.pk).locked_at is None


def test_a_lock_is_lifted_in_its_own_list(cast: Cast):
    lock = lock_account(by=BY, user=cast.ben, reason="Odd")
    answer = do(cast.browser("ana"), "security/accountlock", lock.pk, "unlock", reason="It was nothing")
    assert answer.status_code == 302 and AccountLock.objects.get().lifted_by == cast.ana


def test_the_self_check_is_run_and_shows_what_to_do(cast: Cast, settings: Any):
    settings.KEFU_PUBLIC_URL = "http://127.0.0.1:9"
    ana = cast.browser("ana")
    assert "has not been checked yet" in ana.get("/admin/selfcheck/").content.decode()
    assert not SelfcheckRun.objects.exists(), "looking checks nothing"
    assert ana.post("/admin/selfcheck/").status_code == 302
    page = ana.get("/admin/selfcheck/").content.decode()
    assert "Everybody has a second factor" in page and 'href="/admin/security/user/"' in page
    assert SelfcheckRun.objects.get().asked_by == cast.ana


def test_a_drill_is_planned_read_and_cancelled(cast: Cast, settings: Any):
    ana = cast.browser("ana")
    form = {"title": "Autumn", "kind": "file", "planned_at": "2027-01-01T08:00", "chosen": [cast.ben.pk]}
    refused = ana.post(f"/admin/{DRILLS}/add/", form)
    assert refused.status_code == 200 and "KEFU_DRILL_SENDER" in refused.content.decode()
    on_stage(settings)
    assert ana.post(f"/admin/{DRILLS}/add/", form).status_code == 302
    drill = PhishingDrill.objects.get()
    assert [row.person for row in drill.mails.all()] == [cast.ben]
    assert "0 / 1" in ana.get(f"/admin/{DRILLS}/{drill.pk}/change/").content.decode()
    assert do(ana, DRILLS, drill.pk, "cancel", reason="A bad week").status_code == 302
    nobody = ana.post(f"/admin/{DRILLS}/add/", {**form, "chosen": []})
    assert nobody.status_code == 200 and "chosen" in errors(nobody)


def test_who_looks_at_single_people_of_a_drill_is_in_the_log(cast: Cast, settings: Any):
    on_stage(settings)
    ana = cast.browser("ana")
    ana.post(f"/admin/{DRILLS}/add/", {"title": "Autumn", "kind": "file", "everybody": "on"})
    drill = PhishingDrill.objects.get()
    assert DrillMail.objects.count() == 6
    assert "Ben" not in ana.get(f"/admin/{DRILLS}/{drill.pk}/change/").content.decode()
    assert "Ben" in ana.get(f"/admin/{DRILLS}/{drill.pk}/people/").content.decode()
    flush_views()
    assert Operation.objects.get(action="drill.people_viewed").actor_id == str(cast.ana.pk)


@pytest.mark.parametrize("who", ["dee", "fay", "ben"])
def test_none_of_it_is_for_others(cast: Cast, who: str):
    raised, browser = alarm(cast), cast.browser(who)
    for path in ("selfcheck/", f"{RULES}/", f"{RULES}/{raised.rule_id}/try/", f"{ALARMS}/{raised.pk}/change/"):
        assert browser.get(f"/admin/{path}").status_code == 302
    assert browser.post("/admin/selfcheck/").status_code == 302 and not SelfcheckRun.objects.exists()
    do(browser, ALARMS, raised.pk, "false-alarm", comment="Me")
    assert BehaviourAlarm.objects.get().state == "open"
