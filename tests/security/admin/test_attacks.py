"""The admin under attack: people who are no admins, forged posts, reading that writes, guessed ids, odd queries."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inbox.models import Conversation
from security.actions.levels import set_level
from security.actions.people import leave_region
from security.models import Operation, User
from tests.conftest import BY, PASSWORD, Cast
from tests.security.admin.forms import change, do, person_form
from tests.worlds.channels import channel
from tests.worlds.threads import thread

LISTS = sorted(
    reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") for model in admin.site._registry
)
PAGES = [
    *LISTS,
    "/admin/",
    "/admin/levels/",
    "/admin/selfcheck/",
    "/admin/sight/",
    "/admin/search/?s=ben&extended",
    "/admin/factor/",
]
_WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.mark.parametrize("who", ["ben", "dee", "eli", "fay"])
def test_who_is_no_admin_is_sent_away_from_every_page(cast: Cast, who: str):
    browser = cast.browser(who)
    for page in PAGES:
        answer = browser.get(page)
        assert answer.status_code == 302 and answer["Location"].startswith("/admin/login/"), page
        assert browser.post(page).status_code == 302


def test_djangos_own_flags_open_nothing(cast: Cast):
    User.objects.filter(pk=cast.dee.pk).update(is_staff=True, is_superuser=True)
    assert cast.browser("dee").get("/admin/").status_code == 302
    assert change(cast.browser("dee"), cast.ben, name="Pwned").status_code == 302
    assert User.objects.get(pk=cast.ben.pk).name == "Ben"


def test_an_admin_whose_level_was_taken_is_out_at_once(cast: Cast):
    set_level(by=BY, user=cast.dee, level="admin")
    dee = cast.browser("dee")
    assert dee.get("/admin/").status_code == 200
    set_level(by=BY, user=cast.dee, level="supervisor")
    assert dee.get("/admin/").status_code == 302 and change(dee, cast.ben, name="Pwned").status_code == 302
    assert User.objects.get(pk=cast.ben.pk).name == "Ben"


@pytest.mark.parametrize("page", PAGES)
def test_reading_writes_nothing(cast: Cast, page: str):
    thread(channel(cast.asia))
    ana = cast.browser("ana")
    lines = Operation.objects.count()
    with CaptureQueriesContext(connection) as seen:
        assert ana.get(page, headers={"accept-language": "en"}).status_code in (200, 302)
    writes = [query["sql"] for query in seen if query["sql"].lstrip().upper().startswith(_WRITES)]
    assert [sql for sql in writes if "security_browsersession" not in sql] == []
    assert Operation.objects.count() == lines


def test_a_deeds_address_opened_by_a_link_does_nothing(cast: Cast):
    ana = cast.browser("ana")
    for act in ("put-out", "sign-out", "link", "see", "grant", "withhold", "train"):
        before = Operation.objects.count()
        query = {"reason": "x", "confirmed": "yes", "kefu_code": "123456"}
        assert ana.get(f"/admin/security/user/{cast.ben.pk}/do/{act}/", query).status_code == 200
        assert Operation.objects.count() == before
    for path in ("/admin/security/review/draw/", "/admin/security/seal/check/", "/admin/language/"):
        assert ana.get(path).status_code == 405


def test_a_forged_post_is_refused(cast: Cast):
    ana = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    ana.login(username="ana@kefu.test", password=PASSWORD)
    for path, form in (
        (f"/admin/security/user/{cast.ben.pk}/change/", person_form(cast.ben, name="Pwned")),
        (f"/admin/security/user/{cast.ben.pk}/do/put-out/", {"reason": "x"}),
        ("/admin/security/review/draw/", {}),
        ("/admin/language/", {"language": "en"}),
    ):
        assert ana.post(path, form).status_code == 403
    ben = User.objects.get(pk=cast.ben.pk)
    assert ben.name == "Ben" and ben.is_active


def test_fields_outside_the_form_are_not_taken(cast: Cast):
    more = {"is_staff": "on", "is_superuser": "on", "password": "pwned", "sign_outs": "9", "groups": [1, 2, 3, 4, 5]}
    assert change(cast.browser("ana"), cast.ben, name="Benedict", **more).status_code == 302
    ben = User.objects.get(pk=cast.ben.pk)
    assert (ben.name, ben.is_staff, ben.is_superuser, ben.sign_outs) == ("Benedict", False, False, 0)
    assert ben.check_password(PASSWORD) and list(ben.groups.values_list("name", flat=True)) == ["agent"]


def test_a_regions_code_stays(cast: Cast):
    form = {"name": "Asia", "code": "pwned", "time_zone": "Asia/Tokyo"}
    assert cast.browser("ana").post(f"/admin/security/region/{cast.asia.pk}/change/", form).status_code == 302
    cast.asia.refresh_from_db()
    assert (cast.asia.name, cast.asia.code, cast.asia.time_zone) == ("Asia", "asia", "Asia/Tokyo")


@pytest.mark.parametrize("pk", ["999999", "0", "-1", "x", "1%20or%201=1", "99999999999999999999999"])
def test_a_guessed_id_leads_to_nothing(cast: Cast, pk: str):
    ana = cast.browser("ana")
    assert ana.get(f"/admin/security/user/{pk}/change/").status_code == 302
    assert do(ana, "security/user", pk, "put-out", reason="x").status_code in (302, 404)
    assert ana.get(f"/admin/inbox/conversation/{pk}/change/").status_code == 302
    assert ana.get(f"/admin/sight/{pk}/take/").status_code == 404


def test_nothing_is_deleted_through_djangos_own_pages(cast: Cast):
    ana = cast.browser("ana")
    for path in (f"security/user/{cast.ben.pk}", f"security/region/{cast.asia.pk}", "security/operation/1"):
        assert ana.post(f"/admin/{path}/delete/", {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [cast.ben.pk], "post": "yes"}
    ana.post("/admin/security/user/", chosen)
    assert User.objects.filter(pk=cast.ben.pk).exists()


@pytest.mark.parametrize(
    "query",
    [
        "?password__startswith=argon",
        "?o=99",
        "?p=x",
        "?p=99999",
        "?q=%00",
        "?level=god",
        "?regions__id__exact=x",
        "?e=1",
    ],
)
def test_an_odd_query_of_a_list_is_no_fault_and_no_oracle(cast: Cast, query: str):
    answer = cast.browser("ana").get(f"/admin/security/user/{query}")
    assert answer.status_code in (200, 302, 400)


def test_the_pages_of_another_region_do_not_show_in_any_list(cast: Cast):
    talk: Conversation = thread(channel(cast.asia))
    leave_region(by=BY, user=cast.ana, region=cast.asia)
    ana = cast.browser("ana")
    for page in (
        "/admin/inbox/conversation/",
        "/admin/inbox/channel/",
        "/admin/inbox/cannedreply/",
        "/admin/security/team/",
    ):
        text = ana.get(page).content.decode()
        assert str(talk.pk) not in text and talk.channel.name not in text
    assert ana.get(f"/admin/inbox/channel/{talk.channel_id}/change/").status_code == 302


def test_a_policy_of_its_own_for_the_admin_and_no_looser_one_elsewhere(cast: Cast):
    ana = cast.browser("ana")
    inside, outside = ana.get("/admin/")["Content-Security-Policy"], ana.get("/")["Content-Security-Policy"]
    assert (
        "'unsafe-eval'" in inside and "script-src 'self' 'unsafe-eval'" in inside and "frame-ancestors 'none'" in inside
    )
    assert "unsafe-eval" not in outside and "'unsafe-inline'" not in outside.split("style-src-attr")[0]
