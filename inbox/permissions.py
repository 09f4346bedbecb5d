"""Who may do what in the inbox (PM-1, PM-2)."""

from security.levels import FINANCE, Right

RIGHTS = {
    "inbox.see_channel": Right("observer"),
    "inbox.manage_channel": Right("supervisor", trainees=False, high_risk=True),
    "inbox.see_conversation": Right("observer"),
    "inbox.read_history": Right("senior", trainees=False),
    "inbox.reply_conversation": Right("agent"),
    "inbox.send_template": Right("agent", trainees=False),
    "inbox.take_conversation": Right("agent", trainees=False),
    "inbox.resolve_conversation": Right("agent"),
    "inbox.assign_conversation": Right("senior", trainees=False),
    "inbox.mark_payment": Right("agent", duties=(FINANCE,)),
}
