"""Deeds on rows: each a page that says what will happen, asks for what is needed (a reason above all), and only then
does it through an action. The same page serves one row and several chosen in a list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import lookup_field, unquote
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.enums import ActionVariant

from security.access import Access
from security.admin.base import KefuAdmin, by, show_refusal
from security.admin.fields import reason
from security.admin.freshness import ask_for_factor, code_is_needed, take_code
from security.errors import Refusal, Words
from security.writing import write

_SIDE_BY_SIDE = 2  # more of them share a menu


class ActForm(forms.Form):
    """What a deed asks for. ``prepare`` narrows choices to what ``who`` may choose for ``row``."""

    called: ClassVar[Mapping[str, str]] = {}

    def prepare(self, who: Access, row: Any) -> None:
        """Nothing to narrow."""


class ReasonForm(ActForm):
    reason = reason()


@dataclass(frozen=True)
class Shown:
    """What is told once, on the page that answers, and is nowhere to be read again."""

    label: Words
    value: str
    explains: Words


@dataclass(frozen=True)
class Act:
    """``run(who, row, given)`` calls the action. ``grave``: what asks for a fresh second factor, where that is set;
    ``always_fresh``: whether it is set or not."""

    name: str
    title: Words
    explains: Words
    run: Callable[[Access, Any, dict[str, Any]], Shown | None]
    done: Words
    form: type[ActForm] = ReasonForm
    icon: str = "bolt"
    danger: bool = False
    grave: bool = True
    always_fresh: bool = False
    many: bool = False
    offered: Callable[[Any], bool] = lambda row: True


class ActingAdmin(KefuAdmin):
    """An admin page with deeds: ``acts``."""

    acts: ClassVar[Sequence[Act]] = ()
    # What a deed calls a row, in columns of the list or fields; without any, what the row calls itself.
    called_by: ClassVar[Sequence[str]] = ()

    def get_urls(self) -> list[URLPattern]:
        opts = self.model._meta
        page = self.admin_site.admin_view(self.act_page)
        name = f"{opts.app_label}_{opts.model_name}_act"
        return [path("<path:object_id>/do/<slug:act>/", page, name=name), *super().get_urls()]

    def act_url(self, row: Any, act: str) -> str:
        opts = self.model._meta
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_act", args=(row.pk, act))

    def acts_for(self, request: HttpRequest, row: Any) -> list[Act]:
        return [act for act in self.acts if act.offered(row)]

    def act_page(self, request: HttpRequest, object_id: str, act: str) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return cast(
                HttpResponse,
                self._get_obj_does_not_exist_redirect(request, self.model._meta, object_id),
            )
        found = next((one for one in self.acts_for(request, row) if one.name == act), None)
        if found is None:
            raise Http404
        return self.carry_out(request, found, [row], sent=request.method == "POST")

    def carry_out(self, request: HttpRequest, act: Act, rows: Sequence[Any], *, sent: bool) -> HttpResponse:
        """Ask, and once the form is sent and sound, do it to all of ``rows`` or to none."""
        who = by(request)
        form = act.form(request.POST if sent else None)
        form.prepare(who, rows[0] if len(rows) == 1 else None)
        if sent and form.is_valid():
            try:
                take_code(request)
                if act.grave:
                    ask_for_factor(request, who, always=act.always_fresh)
                    who = by(request)
                with write(by=who):
                    shown = [act.run(who, row, form.cleaned_data) for row in rows]
            except Refusal as refusal:
                show_refusal(form, refusal, form.called)
            else:
                once = next((one for one in shown if one is not None), None)
                return self._once(request, rows[0], once) if once else self._done(request, act, rows)
        return self._asked(request, act, form, rows)

    def get_actions(self, request: HttpRequest) -> Any:
        found = super().get_actions(request)
        for act in self.acts:
            if act.many:
                found[act.name] = (self._to_many(act), act.name, act.title)
        return found

    def _to_many(self, act: Act) -> Callable[..., HttpResponse | None]:
        def run(page: Any, request: HttpRequest, queryset: Any) -> HttpResponse | None:
            rows = [row for row in queryset if act.offered(row)]
            if not rows:
                return None
            return self.carry_out(request, act, rows, sent="confirmed" in request.POST)

        return run

    def _get_actions_navigation(self, provided: Any, allowed: Any, object_id: str | None = None) -> Any:
        """The buttons on top of a row's page."""
        row = self.model._default_manager.none() if object_id is None else self._row(unquote(object_id))
        if not object_id or row is None:
            return super()._get_actions_navigation(provided, allowed, object_id)
        buttons = [self._button(row, act) for act in self.acts if act.offered(row)]
        if len(buttons) <= _SIDE_BY_SIDE:
            return buttons
        return [{"title": _("Actions"), "icon": "bolt", "variant": ActionVariant.DEFAULT, "items": buttons}]

    def _button(self, row: Any, act: Act) -> dict[str, Any]:
        return {
            "title": act.title,
            "icon": act.icon,
            "variant": ActionVariant.DANGER if act.danger else ActionVariant.DEFAULT,
            "attrs": {},
            "dialog": None,
            "path": self.act_url(row, act.name),
        }

    def _row(self, pk: str) -> Any:
        """For the buttons of a page that has checked who sees the row."""
        try:
            return self.opened().filter(pk=pk).first()
        except (ValueError, forms.ValidationError):
            return None

    def opened(self) -> Any:
        return self.model._default_manager.all()

    def after(self, rows: Sequence[Any]) -> str:
        """Where to go when it is done."""
        opts = self.model._meta
        if len(rows) == 1 and self._row(str(rows[0].pk)) is not None:
            return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=(rows[0].pk,))
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")

    def _done(self, request: HttpRequest, act: Act, rows: Sequence[Any]) -> HttpResponse:
        self.message_user(request, str(act.done), messages.SUCCESS)
        return HttpResponseRedirect(self.after(rows))

    def _once(self, request: HttpRequest, row: Any, shown: Shown) -> HttpResponse:
        return show_once(self, request, shown, back=self.after([row]))

    def _asked(self, request: HttpRequest, act: Act, form: ActForm, rows: Sequence[Any]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": act.title,
            "act": act,
            "form": form,
            "media": self.media + form.media,
            "rows": [self.called(by(request), row) for row in rows],
            "chosen": [row.pk for row in rows] if request.POST.get("action") == act.name else [],
            "checkbox": ACTION_CHECKBOX_NAME,
            "back": self.after(rows),
            "code_is_needed": act.grave and code_is_needed(request, always=act.always_fresh),
        }
        status = 200 if not form.errors else 400
        return TemplateResponse(request, "kefu_admin/act.html", context, status=status)

    def called(self, who: Access, row: Any) -> str | Promise:
        if not self.called_by:
            return str(row)
        return " · ".join(str(lookup_field(name, row, self)[2]) for name in self.called_by)


def show_once(page: Any, request: HttpRequest, shown: Shown, *, back: str) -> HttpResponse:
    """Not kept by the browser either."""
    context = {
        **page.admin_site.each_context(request),
        "opts": page.model._meta,
        "title": shown.label,
        "shown": shown,
        "back": back,
    }
    answer = TemplateResponse(request, "kefu_admin/once.html", context)
    answer["Cache-Control"] = "no-store"
    return answer
