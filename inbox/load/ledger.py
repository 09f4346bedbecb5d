"""How far a load has come, written in the operation log by the same transactions as its rows."""

from dataclasses import asdict, dataclass

from security.access import System
from security.models import Operation, Region, User
from security.writing import Change

BY = System("load world")
_BEGUN, _CHUNK = "load_world.begun", "load_world.chunk"


@dataclass(frozen=True)
class Wishes:
    """One world: the same wishes at the same moment give the same conversations."""

    conversations: int
    messages: int
    people: int = 60
    seed: int = 7


class NotOurs(Exception):
    """The database holds people whom no load made, or a load of other wishes."""


def begun() -> tuple[Wishes, int] | None:
    """What this database was begun with, and the moment that its history leads up to."""
    line = Operation.objects.filter(action=_BEGUN).first()
    if line is None:
        return None
    return Wishes(**line.details["wishes"]), int(line.details["now_us"])


def check(wishes: Wishes) -> None:
    """Only an empty database, or one that these wishes were begun on."""
    found = begun()
    if found is None and User.objects.exists():
        raise NotOurs("This database already has people in it; a load world is made on an empty one only.")
    if found is not None and found[0] != wishes:
        spelled = " ".join(f"--{name} {value}" for name, value in asdict(found[0]).items())
        raise NotOurs(f"This database holds a load world of other wishes: {spelled}")


def record_beginning(change: Change, wishes: Wishes, now_us: int) -> None:
    change.record(_BEGUN, _subject(), wishes=asdict(wishes), now_us=now_us)


def record_chunk(change: Change, number: int) -> None:
    change.record(_CHUNK, _subject(), number=number)


def chunks_done() -> int:
    return Operation.objects.filter(action=_CHUNK).count()


def _subject() -> Region:
    return Region.objects.order_by("pk")[0]
