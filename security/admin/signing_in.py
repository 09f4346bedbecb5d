"""The admin's sign-in page: the same way in as everywhere else (``actions.sessions.open_session``)."""

from typing import Any, cast

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from security.actions.sessions import open_session
from security.admin.base import told
from security.errors import Refusal


class AdminSignIn(LoginView):
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            open_session(self.request, form.get_user(), how="password")
        except Refusal as refusal:
            form.add_error(None, told(refusal))
            return self.form_invalid(form)
        return HttpResponseRedirect(self.get_success_url())


def signed_in_at(site: Any, request: HttpRequest, extra: dict[str, Any]) -> HttpResponse:
    """As Django's own ``AdminSite.login``, but for who opens the session."""
    context = {
        **site.each_context(request),
        "title": _("Log in"),
        "subtitle": None,
        "app_path": request.get_full_path(),
        "username": request.user.get_username(),
    }
    if REDIRECT_FIELD_NAME not in request.GET and REDIRECT_FIELD_NAME not in request.POST:
        context[REDIRECT_FIELD_NAME] = reverse("admin:index", current_app=site.name)
    request.current_app = site.name
    view = AdminSignIn.as_view(
        extra_context={**context, **extra},
        authentication_form=site.login_form or AdminAuthenticationForm,
        template_name=site.login_template or "admin/login.html",
    )
    return cast(HttpResponse, view(request))
