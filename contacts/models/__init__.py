from contacts.models.contact import Contact
from contacts.models.identity import Identity
from contacts.models.note import Note
from contacts.policy import ContactsPolicy

__all__ = ["Contact", "ContactsPolicy", "Identity", "Note"]
