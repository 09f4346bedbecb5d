from django.urls import path

from contacts.api.imports import (
    CancelView,
    CheckView,
    ImportDraftView,
    ImportsView,
    ImportView,
    ProblemFileView,
    ProblemsView,
    RunView,
    UndoView,
)

urlpatterns = [
    path("imports", ImportsView.as_view()),
    path("imports/<uuid:import_id>", ImportView.as_view()),
    path("imports/<uuid:import_id>/draft", ImportDraftView.as_view()),
    path("imports/<uuid:import_id>/check", CheckView.as_view()),
    path("imports/<uuid:import_id>/run", RunView.as_view()),
    path("imports/<uuid:import_id>/cancel", CancelView.as_view()),
    path("imports/<uuid:import_id>/undo", UndoView.as_view()),
    path("imports/<uuid:import_id>/problems", ProblemsView.as_view()),
    path("imports/<uuid:import_id>/problems/file", ProblemFileView.as_view()),
]
