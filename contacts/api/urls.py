from django.urls import path

from contacts.api.contacts import ContactsView, ContactView, NotesView

urlpatterns = [
    path("contacts", ContactsView.as_view()),
    path("contacts/<uuid:contact_id>", ContactView.as_view()),
    path("contacts/<uuid:contact_id>/notes", NotesView.as_view()),
]
