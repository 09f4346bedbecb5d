"""Kefu's own admin site: for admins only, in their time zone, told to the operation log like any other sign-in."""

from collections.abc import Callable
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.core.paginator import InvalidPage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from unfold.sites import UnfoldAdminSite

from security.errors import NotFound, Refusal
from security.models import User

_ZONE_FALLBACK = "UTC"
_COMPLY = "/settings/security"  # the client's page that leads through what the tier asks for
OWN_SECURITY = "/settings/security"  # the client's page Account security


class KefuAdminSite(UnfoldAdminSite):
    index_template = "kefu_admin/home.html"
    index_title = cast(str, _("Overview"))
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        """By the level as it is now: Django's own flags follow it, but give nothing by themselves."""
        from security.admin.base import by

        user = request.user
        return isinstance(user, User) and user.is_active and user.is_staff and by(request).level == "admin"

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002
        from security.admin.freshness import must_come_in, to_factor_page

        inner = super().admin_view(view, cacheable)

        def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            with timezone.override(_zone_of(request)), translation.override(_language_of(request)):
                try:
                    _note_activity(request)
                    if not _is_open_door(request) and self.has_permission(request) and _must_comply(request):
                        return HttpResponseRedirect(_COMPLY)
                    if _is_open_door(request) or not self.has_permission(request) or not must_come_in(request):
                        return _rendered(inner(request, *args, **kwargs))
                    return to_factor_page(request)
                except NotFound as refusal:
                    raise Http404 from refusal
                except Refusal as refusal:
                    messages.error(request, " ".join(str(w) for w in (refusal.message, refusal.remedy) if w))
                    return HttpResponseRedirect(reverse("admin:index"))

        seen.csrf_exempt = getattr(inner, "csrf_exempt", False)  # type: ignore[attr-defined]
        return seen

    def extra_urls(self) -> list[URLPattern]:
        from security.admin.freshness import factor_page
        from security.admin.levels import levels_page
        from security.admin.selfcheck import selfcheck_page
        from security.admin.sight import SightPages
        from security.admin.tiers import TierPages
        from security.admin.welcome import welcome

        sight, tiers = SightPages(self), TierPages(self)
        return [
            path("levels/", self.admin_view(levels_page(self)), name="levels"),
            path("selfcheck/", self.admin_view(selfcheck_page(self)), name="selfcheck"),
            path("tier/", self.admin_view(tiers.page), name="tier"),
            path("tier/switch/<slug:tier>/", self.admin_view(tiers.switch), name="tier_switch"),
            path("tier/incident/", self.admin_view(tiers.begin), name="incident_begin"),
            path("tier/incident/end/", self.admin_view(tiers.end), name="incident_end"),
            path("sight/", self.admin_view(sight.listed), name="sight"),
            path("sight/<int:row_id>/take/", self.admin_view(sight.take), name="sight_take"),
            path("factor/", self.admin_view(factor_page(self)), name="factor"),
            path("language/", self.admin_view(require_POST(set_language)), name="language"),
            path("welcome/<slug:who>/<str:token>/", welcome, name="welcome"),
        ]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        from security.admin.dashboard import dashboard

        return cast(TemplateResponse, super().index(request, {**dashboard(request), **(extra_context or {})}))

    def search(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        try:
            return super().search(request, extra_context)
        except (InvalidPage, ValueError) as error:
            raise Http404 from error

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one way in: the client's, with all its steps. It comes back here."""
        to = request.GET.get("next") or reverse("admin:index")
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': to})}")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        from security.actions.sessions import sign_out

        if request.method == "POST":  # a GET is refused and ends nothing
            sign_out(request)
        return super().logout(request, extra_context)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one way to change one's own: the client's, which slows guesses down and logs them."""
        return HttpResponseRedirect(OWN_SECURITY)


def set_language(request: HttpRequest) -> HttpResponse:
    """The admin's own language, here and in the inbox."""
    from security.actions.people import change_own_settings
    from security.admin.base import by

    language = request.POST.get("language", "")
    change_own_settings(by=by(request), language=language)
    to = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    answer = redirect(to if safe and to else reverse("admin:index"))
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax", secure=request.is_secure(), max_age=365 * 86_400
    )
    return answer


def _note_activity(request: HttpRequest) -> None:
    """Nothing in the admin asks by itself: every page is somebody's wish (SE-7)."""
    from security.actions.sessions import note_activity
    from security.sessions import session_of_request

    row = session_of_request(request) if request.user.is_authenticated else None
    if row is not None:
        note_activity(row)


def _must_comply(request: HttpRequest) -> bool:
    """Whether the time to meet the tier in force is over for this session (SE-4)."""
    from security.admin.base import by
    from security.tiers.asking import asked_of

    return asked_of(by(request)).now


def _is_open_door(request: HttpRequest) -> bool:
    """What one may do before the code is given: give it, and leave."""
    return request.path in (reverse("admin:factor"), reverse("admin:logout"), reverse("admin:jsi18n"))


def _zone_of(request: HttpRequest) -> ZoneInfo:
    return ZoneInfo(request.user.time_zone if isinstance(request.user, User) else _ZONE_FALLBACK)


def _language_of(request: HttpRequest) -> str:
    """Their own, as in the inbox; before they have signed in, the browser's."""
    return request.user.language if isinstance(request.user, User) else translation.get_language()


def _rendered(response: Any) -> HttpResponse:
    """A template is filled later otherwise, in the time zone of nobody."""
    render: Callable[[], HttpResponse] | None = getattr(response, "render", None)
    return cast(HttpResponse, render() if render is not None and not response.is_rendered else response)
