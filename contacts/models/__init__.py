from contacts.models.consent import ConsentEntry, ConsentProof, ConsentRules
from contacts.models.contact import Contact
from contacts.models.custom_field import FieldDefinition, FieldValue
from contacts.models.erasure import Erasure
from contacts.models.export import ContactExport
from contacts.models.external_id import ExternalId
from contacts.models.hold import LegalHold
from contacts.models.identity import Identity
from contacts.models.merge import ContactMerge
from contacts.models.note import Note
from contacts.models.order import Order
from contacts.models.order_item import OrderItem
from contacts.models.product import Product
from contacts.models.purchase_figures import PurchaseFigures
from contacts.models.segment import Segment, SegmentSize
from contacts.models.tag import ContactTag, Tag
from contacts.policy import (
    ConditionsPolicy,
    ConsentPolicy,
    ContactsPolicy,
    ExchangePolicy,
    PrivacyPolicy,
    SegmentsPolicy,
)

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
    "ExchangePolicy",
    "ExternalId",
    "FieldDefinition",
    "FieldValue",
    "Identity",
    "LegalHold",
    "Note",
    "Order",
    "OrderItem",
    "PrivacyPolicy",
    "Product",
    "PurchaseFigures",
    "Segment",
    "SegmentSize",
    "SegmentsPolicy",
    "Tag",
]
