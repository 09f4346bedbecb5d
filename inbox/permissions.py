"""Who may do what in the inbox (PM-1, PM-2)."""

from django.utils.translation import gettext_lazy as _

from security.levels import FINANCE, Right

RIGHTS = {
    "inbox.see_channel": Right("observer", measured=False, words=_("See channels")),
    "inbox.manage_channel": Right("supervisor", trainees=False, high_risk=True, words=_("Look after channels")),
    "inbox.see_conversation": Right("observer", words=_("See conversations")),
    "inbox.read_history": Right("senior", trainees=False, words=_("Read messages however old")),
    "inbox.reply_conversation": Right("agent", words=_("Answer conversations")),
    "inbox.send_template": Right("agent", trainees=False, words=_("Send templates")),
    "inbox.take_conversation": Right("agent", trainees=False, words=_("Take conversations")),
    "inbox.resolve_conversation": Right("agent", words=_("Resolve and reopen conversations")),
    "inbox.assign_conversation": Right("senior", trainees=False, words=_("Assign any conversation and answer in any")),
    "inbox.lock_conversation": Right("supervisor", duties=(FINANCE,), trainees=False, words=_("Lock conversations")),
    "inbox.break_lock": Right("supervisor", trainees=False, words=_("Break a lock")),
    "inbox.bulk_conversation": Right("agent", trainees=False, held=True, words=_("Change many conversations at once")),
    "inbox.share_view": Right("senior", trainees=False, words=_("Share saved views")),
    "inbox.review_case": Right("supervisor", trainees=False, words=_("Review finished conversations")),
    "inbox.share_reply": Right("senior", trainees=False, words=_("Share quick replies")),
    "inbox.manage_service": Right("supervisor", trainees=False, words=_("Set service times and promises")),
    "inbox.delete_conversation": Right(
        "supervisor", trainees=False, high_risk=True, held=True, words=_("Delete conversations and see the bin")
    ),
    "inbox.see_board": Right("supervisor", trainees=False, words=_("See the board")),
    "inbox.flag_risk": Right("agent", words=_("Mark conversations as risky")),
    "inbox.manage_risk": Right("supervisor", trainees=False, words=_("Look after risks and their rules")),
    "inbox.see_keywords": Right("supervisor", trainees=False, words=_("See what customers write about")),
    "inbox.mark_payment": Right("agent", duties=(FINANCE,), words=_("Mark conversations as payment")),
}
