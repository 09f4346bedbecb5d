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
    "inbox.lock_conversation": Right("supervisor", duties=(FINANCE,), trainees=False),
    "inbox.break_lock": Right("supervisor", trainees=False),
    "inbox.bulk_conversation": Right("agent", trainees=False),
    "inbox.share_view": Right("senior", trainees=False),
    "inbox.review_case": Right("supervisor", trainees=False),
    "inbox.share_reply": Right("senior", trainees=False),
    "inbox.manage_service": Right("supervisor", trainees=False),
    "inbox.delete_conversation": Right("supervisor", trainees=False, high_risk=True),
    "inbox.see_board": Right("supervisor", trainees=False),
    "inbox.flag_risk": Right("agent"),
    "inbox.manage_risk": Right("supervisor", trainees=False),
    "inbox.mark_payment": Right("agent", duties=(FINANCE,)),
}
