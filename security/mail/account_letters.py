"""The mails about signing in and about locked accounts."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from security.lock_links import lock_link
from security.mail.letters import Letter, register_letter
from security.mail.moments import moment
from security.models import BrowserSession, SessionPolicy, SignInPolicy, StalledSignIn, User
from security.whereabouts import country_name, shown_network


def _unfamiliar(user: User, context: Mapping[str, Any]) -> Letter | None:
    """``session``: its id; ``why``: ``device``, ``country``, ``journey``. Of a session that was forgotten nothing is
    left to tell."""
    row = BrowserSession.objects.filter(pk=context["session"], user=user).first()
    if row is None:
        return None
    said = {
        "device": _("It is a device we have not seen you use before."),
        "country": _("It is a country you have not signed in from before."),
        "journey": _("Nobody travels that fast from where you were last."),
    }
    hours = SessionPolicy.current().lock_link_hours
    return Letter(
        subject=_("New sign-in to your Kefu account"),
        lead=(
            _("Somebody has just signed in to your account with your password or passkey."),
            *(said[why] for why in context["why"] if why in said),
        ),
        facts=(
            (_("When"), moment(row.begun_at)),
            (_("Device"), row.device or _("unknown")),
            (_("Country"), country_name(row.country, user.language) or _("unknown")),
            (_("Network"), shown_network(row.ip) or _("unknown")),
        ),
        link=(_("This was not me: lock my account"), lock_link(user)),
        closing=(
            _("The link asks once more, then signs your account out everywhere, locks it and tells the admins."),
            _("It works once, for %(hours)s hours. If it was you, there is nothing to do.") % {"hours": hours},
        ),
    )


def _stalled(user: User, context: Mapping[str, Any]) -> Letter | None:
    """``stalled``: the row's id."""
    row = StalledSignIn.objects.filter(pk=context["stalled"], user=user).first()
    if row is None:
        return None
    return Letter(
        subject=_("Somebody has the password of your Kefu account"),
        lead=(
            _("Your password was right, but the second factor was not given: nobody came in."),
            _("It is a device we have not seen you use before."),
        ),
        facts=(
            (_("When"), moment(row.began_at)),
            (_("Device"), row.device or _("unknown")),
            (_("Country"), country_name(row.country, user.language) or _("unknown")),
            (_("Network"), shown_network(row.ip) or _("unknown")),
        ),
        link=(_("This was not me: lock my account"), lock_link(user)),
        closing=(
            _("If it was not you, set a new password, and tell an admin."),
            _("If it was you, there is nothing to do."),
        ),
    )


def _locked(user: User, context: Mapping[str, Any]) -> Letter:
    """``how``: of the lock. Only one's own is opened by a link that was mailed."""
    opens = (
        _("An admin can unlock it. Setting a new password by a link that was mailed to you unlocks it as well.")
        if context.get("how") == "owner"
        else _("Ask an admin: only they can unlock it. A new password does not.")
    )
    return Letter(
        subject=_("Your Kefu account is locked"),
        lead=(
            _("Your account was locked, and you are signed out everywhere. API keys of yours do not work either."),
            opens,
        ),
    )


def _email_changed(user: User, context: Mapping[str, Any]) -> Letter:
    """Goes to the address that was theirs; whose the new one is, is not told there."""
    return Letter(
        subject=_("The e-mail address of your Kefu account was changed"),
        lead=(
            _("An admin gave the account of %(name)s another e-mail address. This one does not sign in any more.")
            % {"name": user.name},
            _("If you did not expect it, speak with an admin at once, by another way than mail."),
        ),
    )


def _locked_told(user: User, context: Mapping[str, Any]) -> Letter | None:
    """``person``: whose account it is."""
    person = User.objects.filter(pk=context["person"]).first()
    if person is None:
        return None
    return Letter(
        subject=_("An account was locked"),
        lead=(
            _("The account of %(name)s was locked.") % {"name": person.name},
            _("Speak with them before you unlock it, by another way than mail."),
        ),
        facts=((_("Account"), person.email),),
        link=(_("Open the account"), f"{settings.KEFU_PUBLIC_URL}/admin/security/user/{person.pk}/change/"),
    )


def _reset(user: User, context: Mapping[str, Any]) -> Letter:
    from security.actions.password_resets import reset_link_parts  # actions send mails

    who, token = reset_link_parts(user)
    minutes = SignInPolicy.current().reset_minutes
    return Letter(
        subject=_("Set a new password for Kefu"),
        lead=(_("Somebody asked to set a new password for %(email)s in Kefu.") % {"email": user.email},),
        link=(_("Set a new password"), f"{settings.KEFU_PUBLIC_URL}/reset-password/{who}/{token}"),
        closing=(
            _("The link works once, for %(minutes)s minutes.") % {"minutes": minutes},
            _("If it was not you, there is nothing to do: your password stays as it is."),
        ),
    )


def _executive(user: User, context: Mapping[str, Any]) -> Letter | None:
    """Instead of a link to set a new password. ``None``: they are an executive no more."""
    if user.executive_since is None:
        return None
    return Letter(
        subject=_("Your way into Kefu"),
        lead=(
            _("Somebody asked to set a new password for %(email)s in Kefu.") % {"email": user.email},
            _("You come in without one: with your passkey, on the executives’ page, from an address on their list."),
        ),
        link=(_("Open the executives’ page"), f"{settings.KEFU_PUBLIC_URL}/executive"),
        closing=(
            _("If your passkey is lost, ask an admin."),
            _("If it was not you, there is nothing to do."),
        ),
    )


def register() -> None:
    register_letter("session.unfamiliar", _unfamiliar)
    register_letter("sign_in.stalled", _stalled)
    register_letter("password.reset", _reset)
    register_letter("password.executive", _executive)
    register_letter("account.locked", _locked)
    register_letter("account.locked_told", _locked_told)
    register_letter("person.email_changed", _email_changed)
