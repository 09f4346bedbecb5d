from contacts.models.consent import ConsentEntry
from contacts.models.contact import Contact
from contacts.models.custom_field import FieldDefinition, FieldValue
from contacts.models.erasure import Erasure
from contacts.models.export import ContactExport
from contacts.models.hold import LegalHold
from contacts.models.identity import Identity
from contacts.models.merge import ContactMerge
from contacts.models.note import Note
from contacts.models.rule import Rule, RuleRun, RuleVersion
from contacts.models.rule_work import RuleBatch, RuleDue, RuleTrial
from contacts.models.tag import ContactTag, Tag
from contacts.policy import ConditionsPolicy, ContactsPolicy, PrivacyPolicy
from contacts.rules.policy import RulesPolicy

__all__ = [
    "ConditionsPolicy",
    "ConsentEntry",
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
    "Rule",
    "RuleBatch",
    "RuleDue",
    "RuleRun",
    "RuleTrial",
    "RuleVersion",
    "RulesPolicy",
    "Tag",
]
