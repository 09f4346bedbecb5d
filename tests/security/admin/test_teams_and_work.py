"""Teams and work profiles in Django admin: written through the same actions, refused in the same words."""

from django.test import Client

from security.actions.teams import add_team
from security.models import Team, WorkProfile
from tests.conftest import BY, Cast
from tests.worlds.threads import logged


def admin(cast: Cast) -> Client:
    return cast.browser("ana")


def ids(team: Team) -> set[int]:
    return set(team.memberships.values_list("user_id", flat=True))


def test_an_admin_makes_fills_renames_and_deletes_a_team(cast: Cast):
    ana = admin(cast)
    made = {"region": cast.asia.pk, "name": "Orders", "in_team": [cast.ben.pk]}
    assert ana.post("/admin/security/team/add/", made).status_code == 302
    team = Team.objects.get()
    assert (team.name, ids(team)) == ("Orders", {cast.ben.pk})
    path = f"/admin/security/team/{team.pk}/change/"
    assert ana.get(path).status_code == 200
    ana.post(path, {"name": "Returns", "in_team": [cast.fay.pk]})
    team.refresh_from_db()
    assert (team.name, ids(team), team.region_id) == ("Returns", {cast.fay.pk}, cast.asia.pk)
    ana.post(f"/admin/security/team/{team.pk}/do/delete/", {"confirmed": "yes"})
    assert not Team.objects.exists() and logged("team.deleted")


def test_somebody_of_another_region_is_refused_in_words(cast: Cast):
    made = {"region": cast.asia.pk, "name": "Orders", "in_team": [cast.cho.pk]}
    answer = admin(cast).post("/admin/security/team/add/", made)
    assert "Only people of the team" in answer.content.decode()
    assert not Team.objects.exists()


def test_an_admin_sees_teams_of_their_regions_only(cast: Cast):
    from security.actions.people import leave_region

    abroad = add_team(by=BY, region=cast.europe, name="Abroad")
    leave_region(by=BY, user=cast.ana, region=cast.europe)
    assert "Abroad" not in admin(cast).get("/admin/security/team/").content.decode()
    assert admin(cast).get(f"/admin/security/team/{abroad.pk}/change/").status_code == 302


def test_an_admin_sets_what_somebody_can_be_given(cast: Cast):
    wanted = {"user": cast.ben.pk, "languages": "zh, ja", "skills": "VIP、退換貨", "capacity": "4"}
    assert admin(cast).post("/admin/security/workprofile/add/", wanted).status_code == 302
    row = WorkProfile.objects.get()
    assert (row.languages, row.skills, row.capacity) == (["ja", "zh"], ["vip", "退換貨"], 4)
    path = f"/admin/security/workprofile/{row.pk}/change/"
    assert "ja, zh" in admin(cast).get(path).content.decode()
    answer = admin(cast).post(path, {"languages": "Chinese", "skills": "", "capacity": ""}, follow=True)
    assert "Name languages by their code" in answer.content.decode()
    assert WorkProfile.objects.get().languages == ["ja", "zh"]


def test_below_admin_nobody_gets_there(cast: Cast):
    for who in ("ben", "dee"):
        assert cast.browser(who).get("/admin/security/team/").status_code == 302
