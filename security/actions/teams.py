"""Teams: made, renamed, filled and given up. People of other regions cannot be in one."""

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from security.access import Access, Actor
from security.errors import Conflict, Invalid, Missing, NotFound, require
from security.events import AccessChanged, TeamChanged
from security.models import Membership, Region, Team, TeamMembership
from security.names import forget_names
from security.writing import Change, write

_NAME_MAX = 80


def add_team(*, by: Actor, region: Region, name: str, people: Collection[int] = ()) -> Team:
    _require_arranger(by, region.pk)
    try:
        with write(by=by) as change:
            team = Team.objects.create(region=region, name=_checked_name(name))
            change.record("team.added", team, name=team.name)
            change.announce(TeamChanged.of(team))
            _fill(change, by, team, people)
    except IntegrityError as error:
        raise Conflict(field="name", message=_("There is already a team of this name.")) from error
    return team


def change_team(*, by: Actor, team_id: int, name: str, people: Collection[int]) -> Team:
    """Give it this name and exactly these people."""
    try:
        with write(by=by) as change:
            team = _team(by, team_id)
            before, team.name = team.name, _checked_name(name)
            if before != team.name:
                team.save(update_fields=["name"])
                change.record("team.renamed", team, name=[before, team.name])
                change.announce(TeamChanged.of(team))
                transaction.on_commit(forget_names)
            _fill(change, by, team, people)
    except IntegrityError as error:
        raise Conflict(field="name", message=_("There is already a team of this name.")) from error
    return team


def delete_team(*, by: Actor, team_id: int) -> None:
    """What waits for the team waits for everybody then."""
    with write(by=by) as change:
        team = _team(by, team_id)
        people = list(team.memberships.values_list("user_id", flat=True))
        change.record("team.deleted", team, name=team.name)
        team.delete()
        _tell(change, people)


def _team(by: Actor, team_id: int) -> Team:
    team = Team.objects.select_for_update().filter(pk=team_id).first()
    if team is None:
        raise NotFound
    _require_arranger(by, team.region_id)
    return team


def _fill(change: Change, by: Actor, team: Team, people: Collection[int]) -> None:
    wanted = set(people)
    members = Membership.objects.filter(region_id=team.region_id, user_id__in=wanted, user__is_active=True)
    if wanted - set(members.values_list("user_id", flat=True)):
        raise Invalid(field="people", message=_("Only people of the team's region can be in it."))
    present = set(team.memberships.values_list("user_id", flat=True))
    adder = by.user_id if isinstance(by, Access) else None
    team.memberships.filter(user_id__in=present - wanted).delete()
    fresh = [TeamMembership(team=team, user_id=pk, added_by_id=adder) for pk in sorted(wanted - present)]
    TeamMembership.objects.bulk_create(fresh)
    if present != wanted:
        change.record("team.people_set", team, before=sorted(present), after=sorted(wanted))
        _tell(change, present ^ wanted)


def _tell(change: Change, people: Collection[int]) -> None:
    for user_id in sorted(people):
        change.announce(AccessChanged.of(user_id))


def _require_arranger(by: Actor, region_id: int) -> None:
    """A team of another region does not exist."""
    if isinstance(by, Access):
        if region_id not in by.region_ids:
            raise NotFound
        require(by.can("security.arrange_work"))


def _checked_name(name: str) -> str:
    name = name.strip()
    if not name:
        raise Missing(field="name")
    if len(name) > _NAME_MAX:
        raise Invalid(field="name", message=_("At most %(n)s characters.") % {"n": _NAME_MAX})
    return name
