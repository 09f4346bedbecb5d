"""The quarterly review (PM-7): drawn, and each drawn holding confirmed or withdrawn."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from unfold.decorators import display

from security.access import Access
from security.actions.reviews import confirm_item, draw_review, quarter_of, withdraw_item
from security.admin.acts import Act, ActingAdmin
from security.admin.base import ReadOnlyAdmin, by
from security.admin.right_forms import SayForm, SayWhyForm
from security.levels import permission_words, rights
from security.models import Review, ReviewItem
from security.models.duty import DUTIES
from security.policies import visible_review_items

_COLOURS = {"open": "warning", "confirmed": "success", "withdrawn": "danger", "lapsed": "danger"}


def _waits(row: ReviewItem) -> bool:
    return row.state == "open"


def _confirm(who: Access, row: ReviewItem, given: dict[str, Any]) -> None:
    confirm_item(by=who, item_id=row.pk, comment=given["comment"])


def _withdraw(who: Access, row: ReviewItem, given: dict[str, Any]) -> None:
    withdraw_item(by=who, item_id=row.pk, comment=given["comment"])


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ("quarter", "percent", "held", "waiting", "drawn_at", "due_at", "closed_at", "report")
    fields = ("quarter", "percent", "held", "seed", "drawn_at", "due_at", "closed_at", "report")
    ordering = ("-quarter",)
    list_before_template = "kefu_admin/draw.html"

    def get_urls(self) -> list[URLPattern]:
        draw = self.admin_site.admin_view(require_POST(self.draw))
        return [path("draw/", draw, name="security_review_draw"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> Any:
        self.seen = visible_review_items(by(request))
        open_ones = Count("items", filter=Q(items__state="open"))
        return super().get_queryset(request).annotate(open_ones=open_ones)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        quarter = quarter_of(timezone.now())
        undrawn = "" if Review.objects.filter(quarter=quarter).exists() else quarter
        return super().changelist_view(request, {**(extra_context or {}), "undrawn": undrawn})

    def draw(self, request: HttpRequest) -> HttpResponse:
        """This quarter's, once; doing it again shows the same."""
        draw_review(by=by(request), quarter=quarter_of(timezone.now()))
        return HttpResponseRedirect(reverse("admin:security_review_changelist"))

    @display(description=_("waiting"), ordering="open_ones")
    def waiting(self, row: Any) -> int:
        return int(row.open_ones)

    @display(description=_("drawn"))
    def report(self, row: Review) -> str:
        counted = dict(row.items.filter(self.seen).values_list("state").annotate(n=Count("id")))
        words = dict(ReviewItem._meta.get_field("state").choices)  # type: ignore[arg-type]
        told = " · ".join(f"{words[state]} {count}" for state, count in sorted(counted.items())) or "—"
        address = f"{reverse('admin:security_reviewitem_changelist')}?review__id__exact={row.pk}"
        return format_html('<a href="{}">{}</a>', address, told)


@admin.register(ReviewItem)
class ReviewItemAdmin(ActingAdmin, ReadOnlyAdmin):
    list_display = ("holder", "what", "kind", "state_words", "review", "decided_by", "decided_at")
    list_filter = ("state", "kind", "review")
    list_select_related = ("holder", "review", "decided_by")
    search_fields = ("holder__name", "holder__email", "name")
    fields = ("holder", "what", "kind", "review", "state", "decided_by", "decided_at", "comment")
    ordering = ("-review__quarter", "holder__name", "pk")
    called_by: ClassVar[Sequence[str]] = ("holder", "what")
    acts: ClassVar[Sequence[Act]] = (
        Act(
            "confirm", _("Confirm…"), _("They still need it and keep it."), _confirm, _("It is confirmed."),
            form=SayForm, icon="check", grave=False, many=True, offered=_waits,
        ),
        Act(
            "withdraw", _("Withdraw…"), _("They lose it at once."), _withdraw, _("It is withdrawn."),
            form=SayWhyForm, icon="close", danger=True, many=True, offered=_waits,
        ),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(visible_review_items(by(request)))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None

    @display(description=_("right"), ordering="name")
    def what(self, row: ReviewItem) -> str:
        return permission_words(row.name) if row.name in rights() else str(dict(DUTIES).get(row.name, row.name))

    @display(description=_("state"), ordering="state", label=_COLOURS)
    def state_words(self, row: ReviewItem) -> tuple[str, Any]:
        return row.state, row.get_state_display()
