"""Form fields of the admin, in the theme's clothes."""

from collections.abc import Callable, Iterable
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from security.access import Access
from security.actions.reasons import REASON_MAX
from security.levels import given_for_a_time, permission_words, rights
from security.models import User

# A label or an explanation, possibly in the reader's language only later; the stubs have a name of their own for that.
Words = Any

# Aliases and fixed offsets stay out of the list; whoever has one keeps it.
_ODD = ("Etc/", "SystemV/", "US/", "posix", "right/")
_KEPT = _("It is kept in the operation log.")


class Moment(forms.DateTimeInput):
    """A day and a time, as the browser's own picker gives it; read in the admin's time zone."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(attrs={"class": " ".join(widgets.DATETIME_CLASSES)}, format="%Y-%m-%dT%H:%M")


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(attrs={"class": " ".join(widgets.DATETIME_CLASSES)}, format="%Y-%m-%d")


def words(label: Words, *, longest: int, required: bool = True, help_text: Words = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        help_text=help_text,
        widget=widgets.UnfoldAdminTextInputWidget(),
    )


def email(label: Words) -> forms.EmailField:
    return forms.EmailField(label=label, max_length=254, widget=widgets.UnfoldAdminEmailInputWidget())


def secret(label: Words, *, help_text: Words = "") -> forms.CharField:
    """A password nobody has yet."""
    return forms.CharField(
        label=label,
        max_length=256,
        required=False,
        strip=False,
        help_text=help_text,
        widget=widgets.UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"}),
    )


def reason(*, required: bool = True, help_text: Words = _KEPT) -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        max_length=REASON_MAX,
        required=required,
        help_text=help_text,
        widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )


def comment(*, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=_("Comment"),
        max_length=REASON_MAX,
        required=required,
        widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )


def choice(
    label: Words, choices: Any, *, required: bool = True, help_text: Words = "", searched: bool = False
) -> forms.ChoiceField:
    """``searched``: long lists are typed into."""
    widget = widgets.UnfoldAdminSelect2Widget() if searched else widgets.UnfoldAdminSelectWidget()
    return forms.ChoiceField(label=label, choices=choices, required=required, help_text=help_text, widget=widget)


def several(label: Words, choices: Any, *, required: bool = False, help_text: Words = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=required,
        help_text=help_text,
        widget=widgets.UnfoldAdminCheckboxSelectMultipleWidget(),
    )


def rows(label: Words, queryset: Any, *, required: bool = False, help_text: Words = "") -> Any:
    """Some of a few rows, each with a box."""
    return forms.ModelMultipleChoiceField(
        label=label,
        queryset=queryset,
        required=required,
        help_text=help_text,
        widget=widgets.UnfoldAdminCheckboxSelectMultipleWidget(),
    )


def people(label: Words, *, required: bool = True) -> Any:
    """Several of many; the form narrows ``queryset`` to whom the admin may choose."""
    return forms.ModelMultipleChoiceField(
        label=label,
        queryset=User.objects.none(),
        required=required,
        widget=widgets.UnfoldAdminSelect2MultipleWidget(),
    )


def person(label: Words, *, required: bool = True, help_text: Words = "") -> Any:
    return forms.ModelChoiceField(
        label=label,
        queryset=User.objects.none(),
        required=required,
        help_text=help_text,
        widget=widgets.UnfoldAdminSelect2Widget(),
    )


def moment(label: Words, *, required: bool = True, help_text: Words = "") -> forms.DateTimeField:
    return forms.DateTimeField(label=label, required=required, help_text=help_text, widget=Moment())


def day(label: Words, *, required: bool = True, help_text: Words = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, help_text=help_text, widget=Day())


def number(
    label: Words, *, low: int, high: int | None = None, required: bool = True, help_text: Words = ""
) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=low,
        max_value=high,
        required=required,
        help_text=help_text,
        widget=widgets.UnfoldAdminIntegerFieldWidget(),
    )


def switch(label: Words, *, help_text: Words = "") -> forms.BooleanField:
    return forms.BooleanField(
        label=label, required=False, help_text=help_text, widget=widgets.UnfoldBooleanSwitchWidget()
    )


def time_zones(present: str) -> list[tuple[str, str]]:
    names = {name for name in available_timezones() if "/" in name and not name.startswith(_ODD)} | {"UTC"}
    return [(name, name) for name in sorted(names | {present})]


def permissions(wanted: Callable[[str], bool] = lambda name: True) -> list[tuple[str, str]]:
    """Declared permissions, in words."""
    return sorted(((name, permission_words(name)) for name in rights() if wanted(name)), key=lambda pair: pair[1])


def permissions_to_give(who: Access) -> list[tuple[str, str]]:
    """What ``who`` may give to somebody for a time: of what they have."""
    return permissions((given_for_a_time() & who.permissions).__contains__)


def blank(choices: Iterable[tuple[str, Any]], words_for_none: Words = "—") -> list[tuple[str, Any]]:
    return [("", words_for_none), *choices]
