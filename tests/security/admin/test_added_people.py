"""People added in the admin: with a first password, or a link that works once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from security.access import access_of
from security.models import BrowserSession, Operation, User
from security.session_store import SessionStore
from tests.conftest import Cast
from tests.security.admin.forms import do, errors

_LINK = re.compile(r'value="(http[^"]+/admin/welcome/[^"]+)"')


def add(cast: Cast, **wanted: object) -> Any:
    form = {
        "name": "Gus",
        "email": "Gus@Kefu.test",
        "level": "agent",
        "in_regions": [cast.asia.pk],
        "language": "en",
        "time_zone": "Asia/Taipei",
        "hired_on": "",
        "password": "",
        "reason": "",
        **wanted,
    }
    return cast.browser("ana").post("/admin/security/user/add/", form, follow="password" not in wanted)


def link_in(answer: Any) -> str:
    found = _LINK.search(answer.content.decode())
    assert found is not None
    return found.group(1).split("localhost", 1)[1]


def test_somebody_added_with_a_password_signs_in_with_it(cast: Cast):
    assert add(cast, password="Brand-new-2026!").status_code == 302
    gus = User.objects.get(email="gus@kefu.test")
    assert access_of(gus).level == "agent" and access_of(gus).region_ids == {cast.asia.pk}
    assert gus.check_password("Brand-new-2026!")
    line = Operation.objects.filter(action="person.added").latest("pk")
    assert (line.actor_id, line.subject_id) == (str(cast.ana.pk), str(gus.pk))


def test_without_a_password_there_is_a_link_shown_once_that_works_once(cast: Cast):
    answer = add(cast)
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    gus, link = User.objects.get(email="gus@kefu.test"), link_in(answer)
    assert answer.redirect_chain == [(f"/admin/security/user/{gus.pk}/link/", 302)]
    assert not gus.has_usable_password()
    visitor = Client(SERVER_NAME="localhost", headers={"accept-language": "en"})
    assert "Gus" in visitor.get(link).content.decode()
    given = {"password": "Her-own-2026!", "again": "Her-own-2026!"}
    assert "Your password is set" in visitor.post(link, given).content.decode()
    gus.refresh_from_db()
    assert gus.check_password("Her-own-2026!")
    again = visitor.post(link, {"password": "Stolen-2026!!", "again": "Stolen-2026!!"})
    assert again.status_code == 404 and User.objects.get(pk=gus.pk).check_password("Her-own-2026!")
    assert Operation.objects.get(action="person.password_set").actor_id == str(gus.pk), "by themselves"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"password": "short", "again": "short"}, "at least 12 characters"),
        ({"password": "Her-own-2026!", "again": "Her-own-2027!"}, "not the same"),
        ({"password": "", "again": ""}, "required"),
    ],
)
def test_a_password_that_will_not_do_is_refused_on_the_page(cast: Cast, given: dict[str, str], said: str):
    link = link_in(add(cast))
    page = Client(SERVER_NAME="localhost", headers={"accept-language": "en"}).post(link, given)
    assert said in page.content.decode()
    assert not User.objects.get(email="gus@kefu.test").has_usable_password()


@pytest.mark.parametrize("address", ["/admin/welcome/MQ/abc-def/", "/admin/welcome/zzzz/abc/", "/admin/welcome/_/x/"])
def test_a_made_up_link_tells_nothing(cast: Cast, address: str):
    page = Client(SERVER_NAME="localhost", headers={"accept-language": "en"}).get(address)
    assert page.status_code == 404 and "kefu.test" not in page.content.decode()


def test_the_page_of_a_link_can_be_loaded_again_for_a_while_by_who_made_it_and_until_it_was_used(
    cast: Cast, time_machine
):
    ana = cast.browser("ana")
    page = f"/admin/security/user/{cast.ben.pk}/link/"
    assert "welcome" not in ana.get(page, follow=True).content.decode(), "nobody made one"
    do(ana, "security/user", cast.ben.pk, "link", reason="Forgot it")
    link_in(ana.get(page))
    link = link_in(ana.get(page))
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert all(token not in str(SessionStore().decode(row.data)) for row in BrowserSession.objects.all())
    assert Operation.objects.filter(action="person.invited").count() == 1
    assert cast.browser("ana").get(page).status_code == 302, "another session"
    given = {"password": "Her-own-2026!", "again": "Her-own-2026!"}
    Client(SERVER_NAME="localhost").post(link, given)
    assert ana.get(page).status_code == 302, "it was used"
    do(ana, "security/user", cast.ben.pk, "link", reason="Forgot it")
    time_machine.move_to(timezone.now() + timedelta(seconds=301))
    assert ana.get(page).status_code == 302, "too late"


def test_a_link_of_somebody_who_was_put_out_is_worth_nothing(cast: Cast):
    ana = cast.browser("ana")
    do(ana, "security/user", cast.ben.pk, "link", reason="Forgot it")
    link = link_in(ana.get(f"/admin/security/user/{cast.ben.pk}/link/"))
    do(cast.browser("ana"), "security/user", cast.ben.pk, "put-out", reason="Left")
    assert Client(SERVER_NAME="localhost").get(link).status_code == 404


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"email": "ben@kefu.test"}, "email"),
        ({"email": "nonsense"}, "email"),
        ({"name": ""}, "name"),
        ({"level": "god"}, "level"),
        ({"in_regions": [999_999]}, "in_regions"),
        ({"password": "password1234"}, "password"),
        ({"level": "admin"}, "reason"),
    ],
)
def test_what_will_not_do_is_refused_beside_its_field_and_nobody_is_added(
    cast: Cast, wanted: dict[str, object], field: str
):
    before = User.objects.count()
    assert list(errors(add(cast, **wanted))) == [field]
    assert User.objects.count() == before


def test_fields_that_are_not_in_the_form_are_not_taken(cast: Cast):
    add(cast, password="Brand-new-2026!", is_superuser="on", is_staff="on", groups=[1, 2, 3, 4, 5], sign_outs="7")
    gus = User.objects.get(email="gus@kefu.test")
    assert (gus.is_superuser, gus.is_staff, gus.sign_outs) == (False, False, 0)
    assert list(gus.groups.values_list("name", flat=True)) == ["agent"]


def test_the_admin_speaks_the_persons_own_language_whatever_the_browser_says(cast: Cast):
    browser = cast.browser("ana")  # its browser asks for English
    User.objects.filter(pk=cast.ana.pk).update(language="zh-hant")
    assert 'lang="zh-hant"' in browser.get("/admin/").content.decode()
    User.objects.filter(pk=cast.ana.pk).update(language="en")
    assert 'lang="en"' in browser.get("/admin/", headers={"accept-language": "zh-hant"}).content.decode()
