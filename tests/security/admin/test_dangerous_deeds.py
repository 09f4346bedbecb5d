"""What asks for a reason: it is checked on the server, and it stands in the operation log."""

from typing import Any

import pytest
from django.test import Client

from security.access import access_of
from security.actions.duties import give_duty
from security.actions.levels import set_level
from security.models import ApiKey, DutyHolding, Operation, User
from tests.conftest import BY, PASSWORD, Cast
from tests.security.admin.forms import change, do, errors


def last(action: str) -> Operation:
    return Operation.objects.filter(action=action).latest("pk")


@pytest.mark.parametrize(
    ("wanted", "action"),
    [
        ({"is_active": None}, "person.changed"),
        ({"email": "benedict@kefu.test"}, "person.changed"),
        ({"level": "admin"}, "person.level_set"),
        ({"in_regions": []}, "person.region_left"),
        ({"duties": ["finance"]}, "person.duty_given"),
    ],
)
def test_without_a_reason_it_is_refused_with_one_it_is_logged(cast: Cast, wanted: dict[str, Any], action: str):
    ana = cast.browser("ana")
    for empty in ("", "   "):
        assert "reason" in errors(change(ana, cast.ben, reason=empty, **wanted))
    before = Operation.objects.filter(action=action).count()
    assert change(ana, cast.ben, reason="Because of the audit", **wanted).status_code == 302
    assert Operation.objects.filter(action=action).count() == before + 1
    assert last(action).details["reason"] == "Because of the audit"


def test_what_is_harmless_needs_none(cast: Cast):
    wanted = {"name": "Benedict", "level": "senior", "in_regions": [cast.asia.pk, cast.europe.pk]}
    assert change(cast.browser("ana"), cast.ben, **wanted).status_code == 302
    assert access_of(User.objects.get(pk=cast.ben.pk)).level == "senior"


def test_a_reason_too_long_is_refused(cast: Cast):
    assert "reason" in errors(change(cast.browser("ana"), cast.ben, is_active=None, reason="x" * 501))


def test_all_sessions_end_and_the_password_stays(cast: Cast):
    there = Client(SERVER_NAME="localhost")
    there.login(username="ben@kefu.test", password=PASSWORD)
    assert there.get("/api/v1/me").status_code == 200
    assert do(cast.browser("ana"), "security/user", cast.ben.pk, "sign-out").status_code == 400
    assert there.get("/api/v1/me").status_code == 200
    assert do(cast.browser("ana"), "security/user", cast.ben.pk, "sign-out", reason="Lost phone").status_code == 302
    assert there.get("/api/v1/me").status_code == 401
    assert there.login(username="ben@kefu.test", password=PASSWORD)
    assert last("person.sessions_ended").details == {"reason": "Lost phone"}


def test_several_are_put_out_at_once_after_a_page_that_asks(cast: Cast):
    ana = cast.browser("ana")
    chosen = {"action": "put-out", "_selected_action": [cast.ben.pk, cast.eli.pk], "index": "0"}
    page = ana.post("/admin/security/user/", chosen)
    assert page.status_code == 200 and "Ben" in page.content.decode() and User.objects.get(pk=cast.ben.pk).is_active
    del chosen["index"]
    assert ana.post("/admin/security/user/", {**chosen, "confirmed": "yes"}).status_code == 400
    assert User.objects.get(pk=cast.ben.pk).is_active
    assert (
        ana.post("/admin/security/user/", {**chosen, "confirmed": "yes", "reason": "Season is over"}).status_code == 302
    )
    assert not User.objects.filter(pk__in=(cast.ben.pk, cast.eli.pk), is_active=True).exists()


def test_of_several_all_or_none_are_put_out(cast: Cast):
    chosen = {"action": "put-out", "_selected_action": [cast.ben.pk, cast.ana.pk], "confirmed": "yes", "reason": "All"}
    answer = cast.browser("ana").post("/admin/security/user/", chosen)
    assert answer.status_code == 400 and "your own admin rights" in answer.content.decode()
    assert User.objects.get(pk=cast.ben.pk).is_active


def test_somebody_put_out_comes_back_with_what_they_had(cast: Cast):
    ana = cast.browser("ana")
    do(ana, "security/user", cast.ben.pk, "put-out", reason="Leave")
    assert do(ana, "security/user", cast.ben.pk, "let-in", reason="Is back").status_code == 302
    ben = User.objects.get(pk=cast.ben.pk)
    assert ben.is_active and access_of(ben).level == "agent" and access_of(ben).region_ids == {cast.asia.pk}


def test_seats_are_told_and_the_fourth_sender_is_refused_readably(cast: Cast):
    for who in (cast.ben, cast.fay, cast.dee):
        give_duty(by=BY, user=who, duty="marketing_sender")
    ana = cast.browser("ana")
    assert "Marketing senders: 3 of 3." in ana.get("/admin/security/dutyholding/").content.decode()
    answer = change(ana, cast.eli, duties=["marketing_sender"], reason="The sale")
    assert "As many people as are allowed" in str(errors(answer)["duties"])
    form = {"user": cast.eli.pk, "duty": "marketing_sender", "reason": "The sale"}
    answer = ana.post("/admin/security/dutyholding/add/", form)
    assert "As many people as are allowed" in str(errors(answer)["duty"])
    held = DutyHolding.objects.get(user=cast.ben)
    assert do(ana, "security/dutyholding", held.pk, "take").status_code == 400
    assert do(ana, "security/dutyholding", held.pk, "take", reason="Holiday").status_code == 302
    assert ana.post("/admin/security/dutyholding/add/", form).status_code == 302
    assert set(DutyHolding.objects.values_list("user_id", flat=True)) == {cast.fay.pk, cast.dee.pk, cast.eli.pk}


def test_a_key_is_revoked_with_a_reason(cast: Cast):
    row, key = ApiKey.objects.create(user=cast.ben, expiry=None)
    program = Client(headers={"authorization": f"Api-Key {key}"})
    assert program.get("/api/v1/me").status_code == 200
    ana = cast.browser("ana")
    assert str(key) not in ana.get("/admin/security/apikey/").content.decode()
    assert do(ana, "security/apikey", row.pk, "revoke", reason="Leaked").status_code == 302
    assert program.get("/api/v1/me").status_code == 401
    assert last("person.key_revoked").details["reason"] == "Leaked"


def test_one_of_two_admins_who_unmake_each_other_stays(cast: Cast):
    """One after the other here; ``test_two_admins_at_once`` races them."""
    set_level(by=BY, user=cast.dee, level="admin")
    assert change(cast.browser("dee"), cast.ana, level="agent", reason="No").status_code == 302
    assert cast.browser("ana").get("/admin/").status_code == 302
    assert list(errors(change(cast.browser("dee"), cast.dee, level="agent", reason="No"))) == ["level"]
