"""What each level may do with contacts (PM-1): the permission and the lowest level that holds it."""

LOWEST_LEVEL = {
    "contacts.see_contact": "observer",
    "contacts.edit_contact": "agent",
    "contacts.add_note": "agent",
}
