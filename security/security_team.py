"""Who hears of alarms: every active admin who may decide on them.

The one place that tells them: by a notification, and by mail where that is worth one.
"""

from collections.abc import Collection, Mapping

from security.access import accesses_of
from security.actions.mails import send_mail_later
from security.models import User
from security.notifying import notify_people
from security.writing import Change

PERMISSION = "security.handle_alarm"


def security_team(*, without: int | None = None) -> list[int]:
    """Their ids."""
    perhaps = User.objects.filter(groups__name="admin", is_active=True, locked_at=None)
    accesses = accesses_of(list(perhaps.exclude(pk=without) if without is not None else perhaps))
    return [pk for pk, access in accesses.items() if access.can(PERMISSION)]


def tell_security_team(
    change: Change, *, kind: str, about: int | None = None, mailed: Mapping[str, str] | None = None, **data: str | int
) -> None:
    """Inside a write. Whom it is ``about`` is told only when nobody else is there.

    ``mailed``: a mail of the same kind goes out too, made from this (ids only) by its letter (``mail.team_letters``).
    """
    team = security_team(without=about) or security_team()
    notify_people(change, to=team, kind=kind, **data)  # type: ignore[arg-type]
    if mailed is not None:
        mail_security_team(kind=kind, team=team, **mailed)


def mail_security_team(*, kind: str, team: Collection[int] | None = None, **context: str) -> None:
    """By mail alone, for what their notifications do not tell."""
    for user in User.objects.filter(pk__in=security_team() if team is None else team).order_by("pk"):
        send_mail_later(kind=kind, user=user, **context)


def admins_but(user: User) -> list[int]:
    """Everybody else who can unlock somebody: admins, but ``user``."""
    admins = User.objects.filter(is_active=True, groups__name="admin").exclude(pk=user.pk)
    return list(admins.order_by("pk").values_list("pk", flat=True))
