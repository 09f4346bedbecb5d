"""Duties besides the level (PM-2): who sends marketing, who handles money, who protects data."""

from django.db import IntegrityError

from security.access import Access, Actor
from security.actions.reasons import because
from security.errors import Conflict, Invalid, NoSeatLeft, require
from security.events import AccessChanged
from security.levels import DUTY_NAMES, MARKETING_SENDER
from security.models import DutyHolding, SecurityPolicy, User
from security.writing import write


def give_duty(*, by: Actor, user: User, duty: str, reason: str = "") -> None:
    """Doing it twice is doing it once. Raises ``NoSeatLeft`` when as many send marketing as the policy allows."""
    require(_may(by))
    if duty not in DUTY_NAMES:
        raise Invalid(field="duty")
    told = because(by, reason)
    try:
        with write(by=by) as change:
            if DutyHolding.objects.filter(user=user, duty=duty).exists():
                return
            giver = by.user_id if isinstance(by, Access) else None
            seat = _free_seat() if duty == MARKETING_SENDER else None
            DutyHolding.objects.create(user=user, duty=duty, seat=seat, given_by_id=giver)
            change.record("person.duty_given", user, duty=duty, **told)
            change.announce(AccessChanged.of(user.pk))
    except IntegrityError as error:  # the seat was taken at the same moment
        raise Conflict(field="duty") from error


def take_duty(*, by: Actor, user: User, duty: str, reason: str = "") -> None:
    require(_may(by))
    told = because(by, reason)
    with write(by=by) as change:
        if DutyHolding.objects.filter(user=user, duty=duty).delete()[0]:
            change.record("person.duty_taken", user, duty=duty, **told)
            change.announce(AccessChanged.of(user.pk))


def _free_seat() -> int:
    """The lowest seat nobody has. The holders are locked; the database's own constraint stands behind."""
    taken = set(
        DutyHolding.objects.select_for_update()
        .filter(duty=MARKETING_SENDER)
        .order_by("id")
        .values_list("seat", flat=True)
    )
    for seat in range(1, SecurityPolicy.current().marketing_senders + 1):
        if seat not in taken:
            return seat
    raise NoSeatLeft(field="duty")


def _may(by: Actor) -> bool:
    return not isinstance(by, Access) or by.can("security.give_duty")
