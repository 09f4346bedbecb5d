"""Addresses: the API, Django admin, health, and the client for everything else."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from config.health import healthz, readyz
from config.pages import client
from contacts.exchange.hook_page import exchange_hook
from security.lock_page import lock_page


class Schema(SpectacularAPIView):
    public_reason = "the API's description holds no data"


class Docs(SpectacularSwaggerView):
    public_reason = "the API's description holds no data"


urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("security.api.urls")),
    path("api/v1/", include("contacts.api.urls")),
    path("api/v1/", include("contacts.api.exchange_urls")),
    path("api/v1/", include("inbox.api.urls")),
    path("api/v1/schema", Schema.as_view(), name="schema"),
    path("api/v1/docs", Docs.as_view(url_name="schema"), name="docs"),
    path("admin", RedirectView.as_view(url="/admin/")),
    path("admin/", admin.site.urls),
    path("go/", include("security.drill.pages")),
    path("webhooks/exchange/<uuid:source_id>", exchange_hook),
    path("healthz", healthz),
    path("readyz", readyz),
    path("lock/<str:token>", lock_page),
    re_path(r"^(?!(?:api|admin|go|static|ws|webhooks)(?:/|$)).*$", client),
]
handler400 = "security.api.refusals.bad_request"
handler404 = "security.api.refusals.not_found"
handler500 = "security.api.refusals.own_fault"
