"""What contacts say no with."""

from django.utils.translation import gettext_lazy as _

from security.errors import Refusal


class OnLegalHold(Refusal):
    code, status = "on_legal_hold", 409
    message = _("This contact, or a conversation with it in the bin, must be kept. Nothing of it may be destroyed.")
    remedy = _("End the holds first, if the reasons for them are gone.")


class StillMoving(Refusal):
    code, status = "still_moving", 409
    message = _("This contact is being merged with another one.")
    remedy = _("Wait until that is done; it takes minutes at most.")


class ResumesMarketing(Refusal):
    code, status = "resumes_marketing", 409
    message = _("They have stopped marketing since. This would send it to them again.")
    remedy = _("Confirm that they agreed after they had stopped it.")


class ProofExists(Refusal):
    code, status = "proof_exists", 409
    message = _("This line has its proof already.")
    remedy = _("Lines are never changed: write a new one for another proof.")


class ProofGone(Refusal):
    code, status = "proof_gone", 404
    message = _("There is no file to this line.")
    remedy = _("Load the register again.")


class ProofTooLarge(Refusal):
    code, status = "proof_too_large", 413
    message = _("This file is too large for a proof.")
    remedy = _("Scan it with fewer points, or write down where it is kept.")


class ProofTypeRefused(Refusal):
    code, status = "proof_type_refused", 415
    message = _("A proof is a PDF, a picture, a recording or plain text.")
    remedy = _("Save it as a PDF.")


class SegmentNameTaken(Refusal):
    code, status = "segment_name_taken", 409
    message = _("There is a segment of this name already.")
    remedy = _("Choose another name, or change the one there is.")


class TooManySegments(Refusal):
    code, status = "too_many_segments", 409
    message = _("Your region has as many segments as it may have.")
    remedy = _("Archive one that nobody uses any more.")


class MarketingNotAgreed(Refusal):
    code, status = "marketing_not_agreed", 409
    message = _("This customer never agreed to marketing messages from you.")
    remedy = _("Ask them first, and write down what they agreed to; or send a template of another category.")


class ContactSuppressed(Refusal):
    code, status = "contact_suppressed", 409
    message = _("Your team has taken this customer out of all marketing.")
    remedy = _("Lift that under number hygiene, if its reason is gone.")


class MergeTooOld(Refusal):
    code, status = "merge_too_old", 409
    message = _("This merge cannot be undone any more.")
    remedy = _("What belongs to somebody else can be moved by hand.")


class OtherRegion(Refusal):
    code, status = "other_region", 409
    message = _("Only contacts of one region can be merged.")
    remedy = _("Keep them apart: each region keeps its own data.")


class SameContact(Refusal):
    code, status = "same_contact", 409
    message = _("This is the same contact.")
    remedy = _("Choose another one.")


class ExportRunning(Refusal):
    code, status = "export_running", 409
    message = _("You have an export of this contact that is being made.")
    remedy = _("Wait until it is ready.")


class ExportGone(Refusal):
    code, status = "export_gone", 410
    message = _("This export has been destroyed.")
    remedy = _("Ask for a new one.")


class TagTaken(Refusal):
    code, status = "tag_taken", 409
    message = _("There is a tag of this name already.")
    remedy = _("Use that one, or choose another name.")


class TagElsewhere(Refusal):
    """A tag of another scope or of another region than what it shall be put on."""

    code, status = "tag_elsewhere", 409
    message = _("This tag cannot be put on that.")
    remedy = _("Choose another tag, or change what this one is for in the settings.")


class TooManyTags(Refusal):
    code, status = "too_many_tags", 409
    message = _("There are as many tags as are allowed.")
    remedy = _("Take one away first.")


class FieldTaken(Refusal):
    code, status = "field_taken", 409
    message = _("There is a field with this key already.")
    remedy = _("Use that one, or choose another key.")


class TooManyFields(Refusal):
    code, status = "too_many_fields", 409
    message = _("There are as many custom fields as are allowed.")
    remedy = _("Archive one that nobody uses.")
