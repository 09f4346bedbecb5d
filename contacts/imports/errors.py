"""What imports say no with."""

from django.utils.translation import gettext_lazy as _

from security.errors import Refusal


class UnreadableFile(Refusal):
    code, status = "file_unreadable", 400
    message = _("This file cannot be read.")
    remedy = _("Save it as CSV or as an Excel workbook (.xlsx) and choose it again.")


class OldWorkbook(UnreadableFile):
    code = "file_old_workbook"
    message = _("This is a workbook of the old kind (.xls), or one with a password.")
    remedy = _("Save it as an Excel workbook (.xlsx) without a password and choose it again.")


class EmptyFile(UnreadableFile):
    code = "file_empty"
    message = _("There is nothing in this file.")
    remedy = _("Choose a file with a line for each contact or order.")


class FileTooLarge(Refusal):
    code, status = "file_too_large", 400
    message = _("This file is too large.")
    remedy = _("Split it into several files.")


class WrongEncoding(Refusal):
    code, status = "encoding_wrong", 400
    message = _("This file is not written in this encoding.")
    remedy = _("Choose another encoding.")


class NothingMapped(Refusal):
    code, status = "columns_missing", 400
    message = _("It is not said which columns name whom the lines are about.")
    remedy = _("Choose the column of the telephone number, or of the customer's number in your shop.")


class NotNow(Refusal):
    code, status = "import_not_now", 409
    message = _("This import is past that.")
    remedy = _("Load the page again to see how far it is.")


class ImportsRunning(Refusal):
    code, status = "imports_running", 409
    message = _("As many imports are running in this region as may.")
    remedy = _("Wait until one of them is done, or cancel it.")


class TooLateToUndo(Refusal):
    code, status = "undo_too_late", 409
    message = _("This import is too old to be undone.")
    remedy = _("Change what is wrong by hand, or with another import.")
