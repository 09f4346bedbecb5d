"""Teams: by whom they are made and filled, and who cannot be in one."""

import pytest

from security.actions.people import leave_region
from security.actions.teams import add_team, change_team, delete_team
from security.errors import Conflict, Invalid, NotAllowed, NotFound
from security.models import StreamEvent, Team, TeamMembership
from security.names import team_names_of
from security.streams import sees
from tests.conftest import BY, Cast
from tests.worlds.threads import logged


def people(team: Team) -> set[int]:
    return set(TeamMembership.objects.filter(team=team).values_list("user_id", flat=True))


def test_a_team_has_a_name_and_people_of_its_region(cast: Cast):
    team = add_team(by=cast.access("dee"), region=cast.asia, name=" Orders ", people=[cast.ben.pk])
    assert (team.name, people(team)) == ("Orders", {cast.ben.pk})
    change_team(by=cast.access("dee"), team_id=team.pk, name="Returns", people=[cast.fay.pk, cast.dee.pk])
    assert people(team) == {cast.fay.pk, cast.dee.pk}
    assert [line.action for line in logged("team.renamed")] == ["team.renamed"]
    assert logged("team.people_set")[-1].details == {
        "before": [cast.ben.pk], "after": sorted([cast.fay.pk, cast.dee.pk])}  # fmt: skip


@pytest.mark.parametrize("stranger", ["cho", None])
def test_people_of_other_regions_cannot_be_in_it(cast: Cast, stranger: str | None):
    wanted = getattr(cast, stranger).pk if stranger else 999_999
    with pytest.raises(Invalid):
        add_team(by=BY, region=cast.asia, name="Orders", people=[cast.ben.pk, wanted])
    assert not Team.objects.exists()


def test_two_teams_of_a_region_have_two_names(cast: Cast):
    add_team(by=BY, region=cast.asia, name="Orders")
    add_team(by=BY, region=cast.europe, name="Orders")
    with pytest.raises(Conflict):
        add_team(by=BY, region=cast.asia, name="Orders")


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_name_is_needed_and_fits(cast: Cast, name: str):
    with pytest.raises(Invalid):
        add_team(by=BY, region=cast.asia, name=name)


def test_only_supervisors_of_the_region_arrange_teams(cast: Cast):
    team = add_team(by=BY, region=cast.europe, name="Europe's")
    for who, refusal in (("fay", NotFound), ("cho", NotAllowed)):
        with pytest.raises(refusal):
            change_team(by=cast.access(who), team_id=team.pk, name="Mine", people=[])
        with pytest.raises(refusal):
            delete_team(by=cast.access(who), team_id=team.pk)
    delete_team(by=cast.access("dee"), team_id=team.pk)
    assert not Team.objects.exists() and logged("team.deleted")


def test_whoever_leaves_the_region_leaves_its_teams(cast: Cast):
    here, there = (add_team(by=BY, region=one, name="T", people=[cast.dee.pk]) for one in (cast.asia, cast.europe))
    leave_region(by=BY, user=cast.dee, region=cast.asia)
    assert (people(here), people(there)) == (set(), {cast.dee.pk})


def test_a_new_name_is_told_to_the_region_and_to_nobody_else(cast: Cast):
    team = add_team(by=BY, region=cast.asia, name="Orders", people=[cast.ben.pk])
    change_team(by=BY, team_id=team.pk, name="Returns", people=[cast.ben.pk])
    change_team(by=BY, team_id=team.pk, name="Returns", people=[cast.ben.pk])
    told = StreamEvent.objects.filter(kind="team.changed")
    assert [event.stream for event in told.order_by("seq")] == [f"region:{cast.asia.pk}"] * 2
    assert team_names_of([team.pk]) == {team.pk: "Returns"}
    scope = {"region_id": cast.asia.pk}
    assert sees("region", cast.access("ben"), scope) and not sees("region", cast.access("cho"), scope)
