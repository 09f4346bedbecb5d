"""Django admin with its own sign-in page, told to the operation log and to the sockets like any other sign-in."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from security.models import User


class KefuAdminSite(AdminSite):
    site_header = site_title = "Kefu"

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        from security.actions.sessions import tell_started

        response = super().login(request, extra_context)
        if request.method == "POST" and isinstance(response, HttpResponseRedirect) and isinstance(request.user, User):
            tell_started(request.user)
        return response

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        from security.actions.sessions import tell_ended

        user = request.user
        response = super().logout(request, extra_context)
        if isinstance(user, User) and not request.user.is_authenticated:  # a GET is refused and ends nothing
            tell_ended(user)
        return response
