from contacts.exchange.policy import ExchangePolicy
from contacts.hygiene.policy import HygienePolicy
from contacts.imports.policy import ImportPolicy
from contacts.models.bounce import Bounce
from contacts.models.consent import ConsentEntry, ConsentProof, ConsentRules
from contacts.models.contact import Contact
from contacts.models.custom_field import FieldDefinition, FieldValue
from contacts.models.data_import import Import
from contacts.models.duplicate import Duplicate
from contacts.models.erasure import Erasure
from contacts.models.exchange import Delivery, ExchangeHook, ExchangeSource, Subscription
from contacts.models.export import ContactExport
from contacts.models.external_id import ExternalId
from contacts.models.hold import LegalHold
from contacts.models.identity import Identity
from contacts.models.import_mapping import ImportMapping
from contacts.models.import_problem import ImportProblem
from contacts.models.import_trace import ImportTrace
from contacts.models.match_key import MatchKey
from contacts.models.merge import ContactMerge
from contacts.models.merge_move import MergeMove
from contacts.models.note import Note
from contacts.models.order import Order
from contacts.models.order_item import OrderItem
from contacts.models.product import Product
from contacts.models.purchase_figures import PurchaseFigures
from contacts.models.rule import Rule, RuleRun, RuleVersion
from contacts.models.rule_work import RuleBatch, RuleDue, RuleTrial
from contacts.models.segment import Segment, SegmentSize
from contacts.models.suppression import Suppression
from contacts.models.tag import ContactTag, Tag
from contacts.policy import (
    ConditionsPolicy,
    ConsentPolicy,
    ContactsPolicy,
    PrivacyPolicy,
    SegmentsPolicy,
)
from contacts.rules.policy import RulesPolicy

__all__ = [
    "Bounce",
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
    "Delivery",
    "Duplicate",
    "Erasure",
    "ExchangeHook",
    "ExchangePolicy",
    "ExchangeSource",
    "ExternalId",
    "FieldDefinition",
    "FieldValue",
    "HygienePolicy",
    "Identity",
    "Import",
    "ImportMapping",
    "ImportPolicy",
    "ImportProblem",
    "ImportTrace",
    "LegalHold",
    "MatchKey",
    "MergeMove",
    "Note",
    "Order",
    "OrderItem",
    "PrivacyPolicy",
    "Product",
    "PurchaseFigures",
    "Rule",
    "RuleBatch",
    "RuleDue",
    "RuleRun",
    "RuleTrial",
    "RuleVersion",
    "RulesPolicy",
    "Segment",
    "SegmentSize",
    "SegmentsPolicy",
    "Subscription",
    "Suppression",
    "Tag",
]
