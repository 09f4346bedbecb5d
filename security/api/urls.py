from django.urls import path

from security.api.people import PeopleView, RegionsView
from security.api.session import MeView, SessionView
from security.api.teams import TeamsView

urlpatterns = [
    path("session", SessionView.as_view()),
    path("me", MeView.as_view()),
    path("people", PeopleView.as_view()),
    path("teams", TeamsView.as_view()),
    path("regions", RegionsView.as_view()),
]
