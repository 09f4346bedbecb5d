"""What each level may do in the inbox (PM-1): the permission and the lowest level that holds it."""

LOWEST_LEVEL = {
    "inbox.see_channel": "observer",
    "inbox.manage_channel": "supervisor",
    "inbox.see_conversation": "observer",
    "inbox.reply_conversation": "agent",
    "inbox.take_conversation": "agent",
    "inbox.resolve_conversation": "agent",
    "inbox.assign_conversation": "senior",
}
