"""Finding one conversation to let somebody see it: by the customer's number or name, among what the admin sees. What
was written stays in the inbox."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from contacts.log_subjects import named_contacts
from inbox.admin.channels import ScopedReadOnlyAdmin
from inbox.finding import LOOKED_THROUGH, conversations_of, recent
from inbox.models import Conversation
from security.admin.acts import Act, ActingAdmin
from security.admin.base import by
from security.admin.object_panels import panels_of_object
from security.admin.sight_forms import LET_SEE

_RECENT = 25


@admin.register(Conversation)
class ConversationAdmin(ActingAdmin, ScopedReadOnlyAdmin):
    fields = ("customer", "number", "place", "assigned", "active_at")
    acts: ClassVar[Sequence[Act]] = (LET_SEE,)
    change_form_outer_after_template = "kefu_admin/person_panels.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("contact", "channel", "region", "assignee")

    def opened(self) -> Any:
        return Conversation.objects.for_system("buttons of a page that was opened for its reader")

    @display(description=_("customer"))
    def customer(self, row: Conversation) -> str:
        return _name(row)

    @display(description=_("channel"))
    def number(self, row: Conversation) -> str:
        return str(row.channel)

    @display(description=_("region"))
    def place(self, row: Conversation) -> str:
        return str(row.region)

    @display(description=_("assigned to"))
    def assigned(self, row: Conversation) -> str:
        return str(row.assignee or "—")

    @display(description=_("last active"))
    def active_at(self, row: Conversation) -> str:
        return date_format(timezone.localtime(row.last_activity_at), "DATETIME_FORMAT")

    def called(self, who: Any, row: Conversation) -> str:
        return f"{_name(row)} · {row.channel}"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        who, words = by(request), request.GET.get("q", "")[:80]
        rows = conversations_of(who, words) if words.strip() else recent(who, _RECENT)
        names = named_contacts([row.contact for row in rows])
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": _("Conversations"),
            "q": words,
            "looked_through": LOOKED_THROUGH,
            "found": [
                {
                    "name": names[row.contact_id] or "—",
                    "url": reverse("admin:inbox_conversation_change", args=(row.pk,)),
                    "row": row,
                }
                for row in rows
            ],
        }
        return TemplateResponse(request, "kefu_admin/conversations.html", context)

    def around(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {"panels": panels_of_object(by(request), row), "title": _name(row), "subtitle": str(row.channel)}


def _name(row: Conversation) -> str:
    return named_contacts([row.contact])[row.contact_id] or "—"
