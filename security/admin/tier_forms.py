"""What switching the tier, and incident mode, ask for."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from security.admin import fields
from security.admin.acts import ActForm, ReasonForm
from security.models import TierPolicy


class SwitchForm(ActForm):
    """``seen``: the switch that was in force when the page was drawn."""

    until = fields.moment(_("Until"), required=False, help_text=_("Empty: for good. Otherwise back by itself."))
    reason = fields.reason()
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput())

    def until_when(self) -> datetime | None:
        found: datetime | None = self.cleaned_data["until"]
        return found


class IncidentForm(ActForm):
    hours = fields.number(_("Ends after (hours)"), low=1, help_text=_("By itself; an admin can end it sooner."))
    end_sessions = fields.switch(
        _("Sign everybody out"), help_text=_("All sessions but this one end; everybody signs in anew.")
    )
    reason = fields.reason()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy = TierPolicy.current()
        self.fields["hours"].initial = min(policy.incident_hours, policy.incident_most_hours)


class EndForm(ReasonForm):
    """A reason."""
