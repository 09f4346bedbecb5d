"""What lines are about, as far as a reader may see it. Each app registers its own kinds from ``AppConfig.ready()``.

A kind that nobody registered has no name, no words and no link; whoever sees only a part of their regions is not shown
its lines at all.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from security.access import ALL, Access
from security.behaviour.shipped import called
from security.models import BehaviourRule, Operation, Region, Team, User


@dataclass(frozen=True)
class Named:
    """``opens``: the kind of page the client has for it, and the id there."""

    name: str
    opens: str = ""
    opens_id: str = ""


@dataclass(frozen=True)
class Whose:
    """Where an object is, and whose work it is: those look at it without a line in the log."""

    region_id: int
    keepers: frozenset[int] = frozenset()


Seen = Callable[[Access, Collection[str]], Mapping[str, Named]]
Kept = Callable[[Collection[str]], Mapping[str, Whose]]

_seen: dict[str, Seen] = {}
_kept: dict[str, Kept] = {}
_people_in: dict[str, tuple[str, ...]] = {}
_OWN = "security."
_ALARMS = "security.handle_alarm"


def register_subject(kind: str, seen: Seen) -> None:
    """``kind`` is the model's label; ``seen(access, ids)`` leaves out what the reader may not see."""
    _seen[kind] = seen


def register_viewed(kind: str, kept: Kept) -> None:
    """Looking at objects of ``kind`` is logged; ``kept(ids)`` says where they are."""
    _kept[kind] = kept


def register_people(action: str, *details: str) -> None:
    """These details of ``action`` are ids of people: they are shown as names, where the reader may know those."""
    _people_in[action] = details


def people_in(action: str) -> tuple[str, ...]:
    return _people_in.get(action, ())


def whose(kind: str, ids: Collection[str]) -> Mapping[str, Whose]:
    return _kept[kind](ids) if kind in _kept else {}


def subjects_of(access: Access, lines: Iterable[Operation]) -> dict[tuple[str, str], Named]:
    """What ``access`` may see of what ``lines`` are about: one query per kind."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        wanted[line.subject_kind].add(line.subject_id)
    return {
        (kind, pk): named
        for kind, ids in wanted.items()
        if kind in _seen
        for pk, named in _seen[kind](access, ids).items()
    }


def within_sight(access: Access, lines: list[Operation]) -> list[Operation]:
    """Trainees and finance are shown lines about what they see, and about colleagues; nothing else (PM-4, SE-5)."""
    if access.sight == ALL:
        return lines
    seen = subjects_of(access, lines)
    return [
        line for line in lines if line.subject_kind.startswith(_OWN) or (line.subject_kind, line.subject_id) in seen
    ]


def people_known(access: Access, ids: Collection[int]) -> dict[int, str]:
    """Names of people of the reader's regions; an admin knows everybody (PM-3)."""
    people = _people_within(access).filter(pk__in=ids)
    return {
        **dict(people.values_list("pk", "name")),
        **({access.user_id: access.name} if access.user_id in ids else {}),
    }


def people_called(access: Access, text: str) -> list[int]:
    """Those of them with ``text`` in their names; both databases fold letters alike, since neither does it."""
    wanted = text.casefold()
    names = {access.user_id: access.name, **dict(_people_within(access).values_list("pk", "name"))}
    return [pk for pk, name in names.items() if wanted in name.casefold()]


def _people_within(access: Access) -> QuerySet[User]:
    people = User.objects.all()
    return people if access.level == "admin" else people.filter(memberships__region_id__in=access.region_ids)


def _regions(access: Access, ids: Collection[str]) -> dict[str, Named]:
    mine = Region.objects.filter(pk__in=[int(pk) for pk in ids])
    if access.level != "admin":
        mine = mine.filter(pk__in=access.region_ids)
    return {str(region.pk): Named(region.name) for region in mine}


def _teams(access: Access, ids: Collection[str]) -> dict[str, Named]:
    rows = Team.objects.filter(pk__in=[int(pk) for pk in ids], region__in=access.region_ids)
    return {str(team.pk): Named(team.name) for team in rows}


register_subject("security.region", _regions)


def _rules(access: Access, ids: Collection[str]) -> dict[str, Named]:
    """Rules and what they raised are for whoever decides on them."""
    rows = BehaviourRule.objects.filter(pk__in=[int(pk) for pk in ids]) if access.can(_ALARMS) else ()
    return {str(rule.pk): Named(called(rule)) for rule in rows}


register_subject("security.team", _teams)
register_subject("security.behaviourrule", _rules)
register_people("alarm.raised", "person")
register_people("alarm.confirmed", "person")
register_people("alarm.dismissed", "person")
register_people("team.people_set", "before", "after")
for _action in (
    "grant.given",
    "grant.ended",
    "grant.extended",
    "review.confirmed",
    "review.withdrawn",
    "review.lapsed",
):
    register_people(_action, "person")
for _action in ("access.approved", "access.refused", "access.withdrawn"):
    register_people(_action, "asker")
for _action in ("trainee.started", "trainee.mentors_set"):
    register_people(_action, "before", "after")
