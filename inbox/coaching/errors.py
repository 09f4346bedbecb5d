"""What learning on the job says no with."""

from django.utils.translation import gettext_lazy as _

from security.errors import Refusal


class ReactionsHeld(Refusal):
    code, status = "reactions_held", 403
    message = _("As long as your replies wait for approval, you cannot react with an emoji.")
    remedy = _("Write an answer: a mentor looks at it before it leaves.")


class RepeatsHeld(Refusal):
    code, status = "repeats_held", 403
    message = _("As long as your replies wait for approval, you cannot send a failed message again.")
    remedy = _("Ask your mentor to send it again, or write an answer.")


class NoTextToEdit(Refusal):
    code, status = "no_text_to_edit", 400
    message = _("There is no text in this message that could be changed.")
    remedy = _("Approve it as it is, or reject it with a comment.")


class DecidedMeanwhile(Refusal):
    code, status = "decided_meanwhile", 409
    message = _("This reply does not wait any more.")
    by_somebody = _("%(name)s has decided on it already.")
    remedy = _("Nothing was done twice. Look at the thread to see how it was decided.")


class RevisedMeanwhile(Refusal):
    code, status = "revised_meanwhile", 409
    message = _("The text was changed while you read it. Nothing was sent.")
    remedy = _("Read it again, then decide.")


class NotFinished(Refusal):
    code, status = "not_finished", 409
    message = _("There is no finished case of this person in this conversation.")
    remedy = _("Review it once it is resolved.")


class ReviewedAlready(Refusal):
    code, status = "reviewed_already", 409
    message = _("This case was reviewed already.")
    remedy = _("Open the review to read it.")


class NothingToDraw(Refusal):
    code, status = "nothing_to_draw", 409
    message = _("There are no finished cases of this person in this time that nobody has reviewed.")
    remedy = _("Choose a longer time.")
