"""What follows an alarm, and what becomes of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from contacts.actions.exporting import ask_for_export, download_export, make_export
from inbox.models import Notification
from security.actions.access_requests import ask_for_access
from security.actions.alarms import confirm_alarm, dismiss_alarm, raise_alarm
from security.actions.behaviour import lay_out_rules, watch_behaviour
from security.actions.grants import give_grant
from security.actions.levels import set_level
from security.actions.locks import lock_account
from security.actions.people import change_own_settings
from security.actions.policies import change_policy
from security.behaviour.shipped import SHIPPED
from security.errors import AlreadyDecided, Invalid, Missing, NotAllowed, NotFound, OwnAlarm
from security.ids import new_id
from security.limits.table import EXPORTS
from security.log.viewing import flush_views
from security.models import AccountLock, BehaviourAlarm, BehaviourRule, Grant, Operation, SecurityPolicy, User
from security.policies import visible_operations
from security.security_team import security_team
from tests.conftest import BY, Cast
from tests.security.behaviour.watched import alarms, deeds, each, rule
from tests.worlds.channels import channel
from tests.worlds.factors import fresh_access
from tests.worlds.locks import is_locked
from tests.worlds.threads import logged, thread


def told(who: User) -> list[dict[str, Any]]:
    rows = Notification.objects.for_system("the test").filter(to=who, kind="alarm.raised")
    return [row.data for row in rows.order_by("created_at")]


def set_off(cast: Cast, who: User, **wanted: Any) -> BehaviourAlarm:
    rule(**{"threshold": 1, "follows": "lock", **wanted})
    deeds(who, timezone.now())
    return alarms()[-1]


def test_the_admins_are_told_and_the_account_is_locked(cast: Cast):
    ben = cast.browser("ben")
    alarm = set_off(cast, cast.ben, severity="critical")
    assert alarm.done == "locked" and is_locked(cast.ben) and ben.get("/api/v1/me").status_code == 401
    assert told(cast.ana) == [{"alarm": str(alarm.pk), "severity": "critical", "done": "locked"}]
    assert told(cast.dee) == told(cast.ben) == []
    line = Operation.objects.get(action="alarm.raised")
    assert (line.actor_kind, line.subject_id, line.details["person"]) == ("system", str(alarm.pk), cast.ben.pk)


def test_sessions_end_where_the_rule_says_no_more(cast: Cast):
    ben = cast.browser("ben")
    assert set_off(cast, cast.ben, follows="end_sessions").done == "sessions_ended"
    assert ben.get("/api/v1/me").status_code == 401 and not is_locked(cast.ben)


def test_telling_alone_disturbs_nobody(cast: Cast):
    ben = cast.browser("ben")
    assert set_off(cast, cast.ben, follows="tell").done == "told"
    assert ben.get("/api/v1/me").status_code == 200 and len(told(cast.ana)) == 1


def test_the_last_admin_is_told_of_instead_of_locked(cast: Cast):
    ana = cast.browser("ana")
    alarm = set_off(cast, cast.ana)
    assert alarm.done == "spared" and not is_locked(cast.ana) and ana.get("/api/v1/me").status_code == 200
    assert [one["done"] for one in told(cast.ana)] == ["spared"], "nobody else is there to be told"


def test_another_admin_is_locked_and_the_rest_of_them_hear_of_it(cast: Cast):
    set_level(by=BY, user=cast.dee, level="admin")
    watch_behaviour()
    alarm = set_off(cast, cast.dee)
    assert alarm.done == "locked" and is_locked(cast.dee)
    assert len(told(cast.ana)) == 1 and told(cast.dee) == []


def test_a_false_alarm_unlocks(cast: Cast):
    alarm = set_off(cast, cast.ben)
    dismiss_alarm(by=cast.access("ana"), alarm_id=alarm.pk, comment="The stocktaking")
    alarm.refresh_from_db()
    assert (alarm.state, alarm.decided_by, alarm.comment) == ("false_alarm", cast.ana, "The stocktaking")
    assert not is_locked(cast.ben) and AccountLock.objects.get().lifted_by == cast.ana
    assert Operation.objects.get(action="alarm.dismissed").details["reason"] == "The stocktaking"


def test_a_confirmed_one_stays_locked(cast: Cast):
    alarm = set_off(cast, cast.ben)
    confirm_alarm(by=cast.access("ana"), alarm_id=alarm.pk, comment="He sold them")
    assert is_locked(cast.ben) and BehaviourAlarm.objects.get().state == "confirmed"


def test_a_lock_that_two_alarms_hold_ends_with_the_second(cast: Cast):
    rule(name="One", threshold=1, follows="lock")
    rule(name="Two", threshold=1, follows="lock")
    deeds(cast.ben, timezone.now())
    first, second = alarms()
    dismiss_alarm(by=cast.access("ana"), alarm_id=first.pk, comment="No")
    assert is_locked(cast.ben)
    dismiss_alarm(by=cast.access("ana"), alarm_id=second.pk, comment="No")
    assert not is_locked(cast.ben)


def test_a_lock_by_an_admin_is_not_the_alarms_to_lift(cast: Cast):
    lock_account(by=cast.access("ana"), user=cast.ben, reason="He left angry")
    alarm = set_off(cast, cast.ben)
    dismiss_alarm(by=cast.access("ana"), alarm_id=alarm.pk, comment="No")
    assert is_locked(cast.ben)


def test_what_the_person_had_locked_before_a_false_alarm_stays_theirs(cast: Cast):
    lock = lock_account(by=BY, user=cast.ben, reason="This was not me", how="owner")
    alarm = set_off(cast, cast.ben)
    dismiss_alarm(by=cast.access("ana"), alarm_id=alarm.pk, comment="No")
    lock.refresh_from_db()
    assert is_locked(cast.ben) and lock.how == "owner"
    assert [line.details["how"] for line in logged("person.lock_changed")] == [["owner", "rule"], ["rule", "owner"]]


def test_a_rule_that_prolongs_a_lock_for_a_time_says_so_and_a_false_alarm_gives_its_end_back(cast: Cast):
    until = timezone.now() + timedelta(hours=8)
    lock = lock_account(by=cast.access("ana"), user=cast.ben, reason="Over night", until=until)
    watch_behaviour()
    alarm = set_off(cast, cast.ben)
    lock.refresh_from_db()
    assert (alarm.done, alarm.lock, lock.until) == ("locked", lock, None)
    (line,) = logged("person.lock_changed")
    assert line.details["until"] == [until.isoformat(), None] and line.actor_kind == "system"
    second = set_off(cast, cast.ben, name="Another")
    dismiss_alarm(by=cast.access("ana"), alarm_id=alarm.pk, comment="The stocktaking")
    lock.refresh_from_db()
    assert lock.until is None, "another alarm holds it"
    dismiss_alarm(by=cast.access("ana"), alarm_id=second.pk, comment="That too")
    lock.refresh_from_db()
    assert is_locked(cast.ben) and lock.until == until
    line = logged("person.lock_changed")[-1]
    assert (line.details["until"], line.details["reason"]) == ([None, until.isoformat()], "That too")


@pytest.mark.parametrize(("hours", "left"), [(None, None), (24, 24), (1, 8)])
def test_what_an_admin_wants_besides_is_not_undone_by_a_false_alarm(cast: Cast, hours: int | None, left: int | None):
    now, ana = timezone.now(), cast.access("ana")
    lock = lock_account(by=ana, user=cast.ben, reason="Over night", until=now + timedelta(hours=8))
    watch_behaviour()
    alarm = set_off(cast, cast.ben)
    lock_account(by=ana, user=cast.ben, reason="Longer", until=now + timedelta(hours=hours) if hours else None)
    dismiss_alarm(by=ana, alarm_id=alarm.pk, comment="The stocktaking")
    lock.refresh_from_db()
    assert lock.until == (now + timedelta(hours=left) if left else None) and is_locked(cast.ben)


def test_deciding_on_alarms_cannot_be_given_for_a_time(cast: Cast):
    """Outside Django admin there is nothing to do with it, and an alarm would wait for somebody who may not decide."""
    given: dict[str, Any] = {"permission": "security.handle_alarm", "reason": "My holidays"}
    with pytest.raises(Invalid):
        give_grant(by=BY, user=cast.dee, ends_at=timezone.now() + timedelta(days=1), **given)
    with pytest.raises(Invalid):
        ask_for_access(by=cast.access("dee"), hours=1, **given)
    assert "alarm.handle" not in cast.browser("dee").get("/api/v1/access-requests/summary").json()["permissions"]
    Grant.objects.create(
        user=cast.dee, permission="security.handle_alarm", reason="Of old", starts_at=timezone.now(),
        ends_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    assert not cast.access("dee").can("security.handle_alarm") and security_team(without=cast.ana.pk) == []


def test_only_who_may_decides_once_and_with_a_word(cast: Cast):
    alarm = set_off(cast, cast.ben)
    for name in ("dee", "fay", "cho"):
        with pytest.raises(NotAllowed):
            dismiss_alarm(by=cast.access(name), alarm_id=alarm.pk, comment="No")
    with pytest.raises(Missing):
        dismiss_alarm(by=cast.access("ana"), alarm_id=alarm.pk, comment=" ")
    with pytest.raises(NotFound):
        dismiss_alarm(by=cast.access("ana"), alarm_id=new_id(), comment="No")
    confirm_alarm(by=cast.access("ana"), alarm_id=alarm.pk, comment="Yes")
    with pytest.raises(AlreadyDecided):
        dismiss_alarm(by=cast.access("ana"), alarm_id=alarm.pk, comment="No")
    assert is_locked(cast.ben)


def test_nobody_decides_on_their_own_alarm_while_another_could(cast: Cast):
    alarm = set_off(cast, cast.ana)
    set_level(by=BY, user=cast.dee, level="admin")
    with pytest.raises(OwnAlarm):
        dismiss_alarm(by=cast.access("ana"), alarm_id=alarm.pk, comment="It was me")
    set_level(by=BY, user=cast.dee, level="supervisor")
    dismiss_alarm(by=cast.access("ana"), alarm_id=alarm.pk, comment="It was me, and I am alone")


def test_supervisors_do_not_read_of_alarms_in_the_log(cast: Cast):
    set_off(cast, cast.ben, follows="tell")
    seen = Operation.objects.filter(visible_operations(cast.access("dee")), action__startswith="alarm.")
    assert not seen.exists()


def test_a_shipped_one_can_be_raised_by_whatever_notices_it(cast: Cast):
    lay_out_rules(by=BY)
    given: dict[str, Any] = {"by": BY, "user_id": cast.ben.pk, "shipped": "impossible_travel"}
    alarm = raise_alarm(**given, facts={"from": "TW", "to": "BR", "hours": 2})
    assert alarm is not None and alarm.facts["to"] == "BR" and is_locked(cast.ben)
    assert raise_alarm(**given) is None, "it waits for a decision already"
    BehaviourRule.objects.filter(shipped="impossible_travel").update(is_on=False)
    assert raise_alarm(**{**given, "user_id": cast.fay.pk}) is None and not is_locked(cast.fay)
    assert raise_alarm(**{**given, "user_id": 10**9}) is None


def test_settings_changed_at_three_in_the_morning_lock_the_account(cast: Cast, time_machine):
    set_level(by=BY, user=cast.dee, level="admin")
    lay_out_rules(by=BY)
    change_own_settings(by=cast.access("dee"), time_zone="America/New_York")  # a clock they set themselves
    assert alarms() == []
    time_machine.move_to("2026-11-03T19:00:00Z", tick=False)
    policy = SecurityPolicy.objects.get_or_create(pk=1)[0]
    policy.history_days = 90
    change_policy(by=cast.access("dee"), policy=policy, changed=["history_days"], reason="I could not sleep")
    (alarm,) = alarms()
    assert (alarm.rule.shipped, alarm.person, alarm.done) == ("settings_at_night", cast.dee, "locked")


def test_a_thousand_and_one_contacts_within_an_hour_lock_the_account(cast: Cast):
    lay_out_rules(by=BY)
    deeds(cast.ben, *each(10), action="contact.listed", rows=100)
    assert alarms() == [], "a thousand is allowed"
    deeds(cast.ben, timezone.now(), action="contact.export_asked")
    (alarm,) = alarms()
    assert alarm.rule.shipped == "contacts_exported" and is_locked(cast.ben)


def test_contact_after_contact_exported_locks_the_account(cast: Cast):
    set_level(by=BY, user=cast.dee, level="admin")
    lay_out_rules(by=BY)
    watch_behaviour()
    most = SHIPPED["contact_after_contact"]["threshold"]
    assert most <= EXPORTS.rate().burst, "the limit on exports must let it come to an alarm"
    here, dee = channel(cast.asia), fresh_access(cast, "dee")
    asked = [ask_for_export(by=dee, contact_id=thread(here).contact_id) for _ in range(most - 1)]
    assert alarms() == []
    assert make_export(asked[0].pk)
    download_export(by=dee, export_id=asked[0].pk)
    (alarm,) = alarms()
    assert (alarm.rule.shipped, alarm.measured) == ("contact_after_contact", most) and is_locked(cast.dee)


def test_paging_through_the_contacts_is_counted_and_locks_the_account(cast: Cast):
    """Also who may only read, also with a key: the first page is everybody's, each further one says how many."""
    lay_out_rules(by=BY)
    BehaviourRule.objects.filter(shipped="contacts_exported").update(threshold=7)
    here = channel(cast.asia)
    for _ in range(10):
        thread(here)
    eli, path = cast.browser("eli"), "/api/v1/contacts?limit=3"
    page = eli.get(path).json()
    while page["next"]:
        assert alarms(look=bool(flush_views())) == []
        page = eli.get(path, {"limit": "3", "cursor": page["next"]}).json()
    flush_views()
    (alarm,) = alarms()
    assert (alarm.rule.shipped, alarm.person, alarm.measured) == ("contacts_exported", cast.eli, 7)
    assert [line.details["rows"] for line in logged("contact.listed")] == [3, 3, 1] and is_locked(cast.eli)


def test_the_same_page_again_is_no_other_look(cast: Cast):
    here = channel(cast.asia)
    for _ in range(3):
        thread(here)
    eli = cast.browser("eli")
    after = eli.get("/api/v1/contacts", {"limit": "1"}).json()["next"]
    for limit in ("1", "1", "2"):
        eli.get("/api/v1/contacts", {"limit": limit, "cursor": after})
    flush_views()
    assert sorted(line.details["rows"] for line in logged("contact.listed")) == [1, 2]


def test_looking_at_hundreds_of_things_locks_the_account(cast: Cast):
    lay_out_rules(by=BY)
    deeds(cast.fay, *each(100), action="contact.viewed")
    deeds(cast.fay, *each(100), action="contact.found")
    deeds(cast.fay, *each(100), action="conversation.found")
    (alarm,) = alarms()
    assert alarm.rule.shipped == "mass_viewing" and alarm.measured == 300 and len(alarm.lines) == 200
