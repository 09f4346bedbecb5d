"""What people see one by one, given and taken in the admin: from the person, from the object, never past the giver."""

import re
from typing import Any

import pytest

from inbox.models import Conversation
from security.access import access_of
from security.actions.people import leave_region
from security.actions.sight import give_sight, sight_rows
from security.models import Operation, User
from tests.conftest import BY, Cast
from tests.security.admin.forms import do, errors
from tests.worlds.channels import channel
from tests.worlds.threads import thread


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    return thread(channel(cast.asia))


def sees(who: User, talk: Conversation) -> bool:
    return Conversation.objects.visible_to(access_of(who)).filter(pk=talk.pk).exists()


def number_of(talk: Conversation) -> str:
    from contacts.queries import phones_of

    return str(phones_of([talk.contact])[talk.contact_id])


def test_a_conversation_found_by_its_number_is_given_from_the_persons_page(cast: Cast, talk: Conversation):
    ana = cast.browser("ana")
    assert not sees(cast.cho, talk)
    wanted = {"wanted": number_of(talk), "reason": "Speaks Dutch"}
    assert do(ana, "security/user", cast.cho.pk, "see", **wanted).status_code == 302
    assert sees(cast.cho, talk)
    line = Operation.objects.get(action="person.sight_given")
    assert line.details == {"on": f"inbox.conversation {talk.pk}", "reason": "Speaks Dutch"}
    assert (line.region_id, line.about_id) == (cast.asia.pk, cast.cho.pk)


@pytest.mark.parametrize("spelled", ["{0}", " {0} ", "{1}", "{2}"])
def test_a_number_is_found_however_it_is_written(cast: Cast, talk: Conversation, spelled: str):
    number = number_of(talk)
    words = spelled.format(number, number.lstrip("+"), f"{number[:4]} {number[4:7]}-{number[7:]}")
    page = cast.browser("ana").get("/admin/inbox/conversation/", {"q": words}).content.decode()
    assert str(talk.pk) in page


def test_it_is_given_and_taken_from_the_object_and_shown_on_both_pages(cast: Cast, talk: Conversation):
    ana = cast.browser("ana")
    given = {"person": cast.cho.pk, "reason": "Speaks Dutch"}
    assert do(ana, "inbox/conversation", talk.pk, "let-see", **given).status_code == 302
    row = sight_rows().get()
    for page in (f"/admin/inbox/conversation/{talk.pk}/change/", f"/admin/security/user/{cast.cho.pk}/change/"):
        assert f"/admin/sight/{row.pk}/take/" in ana.get(page).content.decode()
    assert "Cho" in ana.get("/admin/sight/").content.decode()
    assert ana.post(f"/admin/sight/{row.pk}/take/", {"reason": ""}).status_code == 400 and sees(cast.cho, talk)
    assert ana.post(f"/admin/sight/{row.pk}/take/", {"reason": "Done"}).status_code == 302
    assert not sees(cast.cho, talk) and Operation.objects.get(action="person.sight_taken").details["reason"] == "Done"


@pytest.mark.parametrize("kind", ["security.region", "inbox.channel"])
def test_regions_and_channels_too(cast: Cast, talk: Conversation, kind: str):
    place = {"security.region": cast.asia.pk, "inbox.channel": talk.channel_id}[kind]
    form = {"place": f"{kind} {place}", "reason": "Helps out"}
    assert do(cast.browser("ana"), "security/user", cast.cho.pk, "see", **form).status_code == 302
    assert sees(cast.cho, talk)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"reason": "x"}, "place"),
        ({"place": "nonsense 1", "reason": "x"}, "place"),
        ({"place": "security.region 99999", "reason": "x"}, "place"),
        ({"wanted": "+886900000000", "reason": "x"}, "wanted"),
        ({"wanted": "nobody of that name", "reason": "x"}, "wanted"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(cast: Cast, talk: Conversation, form: Any, field: str):
    answer = do(cast.browser("ana"), "security/user", cast.cho.pk, "see", **form)
    assert answer.status_code == 400 and field in errors(answer)


def test_an_admin_finds_nothing_of_regions_they_do_not_work_in(cast: Cast, talk: Conversation):
    leave_region(by=BY, user=cast.ana, region=cast.asia)
    ana = cast.browser("ana")
    for words in ("", number_of(talk)):
        assert str(talk.pk) not in ana.get("/admin/inbox/conversation/", {"q": words}).content.decode()
    assert ana.get(f"/admin/inbox/conversation/{talk.pk}/change/").status_code == 302
    answer = do(ana, "security/user", cast.cho.pk, "see", wanted=number_of(talk), reason="Curious")
    assert "wanted" in errors(answer)
    form = {"place": f"inbox.channel {talk.channel_id}", "reason": "Curious"}
    assert "place" in errors(do(ana, "security/user", cast.cho.pk, "see", **form))
    guessed = do(ana, "inbox/conversation", talk.pk, "let-see", person=cast.cho.pk, reason="Curious")
    assert guessed.status_code == 302 and not sight_rows().exists()
    assert "亞洲" not in re.sub("<select.*?</select>", "", ana.get("/admin/inbox/channel/").content.decode())


def test_what_an_admin_does_not_see_has_no_name_but_can_be_taken_back(cast: Cast, talk: Conversation):
    give_sight(by=BY, user=cast.cho, on=talk, reason="Dutch")
    leave_region(by=BY, user=cast.ana, region=cast.asia)
    ana = cast.browser("ana")
    page = ana.get("/admin/sight/").content.decode()
    assert "one that you do not see" in page and str(talk.pk) not in page
    assert ana.post(f"/admin/sight/{sight_rows().get().pk}/take/", {"reason": "Tidying"}).status_code == 302
    assert not sight_rows().exists()


def test_giving_twice_is_refused(cast: Cast, talk: Conversation):
    give_sight(by=BY, user=cast.cho, on=talk, reason="Dutch")
    answer = do(cast.browser("ana"), "inbox/conversation", talk.pk, "let-see", person=cast.cho.pk, reason="Again")
    assert answer.status_code == 400 and sight_rows().count() == 1
