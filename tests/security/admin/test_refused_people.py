"""What Django admin refuses to do to a person, beside the field at fault."""

from typing import Any

import pytest
from django.test import Client

from security.access import access_of
from security.actions.levels import set_level
from security.actions.people import change_person
from security.errors import LastAdmin, OwnAccess, Refusal
from security.models import Operation, User
from tests.conftest import BY, Cast


def save(cast: Cast, client: Client, user: User, **wanted: object) -> Any:
    form = {
        "name": user.name,
        "email": user.email,
        "language": user.language,
        "time_zone": user.time_zone,
        "availability": user.availability,
        "is_active": "on",
        "level": access_of(user).level,
        "in_regions": list(user.regions.values_list("pk", flat=True)),
        **wanted,
    }
    given = {key: value for key, value in form.items() if value is not None}
    return client.post(f"/admin/security/user/{user.pk}/change/", given)


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 200
    return dict(answer.context["adminform"].form.errors)


@pytest.mark.parametrize(
    ("field", "value"),
    [("time_zone", '"Asia/Taipei"'), ("time_zone", "Mars/Olympus"), ("language", "fr"), ("email", "no address")],
)
def test_a_value_kefu_does_not_know_is_refused_beside_its_field(cast: Cast, field: str, value: str):
    assert list(errors(save(cast, cast.browser("ana"), cast.ben, **{field: value}))) == [field]
    assert User.objects.get(pk=cast.ben.pk).time_zone == "Asia/Taipei"


def test_language_and_time_zone_are_chosen_from_a_list(cast: Cast):
    page = cast.browser("ana").get(f"/admin/security/user/{cast.ben.pk}/change/").content.decode()
    assert '<select name="language"' in page and '<select name="time_zone"' in page
    assert '<option value="Europe/London">' in page and '<option value="Etc/GMT+1">' not in page


def test_an_address_that_differs_only_in_its_letters_case_is_taken(cast: Cast):
    assert "email" in errors(save(cast, cast.browser("ana"), cast.ben, email="CHO@kefu.test"))


@pytest.mark.parametrize(("field", "value"), [("level", "agent"), ("is_active", None)])
def test_an_admin_cannot_lock_herself_out(cast: Cast, field: str, value: str | None):
    set_level(by=BY, user=cast.dee, level="admin")
    assert list(errors(save(cast, cast.browser("ana"), cast.ana, reason="Why not", **{field: value}))) == [field]
    ana = User.objects.get(pk=cast.ana.pk)
    assert ana.is_active and access_of(ana).level == "admin"


def test_another_admin_may_take_the_rights_away(cast: Cast):
    set_level(by=BY, user=cast.dee, level="admin")
    assert save(cast, cast.browser("dee"), cast.ana, level="agent", reason="Moves on").status_code == 302
    assert access_of(cast.ana).level == "agent"


def test_the_last_active_admin_stays_one_whoever_asks(cast: Cast):
    with pytest.raises(LastAdmin):
        set_level(by=BY, user=cast.ana, level="supervisor")
    cast.ana.is_active = False
    with pytest.raises(LastAdmin):
        change_person(by=BY, user=cast.ana, changed=["is_active"])
    set_level(by=BY, user=cast.dee, level="admin")
    change_person(by=BY, user=cast.ana, changed=["is_active"])
    with pytest.raises(LastAdmin):  # Ana is still of the level, but nobody who can sign in
        set_level(by=BY, user=cast.dee, level="agent")
    set_level(by=BY, user=cast.ana, level="agent")


def test_the_action_refuses_ones_own_hand_too(cast: Cast):
    set_level(by=BY, user=cast.dee, level="admin")
    with pytest.raises(OwnAccess):
        set_level(by=cast.access("ana"), user=cast.ana, level="agent", reason="Why not")


def test_what_the_action_refuses_is_told_beside_its_field_and_nothing_is_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    def late(**_: object) -> None:
        raise LastAdmin(field="level")

    monkeypatch.setattr("security.admin.people.set_level", late)
    lines = Operation.objects.count()
    answer = save(cast, cast.browser("ana"), cast.ben, level="senior", name="Benedict")
    assert list(errors(answer)) == ["level"] and "Benedict" in answer.content.decode()
    assert User.objects.get(pk=cast.ben.pk).name == "Ben" and Operation.objects.count() == lines


@pytest.mark.parametrize(("name", "value"), [("time_zone", "Mars/Olympus"), ("language", "fr")])
def test_the_action_checks_what_the_form_checks(cast: Cast, name: str, value: str):
    setattr(cast.ben, name, value)
    with pytest.raises(Refusal) as refused:
        change_person(by=BY, user=cast.ben, changed=[name])
    assert refused.value.field == name


def test_the_levels_are_not_for_editing(cast: Cast):
    assert cast.browser("ana").get("/admin/auth/group/").status_code == 404
