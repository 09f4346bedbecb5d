from django.urls import path

from contacts.api import import_urls, rule_urls, segment_urls
from contacts.api.card import CardView
from contacts.api.contacts import ContactsView, ContactView, NotesView
from contacts.api.fields import (
    ArchiveFieldView,
    ContactFieldView,
    FieldsView,
    FieldView,
    RestoreFieldView,
)
from contacts.api.merging import ConsentsView, DuplicatesView, MergeProgressView, MergeView
from contacts.api.privacy import (
    ContactExportFileView,
    ContactExportsView,
    ContactExportView,
    EraseContactView,
    ErasuresView,
    ErasureView,
    LegalHoldsView,
    ProofView,
)
from contacts.api.tags import (
    ArchiveTagView,
    ContactTagsView,
    MergeTagView,
    RestoreTagView,
    TagsView,
    TagView,
)

urlpatterns = [
    *segment_urls.urlpatterns,
    *rule_urls.urlpatterns,
    path("tags", TagsView.as_view()),
    path("tags/<uuid:tag_id>", TagView.as_view()),
    path("tags/<uuid:tag_id>/archive", ArchiveTagView.as_view()),
    path("tags/<uuid:tag_id>/restore", RestoreTagView.as_view()),
    path("tags/<uuid:tag_id>/merge", MergeTagView.as_view()),
    path("fields", FieldsView.as_view()),
    path("fields/<uuid:field_id>", FieldView.as_view()),
    path("fields/<uuid:field_id>/archive", ArchiveFieldView.as_view()),
    path("fields/<uuid:field_id>/restore", RestoreFieldView.as_view()),
    path("contacts", ContactsView.as_view()),
    path("contacts/<uuid:contact_id>", ContactView.as_view()),
    path("contacts/<uuid:contact_id>/card", CardView.as_view()),
    path("contacts/<uuid:contact_id>/tags", ContactTagsView.as_view()),
    path("contacts/<uuid:contact_id>/fields/<uuid:field_id>", ContactFieldView.as_view()),
    path("contacts/<uuid:contact_id>/notes", NotesView.as_view()),
    path("contacts/<uuid:contact_id>/consents", ConsentsView.as_view()),
    path("contacts/<uuid:contact_id>/exports", ContactExportsView.as_view()),
    path("contacts/<uuid:contact_id>/erase", EraseContactView.as_view()),
    path("contacts/<uuid:contact_id>/hold", LegalHoldsView.as_view()),
    path("contacts/<uuid:contact_id>/duplicates", DuplicatesView.as_view()),
    path("contacts/<uuid:contact_id>/merge", MergeView.as_view()),
    path("contact-exports/<uuid:export_id>", ContactExportView.as_view()),
    path("contact-exports/<uuid:export_id>/file", ContactExportFileView.as_view()),
    path("contact-merges/<uuid:merge_id>", MergeProgressView.as_view()),
    path("erasures", ErasuresView.as_view()),
    path("erasures/<uuid:erasure_id>", ErasureView.as_view()),
    path("erasures/<uuid:erasure_id>/proof", ProofView.as_view()),
    *import_urls.urlpatterns,
]
