"""The forms of rights: for a time, withheld, asked for; and of traineeships."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from security.access import Access, access_of
from security.admin import fields
from security.admin.acts import ActForm
from security.admin.base import RefusableForm
from security.levels import permissions_of
from security.models import Grant
from security.models.duty import DUTIES
from security.policies import colleagues_of, people_below

_ONE = _("Choose a permission or a duty, not both.")


def _one_of_two(form: forms.BaseForm) -> None:
    given = form.cleaned_data
    if bool(given.get("permission")) == bool(given.get("duty")):
        form.add_error("permission", _ONE)


class GrantToPersonForm(ActForm):
    permission = fields.choice(_("Permission"), (), required=False, searched=True)
    duty = fields.choice(_("Duty"), fields.blank(DUTIES), required=False)
    starts_at = fields.moment(_("From"), required=False, help_text=_("Empty: from now on."))
    ends_at = fields.moment(_("Until"))
    reason = fields.reason()

    def prepare(self, who: Access, row: Any) -> None:
        self.fields["permission"].choices = fields.blank(fields.permissions_to_give(who))  # type: ignore[attr-defined]

    def clean(self) -> None:
        _one_of_two(self)


class GrantForm(RefusableForm):
    """To several people at once: to all of them or to nobody."""

    called: ClassVar[Mapping[str, str]] = {}
    people = fields.people(_("People"))
    permission = fields.choice(_("Permission"), (), required=False, searched=True)
    duty = fields.choice(_("Duty"), fields.blank(DUTIES), required=False)
    starts_at = fields.moment(_("From"), required=False, help_text=_("Empty: from now on."))
    ends_at = fields.moment(_("Until"))
    reason = fields.reason()

    class Meta:
        model = Grant
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people_below(self.by)  # type: ignore[attr-defined]
        self.fields["permission"].choices = fields.blank(fields.permissions_to_give(self.by))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        _one_of_two(self)
        return self.cleaned_data

    def _post_clean(self) -> None:
        """There is no row yet that could be checked: the action makes one per person."""


class ExtendForm(ActForm):
    ends_at = fields.moment(_("Until"))
    reason = fields.reason()

    def prepare(self, who: Access, row: Any) -> None:
        if row is not None:
            self.fields["ends_at"].initial = row.ends_at


class WithholdForm(ActForm):
    permission = fields.choice(_("Permission"), (), searched=True)
    reason = fields.reason()

    def prepare(self, who: Access, row: Any) -> None:
        theirs = access_of(row)
        held = permissions_of(theirs.level, theirs.duties, trainee=theirs.trainee) & theirs.permissions
        choices = fields.permissions(held.__contains__)
        self.fields["permission"].choices = choices  # type: ignore[attr-defined]


class LockForm(ActForm):
    until = fields.moment(_("Until"), required=False, help_text=_("Empty: until somebody unlocks it."))
    reason = fields.reason()


class ApproveForm(ActForm):
    hours = fields.number(_("For how long (hours)"), low=1, high=24 * 366, help_text=_("What was asked for, or less."))
    comment = fields.comment()

    def prepare(self, who: Access, row: Any) -> None:
        if row is not None:
            self.fields["hours"].initial = row.hours


class SayWhyForm(ActForm):
    comment = fields.comment(required=True)


class SayForm(ActForm):
    comment = fields.comment()


def _mentors(who: Access) -> Any:
    return colleagues_of(who).filter(groups__name__in=("senior", "supervisor", "admin"))


class StartTraineeForm(ActForm):
    ends_on = fields.day(_("Last day"), required=False, help_text=_("Empty: as long as the policy says."))
    mentors = fields.people(_("Mentors"), required=False)
    holds_replies = fields.switch(
        _("Replies wait for a mentor"), help_text=_("What the trainee writes leaves once approved.")
    )

    def prepare(self, who: Access, row: Any) -> None:
        self.fields["mentors"].queryset = _mentors(who)  # type: ignore[attr-defined]


class ChangeTraineeForm(StartTraineeForm):
    ends_on = fields.day(_("Last day"))
    reason = fields.reason(required=False, help_text=_("Needed for another last day; kept in the operation log."))

    def prepare(self, who: Access, row: Any) -> None:
        super().prepare(who, row)
        if row is not None:
            self.fields["mentors"].initial = row.mentors.all()
            for name in ("ends_on", "holds_replies"):
                self.fields[name].initial = getattr(row, name)


class NewTraineeForm(StartTraineeForm):
    called: ClassVar[Mapping[str, str]] = {"user": "person"}
    person = fields.person(_("Person"))

    field_order = ("person",)

    def prepare(self, who: Access, row: Any) -> None:
        super().prepare(who, row)
        self.fields["person"].queryset = colleagues_of(who).exclude(pk=who.user_id)  # type: ignore[attr-defined]


class NoForm(ActForm):
    """Nothing is asked but to go on."""
