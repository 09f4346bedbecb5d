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


class SignInFailed(Refusal):
    code = "sign_in_failed"
    status = 401
    message = _("The e-mail address or the password is not right.")
    remedy = _("Check both and try again.")


class SessionIdle(NotSignedIn):
    code = "session_idle"
    message = _("You were signed out because you did nothing for a while.")


class SessionRevoked(NotSignedIn):
    code = "session_revoked"
    message = _("You were signed out from another browser.")


class SessionEndedByAdmin(NotSignedIn):
    code = "session_by_admin"
    message = _("An admin has signed you out.")


class SessionPasswordChanged(NotSignedIn):
    code = "session_password"
    message = _("You were signed out because your password was changed.")


class SessionLocked(NotSignedIn):
    code = "session_locked"
    message = _("You were signed out because your account was locked.")
    remedy = _("Ask an admin to unlock it.")


class AccountLocked(Refusal):
    """Told only to whoever has proven to be it."""

    code, status = "account_locked", 403
    message = _("Your account is locked.")
    remedy = _("Ask an admin to unlock it, or for a link to set a new password.")


class LinkRefused(Refusal):
    """Used, altered, made up or too old: they look the same."""

    code, status = "link_refused", 404
    message = _("This link was used, or is too old.")
    remedy = _("Sign in and look at your sessions under Account security, or ask an admin.")


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


class FactorNeeded(Refusal):
    """The client asks for a code, and repeats the call (PM-9)."""

    code, status = "second_factor_required", 403
    message = _("This needs a code of your second factor.")
    remedy = _("Enter the code that your authenticator app shows.")


class FactorMissing(Refusal):
    code, status = "second_factor_missing", 403
    message = _("This needs a second factor, and you have set up none.")
    remedy = _("Set one up under Account security, then try again.")


class FactorThere(Refusal):
    code, status = "second_factor_there", 409
    message = _("You have set up a second factor already.")
    remedy = _("Remove it first, then set up the new one.")


class CodeRefused(Refusal):
    code, status = "code_refused", 403
    message = _("This code is not right, or was used already.")
    remedy = _("Wait for the next code, and check that the clock of your telephone is right.")


class CodeTooSoon(Refusal):
    code, status = "code_too_soon", 429
    message = _("Too many wrong codes.")
    remedy = _("Wait a little and try again.")


class PasswordRefused(Refusal):
    code, status = "password_refused", 403
    message = _("The password is not right.")
    remedy = _("Check it and try again.")


class AlreadyDecided(Refusal):
    code, status = "already_decided", 409
    message = _("Somebody has decided on this already.")
    remedy = _("Load the list again to see how.")


def require(allowed: object, refusal: type[Refusal] = NotAllowed) -> None:
    """Raise ``refusal`` unless ``allowed``; reads as a sentence in actions."""
    if not allowed:
        raise refusal
