"""The form of a behaviour rule, and what decides on an alarm."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from security.actions.behaviour import FIELDS
from security.admin import fields
from security.admin.base import RefusableForm
from security.behaviour.looking import LINES_A_WINDOW
from security.levels import LEVELS
from security.models import BehaviourRule
from security.models.behaviour import FOLLOWS, MEASURES, MOST_COUNTED, MOST_MINUTES, SEVERITIES, WATCHES
from security.models.duty import DUTIES

_DAYS = (
    ("0", _("Monday")), ("1", _("Tuesday")), ("2", _("Wednesday")), ("3", _("Thursday")), ("4", _("Friday")),
    ("5", _("Saturday")), ("6", _("Sunday")),
)  # fmt: skip


class Deeds(forms.CharField):
    """One deed to a line."""

    widget = UnfoldAdminTextareaWidget

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return list(dict.fromkeys(str(value or "").replace(",", "\n").split()))


class BehaviourRuleForm(RefusableForm):
    called: ClassVar[Mapping[str, str]] = {}
    name = fields.words(_("Rule name"), longest=80, required=False)
    is_on = fields.switch(_("Switched on"))
    watches = fields.choice(_("Watches"), WATCHES)
    watched = fields.choice(
        _("Level or duty"),
        fields.blank([*LEVELS, *DUTIES]),
        required=False,
        help_text=_("Only where people of a level or with a duty are watched."),
    )
    actions = Deeds(
        label=_("Deeds"),
        required=False,
        help_text=_("As the operation log names them, one to a line: contact.viewed, or policy.* for a whole subject."),
    )
    measure = fields.choice(_("Measured by"), MEASURES)
    threshold = fields.number(
        _("From how many on"),
        low=1,
        high=MOST_COUNTED,
        help_text=_("Of deeds at most 20,000: a line of the log that says no number of rows counts as one."),
    )
    window_minutes = fields.number(_("Within (minutes)"), low=1, high=MOST_MINUTES)
    from_hour = fields.number(_("From hour"), low=0, high=23, required=False, help_text=_("Empty: at any hour."))
    until_hour = fields.number(
        _("Until hour"),
        low=0,
        high=24,
        required=False,
        help_text=_("In the time zone of the person’s region; 22 to 6 is night."),
    )
    days = fields.several(_("Days of the week"), _DAYS, help_text=_("None: every day."))
    severity = fields.choice(_("Severity"), SEVERITIES)
    follows = fields.choice(_("What follows"), FOLLOWS, help_text=_("The last admin who can sign in is never locked."))
    reason = fields.reason()

    class Meta:
        model = BehaviourRule
        fields = FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.shipped:
            self.fields["name"].help_text = _("Empty: as it is called in the reader’s language.")
        if self.instance.pk and not self.instance.actions:
            self.fields["actions"].disabled = True
            self.fields["actions"].help_text = _("Kefu notices this itself; it is not read from the log.")

    def clean_days(self) -> list[int]:
        return [int(day) for day in self.cleaned_data["days"]]

    def clean_threshold(self) -> int:
        """Said here with the number; the action refuses it as well."""
        given: int = self.cleaned_data["threshold"]
        if self.cleaned_data.get("measure") == "lines" and given > LINES_A_WINDOW:
            most = formats.number_format(LINES_A_WINDOW)
            raise forms.ValidationError(_("At most %(n)s deeds.") % {"n": most})
        return given
