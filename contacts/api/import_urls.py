from django.urls import path

from contacts.api.hygiene import (
    ApartView,
    HygieneView,
    MergesView,
    NumbersView,
    PairsView,
    SuppressView,
    UnmergeView,
    UnsuppressView,
)
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
    path("contact-merges", MergesView.as_view()),
    path("contact-merges/<uuid:merge_id>/undo", UnmergeView.as_view()),
    path("hygiene", HygieneView.as_view()),
    path("hygiene/numbers", NumbersView.as_view()),
    path("hygiene/suppress", SuppressView.as_view()),
    path("hygiene/unsuppress", UnsuppressView.as_view()),
    path("hygiene/duplicates", PairsView.as_view()),
    path("hygiene/duplicates/<uuid:duplicate_id>/apart", ApartView.as_view()),
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
