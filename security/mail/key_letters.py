"""The mails about API keys that end. A key is called by its name and how it begins, never by more of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from security.mail.letters import Letter, register_gathered
from security.mail.moments import moment
from security.models import ApiKey, User


def _ending(user: User, each: Sequence[Mapping[str, Any]]) -> Letter | None:
    """``key``: its public id. Keys that were followed or revoked meanwhile are no news any more."""
    rows = [row for row in _told(each) if not row.has_ended() and row.successor_id is None]
    if not rows:
        return None
    return Letter(
        subject=_("An API key ends soon") if len(rows) == 1 else _("%(n)s API keys end soon") % {"n": len(rows)},
        lead=(_("After that the program that uses it is refused. Make a successor in time: it has the same limits."),),
        facts=[(str(row), _about(row, user)) for row in rows],
        link=_page(user, rows),
    )


def _ended(user: User, each: Sequence[Mapping[str, Any]]) -> Letter | None:
    rows = [row for row in _told(each) if row.has_ended() and row.revoked_at is None]
    if not rows:
        return None
    return Letter(
        subject=_("An API key has ended") if len(rows) == 1 else _("%(n)s API keys have ended") % {"n": len(rows)},
        lead=(_("The program that uses it is refused. If it is still needed, make a new key."),),
        facts=[(str(row), _about(row, user)) for row in rows],
        link=_page(user, rows),
    )


def _told(each: Sequence[Mapping[str, Any]]) -> list[ApiKey]:
    ids = {one["key"] for one in each}
    return list(ApiKey.objects.filter(public_id__in=ids).select_related("user").order_by("expiry", "digest"))


def _about(row: ApiKey, user: User) -> str:
    owner = [] if row.user_id == user.pk else [row.user.name]
    ends = [moment(row.expiry)] if row.expiry is not None else []
    used = _("last used %(at)s") % {"at": moment(row.last_used_at)} if row.last_used_at else _("never used")
    return " · ".join([*owner, *ends, used])


def _page(user: User, rows: Sequence[ApiKey]) -> tuple[str, str]:
    """One's own where one makes them, everybody's in Django admin."""
    own = all(row.user_id == user.pk for row in rows)
    path = "/settings/keys" if own else reverse("admin:security_apikey_changelist")
    return _("Open the API keys"), f"{settings.KEFU_PUBLIC_URL}{path}"


def register() -> None:
    register_gathered("key.ending", _ending)
    register_gathered("key.ended", _ended)
