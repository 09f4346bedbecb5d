"""Where a set-password link leads: the one page below the admin's address that is for everybody who has a link."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from unfold.widgets import UnfoldAdminPasswordWidget

from security.actions.invitations import accept, invited
from security.admin.base import show_refusal
from security.errors import Refusal


def _password(label: object) -> forms.CharField:
    widget = UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, max_length=256, strip=False, widget=widget)  # type: ignore[arg-type]


class WelcomeForm(forms.Form):
    password = _password(_("New password"))
    again = _password(_("The same once more"))

    def clean(self) -> None:
        given = self.cleaned_data
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("The two are not the same."))


@never_cache
@csrf_protect
@sensitive_post_parameters("password", "again")
def welcome(request: HttpRequest, who: str, token: str) -> HttpResponse:
    """A link that was used, is too old or was made up looks the same."""
    person = invited(who, token)
    form = WelcomeForm(request.POST if request.method == "POST" else None)
    done = False
    if person is not None and request.method == "POST" and form.is_valid():
        try:
            accept(who=who, token=token, password=form.cleaned_data["password"])
            done = True
        except Refusal as refusal:
            show_refusal(form, refusal, {})
    context = {"title": _("Set your password"), "site_title": "Kefu", "person": person, "form": form, "done": done}
    answer = TemplateResponse(request, "kefu_admin/welcome.html", context, status=200 if person is not None else 404)
    answer["Referrer-Policy"] = "no-referrer"  # the address is the secret
    return answer
