"""What every page of the admin has in common: who asks, writes through actions, refusals beside their field, and the
operation log instead of Django's own history."""

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from unfold.admin import ModelAdmin

from security.access import Access, access_of
from security.errors import Refusal
from security.factors import factor_at_of
from security.models import User
from security.sessions import session_of_request
from security.tiers.standing import open_incident

_COUNTED = 10_000


def by(request: HttpRequest) -> Access:
    """Who asks: read once per request."""
    found = getattr(request, "kefu_access", None)
    if found is None:
        user, row = cast(User, request.user), session_of_request(request)
        found = access_of(user, factor_at=factor_at_of(request), session_id=row.pk if row is not None else None)
        request.kefu_access = found  # type: ignore[attr-defined]
    return cast(Access, found)


def told(refusal: Refusal) -> str:
    """A refusal as one line of the admin: what, and what to do."""
    return " ".join(str(words) for words in (refusal.message, refusal.remedy) if words)


def show_refusal(form: forms.BaseForm, refusal: Refusal, called: Mapping[str, str]) -> None:
    """Beside the field it is about; ``called``: what the form calls a field of the action."""
    field = called.get(refusal.field or "", refusal.field)
    form.add_error(field if field in form.fields else None, told(refusal))


class RefusableForm(forms.ModelForm[Any]):
    """``by`` and ``refused`` are set by the admin: who saves, and what the action said no with, if it did."""

    by: ClassVar[Access]
    refused: ClassVar[Refusal | None] = None
    called: ClassVar[Mapping[str, str]] = {}

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.refused is not None:
            show_refusal(self, self.refused, self.called)


class CappedPaginator(Paginator[Any]):
    """Counting a table that only grows takes longer the older it is: past some thousands it is just 'many'."""

    @cached_property
    def count(self) -> int:
        rows = cast(QuerySet[Any], self.object_list)
        return rows.order_by()[: _COUNTED + 1].count()


class KefuAdmin(ModelAdmin):
    """Adding and changing go through ``perform``, which calls actions; nothing is deleted but by an ``Act``."""

    form: type[forms.ModelForm[Any]] = RefusableForm
    compressed_fields = True
    warn_unsaved_form = True
    list_filter_submit = True
    show_full_result_count = False
    list_per_page = 50
    actions_on_top = True
    change_form_before_template = "kefu_admin/code.html"
    # What is saved here needs a fresh second factor, where that is asked for: its form has a place for the code.
    grave = False
    # It needs one whatever the policy says: its action asks.
    always_fresh = False

    def perform(self, who: Access, obj: Any, form: Any, *, change: bool) -> None:
        raise NotImplementedError

    def is_grave(self, form: Any, *, change: bool) -> bool:
        """Whether this very saving is: of a ``grave`` page, all of it, unless the page knows better."""
        return self.grave

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        from security.admin.freshness import ask_for_factor  # it asks who it is, here

        if self.is_grave(form, change=change):
            ask_for_factor(request, by(request))
        self.perform(by(request), obj, form, change=change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """Nothing hangs on it that ``perform`` has not written."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.by = by(request)
        form.refused = getattr(request, "kefu_refused", None)
        return form

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """An action that refuses undoes everything; the same page then says why, with all that was typed."""
        from security.admin.freshness import take_code  # it asks who it is, here

        row = self.get_object(request, unquote(object_id)) if object_id else None
        around = self.around(request, row) if row is not None else {}
        context = {"show_save_and_add_another": False, **around, **(extra_context or {})}
        try:
            take_code(request)
            context["code_is_needed"] = self._code_is_needed(request)
            return cast(HttpResponse, super().changeform_view(request, object_id, form_url, dict(context)))
        except Refusal as refusal:
            request.kefu_refused = refusal  # type: ignore[attr-defined]
            request.__dict__.pop("kefu_access", None)
            context["code_is_needed"] = self._code_is_needed(request)
            return cast(HttpResponse, super().changeform_view(request, object_id, form_url, dict(context)))

    def _code_is_needed(self, request: HttpRequest) -> Any:
        from security.admin.freshness import code_is_needed  # it asks who it is, here

        grave = self.grave or open_incident() is not None
        return grave and code_is_needed(request, always=self.always_fresh)

    def around(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """What the page of ``row`` shows besides its form."""
        return {}

    def get_actions(self, request: HttpRequest) -> Any:
        found = super().get_actions(request)
        found.pop("delete_selected", None)
        return found

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def log_addition(self, *args: Any, **kwargs: Any) -> None:
        """The operation log has it."""

    def log_change(self, *args: Any, **kwargs: Any) -> None:
        """The operation log has it."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(history_url(self.model._meta.label_lower, object_id))

    def refuse(self, request: HttpRequest, refusal: Refusal) -> None:
        self.message_user(request, told(refusal), messages.ERROR)


class ReadOnlyAdmin(KefuAdmin):
    """Looking, not touching."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_fields(request, obj)


def history_url(kind: str, pk: object) -> str:
    """The lines of the operation log about one object."""
    return f"{reverse('admin:security_operation_changelist')}?{urlencode({'kind': kind, 'q': str(pk)})}"
