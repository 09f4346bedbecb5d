"""Somebody's first weeks (PM-4): begun, prolonged, led, ended."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from security.access import Access, Actor, System, access_of
from security.actions.levels import set_level
from security.actions.reasons import check_reason
from security.errors import Conflict, Invalid, NotFound, require
from security.events import AccessChanged
from security.factors import require_factor_for_grave
from security.models import SecurityPolicy, Traineeship, User
from security.trainee_events import TraineeshipChanged
from security.trainees import LEAD, fit_as_mentor, is_over, leaders_of, today_of
from security.writing import Change, write

_MOST_MENTORS = 10
_LONGEST = timedelta(days=366)


def start_traineeship(
    *, by: Actor, user: User, mentors: Sequence[User] = (), holds_replies: bool = False, ends_on: date | None = None
) -> Traineeship:
    """From their first day (or today) for as long as the policy says, or until ``ends_on``."""
    _require_lead(by, user)
    today = today_of(user)
    began = user.hired_on or today
    last = ends_on or began + timedelta(days=SecurityPolicy.current().trainee_days - 1)
    _refuse_day(last, max(began, today))
    _refuse_mentors(user, mentors, holds_replies=holds_replies)
    with write(by=by) as change:
        User.objects.select_for_update().get(pk=user.pk)
        running = Traineeship.objects.filter(user=user, ended_at=None).select_related("user").first()
        if running is not None and not is_over(running):
            raise Conflict(field="user", message=_("They are a trainee already."))
        if running is not None:
            _close(change, running, how="over", by=None)
        made = Traineeship.objects.create(
            user=user,
            began_on=began,
            ends_on=last,
            holds_replies=holds_replies,
            started_by_id=by.user_id if isinstance(by, Access) else None,
        )
        made.mentors.set(mentors)
        names = sorted(one.pk for one in mentors)
        change.record("trainee.started", user, ends_on=last.isoformat(), before=[], after=names, holds=holds_replies)
        _tell(change, made, also=names)
    return made


def extend_traineeship(*, by: Actor, user: User, ends_on: date, reason: str) -> Traineeship:
    """Another last day, later or earlier, with the reason."""
    _require_lead(by, user)
    check_reason(reason)
    with write(by=by) as change:
        row = _running(user)
        _refuse_day(ends_on, max(row.began_on, today_of(user)))
        before, row.ends_on = row.ends_on, ends_on
        row.prompted_at = row.prompt_again_at = None
        row.save(update_fields=["ends_on", "prompted_at", "prompt_again_at"])
        days = [before.isoformat(), ends_on.isoformat()]
        change.record("trainee.extended", user, ends_on=days, reason=reason.strip())
        _tell(change, row)
    return row


def set_mentors(*, by: Actor, user: User, mentors: Sequence[User]) -> Traineeship:
    """Who approves what they write; nobody in particular: those who lead trainees in their regions."""
    _require_lead(by, user)
    with write(by=by) as change:
        row = _running(user)
        _refuse_mentors(user, mentors, holds_replies=row.holds_replies)
        before, after = sorted(_mentor_ids(row)), sorted({one.pk for one in mentors})
        if before != after:
            row.mentors.set(mentors)
            change.record("trainee.mentors_set", user, before=before, after=after)
            _tell(change, row, also=set(before) ^ set(after))
    return row


def hold_replies(*, by: Actor, user: User, holds: bool) -> Traineeship:
    """Whether what they write waits for a mentor. What waits already goes on waiting when it is switched off."""
    _require_lead(by, user)
    with write(by=by) as change:
        row = _running(user)
        if row.holds_replies != holds:
            _refuse_mentors(user, list(row.mentors.all()), holds_replies=holds, judged=False)
            row.holds_replies = holds
            row.save(update_fields=["holds_replies"])
            change.record("trainee.holding_set", user, before=not holds, after=holds)
            _tell(change, row)
    return row


def end_traineeship(*, by: Actor, user: User) -> None:
    """They are one of the team now."""
    _require_lead(by, user)
    with write(by=by) as change:
        _close(change, _running(user), how="ended", by=by)


def promote_trainee(*, by: Actor, user: User, level: str = "", reason: str = "") -> None:
    """It was asked for and they are good enough: one of the team, on wish with another level. That is what admins do
    elsewhere with a code of the second factor, and asks for the same here; a program cannot do it."""
    _require_lead(by, user)
    if level and isinstance(by, Access):
        require(by.level == "admin" and not by.key_name)
        require_factor_for_grave(by)
    with write(by=by) as change:
        _close(change, _running(user), how="promoted", by=by)
        if level:
            set_level(by=by, user=user, level=level, reason=reason)


def put_off_promotion(*, by: Actor, user: User, reason: str, days: int) -> Traineeship:
    """Not yet: whoever leads them is asked again after so many days."""
    _require_lead(by, user)
    check_reason(reason)
    with write(by=by) as change:
        row = _running(user)
        if row.prompted_at is None:
            raise NotFound
        row.prompted_at, row.prompt_again_at = None, timezone.now() + timedelta(days=days)
        row.save(update_fields=["prompted_at", "prompt_again_at"])
        change.record("trainee.promotion_put_off", user, reason=reason.strip(), days=days)
        _tell(change, row)
    return row


def prompt_promotion(change: Change, row: Traineeship) -> bool:
    """Ask those who lead them to promote, once; inside a write of the caller's. False when it was asked already."""
    fresh = Traineeship.objects.filter(pk=row.pk, ended_at=None, prompted_at=None)
    if not fresh.update(prompted_at=timezone.now()):
        return False
    change.record("trainee.promotion_prompted", row.user)
    _tell(change, row)
    return True


def close_over_traineeships() -> int:
    """Write down the end of those whose last day is over; they have been without it since midnight."""
    open_rows = Traineeship.objects.filter(ended_at=None, ends_on__lte=timezone.now().date() + timedelta(days=1))
    over = [row for row in open_rows.select_related("user") if is_over(row)]
    for row in over:
        with write(by=System("traineeships that are over")) as change:
            locked = Traineeship.objects.select_for_update().filter(pk=row.pk, ended_at=None).first()
            if locked is not None and is_over(locked):
                _close(change, locked, how="over", by=None)
    return len(over)


def _close(change: Change, row: Traineeship, *, how: str, by: Actor | None) -> None:
    row.ended_at, row.ended_how = timezone.now(), how
    row.ended_by_id = by.user_id if isinstance(by, Access) else None
    row.save(update_fields=["ended_at", "ended_how", "ended_by"])
    change.record("trainee.ended", row.user, how=how)
    _tell(change, row, also=_mentor_ids(row))


def _tell(change: Change, row: Traineeship, *, also: Sequence[int] | set[int] = ()) -> None:
    """The trainee's rights may be others now, and what ``also`` may see: their mentors, former ones too."""
    for pk in sorted({row.user_id, *also}):
        change.announce(AccessChanged.of(pk))
    change.announce(TraineeshipChanged.of(row))


def _mentor_ids(row: Traineeship) -> list[int]:
    return list(row.mentors.values_list("pk", flat=True))


def _running(user: User) -> Traineeship:
    rows = Traineeship.objects.select_for_update(of=("self",)).select_related("user")
    row = rows.filter(user=user, ended_at=None).first()
    if row is None:
        raise NotFound
    return row


def _require_lead(by: Actor, user: User) -> None:
    """Somebody of another region does not exist for a supervisor."""
    if not isinstance(by, Access):
        return
    if by.level != "admin" and not by.region_ids & access_of(user).region_ids:
        raise NotFound
    require(by.can(LEAD) and by.user_id != user.pk)


def _refuse_day(last: date, first: date) -> None:
    if last < first:
        raise Invalid(field="ends_on", message=_("This day is over already."))
    if last > first + _LONGEST:
        raise Invalid(field="ends_on", message=_("At most a year."))


def _refuse_mentors(user: User, mentors: Sequence[User], *, holds_replies: bool, judged: bool = True) -> None:
    if len(mentors) > _MOST_MENTORS:
        raise Invalid(field="mentors", message=_("At most %(n)s.") % {"n": _MOST_MENTORS})
    if judged and not all(fit_as_mentor(one, user) for one in mentors):
        raise Invalid(field="mentors", message=_("A mentor is a senior of the same region."))
    if holds_replies and not mentors and not set(leaders_of(access_of(user).region_ids)) - {user.pk}:
        raise Invalid(field="mentors", message=_("Nobody could approve their replies: name a mentor."))
