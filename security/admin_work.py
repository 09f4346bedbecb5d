"""The forms of teams and work profiles in Django admin."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from security.models import Team, User, WorkProfile


class TeamForm(forms.ModelForm[Team]):
    """Who is in it is checked by the action: only people of the region."""

    in_team = forms.ModelMultipleChoiceField(
        label=_("People"), queryset=User.objects.filter(is_active=True).order_by("name"), required=False
    )

    class Meta:
        model = Team
        fields = ("region", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["in_team"].initial = self.instance.people.all()
            self.fields["region"].disabled = True  # what is given to it is in its region


class Words(forms.CharField):
    """A list of words, written with commas between them."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [word.strip() for word in str(value or "").replace("、", ",").split(",") if word.strip()]


class WorkForm(forms.ModelForm[WorkProfile]):
    languages = Words(label=_("Languages"), required=False, help_text=_("Codes like zh, en; empty: the own language."))
    skills = Words(label=_("Skills"), required=False, help_text=_("Words with commas between them."))

    class Meta:
        model = WorkProfile
        fields = ("user", "languages", "skills", "capacity")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["user"].disabled = True
