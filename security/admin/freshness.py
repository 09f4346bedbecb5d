"""The second factor in the admin (PM-9): fresh before what is grave, and to come in where the policy asks for it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _

from security.access import Access
from security.account_errors import FactorMissing, FactorNeeded
from security.actions.factors import prove_factor
from security.admin import fields
from security.admin.base import by, show_refusal
from security.errors import Refusal
from security.factors import (
    factor_at_of,
    has_factor,
    in_force_since,
    note_given,
    require_factor_for_grave,
    require_fresh_factor,
)
from security.models import SecurityPolicy, User
from security.signing_in.steps import methods_of

CODE = "kefu_code"


def is_asked_at_door() -> bool:
    return SecurityPolicy.current().admin_needs_factor


def ask_for_factor(request: HttpRequest, who: Access, *, always: bool = False) -> None:
    """Refuse unless a code was given within the policy's minutes; where nobody must have a factor, ``always`` only."""
    asking = require_fresh_factor if always else require_factor_for_grave
    asking(replace(who, factor_at=factor_at_of(request)))


def take_code(request: HttpRequest) -> None:
    """A code that came with a form counts first, outside any transaction: wrong ones must stay counted."""
    code = request.POST.get(CODE, "").strip()
    if request.method == "POST" and code:
        prove_factor(by=by(request), code=code)
        note_given(request)
        request.__dict__.pop("kefu_access", None)


@dataclass(frozen=True)
class Ways:
    """What somebody can show: a ``code`` (of the app, or a recovery code), a ``passkey``."""

    code: bool
    passkey: bool


def code_is_needed(request: HttpRequest, *, always: bool = False) -> Ways | None:
    """Whether a form should offer a place for the code, or a button for the passkey."""
    try:
        ask_for_factor(request, by(request), always=always)
    except FactorNeeded:
        return ways_of(request)
    except FactorMissing:
        return None
    return None


def ways_of(request: HttpRequest) -> Ways:
    held = methods_of(cast(User, request.user))
    return Ways(code="totp" in held or "recovery" in held, passkey="passkey" in held)


def must_come_in(request: HttpRequest) -> bool:
    """Whether this session has to give a code before it sees anything of the admin."""
    if not is_asked_at_door():
        return False
    given = factor_at_of(request)
    since = in_force_since(by(request).user_id)
    return since is None or given is None or given < since


class CodeForm(forms.Form):
    kefu_code = fields.words(_("Code"), longest=40, help_text=_("Of your authenticator app, or a recovery code."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[CODE].widget.attrs |= {"autocomplete": "one-time-code", "autofocus": True}


def factor_page(site: Any) -> Callable[[HttpRequest], HttpResponse]:
    """Asks for the code, then goes on to where one was going."""

    def page(request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                take_code(request)
            except Refusal as refusal:
                show_refusal(form, refusal, {"code": CODE})
            else:
                return HttpResponseRedirect(_whither(request))
        context = {
            "title": _("Second factor"),
            "site_title": "Kefu",
            "form": form,
            "missing": not has_factor(by(request).user_id),
            "ways": ways_of(request),
            "onward": _whither(request),
        }
        status = 400 if form.errors else 200
        return TemplateResponse(request, "kefu_admin/factor.html", context, status=status)

    return page


def to_factor_page(request: HttpRequest) -> HttpResponse:
    asked = {"next": request.get_full_path()} if request.method == "GET" else {}
    return HttpResponseRedirect(f"{reverse('admin:factor')}?{urlencode(asked)}")


def _whither(request: HttpRequest) -> str:
    to = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    return to if to and safe else reverse("admin:index")
