from django.urls import path

from security.api import access, factors, health, keys, passkeys, passwords, reviews, signing_in
from security.api.operations import ExportView, OperationsView, SealView
from security.api.people import PeopleView, RegionsView
from security.api.session import MeView, SessionView
from security.api.sessions import AliveView, OwnDevicesView, OwnDeviceView, OwnSessionsView, OwnSessionView
from security.api.teams import TeamsView

urlpatterns = [
    path("session", SessionView.as_view()),
    path("session/factor", factors.SessionFactorView.as_view()),
    path("session/alive", AliveView.as_view()),
    path("session/code", signing_in.CodeStepView.as_view()),
    path("session/enrolment", signing_in.EnrolmentStepView.as_view()),
    path("session/enrolment/confirm", signing_in.ConfirmStepView.as_view()),
    path("session/enrolment/passkey/options", passkeys.PasskeyEnrolmentView.as_view()),
    path("session/enrolment/passkey", passkeys.PasskeyEnrolledView.as_view()),
    path("session/password", signing_in.PasswordStepView.as_view()),
    path("session/passkey/options", passkeys.PasskeyShowingView.as_view()),
    path("session/passkey", passkeys.PasskeyStepView.as_view()),
    path("session/factor/passkey", passkeys.PasskeyFreshView.as_view()),
    path("password-reset", passwords.AskResetView.as_view()),
    path("password-reset/confirm", passwords.ResetView.as_view()),
    path("me/password", passwords.OwnPasswordView.as_view()),
    path("me/passkeys", passkeys.PasskeysView.as_view()),
    path("me/passkeys/options", passkeys.PasskeyMakingView.as_view()),
    path("me/passkeys/<uuid:passkey_id>", passkeys.PasskeyView.as_view()),
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
    path("api-keys", keys.ApiKeysView.as_view()),
    path("api-keys/<uuid:key_id>", keys.ApiKeyView.as_view()),
    path("api-keys/<uuid:key_id>/rotate", keys.RotateKeyView.as_view()),
    path("regions", RegionsView.as_view()),
    path("operations", OperationsView.as_view()),
    path("operations/seal", SealView.as_view()),
    path("operations/export", ExportView.as_view()),
]
