"""Refusals: what the product says no with. One shape everywhere: ``{code, message, field, remedy}``."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Refusal(Exception):
    """A refusal with a stable code, words in the reader's language, the field it is about, and what to do."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400
    message: Words = _("That could not be done.")
    remedy: Words | None = None

    def __init__(self, *, message: Words | None = None, field: str | None = None, remedy: Words | None = None) -> None:
        self.message = message or self.message
        self.remedy = remedy or self.remedy
        self.field = field
        super().__init__(str(self.code))

    def as_json(self) -> dict[str, str | None]:
        return {
            "code": self.code,
            "message": str(self.message),
            "field": self.field,
            "remedy": None if self.remedy is None else str(self.remedy),
        }


class NotFound(Refusal):
    """Does not exist, or not for this person: the two must look the same (PM-3)."""

    code = "not_found"
    status = 404
    message = _("This does not exist, or you cannot see it.")
    remedy = _("Go back to the list; it may have been moved to another region.")


class NotAllowed(Refusal):
    """``field`` names the permission that is lacking, where one would do: it can be asked for there (PM-6)."""

    code = "not_allowed"
    status = 403
    message = _("You are not allowed to do this.")
    remedy = _("Ask a supervisor for the permission.")


class NotSignedIn(Refusal):
    code = "not_signed_in"
    status = 401
    message = _("You are not signed in.")
    remedy = _("Sign in and try again.")


class Invalid(Refusal):
    """A value of the request is not acceptable; ``field`` names it."""

    code = "invalid"
    status = 400
    message = _("This value is not valid.")


class Missing(Invalid):
    """A value the request cannot do without is not there; a serializer says the same with DRF's own code."""

    code = "required"
    message = _("This field is required.")


class Conflict(Refusal):
    code = "conflict"
    status = 409
    message = _("Somebody else changed this at the same time.")
    remedy = _("Load it again and repeat what you wanted to do.")


class LastAdmin(Refusal):
    code, status = "last_admin", 409
    message = _("Nobody else could administer Kefu then.")
    remedy = _("Make somebody else an admin first.")


class OwnAccess(Refusal):
    code, status = "own_access", 409
    message = _("You cannot take your own admin rights away.")
    remedy = _("Ask another admin to do it.")


class NoSeatLeft(Refusal):
    code, status = "no_seat_left", 409
    message = _("As many people as are allowed have this duty already.")
    remedy = _("Take it from somebody first, or give it for a time instead.")


class NotAbove(Refusal):
    """Rights are given downwards: from somebody of a higher level who has them (PM-6)."""

    code, status = "not_above", 403
    message = _("Only somebody of a higher level, who has this permission, can give it.")
    remedy = _("Ask a supervisor or an admin to do it.")


class HasItAlready(Refusal):
    code, status = "has_it_already", 409
    message = _("You have this permission already.")
    remedy = _("Load the page again.")


class AskedAlready(Refusal):
    code, status = "asked_already", 409
    message = _("You have asked for this already, and it waits for a decision.")
    remedy = _("To ask in other words, withdraw it first under Permissions, My requests.")


class IncidentMode(Refusal):
    """Held back from everybody but admins with a fresh second factor (SE-9)."""

    code, status = "incident_mode", 403
    message = _("Kefu is in incident mode: this is held back for now.")
    remedy = _("Wait until it ends, or ask an admin to do it.")


class TierLocksOut(Refusal):
    """``field``: what is lacking. Nobody switches to a tier that they do not meet themselves."""

    code, status = "tier_locks_out", 409
    message = _("You do not meet this tier yourself, and could not come in any more.")


class TierNeedsIt(Refusal):
    code, status = "tier_needs_it", 409
    message = _("The security tier in force needs this.")
    remedy = _("Switch to a lower tier first.")


class TooMany(Refusal):
    """``wait``: seconds until it would be taken again; the answer's ``Retry-After``."""

    code, status = "too_many_requests", 429
    message = _("Too many requests.")
    remedy = _("Wait a little and try again.")

    def __init__(self, *, wait: int = 1) -> None:
        super().__init__()
        self.wait = wait


class AddressRefused(Refusal):
    """Only from allowed addresses (SE-4)."""

    code, status = "address_refused", 403
    message = _("Kefu cannot be used from this address.")
    remedy = _("Use the network of your office, or ask an administrator to allow the address you come from.")


class LocksYouOut(Refusal):
    code, status = "locks_you_out", 409
    message = _("With this change you could not come in yourself any more.")
    remedy = _("First allow the address that you come from.")


class ListWouldOpen(Refusal):
    """Every row of it would have an end: after the last one everybody would be let in."""

    code, status = "list_would_open", 409
    message = _("This list would let everybody in once its last row ends.")
    remedy = _(
        "A row with an end needs one without an end beside it, for the same people. Add that first, or leave it."
    )


class KeyInAddress(Refusal):
    """Addresses are kept in histories and logs: a key that was in one is known to others."""

    code, status = "key_in_address", 400
    message = _("An API key must never be part of an address.")
    remedy = _("Send it in the header “Authorization: Api-Key …”, and revoke this one: addresses are kept in logs.")


class TooManyKeys(Refusal):
    code, status = "too_many_keys", 409
    message = _("You have as many API keys as are allowed.")
    remedy = _("Revoke one that is no longer used.")


class KeyRotated(Refusal):
    code, status = "key_rotated", 409
    message = _("This key has a successor already.")
    remedy = _("Rotate the successor. Once that is revoked, this one can be rotated again while it lasts.")


class KeyOver(Refusal):
    code, status = "key_over", 409
    message = _("This key has ended.")
    remedy = _("Make a new one.")


class AlreadyDecided(Refusal):
    code, status = "already_decided", 409
    message = _("Somebody has decided on this already.")
    remedy = _("Load the list again to see how.")


class OwnAlarm(Refusal):
    code, status = "own_alarm", 403
    message = _("This alarm is about you.")
    remedy = _("Another admin has to decide on it.")


class DrillNotSetUp(Refusal):
    code, status = "drill_not_set_up", 409
    message = _("Drills have no sender and no address of their own yet.")
    remedy = _("Set KEFU_DRILL_SENDER and KEFU_DRILL_URL to another domain than Kefu’s own (docs/configuration.md).")


def require(allowed: object, refusal: type[Refusal] = NotAllowed) -> None:
    """Raise ``refusal`` unless ``allowed``; reads as a sentence in actions."""
    if not allowed:
        raise refusal
