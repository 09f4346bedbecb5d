from contacts.models.consent import ConsentEntry, ConsentProof, ConsentRules
from contacts.models.contact import Contact
from contacts.models.custom_field import FieldDefinition, FieldValue
from contacts.models.erasure import Erasure
from contacts.models.export import ContactExport
from contacts.models.hold import LegalHold
from contacts.models.identity import Identity
from contacts.models.merge import ContactMerge
from contacts.models.note import Note
from contacts.models.segment import Segment, SegmentSize
from contacts.models.tag import ContactTag, Tag
from contacts.policy import ConditionsPolicy, ConsentPolicy, ContactsPolicy, PrivacyPolicy, SegmentsPolicy

__all__ = [
    "ConditionsPolicy",
    "ConsentEntry",
    "ConsentPolicy",
    "ConsentProof",
    "ConsentRules",
    "Contact",
    "ContactExport",
    "ContactMerge",
    "ContactTag",
    "ContactsPolicy",
    "Erasure",
    "FieldDefinition",
    "FieldValue",
    "Identity",
    "LegalHold",
    "Note",
    "PrivacyPolicy",
    "Segment",
    "SegmentSize",
    "SegmentsPolicy",
    "Tag",
]
