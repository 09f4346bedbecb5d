"""What rules say no with."""

from django.utils.translation import gettext_lazy as _

from security.errors import Refusal


class UndoneAlready(Refusal):
    code, status = "undone_already", 409
    message = _("This firing has been taken back already.")
    remedy = _("Load the list again.")


class CannotUndo(Refusal):
    code, status = "cannot_undo", 409
    message = _("Nothing of this firing can be taken back: messages that were sent stay sent.")
    remedy = _("Correct by hand what should be different.")


class TooManyRules(Refusal):
    code, status = "too_many_rules", 409
    message = _("This region has as many rules as are allowed.")
    remedy = _("Delete one that is no longer used.")


class RuleChanged(Refusal):
    code, status = "rule_changed", 409
    message = _("Somebody else changed this rule at the same time.")
    remedy = _("Load it again and repeat what you wanted to do.")


class StillTrying(Refusal):
    code, status = "still_trying", 409
    message = _("You have a dry run that is not finished yet.")
    remedy = _("Wait until it is.")
