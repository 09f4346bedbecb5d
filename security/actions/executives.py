"""Executives: people who come in by their own way only, with a passkey, from addresses on their list (SE-2, SE-4).

The mark is set by an admin. Who has it cannot come in with a password anywhere; whoever lacks it not by their way.
"""

from django.contrib.auth.models import Group
from django.utils import timezone

from security.access import Access, Actor
from security.account_errors import (
    ExecutiveElsewhere,
    ExecutivePasskeyMissing,
    ExecutivesUnlisted,
    LastOrdinaryAdmin,
)
from security.actions.reasons import because
from security.actions.session_ends import put_out
from security.errors import LocksYouOut, NotFound, OwnAccess, require
from security.events import AccessChanged
from security.factors import require_fresh_factor
from security.models import Passkey, User
from security.models.allowed_address import EXECUTIVES
from security.models.session import BY_ADMIN
from security.network.allowlist import lets_in, read_lists, require_address
from security.origin import current_origin
from security.writing import Change, write


def keep_to_own_way(user: User, shown: tuple[str, ...]) -> None:
    """Whichever door somebody came by: an executive is let in with a passkey alone, from the executives' addresses."""
    if user.executive_since is not None:
        require(shown == ("passkey",), ExecutiveElsewhere)
        require_address(EXECUTIVES)


def mark_executive(*, by: Actor, user: User, reason: str) -> None:
    """From now on ``user`` comes in by the executives' way only; they are signed out everywhere.

    Refused while that would let them, or the admins, in nowhere: they need a passkey, their list a row, and another
    admin must go on signing in the ordinary way. The machine's owner can take it back (``manage.py executive``).
    """
    _require_admin(by)
    told = because(by, reason)
    with write(by=by) as change:
        _keep_an_ordinary_admin(user)
        row = User.objects.select_for_update().get(pk=user.pk)
        require(row.is_active and row.executive_since is None, NotFound)
        require(Passkey.objects.filter(user=row).exists(), ExecutivePasskeyMissing)
        lists, here = read_lists(), current_origin().ip
        require(bool(lists.get(EXECUTIVES)), ExecutivesUnlisted)
        if isinstance(by, Access) and by.user_id == row.pk and not lets_in(lists, EXECUTIVES, here):
            raise LocksYouOut(remedy=ExecutivesUnlisted.remedy)
        row.executive_since = timezone.now()
        _settle(change, row)
        change.record("person.executive_marked", row, **told)


def unmark_executive(*, by: Actor, user: User, reason: str) -> None:
    """They sign in the ordinary way again; nobody takes their own mark away."""
    _require_admin(by)
    if isinstance(by, Access) and by.user_id == user.pk:
        raise OwnAccess
    told = because(by, reason)
    with write(by=by) as change:
        row = User.objects.select_for_update().get(pk=user.pk)
        require(row.executive_since is not None, NotFound)
        row.executive_since = None
        _settle(change, row)
        change.record("person.executive_unmarked", row, **told)


def _settle(change: Change, row: User) -> None:
    row.save(update_fields=["executive_since"])
    put_out(change, row, BY_ADMIN)
    change.announce(AccessChanged.of(row.pk))


def _require_admin(by: Actor) -> None:
    if isinstance(by, Access):
        require(by.level == "admin" and not by.key_name)
        require_fresh_factor(by)


def _keep_an_ordinary_admin(user: User) -> None:
    """Of two admins who mark each other at the same moment, one is refused."""
    Group.objects.select_for_update().filter(name="admin").first()
    admins = User.objects.filter(is_active=True, locked_at=None, groups__name="admin")
    ordinary = admins.filter(executive_since=None).exclude(pk=user.pk)
    require(ordinary.exists() or not admins.filter(pk=user.pk).exists(), LastOrdinaryAdmin)
