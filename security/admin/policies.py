"""Policy settings: each with what it means, its default and its bounds; what differs from the default is marked, and
goes back to it with one button."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from security.access import Access
from security.account_errors import FactorMissing
from security.actions.policies import change_policy
from security.admin import fields
from security.admin.base import KefuAdmin, RefusableForm, told
from security.factors import has_factor
from security.models import KeyPolicy, LimitPolicy, SearchPolicy, SecurityPolicy, SessionPolicy, SignInPolicy

_DEFAULT = "_default"
_DOOR = "admin_needs_factor"


class PolicyForm(RefusableForm):
    reason = fields.reason(required=False)

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        """A default that was asked for stands in for what the field holds; all else goes on as it was typed."""
        if data is not None and data.get(_DEFAULT):
            data = _with_default(self._meta.model, data)
        super().__init__(data, *args, **kwargs)
        for name, field in self.fields.items():
            if name != "reason":
                _explain(field, self.instance, name)
        if self.instance.grave:
            self.fields["reason"].required = bool(self.changed_own()) if self.is_bound else False
            self.fields["reason"].help_text = _("Needed here: these settings limit rights. It is in the operation log.")

    def clean(self) -> dict[str, Any]:
        """Whoever closes the door to all without a second factor must have one themselves."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get(_DOOR) and _DOOR in self.changed_data and not has_factor(self.by.user_id):
            refusal = FactorMissing()
            self.add_error(_DOOR, told(refusal))
        return given

    def changed_own(self) -> list[str]:
        return [name for name in self.changed_data if name != "reason"]


def _with_default(model: Any, data: Any) -> Any:
    name, given = data[_DEFAULT], data.copy()
    own = {field.name for field in own_settings(model)}
    if name in own:
        default = model._meta.get_field(name).get_default()
        given.pop(name, None)
        if default is not False:
            given[name] = "on" if default is True else str(default)
    return given


def own_settings(model: Any) -> list[Any]:
    """The fields of a policy that somebody may set."""
    return [field for field in model._meta.fields if field.editable and field.name not in ("id", "changed_at")]


def _explain(field: forms.Field, policy: Any, name: str) -> None:
    column = policy._meta.get_field(name)
    default = column.get_default()
    told = [_("Default: %(value)s.") % {"value": _spelled(dict(column.flatchoices).get(default, default))}]
    low, high = _bounds(column)
    if low is not None:
        told.append(_("From %(low)s to %(high)s.") % {"low": low, "high": high})
    saved = getattr(policy, name)
    changed = saved != default
    back = format_html(
        ' <button type="submit" class="kefu-default" name="{}" value="{}" formnovalidate>{}</button>',
        _DEFAULT, name, _("Back to the default"),
    )  # fmt: skip
    mark = format_html('<span class="kefu-changed">{}</span> ', _("Changed"))
    facts = format_html_join(" ", "{}", ((one,) for one in told))
    field.help_text = format_html(
        "{} <span class='kefu-bounds'>{}{}{}</span>",
        column.help_text, mark if changed else "", facts, back if changed else "",
    )  # fmt: skip


def _limits(column: Any) -> list[Any]:
    """The bounds that were declared; a column's own ``validators`` hold the database's as well."""
    found: list[Any] = column._validators
    return found


def _bounds(column: Any) -> tuple[Any, Any]:
    if not isinstance(column, models.IntegerField):
        return None, None
    low = [one.limit_value for one in _limits(column) if isinstance(one, MinValueValidator)]
    high = [one.limit_value for one in _limits(column) if isinstance(one, MaxValueValidator)]
    return (max(low), min(high)) if low and high else (None, None)


def _spelled(value: Any) -> Any:
    if isinstance(value, bool):
        return _("on") if value else _("off")
    return value if value not in ("", None) else "—"


class PolicyAdmin(KefuAdmin):
    """One row of settings: opened from the menu, changed through the action, never added or deleted."""

    form = PolicyForm

    def __init__(self, model: Any, admin_site: Any) -> None:
        super().__init__(model, admin_site)
        self.grave = model.grave

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*(field.name for field in own_settings(self.model)), "reason")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one row, so its page is the list."""
        opts = self.model._meta
        return HttpResponseRedirect(reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=(1,)))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row, or what holds while there is none: the defaults."""
        found = super().get_object(request, object_id, from_field)
        return self.model(pk=1) if found is None and object_id == "1" else found

    def is_grave(self, form: Any, *, change: bool) -> bool:
        return self.grave and bool(form.changed_own())

    def perform(self, who: Access, obj: Any, form: Any, *, change: bool) -> None:
        changed = form.changed_own()
        if changed:
            change_policy(by=who, policy=obj, changed=changed, reason=form.cleaned_data["reason"])


admin.site.register((SecurityPolicy, SignInPolicy, SessionPolicy, KeyPolicy, LimitPolicy, SearchPolicy), PolicyAdmin)
