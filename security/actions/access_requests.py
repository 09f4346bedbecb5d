"""Asking for a permission, and deciding on it (PM-6)."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from security.access import Access
from security.actions.grants import give_grant, refuse_from_below
from security.actions.reasons import check_reason
from security.errors import AlreadyDecided, AskedAlready, HasItAlready, Invalid, NotFound, require
from security.events import RequestChanged
from security.grantable import find_object
from security.levels import DUTY_NAMES, given_for_a_time, public_name
from security.models import AccessRequest, SecurityPolicy, User
from security.notifying import notify_people
from security.policies import visible_requests
from security.writing import Change, write

_COMMENT_MAX = 500


def ask_for_access(
    *, by: Access, permission: str = "", duty: str = "", label: str = "", pk: str = "", reason: str, hours: int
) -> AccessRequest:
    """The same once more (a repeated call) is one request; other words for what waits already are refused."""
    _refuse_odd(by, permission, duty, hours)
    check_reason(reason)
    place = find_object(by, label, pk) if label else None
    with write(by=by) as change:
        User.objects.select_for_update().get(pk=by.user_id)  # two tabs ask one after the other
        same = {"permission": permission, "duty": duty, "object_pk": str(place.pk) if place else ""}
        waiting = AccessRequest.objects.filter(asker_id=by.user_id, state="open", **same).first()
        if waiting is not None:
            require((waiting.reason, waiting.hours) == (reason.strip(), hours), AskedAlready)
            return waiting
        row = AccessRequest(
            asker_id=by.user_id, object_label=label, reason=reason.strip(), hours=hours, asked_at=timezone.now(), **same
        )
        row.save(force_insert=True)
        change.record("access.asked", row, **_what(row))
        _tell(change, row)
    return row


def approve_request(*, by: Access, request_id: UUID, hours: int | None = None, comment: str = "") -> AccessRequest:
    """Give what was asked for, from now on, for as long as asked or for ``hours``."""
    with write(by=by) as change:
        row = _open(by, request_id)
        place = find_object(by, row.object_label, row.object_pk) if row.object_label else None
        row.grant = give_grant(
            by=by,
            user=row.asker,
            permission=row.permission,
            duty=row.duty,
            on=place,
            ends_at=timezone.now() + timedelta(hours=row.hours if hours is None else hours),
            reason=row.reason,
        )
        _decide(change, by, row, "approved", comment)
    return row


def refuse_request(*, by: Access, request_id: UUID, comment: str) -> AccessRequest:
    """With a word on why."""
    check_reason(comment, field="comment")
    with write(by=by) as change:
        row = _open(by, request_id)
        refuse_from_below(by, row.asker, row.permission)
        _decide(change, by, row, "refused", comment)
    return row


def withdraw_request(*, by: Access, request_id: UUID) -> AccessRequest:
    """The asker does not need it any more."""
    with write(by=by) as change:
        row = _open(by, request_id)
        if row.asker_id != by.user_id:
            raise NotFound
        _decide(change, by, row, "withdrawn", "")
    return row


def _open(by: Access, request_id: UUID) -> AccessRequest:
    """Locked; whoever decides second learns that it was decided."""
    rows = AccessRequest.objects.filter(pk__in=AccessRequest.objects.filter(visible_requests(by)).values("pk"))
    row = rows.select_for_update(of=("self",)).select_related("asker").filter(pk=request_id).first()
    if row is None:
        raise NotFound
    if row.state != "open":
        raise AlreadyDecided
    return row


def _decide(change: Change, by: Access, row: AccessRequest, state: str, comment: str) -> None:
    if len(comment) > _COMMENT_MAX:
        raise Invalid(field="comment", message=_("At most %(n)s characters.") % {"n": _COMMENT_MAX})
    row.state, row.comment, row.version = state, comment.strip(), row.version + 1
    row.decided_at, row.decided_by_id = timezone.now(), by.user_id
    row.save(update_fields=["state", "comment", "version", "decided_at", "decided_by", "grant"])
    waited = round((row.decided_at - row.asked_at).total_seconds())
    notify_people(
        change,
        to=[row.asker_id],
        kind="access.decided",
        note=row.comment,
        state=state,
        request=str(row.pk),
        **({"permission": public_name(row.permission)} if row.permission else {"duty": row.duty}),
    )
    change.record(f"access.{state}", row, asker=row.asker_id, waited_seconds=waited, **_what(row))
    _tell(change, row)


def _refuse_odd(by: Access, permission: str, duty: str, hours: int) -> None:
    if bool(permission) == bool(duty):
        raise Invalid(field="permission")
    if permission and permission not in given_for_a_time():
        raise Invalid(field="permission", message=_("There is no such permission that can be given for a time."))
    if duty and duty not in DUTY_NAMES:
        raise Invalid(field="duty")
    if by.can(permission) or duty in by.duties:
        raise HasItAlready(field="permission" if permission else "duty")
    longest = SecurityPolicy.current().grant_days * 24
    if not 1 <= hours <= longest:
        raise Invalid(field="hours", message=_("Between 1 and %(n)s hours.") % {"n": longest})


def _what(row: AccessRequest) -> dict[str, str]:
    what = {"permission": row.permission} if row.permission else {"duty": row.duty}
    return {**what, **({"on": f"{row.object_label} {row.object_pk}"} if row.object_label else {})}


def _tell(change: Change, row: AccessRequest) -> None:
    change.announce(RequestChanged.of(row))
