"""Numbers of a drill: by team, and nobody is pointed at by one of them or by the difference of two."""

from django.utils import timezone

from security.actions.teams import add_team
from security.drill.results import counts_by_team
from security.models import SelfcheckPolicy
from security.policy import Policy
from tests.conftest import Cast
from tests.security.drill.drilling import plan


def test_teams_are_counted_but_small_ones_only_together(cast: Cast):
    add_team(by=cast.access("ana"), region=cast.asia, name="Sales", people=[cast.ana.pk, cast.ben.pk, cast.fay.pk])
    add_team(by=cast.access("ana"), region=cast.asia, name="Pair", people=[cast.eli.pk, cast.dee.pk])
    drill = plan(cast)
    drill.mails.update(sent_at=timezone.now())
    drill.mails.filter(person=cast.ben).update(opened_at=timezone.now())
    drill.mails.filter(person=cast.eli).update(reported_at=timezone.now())
    sales, rest = counts_by_team(drill)
    assert (sales[0], sales[1].people, sales[1].opened, sales[1].opened_share) == ("Sales", 3, 1, 33)
    assert (rest[0], rest[1].people, rest[1].reported) == ("", 3, 1)


def test_a_rest_of_one_cannot_be_had_by_subtracting(cast: Cast):
    """Four of Sales and Dee: the whole without Sales would be her."""
    people = [cast.ana.pk, cast.ben.pk, cast.fay.pk, cast.eli.pk]
    add_team(by=cast.access("ana"), region=cast.asia, name="Sales", people=people)
    drill = plan(cast, cast.ana, cast.ben, cast.fay, cast.eli, cast.dee)
    assert [(name, counts.people) for name, counts in counts_by_team(drill)] == [("", 5)]


def test_who_is_in_two_teams_cannot_be_had_by_subtracting(cast: Cast):
    """Everybody of Pair is in Sales too: Sales without Pair would be Fay."""
    ana, region = cast.access("ana"), cast.asia
    add_team(by=ana, region=region, name="Sales", people=[cast.ana.pk, cast.ben.pk, cast.dee.pk, cast.fay.pk])
    add_team(by=ana, region=region, name="Pair", people=[cast.ana.pk, cast.ben.pk, cast.dee.pk])
    drill = plan(cast)
    assert [(name, counts.people) for name, counts in counts_by_team(drill)] == [("", 6)]


def test_every_line_is_of_enough_people_and_everybody_is_in_one(cast: Cast):
    SelfcheckPolicy.objects.update_or_create(pk=1, defaults={"drill_team": 2})
    Policy.forget()
    ana = cast.access("ana")
    add_team(by=ana, region=cast.asia, name="Sales", people=[cast.ana.pk, cast.ben.pk, cast.fay.pk])
    add_team(by=ana, region=cast.asia, name="Pair", people=[cast.dee.pk, cast.eli.pk])
    drill = plan(cast)
    found = [(name, counts.people) for name, counts in counts_by_team(drill)]
    assert found == [("Sales", 3), ("", 3)], "Cho alone is no line: the smaller team joins"
