"""Who may do what with contacts (PM-1)."""

from security.levels import Right

RIGHTS = {
    "contacts.see_contact": Right("observer"),
    "contacts.edit_contact": Right("agent"),
    "contacts.add_note": Right("agent"),
}
