"""What the inbox says no with."""

from django.utils.translation import gettext_lazy as _

from contacts.errors import ContactSuppressed, MarketingNotAgreed
from inbox.whatsapp.faults import Fault
from security.errors import Refusal


class WindowClosed(Refusal):
    code, status = "window_closed", 409
    message = _("More than 24 hours have passed since the customer's last message.")
    remedy = _("Send an approved template, or wait until the customer writes.")


class DeletionAsked(Refusal):
    code, status = "deletion_asked", 409
    message = _("Somebody has asked to delete this conversation already.")
    remedy = _("Confirm or refuse it on the page of the bin.")


class SamePerson(Refusal):
    code, status = "same_person", 409
    message = _("Somebody else has to confirm this.")
    remedy = _("Ask a colleague who may delete conversations.")


class OnHold(Refusal):
    code, status = "on_hold", 409
    message = _("This conversation is on hold and must be kept.")
    remedy = _("Release the hold first, if you may.")


class ChannelPaused(Refusal):
    code, status = "channel_paused", 409
    message = _("This number is paused and sends nothing at the moment.")
    remedy = _("Ask an admin to look at the channel.")


class TemplatesStopped(Refusal):
    code, status = "templates_stopped", 409
    message = _("WhatsApp allows this number no template messages at the moment.")
    remedy = _("Wait until the customer writes, or until the restriction ends.")


class UtilityStopped(Refusal):
    code, status = "utility_stopped", 409
    message = _("WhatsApp allows this number no utility templates at the moment.")
    remedy = _("Wait until the customer writes or the restriction ends, or send a template of another category.")


class MarketingStopped(Refusal):
    code, status = "marketing_stopped", 409
    message = _("This customer has stopped marketing messages from you.")
    remedy = _("Send no marketing until they agree again.")


class CategoryUnknown(Refusal):
    code, status = "category_unknown", 409
    message = _("Nobody knows whether this template is marketing, and this customer gets none.")
    remedy = _("Open the list of templates, so that Kefu learns its category, and send it again.")


class TooEarly(Refusal):
    code, status = "too_early", 409
    message = _("It is too early to send this again.")


class NoRecipient(Refusal):
    code, status = "no_recipient", 409
    message = _("WhatsApp gave us no address for this customer.")
    remedy = _("Wait until the customer writes again.")


class TextTooLong(Refusal):
    code, status = "text_too_long", 400
    message = _("The text is longer than WhatsApp allows.")
    counted = _("At most %(n)s characters.")
    remedy = _("Shorten it, or send it in two messages.")


class TextMissing(Refusal):
    code, status = "text_missing", 400
    message = _("Write something first.")


class TooManyParts(Refusal):
    code, status = "too_many", 400
    message = _("These are more than WhatsApp allows.")
    counted = _("At most %(n)s.")


class TooFewParts(Refusal):
    code, status = "too_few", 400
    message = _("These are fewer than WhatsApp asks for.")
    counted = _("At least %(n)s.")


class Repeated(Refusal):
    code, status = "repeated", 400
    message = _("Each must be different.")
    remedy = _("Change one of those that are alike.")


class NotALink(Refusal):
    code, status = "not_a_link", 400
    message = _("This is not a link.")
    remedy = _("Begin with http:// or https://.")


class NotHere(Refusal):
    code, status = "not_here", 400
    message = _("WhatsApp does not take this in a message of this type.")
    remedy = _("Leave it out.")


class WrongSum(Refusal):
    code, status = "wrong_sum", 400
    message = _("The amounts do not add up.")
    remedy = _("Items, tax and shipping less the discount must make the total.")


class HasLineBreak(Refusal):
    code, status = "line_break", 400
    message = _("A value of a template may hold no line break, no tab and no row of blanks.")
    remedy = _("Write it in one line.")


class WhatsAppUnreachable(Refusal):
    code, status = "whatsapp_unreachable", 424  # ours works: what it depends on does not
    message = _("WhatsApp did not answer as it should.")
    remedy = _("Try again in a moment. If it stays, ask an admin to look at the channel.")

    @classmethod
    def of(cls, fault: Fault) -> "WhatsAppUnreachable":
        """With what WhatsApp said, if it said anything; it was redacted before."""
        said = fault.code.isdecimal()
        return cls(remedy=_("WhatsApp said: %(words)s") % {"words": str(fault)} if said else None)


class TemplateUnfit(Refusal):
    code, status = "template_unfit", 400
    message = _("This template cannot be sent as it is: it is not approved, or has values to fill in.")
    remedy = _("Choose another one from the list.")


class NotRepeatable(Refusal):
    code, status = "not_repeatable", 409
    message = _("This message cannot be sent again as it is.")
    remedy = _("Write it anew.")


class ShortcutTaken(Refusal):
    code, status = "shortcut_taken", 409
    message = _("There is already a reply with this shortcut.")
    remedy = _("Choose another shortcut.")


class AssigneeUnfit(Refusal):
    code, status = "assignee_unfit", 400
    message = _("This person cannot take this conversation.")
    remedy = _("Choose somebody of the region who may answer.")


class TeamUnfit(Refusal):
    code, status = "team_unfit", 400
    message = _("This team cannot take this conversation.")
    remedy = _("Choose a team of the same region.")


class NotOpen(Refusal):
    code, status = "not_open", 409
    message = _("This conversation is resolved already.")
    remedy = _("Reopen it first.")


class AnsweredMeanwhile(Refusal):
    code, status = "answered_meanwhile", 409
    message = _("Somebody has answered meanwhile.")
    by = _("%(name)s has answered meanwhile.")
    remedy = _("Read the answer, then send yours anyway, keep it as a draft or make it an internal note.")


class MentionUnfit(Refusal):
    code, status = "mention_unfit", 400
    message = _("You mention somebody who cannot see this conversation.")
    named = _("%(names)s cannot see this conversation, so they cannot be mentioned here.")
    remedy = _("Take the mention out, or give them the conversation first.")


class NotYourNote(Refusal):
    code, status = "not_your_note", 403
    message = _("Only whoever wrote a note changes it.")
    remedy = _("Write a note of your own.")


class HandoverOver(Refusal):
    code, status = "handover_over", 409
    message = _("This handover is not waiting for anybody any more.")


class SummaryMissing(Refusal):
    code, status = "summary_missing", 400
    message = _("Say what was asked and what is still open.")
    remedy = _("Whoever takes over reads only this: one sentence each is enough.")


class Locked(Refusal):
    code, status = "conversation_locked", 409
    message = _("This conversation is locked: you can read it, but not change it.")
    remedy = _("Wait until the lock ends, or ask a supervisor to break it.")


class NotLocked(Refusal):
    code, status = "not_locked", 409
    message = _("This conversation is not locked any more.")


class NotRisky(Refusal):
    code, status = "not_risky", 409
    message = _("Nothing risky goes on in this conversation any more.")


class RiskTaken(Refusal):
    code, status = "risk_taken", 409
    message = _("A colleague has taken this one already.")
    remedy = _("Look at who has it; nothing more is to be done.")


class Unspreadable(Refusal):
    code, status = "nothing_to_spread", 400
    message = _("Nothing waits there that somebody free can take.")


class TooManyAtOnce(Refusal):
    code, status = "too_many_at_once", 400
    message = _("These are more than can be changed at once.")
    counted = _("Choose at most %(n)s.")


class TooLate(Refusal):
    code, status = "too_late", 409
    message = _("It is too late to take this back.")
    remedy = _("Change the conversations again as they should be.")


class ChangedMeanwhile(Refusal):
    code, status = "changed_meanwhile", 409
    message = _("Somebody has changed it meanwhile; it was left as it is.")


class TooManyViews(Refusal):
    code, status = "too_many_views", 409
    message = _("There are as many saved views as are allowed.")
    remedy = _("Delete one that is not needed any more.")


class TooManyPrepared(Refusal):
    code, status = "too_many_prepared", 409
    message = _("There are as many as are allowed.")
    remedy = _("Delete one that is not needed any more.")


class VariableMissing(Refusal):
    code, status = "variable_missing", 400
    message = _("A variable has no value yet.")
    named = _("“%(name)s” has no value yet.")
    remedy = _("Fill it in first.")


class CannedReplyGone(Refusal):
    code, status = "canned_reply_gone", 409
    message = _("The canned reply of this step is not there any more, or not yours to use.")
    remedy = _("Change the macro: choose another reply, or write the text into it.")


class NotWaiting(Refusal):
    code, status = "not_waiting", 409
    message = _("This reply does not wait any more: it was sent or cancelled.")


BY_VERDICT: dict[str, type[Refusal]] = {
    "window_closed": WindowClosed,
    "channel_paused": ChannelPaused,
    "no_recipient": NoRecipient,
    "templates_stopped": TemplatesStopped,
    "utility_stopped": UtilityStopped,
    "marketing_stopped": MarketingStopped,
    "marketing_not_agreed": MarketingNotAgreed,
    "contact_suppressed": ContactSuppressed,
    "category_unknown": CategoryUnknown,
}
