"""What somebody holds, on their page: by their level, for a time, one by one, withheld, as a trainee, by key."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from security.access import Access, access_of
from security.admin.base import history_url
from security.admin.sight import seen_by_others
from security.grantable import name_of_object
from security.levels import LEVELS, permission_words
from security.models import AccessRequest, AccountLock, ApiKey, Grant, Operation, Traineeship, User, Withheld
from security.models.duty import DUTIES
from security.queries import running_sessions
from security.whereabouts import country_name

_LATEST = 8


@dataclass(frozen=True)
class Panel:
    """``rows``: each a list of cells, plain or made safe. ``more``: where all of it is."""

    title: str
    headers: Sequence[str] = ()
    rows: Sequence[Sequence[Any]] = ()
    words: str = ""
    more: str = ""
    chips: Sequence[str] = field(default_factory=tuple)


def panels_of(who: Access, person: User) -> list[Panel]:
    makers = (_locks, _rights, _grants, _sight, _withheld, _trainee, _requests, _keys, _sessions, _deeds)
    return [panel for maker in makers if (panel := maker(who, person)) is not None]


def right_words(row: Grant | AccessRequest, who: Access) -> str:
    """A permission in words or a duty's name, and on what."""
    name = permission_words(row.permission) if row.permission else str(dict(DUTIES).get(row.duty, row.duty))
    if not row.object_label:
        return name
    on = name_of_object(who, row.object_label, row.object_pk) or _("one that you do not see")
    return f"{name} · {on}"


def _locks(who: Access, person: User) -> Panel | None:
    rows = AccountLock.objects.filter(user=person, lifted_at=None)
    return _panel(
        _("Locked"),
        (_("since"), _("until"), _("how"), _("reason")),
        (
            (_link("security_accountlock_change", row.pk, localize(timezone.localtime(row.locked_at))),
             row.until or "—", row.get_how_display(), row.reason_words())
            for row in rows
        ),
    )  # fmt: skip


def _rights(who: Access, person: User) -> Panel:
    theirs = access_of(person)
    duties = [str(words) for name, words in DUTIES if name in theirs.duties]
    told = [str(dict(LEVELS)[theirs.level]), *duties]
    if theirs.trainee:
        told.append(_("trainee"))
    if theirs.executive:
        told.append(_("executive"))
    chips = sorted(permission_words(name) for name in theirs.permissions)
    return Panel(_("What they may do now"), words=" · ".join(told), chips=chips, more=reverse("admin:levels"))


def _grants(who: Access, person: User) -> Panel | None:
    rows = Grant.objects.filter(Q(ended_at=None) & Q(ends_at__gt=timezone.now()), user=person).order_by("ends_at")
    return _panel(
        _("For a time"),
        (_("right"), _("from"), _("until"), _("reason")),
        (
            (_link("security_grant_change", row.pk, right_words(row, who)), row.starts_at, row.ends_at, row.reason)
            for row in rows
        ),
    )


def _sight(who: Access, person: User) -> Panel | None:
    rows = seen_by_others(who, person=str(person.pk))
    return _panel(
        _("Sight one by one"),
        (_("kind"), _("what"), ""),
        (
            (
                str(row.kind),
                format_html('<a href="{}">{}</a>', row.object_url, row.name) if row.object_url else "—",
                format_html('<a class="kefu-danger" href="{}">{}</a>', row.take_url, _("Take back…")),
            )
            for row in rows
        ),
    )


def _withheld(who: Access, person: User) -> Panel | None:
    rows = Withheld.objects.filter(user=person, lifted_at=None).order_by("-withheld_at")
    return _panel(
        _("Withheld permissions"),
        (_("permission"), _("since"), _("reason")),
        (
            (_link("security_withheld_change", row.pk, permission_words(row.permission)), row.withheld_at, row.reason)
            for row in rows
        ),
    )


def _mentors(row: Traineeship) -> str:
    return ", ".join(one.name for one in row.mentors.all()) or "—"


def _trainee(who: Access, person: User) -> Panel | None:
    rows = Traineeship.objects.filter(user=person).prefetch_related("mentors").order_by("-began_on")[:3]
    return _panel(
        _("Traineeship"),
        (_("from"), _("last day"), _("mentors"), _("ended at")),
        (
            (_link("security_traineeship_change", row.pk, str(row.began_on)), row.ends_on, _mentors(row),
             row.ended_at or "—")
            for row in rows
        ),
    )  # fmt: skip


def _requests(who: Access, person: User) -> Panel | None:
    rows = AccessRequest.objects.filter(asker=person, state="open").order_by("asked_at")
    return _panel(
        _("Waits for a decision"),
        (_("right"), _("asked at"), _("reason")),
        (
            (_link("security_accessrequest_change", row.pk, right_words(row, who)), row.asked_at, row.reason)
            for row in rows
        ),
    )


def _keys(who: Access, person: User) -> Panel | None:
    rows = ApiKey.objects.filter(user=person).order_by("-created")
    return _panel(
        _("API keys"),
        (_("key"), _("made at"), _("expires"), _("last used at"), _("country of last use")),
        (
            (_link("security_apikey_change", row.pk, str(row)), row.created, row.expiry or _("never"),
             row.last_used_at or "—", country_name(row.last_used_country, str(get_language())) or "—")
            for row in rows
        ),
    )  # fmt: skip


def _sessions(who: Access, person: User) -> Panel | None:
    rows = running_sessions().filter(user=person).order_by("-last_active_at")[:_LATEST]
    return _panel(
        _("Signed in"),
        (_("device"), _("address"), _("since"), _("last active at")),
        (
            (_link("security_browsersession_change", row.pk, row.device or "?"), row.ip or "—", row.begun_at,
             row.last_active_at)
            for row in rows
        ),
    )  # fmt: skip


def _deeds(who: Access, person: User) -> Panel:
    from security.admin.deeds import deed_words

    rows = Operation.objects.filter(about_id=person.pk).order_by("-id")[:_LATEST]
    cells = [[row.at, sentence, row.details.get("reason", "")] for row, sentence in deed_words(who, list(rows))]
    return Panel(
        _("Lately in the operation log"),
        (_("at"), _("deed"), _("reason")),
        cells,
        more=history_url("security.user", person.pk),
    )


def _panel(title: str, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> Panel | None:
    found = list(rows)
    return Panel(title, headers, found) if found else None


def _link(name: str, pk: object, words: str) -> str:
    return format_html('<a href="{}">{}</a>', reverse(f"admin:{name}", args=(pk,)), words)
