"""Segments, what conditions can ask, and consent."""

from django.urls import path

from contacts.api.conditions import VocabularyView
from contacts.api.consent import ConsentLinesView, ConsentProofView, ConsentRulesListView, ConsentRulesView
from contacts.api.segments import (
    SegmentArchiveView,
    SegmentBelongsView,
    SegmentCountView,
    SegmentPeopleView,
    SegmentSizesView,
    SegmentsView,
    SegmentTryView,
    SegmentView,
)

urlpatterns = [
    path("conditions", VocabularyView.as_view()),
    path("segments", SegmentsView.as_view()),
    path("segments/try", SegmentTryView.as_view()),
    path("segments/<uuid:segment_id>", SegmentView.as_view()),
    path("segments/<uuid:segment_id>/archive", SegmentArchiveView.as_view()),
    path("segments/<uuid:segment_id>/count", SegmentCountView.as_view()),
    path("segments/<uuid:segment_id>/people", SegmentPeopleView.as_view()),
    path("segments/<uuid:segment_id>/sizes", SegmentSizesView.as_view()),
    path("segments/<uuid:segment_id>/belongs", SegmentBelongsView.as_view()),
    path("consents", ConsentLinesView.as_view()),
    path("consent-rules", ConsentRulesListView.as_view()),
    path("regions/<int:region_id>/consent", ConsentRulesView.as_view()),
    path("contacts/<uuid:contact_id>/consents/<uuid:entry_id>/proof", ConsentProofView.as_view()),
]
