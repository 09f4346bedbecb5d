from django.urls import path

from security.api import access, factors, health, reviews
from security.api.operations import ExportView, OperationsView, SealView
from security.api.people import PeopleView, RegionsView
from security.api.session import MeView, SessionView
from security.api.sessions import AliveView, OwnDevicesView, OwnDeviceView, OwnSessionsView, OwnSessionView
from security.api.teams import TeamsView

urlpatterns = [
    path("session", SessionView.as_view()),
    path("session/factor", factors.SessionFactorView.as_view()),
    path("session/alive", AliveView.as_view()),
    path("me", MeView.as_view()),
    path("me/sessions", OwnSessionsView.as_view()),
    path("me/sessions/<uuid:session_id>", OwnSessionView.as_view()),
    path("me/devices", OwnDevicesView.as_view()),
    path("me/devices/<uuid:device_id>", OwnDeviceView.as_view()),
    path("me/factor", factors.OwnFactorView.as_view()),
    path("me/factor/confirm", factors.ConfirmFactorView.as_view()),
    path("me/factor/recovery-codes", factors.RecoveryCodesView.as_view()),
    path("people", PeopleView.as_view()),
    path("teams", TeamsView.as_view()),
    path("access-requests", access.RequestsView.as_view()),
    path("access-requests/summary", access.RequestsSummaryView.as_view()),
    path("access-requests/<uuid:request_id>/approve", access.ApproveView.as_view()),
    path("access-requests/<uuid:request_id>/refuse", access.RefuseView.as_view()),
    path("access-requests/<uuid:request_id>/withdraw", access.WithdrawView.as_view()),
    path("grants", access.GrantsView.as_view()),
    path("grants/<uuid:grant_id>/end", access.EndGrantView.as_view()),
    path("grants/<uuid:grant_id>/extend", access.ExtendGrantView.as_view()),
    path("reviews", reviews.ReviewsView.as_view()),
    path("reviews/items", reviews.ReviewItemsView.as_view()),
    path("reviews/items/<uuid:item_id>/confirm", reviews.ConfirmView.as_view()),
    path("reviews/items/<uuid:item_id>/withdraw", reviews.WithdrawItemView.as_view()),
    path("permission-health", health.HealthView.as_view()),
    path("regions", RegionsView.as_view()),
    path("operations", OperationsView.as_view()),
    path("operations/seal", SealView.as_view()),
    path("operations/export", ExportView.as_view()),
]
