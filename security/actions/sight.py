"""What somebody sees besides their regions, one by one and until it is taken back: a region, a channel, a conversation
(PM-3). The rows are django-guardian's; ``access_of`` folds them into what every query asks for."""

from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models
from guardian.models import UserObjectPermission

from security.access import Access, Actor
from security.actions.grants import refuse_from_below
from security.actions.reasons import because
from security.errors import HasItAlready, Invalid, NotFound
from security.events import AccessChanged
from security.models import User
from security.writing import write

# What stands for seeing an object of each kind, as Django spells it.
SIGHT = {
    "security.region": "security.view_region",
    "inbox.channel": "inbox.see_channel",
    "inbox.conversation": "inbox.see_conversation",
}


def sight_rows() -> models.QuerySet[UserObjectPermission]:
    """Every sight that anybody was given for good."""
    codenames = [name.partition(".")[2] for name in SIGHT.values()]
    rows: models.QuerySet[UserObjectPermission] = UserObjectPermission.objects.filter(
        permission__codename__in=codenames
    )
    return rows.select_related("user", "permission", "content_type").order_by("user__name", "pk")


def give_sight(*, by: Actor, user: User, on: models.Model, reason: str) -> None:
    """Let ``user`` see ``on``. The caller has found it among what the giver sees (``grantable.find_object``)."""
    told = because(by, reason)
    permission = _permission(on._meta.label_lower)
    refuse_from_below(by, user, _needed(on))
    with write(by=by) as change:
        User.objects.select_for_update().get(pk=user.pk)  # two admins give one after the other
        _, fresh = UserObjectPermission.objects.get_or_create(
            user=user, permission=permission, content_type=permission.content_type, object_pk=str(on.pk)
        )
        if not fresh:
            raise HasItAlready(field="person")
        change.record("person.sight_given", user, region_id=_region_of(on), on=_place(on), **told)
        change.announce(AccessChanged.of(user.pk))


def take_sight(*, by: Actor, row_id: int, reason: str) -> None:
    """They see it no longer, unless their regions show it. It can be taken from whoever one may give rights to, also
    when the object itself is in none of one's own regions."""
    told = because(by, reason)
    with write(by=by) as change:
        row = sight_rows().filter(pk=row_id).select_for_update(of=("self",)).first()
        if row is None:
            raise NotFound
        refuse_from_below(by, row.user, "")
        label = f"{row.content_type.app_label}.{row.content_type.model}"
        change.record("person.sight_taken", row.user, on=f"{label} {row.object_pk}", **told)
        change.announce(AccessChanged.of(row.user.pk))
        row.delete()


def _permission(label: str) -> Permission:
    if label not in SIGHT:
        raise Invalid(field="object")
    app, _, codename = SIGHT[label].partition(".")
    model = label.partition(".")[2]
    kind = ContentType.objects.get_by_natural_key(app, model)
    return Permission.objects.select_related("content_type").get(content_type=kind, codename=codename)


def _needed(on: models.Model) -> str:
    """What the giver must hold themselves; a region is everybody's who works there."""
    return "" if on._meta.label_lower == "security.region" else SIGHT[on._meta.label_lower]


def _place(on: models.Model) -> str:
    return f"{on._meta.label_lower} {on.pk}"


def _region_of(on: Any) -> int | None:
    return on.pk if on._meta.label_lower == "security.region" else getattr(on, "region_id", None)


def seen_besides(by: Access, user: User) -> list[UserObjectPermission]:
    """What ``user`` was given to see, for the page of the person."""
    return list(sight_rows().filter(user=user))
