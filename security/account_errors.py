"""Refusals about one's own account: signing in, sessions, factors, locks."""

import math

from django.utils.translation import gettext_lazy as _

from security.errors import NotSignedIn, Refusal


class SignInFailed(Refusal):
    code = "sign_in_failed"
    status = 401
    message = _("The e-mail address or the password is not right.")
    remedy = _("Check both and try again.")


class SignInLocked(Refusal):
    """Said of every address alike, whether or not anybody has it (SE-3). ``wait``: seconds until it is over; the
    answer's ``Retry-After``. ``mail``: whether a link to set a new password can be sent."""

    code, status = "sign_in_locked", 429
    message = _("Too many wrong passwords: signing in with this address is locked for a while.")

    def __init__(self, *, wait: float = 60, mail: bool = True) -> None:
        by_mail = _("Wait %(n)s minutes, set a new password by e-mail, or ask an admin to unlock it.")
        without = _("Wait %(n)s minutes, or ask an admin to unlock it.")
        super().__init__(remedy=(by_mail if mail else without) % {"n": max(1, math.ceil(wait / 60))})
        self.wait = wait


class SignInOver(Refusal):
    """What was begun with the password is over: too long ago, or its password changed meanwhile."""

    code, status = "sign_in_over", 401
    message = _("Signing in took too long.")
    remedy = _("Begin again with your password.")


class StepMissing(Refusal):
    """Signing in waits for something else, or for nothing."""

    code, status = "step_missing", 409
    message = _("Signing in does not wait for this.")
    remedy = _("Load the page again.")


class LinkOver(Refusal):
    """Used, too old or made up: the three look the same."""

    code, status = "link_over", 410
    message = _("This link does not hold any more.")
    remedy = _("Ask for a new one.")


class LastFactor(Refusal):
    code, status = "last_factor", 409
    message = _("Somebody of your level must have a second factor, and this is your only one.")
    remedy = _("Set up another one first, then remove this one.")


class PasskeyRefused(Refusal):
    code, status = "passkey_refused", 403
    message = _("This passkey was not accepted.")
    remedy = _("Try again, or use another way to sign in.")


class PasskeysUnavailable(Refusal):
    """Browsers know passkeys for names only, never for an IP address."""

    code, status = "passkeys_unavailable", 409
    message = _("Passkeys do not work under this address.")
    remedy = _("Open Kefu under its name, over HTTPS, or under localhost.")


class NotLocked(Refusal):
    code, status = "not_locked", 409
    message = _("This account is not locked.")
    remedy = _("Load the page again.")


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
