"""The form of a person in Django admin: the same checks as everywhere, shown beside their fields."""

from collections.abc import Callable
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from security.access import Access, access_of
from security.actions.levels import keep_an_admin
from security.actions.people import checked_language, checked_time_zone
from security.errors import Refusal
from security.levels import LEVELS
from security.models import Region, User
from security.writing import write

# Aliases and fixed offsets stay out of the list; a person who has one keeps it.
_ODD = ("Etc/", "SystemV/", "US/", "posix", "right/")


def _time_zones(present: str) -> list[tuple[str, str]]:
    names = {name for name in available_timezones() if "/" in name and not name.startswith(_ODD)} | {"UTC"}
    return [(name, name) for name in sorted(names | {present})]


class PersonForm(forms.ModelForm[User]):
    """``by`` is set by the admin: who is changing the person."""

    by: ClassVar[Access]
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"))
    level = forms.ChoiceField(label=_("Level"), choices=LEVELS)
    in_regions = forms.ModelMultipleChoiceField(label=_("Regions"), queryset=Region.objects.all(), required=False)

    class Meta:
        model = User
        fields = ("name", "email", "language", "time_zone", "availability", "is_active", "hired_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = _time_zones(self.instance.time_zone)  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["level"].initial = access_of(self.instance).level
            self.fields["in_regions"].initial = self.instance.regions.all()

    def clean_email(self) -> str:
        return User.objects.normalize_email(self.cleaned_data["email"])

    def clean_language(self) -> str:
        return _checked(checked_language, self.cleaned_data["language"])

    def clean_time_zone(self) -> str:
        return _checked(checked_time_zone, self.cleaned_data["time_zone"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for field, kept in (("level", given.get("level") == "admin"), ("is_active", given.get("is_active"))):
            if not kept and field not in self.errors:
                try:
                    with write(by=self.by):
                        keep_an_admin(by=self.by, user=self.instance, field=field)
                except Refusal as refusal:
                    self.add_error(field, told(refusal))
        return given


def told(refusal: Refusal) -> str:
    """A refusal as one line of the admin: what, and what to do."""
    return " ".join(str(words) for words in (refusal.message, refusal.remedy) if words)


def _checked(check: Callable[[str], str], value: str) -> str:
    try:
        return check(value)
    except Refusal as refusal:
        raise ValidationError(told(refusal)) from refusal
