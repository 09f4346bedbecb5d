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


class LastPasskey(Refusal):
    code, status = "last_passkey", 409
    message = _("This is your only passkey, and without one you could not sign in.")
    remedy = _("Add another passkey first, then remove this one.")


class TierUnmet(Refusal):
    """``field``: what this session lacks first (``tiers.table``); the client leads there."""

    code, status = "tier_unmet", 403
    message = _("More is asked for now than when you signed in.")


class DeviceUnknown(Refusal):
    code, status = "device_unknown", 409
    message = _("This browser is not known yet.")
    remedy = _("Sign out and in again: you will be asked to confirm it.")


class DeviceElsewhere(Refusal):
    code, status = "device_elsewhere", 409
    message = _("This link confirms another browser than this one.")
    remedy = _("Open it in the browser in which you are signing in: copy its address there.")


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
    message = _("Too soon after a wrong try.")
    remedy = _("Wait a little and try again.")


class PasswordRefused(Refusal):
    code, status = "password_refused", 403
    message = _("The password is not right.")
    remedy = _("Check it and try again.")


class ExecutiveElsewhere(Refusal):
    """Told only to whoever has shown the executive's own passkey."""

    code, status = "executive_elsewhere", 403
    message = _("Executives do not sign in here.")
    remedy = _("Open /executive under this address and sign in with the same passkey.")


class ExecutivesOnly(Refusal):
    code, status = "executives_only", 403
    message = _("This way in is for executives only.")
    remedy = _("Sign in on the ordinary page.")


class ExecutivesUnlisted(Refusal):
    code, status = "executives_unlisted", 409
    message = _("No address is allowed for executives, so they could not come in at all.")
    remedy = _("First allow the addresses they come from, under Allowed addresses, for executives.")


class ExecutivePasskeyMissing(Refusal):
    code, status = "executive_passkey_missing", 409
    message = _("They have no passkey, and executives come in with nothing else.")
    remedy = _("Let them add one under Account security first.")


class LastOrdinaryAdmin(Refusal):
    """Should the executives' addresses change, nobody could mend it in Django admin."""

    code, status = "last_ordinary_admin", 409
    message = _("No admin would be left who signs in the ordinary way.")
    remedy = _("Make somebody else an admin first.")


class ExecutiveFirst(Refusal):
    code, status = "executive_first", 409
    message = _("They are an executive: a passkey is the only way they come in.")
    remedy = _("Take the executive’s mark away first, then reset the second factor.")


class SessionAddress(NotSignedIn):
    code = "session_address"
    message = _("You were signed out because your address is not allowed any more.")
