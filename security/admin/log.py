"""The operation log, to be read: filtered, searched, each line with before and after and whether it is sealed; and the
seals, which can be checked from here."""

from datetime import timedelta
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.decorators import display

from security.admin.base import CappedPaginator, ReadOnlyAdmin, by
from security.admin.deeds import fact_words, groups, sentence, value_words
from security.log.reading import last_seal
from security.log.shaping import OperationShape, operation_shapes
from security.log.verifying import Broken, verify
from security.models import Operation, Region, Seal
from security.policies import visible_operations

_CHECKED = timedelta(days=1)


class RegionOfLine(admin.SimpleListFilter):
    """By the names of regions: looking for those that occur would read the whole log."""

    title, parameter_name = _("region"), "region"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(region.pk), region.name) for region in Region.objects.all()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Operation]) -> QuerySet[Operation]:
        value = self.value()
        return queryset.filter(region_id=value) if value and value.isdecimal() and len(value) < 19 else queryset


class SubjectOfDeed(admin.SimpleListFilter):
    title, parameter_name = _("about"), "about"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(groups().items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Operation]) -> QuerySet[Operation]:
        return queryset.filter(action__startswith=f"{self.value()}.") if self.value() in groups() else queryset


class KindOfObject(admin.SimpleListFilter):
    """Set by links to one object's history; offered only then."""

    title, parameter_name = _("kind of object"), "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        asked = request.GET.get("kind", "")
        return [(asked, asked)] if asked else []

    def has_output(self) -> bool:
        return bool(self.value())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Operation]) -> QuerySet[Operation]:
        return queryset.filter(subject_kind=self.value()) if self.value() else queryset


@admin.register(Operation)
class OperationAdmin(ReadOnlyAdmin):
    list_display = ("at", "told", "why", "ip", "device", "is_sealed")
    list_display_links = ("at", "told")
    list_filter = (SubjectOfDeed, "actor_kind", RegionOfLine, ("at", RangeDateTimeFilter), KindOfObject)
    search_fields = ("action",)
    search_help_text = _(
        "The id of a person or an object, the beginning of a deed (conversation.assigned), an address."
    )
    ordering = ("-id",)
    sortable_by: ClassVar[Any] = ()
    paginator = CappedPaginator
    change_form_outer_before_template = "kefu_admin/line.html"
    list_before_template = "kefu_admin/seal_state.html"
    fields = ("at", "actor_kind", "actor_id", "action", "subject_kind", "subject_id", "region_id", "ip", "device")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Operation]:
        return super().get_queryset(request).defer("words").filter(visible_operations(by(request)))

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Only what an index answers: words within details are searched on the client's own page of the log."""
        term = search_term.strip()
        if not term:
            return queryset, False
        found = Q(subject_id=term) | Q(actor_id=term) | Q(action__startswith=term) | Q(ip=term)
        if term.isascii() and term.isdecimal() and len(term) < 10:
            found |= Q(about_id=int(term))
        return queryset.filter(found), False

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Sentences and seals of a page are worked out once for all its lines."""
        found = super().get_changelist_instance(request)
        lines = list(found.result_list)
        shapes = operation_shapes(lines, reader=by(request), sealed_upto=_sealed_upto())
        for line, shape in zip(lines, shapes, strict=True):
            line.shape = shape  # type: ignore[attr-defined]
        found.result_list = lines
        return found

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "seal": seal_state()})

    def around(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        (shape,) = operation_shapes([row], reader=by(request), sealed_upto=_sealed_upto())
        return {"shape": shape, "sentence": sentence(shape), "facts": _facts(shape), "show_history": False}

    @display(description=_("what was done"))
    def told(self, row: Any) -> str:
        return sentence(row.shape)

    @display(description=_("reason"))
    def why(self, row: Any) -> str:
        return next((fact.after or "" for fact in row.shape.facts if fact.name == "reason"), "")

    @display(description=_("sealed"), label={"yes": "success", "no": ""})
    def is_sealed(self, row: Any) -> tuple[str, Any]:
        return ("yes", _("sealed")) if row.shape.sealed else ("no", _("not yet"))


def _facts(shape: OperationShape) -> list[dict[str, Any]]:
    """Before and after; of longer texts what was taken out and put in stands one above the other."""
    return [
        {
            "name": fact_words(fact.name, fact.label),
            "before": value_words(fact.before),
            "after": value_words(fact.after),
            "changed": fact.changed,
        }
        for fact in shape.facts
    ]


def _sealed_upto() -> int:
    seal = last_seal()
    return seal.last_id if seal is not None else 0


def seal_state() -> dict[str, Any]:
    """How far the log is sealed, and how many lines wait; told up to a thousand."""
    seal, upto = last_seal(), _sealed_upto()
    waiting = Operation.objects.filter(id__gt=upto).order_by()[:1001].count()
    return {"seal": seal, "waiting": waiting, "many": waiting > 1000}


@admin.register(Seal)
class SealAdmin(ReadOnlyAdmin):
    list_display = ("number", "first_id", "last_id", "count", "sealed_at")
    fields = ("number", "first_id", "last_id", "count", "sealed_at")
    ordering = ("-number",)
    paginator = CappedPaginator
    list_before_template = "kefu_admin/seal_state.html"

    def get_urls(self) -> list[URLPattern]:
        check = self.admin_site.admin_view(require_POST(self.recompute))
        return [path("check/", check, name="security_seal_check"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("leaves")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "seal": seal_state()})

    def recompute(self, request: HttpRequest) -> HttpResponse:
        """The seals of the last day from the lines as they are; the whole log is the command's matter."""
        try:
            lines, _seal = verify(since=timezone.now() - _CHECKED)
        except Broken as broken:
            words = _("The log is not what was sealed: %(what)s.") % {"what": broken}
            self.message_user(request, words, messages.ERROR)
        else:
            words = _("%(lines)s lines of the last 24 hours are as they were sealed.") % {"lines": lines}
            self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:security_seal_changelist"))
