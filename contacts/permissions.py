"""Who may do what with contacts (PM-1)."""

from django.utils.translation import gettext_lazy as _

from security.levels import DATA_PROTECTION, Right

RIGHTS = {
    "contacts.see_contact": Right("observer", words=_("See contacts")),
    "contacts.edit_contact": Right("agent", words=_("Edit contacts")),
    "contacts.add_note": Right("agent", words=_("Write notes")),
    "contacts.arrange_exchange": Right(
        "admin", trainees=False, high_risk=True, held=True, words=_("Connect shops and other systems")
    ),
    "contacts.write_order": Right(
        "supervisor", trainees=False, high_risk=True, words=_("Write contacts, orders and products of other systems")
    ),
    "contacts.manage_consent": Right(
        "supervisor", trainees=False, words=_("Edit the words with which people stop marketing")
    ),
    "contacts.apply_tag": Right("agent", words=_("Put tags on contacts and conversations")),
    "contacts.manage_tag": Right("supervisor", trainees=False, words=_("Manage tags")),
    "contacts.manage_field": Right("supervisor", trainees=False, words=_("Manage custom fields")),
    "contacts.see_rule": Right("senior", trainees=False, words=_("See what rules do")),
    "contacts.manage_rule": Right("supervisor", trainees=False, words=_("Manage rules")),
    "contacts.see_segment": Right("agent", trainees=False, words=_("See segments")),
    "contacts.edit_segment": Right("supervisor", trainees=False, words=_("Edit segments")),
    "contacts.merge_contact": Right("supervisor", trainees=False, high_risk=True, held=True, words=_("Merge contacts")),
    "contacts.import_contact": Right(
        "supervisor", trainees=False, high_risk=True, held=True, words=_("Import contacts and orders")
    ),
    "contacts.suppress_contact": Right("supervisor", trainees=False, words=_("Suppress numbers nobody answers from")),
    "contacts.hold_contact": Right(
        "supervisor", duties=(DATA_PROTECTION,), trainees=False, words=_("Keep contacts from being destroyed")
    ),
    "contacts.export_contact": Right(
        "admin",
        duties=(DATA_PROTECTION,),
        trainees=False,
        high_risk=True,
        held=True,
        words=_("Export all there is of a contact"),
    ),
    "contacts.erase_contact": Right(
        "admin",
        duties=(DATA_PROTECTION,),
        trainees=False,
        high_risk=True,
        held=True,
        words=_("Erase contacts for ever"),
    ),
}
