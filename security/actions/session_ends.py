"""Ending sessions: one's own elsewhere, somebody else's with a reason, the idle ones, and forgetting the old ones."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from security.access import Access, Actor, System
from security.actions.reasons import because
from security.actions.trust import end_trust
from security.errors import NotFound
from security.events import SessionEnded
from security.models import BrowserSession, KnownDevice, SessionPolicy, User
from security.models.allowed_address import EXECUTIVES
from security.models.session import ADDRESS, BY_ADMIN, IDLE, PASSWORD, REVOKED
from security.network.allowlist import lets_in, read_lists
from security.writing import Change, write

_AT_ONCE = 500


def end_session(*, by: Access, session_id: UUID) -> None:
    """One of one's own, also the one in which this is said. Somebody else's is not there."""
    with write(by=by) as change:
        user = User.objects.get(pk=by.user_id)
        if not _end(change, user, REVOKED, pk=session_id):
            raise NotFound
        change.record("session.revoked", user, session=str(session_id))


def end_other_sessions(*, by: Access) -> int:
    """All of one's own but the one in which this is said; returns how many."""
    with write(by=by) as change:
        user = User.objects.get(pk=by.user_id)
        ended = _end(change, user, REVOKED, but=by.session_id)
        if ended:
            change.record("session.others_revoked", user, count=ended)
    return ended


def end_session_of(*, by: Actor, session: BrowserSession, reason: str) -> None:
    """One session of somebody else, by an admin; nothing happens when it is over already."""
    told = because(by, reason)
    with write(by=by) as change:
        user = session.user
        if user is not None and _end(change, user, BY_ADMIN, pk=session.pk):
            change.record("person.session_ended", user, session=str(session.pk), **told)


def end_sessions(*, by: Actor, user: User, reason: str) -> None:
    """Sign ``user`` out of every browser; their password and their keys stay."""
    told = because(by, reason)
    with write(by=by) as change:
        put_out(change, user, BY_ADMIN)
        change.record("person.sessions_ended", user, **told)


def put_out(change: Change, user: User, why: str) -> int:
    """End every session of ``user`` within a larger deed, which says so itself. Also any that is just being opened:
    what sessions are signed with changes. Their browsers are trusted no more."""
    row = User.objects.select_for_update().get(pk=user.pk)
    row.sign_outs += 1
    row.save(update_fields=["sign_outs"])
    end_trust(change, row, why)
    change.announce(SessionEnded.of(row.pk))
    return _end(change, row, why)


def put_out_all_but(change: Change, kept: UUID | None) -> int:
    """Everybody signs in anew, but for the one session that is ``kept``; returns how many ended."""
    running = BrowserSession.objects.filter(ended_at=None).exclude(user=None)
    keeper = running.filter(pk=kept).values_list("user_id", flat=True).first() if kept is not None else None
    ended = 0
    for user in User.objects.filter(Exists(running.filter(user=OuterRef("pk")))).order_by("pk"):
        ended += _end(change, user, BY_ADMIN, but=kept) if user.pk == keeper else put_out(change, user, BY_ADMIN)
    return ended


def end_for_password(change: Change, user: User, *, but: UUID | None) -> None:
    """The password of ``user`` changed: of their sessions only ``but`` goes on, and no browser is trusted."""
    end_trust(change, user, PASSWORD)
    change.announce(SessionEnded.of(user.pk))
    _end(change, user, PASSWORD, but=but)


def end_of_device(change: Change, user: User, device: KnownDevice, *, but: UUID | None) -> int:
    """Every session that was signed in in ``device`` but one."""
    return _end(change, user, REVOKED, but=but, known_device=device)


def end_idle_sessions() -> int:
    """Those whose person did nothing for too long. They count no more already; this tells it. Returns how many."""
    limit = timezone.now() - SessionPolicy.current().idle
    idle = BrowserSession.objects.filter(ended_at=None, last_active_at__lte=limit).exclude(user=None)
    ended = 0
    for row in list(idle.select_related("user").order_by("last_active_at")[:_AT_ONCE]):
        with write(by=System("idle sessions")) as change:
            if row.user is not None and _end(change, row.user, IDLE, pk=row.pk, last_active_at__lte=limit):
                change.record("session.idled_out", row.user, session=str(row.pk))
                ended += 1
    return ended


def end_sessions_outside() -> int:
    """Those of executives from an address that is not on their list any more: a row went, or its time is over. Requests
    are refused already; this closes the rest and tells it. Returns how many."""
    lists, ended = read_lists(), 0
    rows = BrowserSession.objects.filter(ended_at=None, user__executive_since__isnull=False).select_related("user")
    for row in rows:
        if row.user is None or lets_in(lists, EXECUTIVES, row.ip):
            continue
        with write(by=System("executives’ addresses")) as change:
            if _end(change, row.user, ADDRESS, pk=row.pk):
                change.record("session.outside", row.user, session=str(row.pk))
                ended += 1
    return ended


def forget_sessions() -> None:
    """What ended, or would have, longer ago than the policy's days; and devices nobody has used for long."""
    policy, now = SessionPolicy.current(), timezone.now()
    old = now - timedelta(days=policy.ended_days)
    gone = Q(ended_at__lt=old) | Q(user=None, expires_at__lt=now) | Q(ended_at=None, expires_at__lt=old)
    BrowserSession.objects.filter(gone).delete()
    KnownDevice.objects.filter(last_seen_at__lt=now - timedelta(days=policy.device_days)).delete()


def _end(change: Change, user: User, why: str, *, but: UUID | None = None, **which: Any) -> int:
    rows = BrowserSession.objects.filter(user=user, ended_at=None, **which)
    rows = rows.exclude(pk=but) if but is not None else rows
    # The data goes: nothing of what the session had proven (a second factor) outlives it.
    ended = rows.update(ended_at=timezone.now(), ended_why=why, data="")
    if ended:
        change.announce(SessionEnded.of(user.pk))
    return ended
