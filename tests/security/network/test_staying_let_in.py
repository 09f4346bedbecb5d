"""Lists of addresses neither open by the clock nor shut out those who leave, begin or rescue."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from security.access import Access
from security.actions.allowlist import disallow_address
from security.actions.invitations import link_parts
from security.errors import ListWouldOpen
from security.models import AllowedAddress, User
from security.models.allowed_address import ADMINS, EVERYBODY
from tests.conftest import BY, PASSWORD, Cast
from tests.contracts.test_refusals import refused
from tests.security.network.test_allowlist import HOME, ME, OFFICE, SESSION, allow, status
from tests.worlds.threads import logged


def test_no_list_opens_by_the_clock(cast: Cast):
    soon = timezone.now() + timedelta(minutes=5)
    with pytest.raises(ListWouldOpen):
        allow(OFFICE, ADMINS, ends_at=soon)
    stays = allow(OFFICE, ADMINS)
    passing = allow(HOME, ADMINS, ends_at=soon)
    with pytest.raises(ListWouldOpen):
        disallow_address(by=ana_of(cast), row_id=stays.pk, reason="Moved")
    assert AllowedAddress.objects.count() == 2
    disallow_address(by=BY, row_id=passing.pk)
    disallow_address(by=BY, row_id=stays.pk)
    assert not AllowedAddress.objects.exists(), "an admin opens it, knowingly"


def ana_of(cast: Cast) -> Access:
    return cast.access("ana")


def test_the_rescue_never_makes_the_first_row_of_a_group(cast: Cast):
    """The office was let in as part of everybody; a row for admins alone would shut it out."""
    allow(OFFICE)
    with pytest.raises(CommandError, match="without an end"):
        call_command("allow_address", HOME, "--for", ADMINS)
    assert status(cast, "ana", OFFICE) == 200
    call_command("allow_address", HOME, "--for", EVERYBODY)
    assert (status(cast, "ana", OFFICE), status(cast, "ana", HOME)) == (200, 200)


def test_a_list_that_was_left_with_ends_only_is_lengthened_by_the_machine(cast: Cast):
    row = allow(OFFICE)
    AllowedAddress.objects.filter(pk=row.pk).update(ends_at=timezone.now() + timedelta(minutes=5))
    call_command("allow_address", HOME)
    assert AllowedAddress.objects.count() == 2


def test_the_page_of_a_set_password_link_is_not_shut_with_the_admin(cast: Cast):
    allow(OFFICE, ADMINS)
    who, token = link_parts(User.objects.get(pk=cast.ben.pk))
    page = f"/admin/welcome/{who}/{token}/"
    assert Client(REMOTE_ADDR=HOME).get(page, follow=True).status_code == 200
    assert Client(REMOTE_ADDR=HOME).get("/admin/welcome").status_code == 403
    allow(OFFICE)
    assert Client(REMOTE_ADDR=HOME).get(page).status_code == 403, "nobody is let in from there"


def test_signing_in_from_where_ones_group_is_not_let_in_is_refused_and_logged(cast: Cast):
    allow(OFFICE, ADMINS)
    body = {"email": "ana@kefu.test", "password": PASSWORD}
    here = Client(REMOTE_ADDR=HOME, headers={"accept-language": "en"})
    refused(here.post(SESSION, body, content_type="application/json"), 403, "address_refused")
    assert here.get(SESSION).json()["user"] is None and not logged("session.started")
    assert [line.about_id for line in logged("sign_in.address_refused")] == [cast.ana.pk]
    assert here.post(SESSION, body | {"email": "ben@kefu.test"}, content_type="application/json").status_code == 200


@pytest.mark.parametrize("group", [ADMINS, EVERYBODY])
def test_whoever_is_not_let_in_any_more_can_still_sign_out(cast: Cast, group: str):
    ana = cast.browser("ana")
    allow(OFFICE, group)
    refused(ana.get(SESSION, REMOTE_ADDR=HOME), 403, "address_refused")
    assert ana.delete(SESSION, REMOTE_ADDR=HOME).status_code == 204
    assert ana.get(ME, REMOTE_ADDR=OFFICE).status_code == 401


@pytest.mark.parametrize(("language", "words"), [("en", "cannot be used from this address"), ("zh-hant", "位址")])
def test_a_reader_of_the_admin_is_told_on_a_page_and_a_program_in_json(cast: Cast, language: str, words: str):
    allow(OFFICE)
    person = Client(REMOTE_ADDR=HOME, headers={"accept": "text/html,*/*", "accept-language": language})
    page = person.get("/admin/")
    assert page.status_code == 403 and page["Content-Type"].startswith("text/html")
    assert words in page.content.decode() and "<h1>" in page.content.decode()
    refused(Client(REMOTE_ADDR=HOME, headers={"accept-language": "en"}).get("/admin/"), 403, "address_refused")
    refused(
        Client(REMOTE_ADDR=HOME, headers={"accept": "text/html", "accept-language": "en"}).get(ME),
        403,
        "address_refused",
    )
