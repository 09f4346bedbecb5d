"""What the inbox's codes are called on pages for people."""

from django.utils.translation import gettext_lazy as _

from contacts.privacy.words import add_words


def register() -> None:
    add_words("kind", _KINDS)
    add_words("status", _STATUSES)
    add_words("row", _ROWS)


_KINDS = {
    "text": _("text"),
    "image": _("picture"),
    "video": _("video"),
    "audio": _("audio"),
    "document": _("document"),
    "sticker": _("sticker"),
    "location": _("location"),
    "contacts": _("contact cards"),
    "interactive": _("choice"),
    "button": _("button"),
    "template": _("template"),
    "order": _("order"),
    "system": _("notice of WhatsApp"),
    "unsupported": _("not supported by WhatsApp"),
    "reaction": _("reaction"),
}
_STATUSES = {
    "received": _("received"),
    "queued": _("waits to be sent"),
    "sending": _("is being sent"),
    "accepted": _("accepted by WhatsApp"),
    "sent": _("sent"),
    "delivered": _("delivered"),
    "read": _("read"),
    "played": _("played"),
    "failed": _("not sent"),
    "unconfirmed": _("not known whether it was sent"),
    "held": _("waits for a mentor, not sent"),
    "rejected": _("rejected by a mentor, not sent"),
    "withdrawn": _("taken back, not sent"),
}
_ROWS = {
    "inbox.message": _("messages"),
    "inbox.media": _("files of messages"),
    "inbox.internalnote": _("internal notes"),
    "inbox.reaction": _("reactions"),
    "inbox.amendment": _("edits of messages"),
    "inbox.draft": _("drafts"),
    "inbox.scheduledreply": _("replies for later"),
    "inbox.handover": _("hand-overs"),
    "inbox.snooze": _("snoozes"),
    "inbox.conversationlock": _("locks of conversations"),
    "inbox.heldreply": _("replies held for a mentor"),
    "inbox.heldcomment": _("comments on held replies"),
    "inbox.qareview": _("quality reviews"),
    "inbox.qaremark": _("remarks of quality reviews"),
    "inbox.riskcase": _("risk cases"),
    "inbox.riskmention": _("risky words"),
    "inbox.macrorun": _("runs of macros"),
    "inbox.notification": _("notifications of colleagues"),
    "inbox.deletion": _("deletions"),
    "inbox.storedwebhook": _("raw messages from WhatsApp"),
}
