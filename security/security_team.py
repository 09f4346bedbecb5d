"""Who hears of alarms: every active admin who may decide on them.

The one place that tells them: besides the notification, mail goes out from here.
"""

from security.access import accesses_of
from security.models import User
from security.notifying import notify_people
from security.writing import Change

PERMISSION = "security.handle_alarm"


def security_team(*, without: int | None = None) -> list[int]:
    """Their ids."""
    perhaps = User.objects.filter(groups__name="admin", is_active=True, locked_at=None)
    accesses = accesses_of(list(perhaps.exclude(pk=without) if without is not None else perhaps))
    return [pk for pk, access in accesses.items() if access.can(PERMISSION)]


def tell_security_team(change: Change, *, kind: str, about: int | None = None, **data: str | int) -> None:
    """Inside a write. Whom it is ``about`` is told only when nobody else is there."""
    team = security_team(without=about) or security_team()
    notify_people(change, to=team, kind=kind, **data)  # type: ignore[arg-type]


def admins_but(user: User) -> list[int]:
    """Everybody else who can unlock somebody: admins, but ``user``."""
    admins = User.objects.filter(is_active=True, groups__name="admin").exclude(pk=user.pk)
    return list(admins.order_by("pk").values_list("pk", flat=True))
