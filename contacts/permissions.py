"""Who may do what with contacts (PM-1)."""

from django.utils.translation import gettext_lazy as _

from security.levels import Right

RIGHTS = {
    "contacts.see_contact": Right("observer", words=_("See contacts")),
    "contacts.edit_contact": Right("agent", words=_("Edit contacts")),
    "contacts.add_note": Right("agent", words=_("Write notes")),
}
