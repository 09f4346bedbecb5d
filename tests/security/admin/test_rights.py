"""Rights in the admin: for a time, withheld, asked for, reviewed; and traineeships."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from security.access import access_of
from security.actions.access_requests import ask_for_access
from security.actions.grants import give_grant
from security.models import AccessRequest, Grant, Operation, Review, ReviewItem, Traineeship, User, Withheld
from tests.conftest import BY, Cast
from tests.security.admin.forms import do, errors


def spelled(hours: float) -> str:
    """As the browser's picker does, in Ana's own time zone."""
    at = timezone.localtime(timezone.now() + timedelta(hours=hours), timezone.get_fixed_timezone(8 * 60))
    return at.strftime("%Y-%m-%dT%H:%M")


def give(cast: Cast, **wanted: object) -> Any:
    form = {
        "people": [cast.ben.pk, cast.eli.pk],
        "permission": "inbox.assign_conversation",
        "duty": "",
        "starts_at": "",
        "ends_at": spelled(24),
        "reason": "The sale",
        **wanted,
    }
    return cast.browser("ana").post("/admin/security/grant/add/", form)


def test_a_permission_for_several_is_given_extended_and_ended(cast: Cast):
    assert give(cast).status_code == 302
    assert access_of(cast.ben).can("inbox.assign_conversation") and Grant.objects.count() == 2
    grant, ana = Grant.objects.get(user=cast.ben), cast.browser("ana")
    assert abs(grant.ends_at - timezone.now() - timedelta(hours=24)) < timedelta(minutes=2), "in the admin's own time"
    assert "&#x27;running&#x27;" not in ana.get(f"/admin/security/grant/{grant.pk}/change/").content.decode()
    form = {"ends_at": spelled(48), "reason": "It goes on"}
    assert do(ana, "security/grant", grant.pk, "extend", **form).status_code == 302
    assert do(ana, "security/grant", grant.pk, "end").status_code == 400
    assert do(ana, "security/grant", grant.pk, "end", reason="Over").status_code == 302
    assert not access_of(cast.ben).can("inbox.assign_conversation")
    assert Operation.objects.get(action="grant.ended").details["reason"] == "Over"
    for state, shown in (("running", "Eli"), ("over", "Ben")):
        assert shown in ana.get("/admin/security/grant/", {"state": state}).content.decode()


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"people": []}, "people"),
        ({"people": [999]}, "people"),
        ({"duty": "finance"}, "permission"),
        ({"permission": ""}, "permission"),
        ({"permission": "auth.add_user"}, "permission"),
        ({"reason": " "}, "reason"),
        ({"ends_at": ""}, "ends_at"),
        ({"ends_at": "2001-01-01T10:00"}, "ends_at"),
        ({"ends_at": "2999-01-01T10:00"}, "ends_at"),
    ],
)
def test_what_will_not_do_is_refused_beside_its_field(cast: Cast, wanted: dict[str, object], field: str):
    assert field in errors(give(cast, **wanted)) and not Grant.objects.exists()


def test_nobody_gives_to_themselves(cast: Cast):
    assert "people" in errors(give(cast, people=[cast.ana.pk]))


def test_a_request_is_approved_for_less_and_another_refused_with_a_word(cast: Cast):
    ana = cast.browser("ana")
    first = ask_for_access(by=cast.access("ben"), permission="inbox.assign_conversation", reason="Fay is ill", hours=10)
    second = ask_for_access(by=cast.access("eli"), permission="inbox.reply_conversation", reason="Please", hours=10)
    page = ana.get("/admin/").content.decode()
    assert "Ben · Assign any conversation and answer in any" in page
    assert do(ana, "security/accessrequest", first.pk, "approve", hours="99999999", comment="").status_code == 400
    assert do(ana, "security/accessrequest", first.pk, "approve", hours="4", comment="").status_code == 302
    assert do(ana, "security/accessrequest", second.pk, "refuse", comment="").status_code == 400
    assert do(ana, "security/accessrequest", second.pk, "refuse", comment="Ask Dee").status_code == 302
    states = dict(AccessRequest.objects.values_list("asker__name", "state"))
    assert states == {"Ben": "approved", "Eli": "refused"}
    assert access_of(cast.ben).can("inbox.assign_conversation")
    assert do(ana, "security/accessrequest", first.pk, "refuse", comment="Too late").status_code == 404


def test_nobody_decides_on_their_own_request(cast: Cast):
    row = ask_for_access(by=cast.access("ana"), duty="finance", reason="Me", hours=1)
    assert do(cast.browser("ana"), "security/accessrequest", row.pk, "approve", hours="1").status_code == 404


def test_a_permission_is_withheld_and_given_back(cast: Cast):
    ana = cast.browser("ana")
    form = {"permission": "inbox.reply_conversation", "reason": "Complaint"}
    assert do(ana, "security/user", cast.ben.pk, "withhold", **form).status_code == 302
    assert not access_of(cast.ben).can("inbox.reply_conversation")
    assert do(ana, "security/user", cast.ben.pk, "withhold", **form).status_code == 400
    row = Withheld.objects.get()
    assert do(ana, "security/withheld", row.pk, "give-back").status_code == 400
    assert do(ana, "security/withheld", row.pk, "give-back", reason="Cleared").status_code == 302
    assert access_of(cast.ben).can("inbox.reply_conversation")


def test_a_deed_names_its_rows_in_words(cast: Cast):
    ana = cast.browser("ana")
    form = {"permission": "inbox.reply_conversation", "reason": "Complaint"}
    do(ana, "security/user", cast.ben.pk, "withhold", **form)
    page = ana.get(f"/admin/security/withheld/{Withheld.objects.get().pk}/do/give-back/").content.decode()
    assert "Ben · Answer conversations" in page and "inbox.reply_conversation" not in page


def test_a_given_duty_is_told_in_a_sentence(cast: Cast):
    form = {"user": cast.ben.pk, "duty": "finance", "reason": "Refunds"}
    page = cast.browser("ana").post("/admin/security/dutyholding/add/", form, follow=True).content.decode()
    assert "The duty is given." in page and "Ben" in page


def test_this_quarters_review_is_drawn_read_and_decided(cast: Cast):
    give_grant(by=BY, user=cast.fay, duty="finance", ends_at=timezone.now() + timedelta(days=9), reason="Refunds")
    ana = cast.browser("ana")
    assert "has not been drawn yet" in ana.get("/admin/security/review/").content.decode()
    ana.post("/admin/security/review/draw/")
    ana.post("/admin/security/review/draw/")
    assert Review.objects.count() == 1
    items = list(ReviewItem.objects.filter(holder=cast.dee).order_by("name")[:2]) + list(
        ReviewItem.objects.filter(holder=cast.fay)
    )
    assert "Dee" in ana.get("/admin/security/reviewitem/").content.decode()
    waiting = ReviewItem.objects.count()
    assert ana.get("/api/v1/access-requests/summary").json()["to_review"] == waiting
    assert do(ana, "security/reviewitem", items[0].pk, "confirm", comment="").status_code == 302
    assert ana.get("/api/v1/access-requests/summary").json()["to_review"] == waiting - 1
    assert do(ana, "security/reviewitem", items[-1].pk, "withdraw", comment="").status_code == 400
    assert do(ana, "security/reviewitem", items[-1].pk, "withdraw", comment="No refunds left").status_code == 302
    assert "finance" not in access_of(User.objects.get(pk=cast.fay.pk)).duties
    assert do(ana, "security/reviewitem", items[0].pk, "withdraw", comment="Late").status_code == 404


def test_a_traineeship_begins_changes_and_ends(cast: Cast):
    ana = cast.browser("ana")
    form = {"user": cast.ben.pk, "ends_on": "", "mentors": ["0"], "holds_replies": "on"}
    assert "mentors" in errors(ana.post("/admin/security/traineeship/add/", form))
    form["mentors"] = [str(cast.fay.pk)]
    assert ana.post("/admin/security/traineeship/add/", form).status_code == 302
    assert access_of(cast.ben).trainee
    row = Traineeship.objects.get()
    longer = {"ends_on": (row.ends_on + timedelta(days=10)).isoformat(), "mentors": [cast.fay.pk]}
    assert "reason" in errors(do(ana, "security/traineeship", row.pk, "change", **longer))
    longer["reason"] = "Was ill for ten days"
    assert do(ana, "security/traineeship", row.pk, "change", **longer).status_code == 302
    assert Traineeship.objects.get().ends_on == row.ends_on + timedelta(days=10)
    assert do(ana, "security/traineeship", row.pk, "end").status_code == 302
    assert not access_of(cast.ben).trainee
