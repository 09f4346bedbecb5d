"""What is done to a person besides changing their data: sessions, a set-password link, sight, grants, a traineeship."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from security.access import Access
from security.actions.executives import mark_executive, unmark_executive
from security.actions.factors import reset_factor
from security.actions.grants import give_grant
from security.actions.invitations import invite
from security.actions.locks import lock_account, unlock_account
from security.actions.people import change_person
from security.actions.session_ends import end_sessions
from security.actions.sign_in_guard import is_sign_in_locked, unlock_sign_in
from security.actions.traineeships import start_traineeship
from security.actions.withholding import take_permission
from security.admin.acts import Act, Shown
from security.admin.right_forms import GrantToPersonForm, LockForm, StartTraineeForm, WithholdForm
from security.admin.sight_forms import SightForPersonForm, see_also
from security.factors import has_factor
from security.models import AccountLock, SignInPolicy, Traineeship, User


def _is_active(row: User) -> bool:
    return row.is_active


def _uses_a_password(row: User) -> bool:
    return row.is_active and row.executive_since is None


def link_words(address: str) -> Shown:
    return Shown(
        label=_("Set-password link"),
        value=address,
        explains=_(
            "Pass it on to the person yourself. It works once, for %(days)s days, and is shown here for %(minutes)s "
            "minutes; after that a new one can be made."
        )
        % {
            "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
            "minutes": SignInPolicy.current().link_shown_minutes,
        },
    )


def _link(who: Access, row: User, given: dict[str, Any]) -> Shown:
    invite(by=who, user=row, reason=given["reason"])
    return link_words("")  # the page of the link fills it in


def _sign_out(who: Access, row: User, given: dict[str, Any]) -> None:
    end_sessions(by=who, user=row, reason=given["reason"])


def _put_out(who: Access, row: User, given: dict[str, Any]) -> None:
    row.is_active = False
    change_person(by=who, user=row, changed=["is_active"], reason=given["reason"])


def _reset_factor(who: Access, row: User, given: dict[str, Any]) -> None:
    reset_factor(by=who, user=row, reason=given["reason"])


def _mark_executive(who: Access, row: User, given: dict[str, Any]) -> None:
    mark_executive(by=who, user=row, reason=given["reason"])


def _unmark_executive(who: Access, row: User, given: dict[str, Any]) -> None:
    unmark_executive(by=who, user=row, reason=given["reason"])


def _unlock_sign_in(who: Access, row: User, given: dict[str, Any]) -> None:
    unlock_sign_in(by=who, user=row, reason=given["reason"])


def _has_factor(row: User) -> bool:
    return has_factor(row.pk)


def _lock(who: Access, row: User, given: dict[str, Any]) -> None:
    lock_account(by=who, user=row, reason=given["reason"], until=given["until"])


def _unlock(who: Access, row: User, given: dict[str, Any]) -> None:
    unlock_account(by=who, user=row, reason=given["reason"])


def _let_in(who: Access, row: User, given: dict[str, Any]) -> None:
    row.is_active = True
    change_person(by=who, user=row, changed=["is_active"], reason=given["reason"])


def _give(who: Access, row: User, given: dict[str, Any]) -> None:
    give_grant(
        by=who,
        user=row,
        permission=given["permission"],
        duty=given["duty"],
        starts_at=given["starts_at"],
        ends_at=given["ends_at"],
        reason=given["reason"],
    )


def _withhold(who: Access, row: User, given: dict[str, Any]) -> None:
    take_permission(by=who, user=row, permission=given["permission"], reason=given["reason"])


def _train(who: Access, row: User, given: dict[str, Any]) -> None:
    start_traineeship(
        by=who,
        user=row,
        mentors=list(given["mentors"]),
        holds_replies=given["holds_replies"],
        ends_on=given["ends_on"],
    )


def _may_be_locked(row: User) -> bool:
    """Also over a lock of a rule or of the person: those may be opened by less."""
    return row.is_active and not AccountLock.objects.filter(user=row, lifted_at=None, how="admin").exists()


def _may_be_trained(row: User) -> bool:
    return (
        row.is_active
        and not Traineeship.objects.filter(user=row, ended_at=None, ends_on__gte=timezone.localdate()).exists()
    )


ACTS = (
    Act(
        "see", _("Let see…"), _("They see this one besides their regions, until it is taken back."), see_also,
        _("They see it now."), form=SightForPersonForm, icon="visibility", offered=_is_active,
    ),
    Act(
        "grant", _("Give for a time…"), _("It begins and ends by itself."), _give, _("It is given."),
        form=GrantToPersonForm, icon="timer", offered=_is_active,
    ),
    Act(
        "withhold", _("Withhold a permission…"), _("They keep their level without it, until it is given back."),
        _withhold, _("It is withheld."), form=WithholdForm, icon="block", offered=_is_active,
    ),
    Act(
        "train", _("Start a traineeship…"), _("Until it ends they see and answer only what is assigned to them."),
        _train, _("The traineeship has begun."), form=StartTraineeForm, icon="school", grave=False,
        offered=_may_be_trained,
    ),
    Act(
        "link", _("Set-password link…"),
        _("You get a link with which they set a new password. Their present one works until then."), _link,
        _("The link is made."), icon="link", offered=_uses_a_password,
    ),
    Act(
        "reset-factor", _("Reset the second factor…"),
        _("Theirs is gone: at the next sign-in they set up a new one, where their level must have one."), _reset_factor,
        _("Their second factor is reset."), icon="phonelink_erase", danger=True, always_fresh=True,
        offered=_has_factor,
    ),
    Act(
        "executive", _("Make an executive…"),
        _("They are signed out and come in by /executive only, with a passkey, from the executives’ addresses."),
        _mark_executive, _("They are an executive."), icon="workspace_premium", danger=True, always_fresh=True,
        offered=_uses_a_password,
    ),
    Act(
        "executive-off", _("No executive any more…"),
        _("They are signed out and sign in on the ordinary page again."), _unmark_executive,
        _("They sign in the ordinary way."), icon="person", always_fresh=True,
        offered=lambda row: row.executive_since is not None,
    ),
    Act(
        "unlock-sign-in", _("Unlock signing in…"), _("Wrong passwords locked it; they can try again at once."),
        _unlock_sign_in,
        _("They can try again."), icon="lock_open", grave=False, offered=is_sign_in_locked,
    ),
    Act(
        "sign-out", _("End all sessions…"), _("They are signed out of every browser at once and can sign in again."),
        _sign_out, _("Their sessions have ended."), icon="logout", danger=True, many=True, offered=_is_active,
    ),
    Act(
        "lock", _("Lock the account…"),
        _("They are signed out and their keys are refused, until somebody unlocks them or the time is over."), _lock,
        _("The account is locked."), form=LockForm, icon="lock", danger=True, many=True,
        offered=_may_be_locked,
    ),
    Act(
        "unlock", _("Unlock…"),
        _("They can sign in again. Speak with them first, by another way than mail: whoever locked it had a reason."),
        _unlock,
        _("The account is unlocked."), icon="lock_open", many=True, offered=lambda row: row.locked_at is not None,
    ),
    Act(
        "put-out", _("Deactivate…"),
        _("They are signed out and cannot sign in any more. What they wrote keeps their name."), _put_out,
        _("They cannot sign in any more."), icon="person_off", danger=True, many=True, offered=_is_active,
    ),
    Act(
        "let-in", _("Let sign in again…"), _("They can sign in again, with all that they had."), _let_in,
        _("They can sign in again."), icon="person_check", many=True, offered=lambda row: not row.is_active,
    ),
)  # fmt: skip
