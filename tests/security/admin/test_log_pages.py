"""The operation log in the admin: read, filtered, searched, checked, and never changed."""

import pytest

from inbox.actions.assignments import assign_conversation
from security.actions.people import change_person
from security.actions.sealing import seal_operations
from security.models import Operation, User
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import thread

LIST = "/admin/security/operation/"


@pytest.fixture
def renamed(cast: Cast) -> Operation:
    cast.ben.name = "Benedict"
    change_person(by=cast.access("ana"), user=cast.ben, changed=["name"])
    return Operation.objects.get(action="person.changed")


def test_a_line_says_what_was_done_with_before_and_after_and_whether_it_is_sealed(cast: Cast, renamed: Operation):
    ana = cast.browser("ana")
    page = ana.get(f"{LIST}{renamed.pk}/change/").content.decode()
    assert "Ana changed the account of Benedict" in page and "<del>Ben</del>" in page and "<ins>Benedict</ins>" in page
    assert "waits for the next seal" in page
    assert "Ana changed the account of Benedict" in ana.get(LIST).content.decode()


@pytest.mark.django_db(transaction=True)
def test_seals_are_told_and_checked(cast: Cast, renamed: Operation):
    seal_operations()
    ana = cast.browser("ana")
    assert "This line is sealed" in ana.get(f"{LIST}{renamed.pk}/change/").content.decode()
    answer = ana.post("/admin/security/seal/check/", follow=True)
    assert "are as they were sealed" in answer.content.decode()


def test_it_is_searched_and_filtered(cast: Cast, renamed: Operation):
    ana = cast.browser("ana")
    finds = ({"q": "person.changed"}, {"q": str(cast.ben.pk)}, {"about": "person"}, {"actor_kind__exact": "person"})
    for query in finds:
        assert f"{LIST}{renamed.pk}/change/" in ana.get(LIST, query).content.decode(), query
    for query in ({"q": "no.such"}, {"about": "session"}, {"region": str(cast.asia.pk), "q": "person.changed"}):
        assert f"{LIST}{renamed.pk}/change/" not in ana.get(LIST, query).content.decode(), query


def test_the_history_of_a_person_is_the_log(cast: Cast, renamed: Operation):
    answer = cast.browser("ana").get(f"/admin/security/user/{cast.ben.pk}/history/", follow=True)
    assert f"{LIST}{renamed.pk}/change/" in answer.content.decode()


def test_a_line_is_not_changed_added_or_deleted(cast: Cast, renamed: Operation):
    ana = cast.browser("ana")
    ana.post(f"{LIST}{renamed.pk}/change/", {"action": "person.pwned"})
    assert ana.get(f"{LIST}add/").status_code == 403
    assert ana.post(f"{LIST}{renamed.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Operation.objects.get(pk=renamed.pk).action == "person.changed"


def test_an_assignment_is_told_by_whom_it_went_to(cast: Cast):
    """Taken for oneself, given to nobody: the words of the client's log, with its room between two scripts."""
    ben, talk = cast.access("ben"), thread(channel(cast.asia), customer("王小明"), "Hello?")
    for to in (ben.user_id, None):
        assign_conversation(by=ben, conversation_id=talk.pk, to=to)
    User.objects.filter(pk=cast.ana.pk).update(language="zh-hant")
    page = cast.browser("ana").get(LIST, {"q": "conversation.assigned"}).content.decode()
    assert "Ben 接手了" in page and "指派給 <" not in page and "Ben將" not in page
