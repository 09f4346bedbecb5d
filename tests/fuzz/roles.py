"""Who is no plain level: a trainee, the duties, somebody without a region, and a stranger."""

from collections.abc import Callable, Mapping

from security.actions.duties import give_duty
from security.actions.people import add_person
from security.actions.traineeships import start_traineeship
from security.levels import DUTY_NAMES
from security.models import User
from tests.conftest import BY, PASSWORD
from tests.fuzz.asking import Signed, signed_in
from tests.fuzz.two_regions import TwoRegions


def _somebody(world: TwoRegions, *, in_asia: bool = True) -> User:
    """An agent of Asia; without ``in_asia`` one of no region."""
    regions = [world.cast.asia] if in_asia else []
    return add_person(by=BY, email="role@kefu.test", name="Rio", password=PASSWORD, level="agent", regions=regions)


def _trainee(world: TwoRegions) -> User:
    user = _somebody(world)
    start_traineeship(by=BY, user=user)
    return user


def _with(duty: str) -> Callable[[TwoRegions], User]:
    def made(world: TwoRegions) -> User:
        user = _somebody(world)
        give_duty(by=BY, user=user, duty=duty)
        return user

    return made


_MADE: Mapping[str, Callable[[TwoRegions], User]] = {
    "trainee": _trainee,
    "of no region": lambda world: _somebody(world, in_asia=False),
    **{duty: _with(duty) for duty in DUTY_NAMES},
}
ROLES = (*((role, way) for role in _MADE for way in ("session", "key")), ("stranger", "session"))


def signed_in_as(world: TwoRegions, role: str, way: str) -> Signed:
    return Signed({}, {}) if role == "stranger" else signed_in(_MADE[role](world), way)
