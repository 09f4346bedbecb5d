from django.urls import path

from security.api.operations import ExportView, OperationsView, SealView
from security.api.people import PeopleView, RegionsView
from security.api.session import MeView, SessionView

urlpatterns = [
    path("session", SessionView.as_view()),
    path("me", MeView.as_view()),
    path("people", PeopleView.as_view()),
    path("regions", RegionsView.as_view()),
    path("operations", OperationsView.as_view()),
    path("operations/seal", SealView.as_view()),
    path("operations/export", ExportView.as_view()),
]
