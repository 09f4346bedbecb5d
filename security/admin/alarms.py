"""Alarms: what was noticed about whom, with the lines of the log, and the decision; and locked accounts."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from security.access import Access
from security.actions.alarms import confirm_alarm, dismiss_alarm
from security.actions.locks import unlock_account
from security.admin.acts import Act, ActingAdmin
from security.admin.base import ReadOnlyAdmin, by
from security.admin.behaviour_words import evidence, measured_words
from security.admin.filters import LiftedFilter
from security.admin.right_forms import SayWhyForm
from security.behaviour.shipped import called
from security.models import AccountLock, BehaviourAlarm

_STATES = {"open": "warning", "confirmed": "danger", "false_alarm": "success"}
_SEVERITIES = {"notice": "info", "warning": "warning", "critical": "danger"}


def _waits(row: BehaviourAlarm) -> bool:
    return row.state == "open"


def _dismiss(who: Access, row: BehaviourAlarm, given: dict[str, Any]) -> None:
    dismiss_alarm(by=who, alarm_id=row.pk, comment=given["comment"])


def _confirm(who: Access, row: BehaviourAlarm, given: dict[str, Any]) -> None:
    confirm_alarm(by=who, alarm_id=row.pk, comment=given["comment"])


def _unlock(who: Access, row: AccountLock, given: dict[str, Any]) -> None:
    unlock_account(by=who, user=row.user, reason=given["reason"])


@admin.register(BehaviourAlarm)
class BehaviourAlarmAdmin(ActingAdmin, ReadOnlyAdmin):
    list_display = ("called_", "person", "severity_words", "counted", "raised_at", "done", "state_words")
    list_display_links = ("called_",)
    list_filter = ("state", "severity", "rule")
    list_select_related = ("rule", "person", "decided_by")
    search_fields = ("person__name", "person__email", "rule__name")
    fields = (
        "called_", "person", "severity", "counted", "raised_at", "done", "state", "decided_by", "decided_at", "comment",
    )  # fmt: skip
    ordering = ("-raised_at", "-pk")
    change_form_outer_after_template = "kefu_admin/evidence.html"
    acts: ClassVar[Sequence[Act]] = (
        Act(
            "false-alarm", _("False alarm…"), _("What followed is taken back: a locked account is unlocked."),
            _dismiss, _("It was a false alarm."), form=SayWhyForm, icon="check", many=True, offered=_waits,
        ),
        Act(
            "confirm", _("Confirm the alarm…"), _("It was what it looked like: what followed stays."), _confirm,
            _("The alarm is confirmed."), form=SayWhyForm, icon="gpp_bad", danger=True, many=True, offered=_waits,
        ),
    )  # fmt: skip

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None

    def around(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {"lines": evidence(by(request), row.lines), "facts": sorted(row.facts.items())}

    def called(self, who: Access, row: Any) -> str:
        return f"{called(row.rule)} · {row.person}"

    @display(description=_("rule"), ordering="rule__name")
    def called_(self, row: BehaviourAlarm) -> str:
        return called(row.rule)

    @display(description=_("how much"), ordering="measured")
    def counted(self, row: BehaviourAlarm) -> str:
        return measured_words(row.rule, row.measured) if row.rule.actions else "—"

    @display(description=_("severity"), ordering="severity", label=_SEVERITIES)
    def severity_words(self, row: BehaviourAlarm) -> tuple[str, Any]:
        return row.severity, row.get_severity_display()

    @display(description=_("state"), ordering="state", label=_STATES)
    def state_words(self, row: BehaviourAlarm) -> tuple[str, Any]:
        return row.state, row.get_state_display()


@admin.register(AccountLock)
class AccountLockAdmin(ActingAdmin, ReadOnlyAdmin):
    list_display = ("user", "how", "why", "locked_by", "locked_at", "until", "lifted_at")
    list_filter = (LiftedFilter, "how")
    list_select_related = ("user", "locked_by")
    search_fields = ("user__name", "user__email")
    fields = ("user", "how", "why", "locked_by", "locked_at", "until", "lifted_by", "lifted_at", "lifted_why")
    ordering = ("-locked_at", "-pk")
    acts: ClassVar[Sequence[Act]] = (
        Act(
            "unlock", _("Unlock…"), _("They can sign in again, and their keys work again."), _unlock,
            _("The account is unlocked."), icon="lock_open", many=True, offered=lambda row: row.lifted_at is None,
        ),
    )  # fmt: skip

    @display(description=_("reason"))
    def why(self, row: AccountLock) -> str:
        return row.reason_words()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None
