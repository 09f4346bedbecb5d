"""Levels in Django's groups."""

from django.contrib.auth.models import Group, Permission

from security.access import Access, Actor
from security.actions.reasons import because
from security.errors import Invalid, LastAdmin, OwnAccess
from security.events import AccessChanged
from security.levels import LEVEL_NAMES, permissions_of
from security.models import User
from security.tiers.holding import require_calm
from security.writing import write


def sync_levels(*, by: Actor) -> None:
    """Write the declared table into the five groups. Safe to run at every start."""
    known = {f"{p.content_type.app_label}.{p.codename}": p for p in Permission.objects.select_related("content_type")}
    with write(by=by) as change:
        for level in LEVEL_NAMES:
            group, _ = Group.objects.get_or_create(name=level)
            wanted = {known[name].pk for name in permissions_of(level)}
            present = set(group.permissions.values_list("pk", flat=True))
            if wanted != present:
                group.permissions.set(wanted)
                change.record("level.permissions_set", group, level=level, count=[len(present), len(wanted)])


def keep_an_admin(*, by: Actor, user: User, field: str) -> None:
    """Refuse what takes the admin rights of ``user`` away when it is their own hand, or when no other active admin is
    left: nobody could mend that in Django admin. Inside a ``write()`` block it holds against others doing the same."""
    Group.objects.select_for_update().filter(name="admin").first()
    admins = User.objects.filter(is_active=True, locked_at=None, groups__name="admin")
    if not admins.filter(pk=user.pk).exists():
        return
    if isinstance(by, Access) and by.user_id == user.pk:
        raise OwnAccess(field=field)
    if not admins.exclude(pk=user.pk).exists():
        raise LastAdmin(field=field)


def set_level(*, by: Actor, user: User, level: str, reason: str = "") -> None:
    """Put ``user`` into exactly one level group; their open tabs learn of it at once.

    Django's own flags follow the level, or a former admin would keep Django admin and every permission in it. Whoever
    makes an admin, or takes that away, says why.
    """
    if level not in LEVEL_NAMES:
        raise Invalid(field="level")
    require_calm(by)
    with write(by=by) as change:
        if level != "admin":
            keep_an_admin(by=by, user=user, field="level")
        before = list(user.groups.filter(name__in=LEVEL_NAMES).values_list("name", flat=True))
        told = because(by, reason, needed="admin" in {level, *before})
        user.groups.remove(*Group.objects.filter(name__in=LEVEL_NAMES))
        user.groups.add(Group.objects.get(name=level))
        user.is_staff = user.is_superuser = level == "admin"
        user.save(update_fields=["is_staff", "is_superuser"])
        change.record("person.level_set", user, before=before, after=level, **told)
        change.announce(AccessChanged.of(user.pk))
