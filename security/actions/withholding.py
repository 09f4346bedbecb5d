"""Taking one permission of their level from somebody, by hand (PM-7: what reviews do by themselves)."""

from security.access import Access, access_of
from security.actions.grants import refuse_from_below
from security.actions.reasons import because
from security.actions.reviews import withhold
from security.errors import HasItAlready, Invalid
from security.levels import permissions_of
from security.models import User, Withheld
from security.writing import write


def take_permission(*, by: Access, user: User, permission: str, reason: str) -> None:
    """They keep their level without it, until it is given back."""
    because(by, reason)
    refuse_from_below(by, user, permission)
    theirs = access_of(user)
    if permission not in permissions_of(theirs.level, theirs.duties, trainee=theirs.trainee):
        raise Invalid(field="permission")
    with write(by=by):
        User.objects.select_for_update().get(pk=user.pk)
        if Withheld.objects.filter(user=user, permission=permission, lifted_at=None).exists():
            raise HasItAlready(field="permission")
        withhold(by=by, user=user, permission=permission, reason=reason)
