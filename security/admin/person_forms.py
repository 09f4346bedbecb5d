"""The forms of a person: added, and changed."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from security.access import access_of
from security.actions.passwords import check_password_words
from security.actions.people import checked_language, checked_time_zone
from security.admin import fields
from security.admin.base import RefusableForm, told
from security.errors import Refusal
from security.levels import LEVELS, MARKETING_SENDER
from security.models import DutyHolding, Region, SecurityPolicy, User
from security.models.duty import DUTIES

_WHY = _(
    "Needed to let nobody sign in any more, to change the e-mail address, to make or unmake an admin, and to take a "
    "region or change a duty."
)


class PersonForm(RefusableForm):
    """What is not a field here is not changed, whatever is posted."""

    called: ClassVar[Mapping[str, str]] = {"duty": "duties", "region": "in_regions"}
    name = fields.words(_("Name"), longest=80)
    email = fields.email(_("E-mail address"))
    level = fields.choice(_("Level"), LEVELS, help_text=_("What each may do is under Levels."))
    in_regions = fields.rows(_("Regions"), Region.objects.all())
    language = fields.choice(_("Language"), settings.LANGUAGES)
    time_zone = fields.choice(_("Time zone"), (), searched=True)
    hired_on = fields.day(_("Hired on"), required=False, help_text=_("A traineeship counts from this day."))

    class Meta:
        model = User
        fields = ("name", "email", "language", "time_zone", "hired_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = fields.time_zones(self.instance.time_zone)  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_email(self) -> str:
        return User.objects.normalize_email(self.cleaned_data["email"])

    def clean_language(self) -> str:
        return _checked(checked_language, self.cleaned_data["language"])

    def clean_time_zone(self) -> str:
        return _checked(checked_time_zone, self.cleaned_data["time_zone"])


class AddPersonForm(PersonForm):
    """Begins with what most newcomers are, where the admin is."""

    password = fields.secret(
        _("First password"),
        help_text=_("Leave it empty to get a link with which they set their own. It is shown once, after saving."),
    )
    reason = fields.reason(required=False, help_text=_("Needed for a new admin. It is kept in the operation log."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        usual = {"level": "agent", "language": self.by.language, "time_zone": self.by.time_zone}
        kwargs["initial"] = {**usual, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = fields.time_zones(self.by.time_zone)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("password"):
            like = User(email=given.get("email", ""), name=given.get("name", ""))
            try:
                check_password_words(given["password"], like)
            except Refusal as refusal:
                self.add_error("password", told(refusal))
        return given


class ChangePersonForm(PersonForm):
    duties = fields.several(_("Duties"), DUTIES)
    availability = fields.choice(_("Availability"), User._meta.get_field("availability").choices)
    is_active = fields.switch(
        _("May sign in"), help_text=_("Take this away from people who left; their name stays on what they wrote.")
    )
    reason = fields.reason(required=False, help_text=_WHY)

    class Meta:
        model = User
        fields = ("name", "email", "language", "time_zone", "hired_on", "availability", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].initial = access_of(self.instance).level
        self.fields["in_regions"].initial = self.instance.regions.all()
        held = DutyHolding.objects.filter(user=self.instance)
        self.fields["duties"].initial = list(held.values_list("duty", flat=True))
        self.fields["duties"].help_text = seats_taken()


def seats_taken() -> str:
    """``Marketing senders: 2 of 3``."""
    taken = DutyHolding.objects.filter(duty=MARKETING_SENDER).count()
    most = SecurityPolicy.current().marketing_senders
    return _("Marketing senders: %(taken)s of %(most)s.") % {"taken": taken, "most": most}


def _checked(check: Any, value: str) -> str:
    try:
        return str(check(value))
    except Refusal as refusal:
        raise ValidationError(told(refusal)) from refusal
