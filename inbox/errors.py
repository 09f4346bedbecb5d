"""What the inbox says no with."""

from django.utils.translation import gettext_lazy as _

from security.errors import Refusal


class WindowClosed(Refusal):
    code, status = "window_closed", 409
    message = _("More than 24 hours have passed since the customer's last message.")
    remedy = _("Send an approved template, or wait until the customer writes.")


class ChannelPaused(Refusal):
    code, status = "channel_paused", 409
    message = _("This number is paused and sends nothing at the moment.")
    remedy = _("Ask an admin to look at the channel.")


class TemplatesStopped(Refusal):
    code, status = "templates_stopped", 409
    message = _("WhatsApp allows this number no template messages at the moment.")
    remedy = _("Wait until the customer writes, or until the restriction ends.")


class MarketingStopped(Refusal):
    code, status = "marketing_stopped", 409
    message = _("This customer has stopped marketing messages from you.")
    remedy = _("Send no marketing until they agree again.")


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
    remedy = _("Shorten it, or send it in two messages.")


class TextMissing(Refusal):
    code, status = "text_missing", 400
    message = _("Write something first.")


class FileTooLarge(Refusal):
    code, status = "file_too_large", 413
    message = _("The file is larger than WhatsApp allows.")
    remedy = _("Images may have 5 MB, video and audio 16 MB, documents 100 MB.")


class FileTypeRefused(Refusal):
    code, status = "file_type_refused", 400
    message = _("WhatsApp does not take files of this type.")
    remedy = _("Use JPEG or PNG, MP4, OGG or MP3, PDF, Word, Excel, PowerPoint, or plain text.")


class FileNameUnfit(Refusal):
    code, status = "file_name_unfit", 400
    message = _("The ending of the file's name does not fit its content.")
    remedy = _("Save the file anew in the format its name says, or give it the right ending.")


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


BY_VERDICT: dict[str, type[Refusal]] = {
    "window_closed": WindowClosed,
    "channel_paused": ChannelPaused,
    "no_recipient": NoRecipient,
    "templates_stopped": TemplatesStopped,
    "marketing_stopped": MarketingStopped,
}
