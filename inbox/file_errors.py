"""What the inbox says no with to files, recordings and their links."""

from django.utils.translation import gettext_lazy as _

from security.errors import Refusal


class UploadUnfit(Refusal):
    code, status = "upload_unfit", 400
    message = _("A file of this type cannot stand here.")
    remedy = _("Use a picture, a video or a document.")


class VoiceUnreadable(Refusal):
    code, status = "voice_unreadable", 400
    message = _("This recording cannot be read.")
    remedy = _("Record it again, or attach it as a file.")


class VoiceTooLong(Refusal):
    code, status = "voice_too_long", 400
    message = _("This recording is longer than 15 minutes.")
    remedy = _("Record it in parts.")


class VoiceUnavailable(Refusal):
    code, status = "voice_unavailable", 409
    message = _("Kefu was installed without the part that makes voice notes.")
    remedy = _("Ask an admin to install it with its extra “voice”.")


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


class LinkExpired(Refusal):
    code, status = "link_expired", 410
    message = _("This address of the file is not valid any more.")
    remedy = _("Load the conversation again; it has a fresh one.")
