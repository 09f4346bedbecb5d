"""Who reads what in the log: supervisors their regions, admins everything, and nobody more than they may see."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from contacts.actions.edit import edit_contact
from inbox.actions.assignments import assign_conversation
from inbox.actions.canned_replies import add_canned_reply
from inbox.actions.payment_marks import mark_payment
from inbox.models import Conversation
from security.actions.duties import give_duty
from security.actions.grants import give_grant
from security.actions.people import leave_region
from security.actions.sealing import seal_operations
from security.encryption.keyring import forget_keys
from security.log import reading
from security.models import DataKey, Operation
from tests.conftest import BY, Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import thread


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    """Fay of Asia gave a conversation with Mei to Ben, who called her something; there is one in Europe as well."""
    leave_region(by=BY, user=cast.dee, region=cast.europe)
    mine = thread(channel(cast.asia), customer("Mei Lin"))
    thread(channel(cast.europe), customer("Anna Berg"))
    assign_conversation(by=cast.access("fay"), conversation_id=mine.pk, to=cast.ben.pk)
    edit_contact(by=cast.access("ben"), contact_id=mine.contact_id, name="Ms Lin")
    return mine


def lines(cast: Cast, who: str, **asked: Any) -> list[Any]:
    answer = cast.browser(who).get("/api/v1/operations", asked)
    assert answer.status_code == 200, answer.content
    return list(answer.json()["results"])


def test_a_line_names_who_what_and_from_whom_to_whom(cast: Cast, talk: Conversation):
    (line,) = lines(cast, "dee", action="conversation.assigned")
    assert line["actor"] == {"kind": "person", "id": cast.fay.pk, "name": "Fay"}
    assert line["subject"] == {
        "kind": "inbox.conversation", "id": str(talk.pk), "name": "Ms Lin", "opens": "conversation",
        "opens_id": str(talk.pk),
    }  # fmt: skip
    assert [(fact["name"], fact["before"], fact["after"]) for fact in line["facts"]] == [
        ("change", None, "Ben"),
        ("how", None, "hand"),
    ]
    assert line["region_id"] == cast.asia.pk and line["sealed"] is False


def test_words_are_shown_to_whoever_may_see_the_object(cast: Cast, talk: Conversation):
    (line,) = lines(cast, "dee", action="contact.edited")
    assert [(fact["name"], fact["after"], fact["words"]) for fact in line["facts"]] == [("name", "Ms Lin", True)]


def test_words_of_an_erased_contact_are_gone_and_the_line_stays(cast: Cast, talk: Conversation):
    DataKey.objects.filter(pk=talk.contact.key_id).delete()
    forget_keys()
    (line,) = lines(cast, "dee", action="contact.edited")
    assert (line["erased"], line["covered"], line["facts"], line["subject"]["name"]) == (True, False, [], None)


def test_a_supervisor_reads_their_regions_and_about_their_people(cast: Cast, talk: Conversation):
    shown = lines(cast, "dee", limit=100)
    assert {line["region_id"] for line in shown} == {cast.asia.pk, None}
    about = {line["subject"]["name"] for line in shown if line["action"] == "person.level_set"}
    assert about == {"Ana", "Ben", "Dee", "Eli", "Fay"}
    assert "Cho" not in str(shown) and "Anna" not in str(shown)


def test_an_admin_reads_every_line(cast: Cast, talk: Conversation):
    shown = lines(cast, "ana", limit=100)
    assert len(shown) == Operation.objects.count()
    assert "Cho" in {line["subject"]["name"] for line in shown}


def test_an_admin_of_one_region_reads_of_the_others_who_and_when_but_no_words(cast: Cast, talk: Conversation):
    leave_region(by=BY, user=cast.ana, region=cast.asia)
    (line,) = lines(cast, "ana", action="contact.edited")
    assert line["subject"]["name"] is None and line["subject"]["opens"] is None
    assert line["facts"] == [] and line["covered"] is True
    assert "Lin" not in str(lines(cast, "ana", limit=100))


def test_somebody_of_another_region_is_not_named(cast: Cast, talk: Conversation):
    from guardian.shortcuts import assign_perm

    from inbox.actions.replies import send_text

    assign_perm("inbox.see_conversation", cast.cho, talk)
    Conversation.objects.for_system("nobody has it").filter(pk=talk.pk).update(assignee=None)
    send_text(by=cast.access("cho"), conversation_id=talk.pk, client_ref="1", text="Hello")
    (line,) = lines(cast, "dee", action="message.queued")
    assert line["actor"] == {"kind": "person", "id": None, "name": "Somebody of another region"}
    assert lines(cast, "ana", action="message.queued")[0]["actor"]["name"] == "Cho"


def test_a_colleagues_own_canned_reply_is_nobody_elses(cast: Cast, talk: Conversation):
    add_canned_reply(by=cast.access("fay"), shortcut="hi", title="Hi", text="Hello")
    (line,) = lines(cast, "dee", action="canned_reply.added")
    assert line["subject"]["name"] is None and line["facts"] == []


@pytest.mark.parametrize("narrow", ["finance", "trainee"])
def test_whoever_sees_a_part_of_a_region_reads_no_more_of_it_here(cast: Cast, talk: Conversation, narrow: str):
    """A supervisor lent the permission; it opens the log, not what one does not see."""
    from security.actions.traineeships import start_traineeship

    other = thread(channel(cast.asia), customer("Chen Yu"))
    assign_conversation(by=cast.access("fay"), conversation_id=other.pk, to=cast.fay.pk)
    if narrow == "finance":
        give_duty(by=BY, user=cast.ben, duty="finance")
        mark_payment(by=cast.access("fay"), conversation_id=talk.pk)
    else:
        start_traineeship(by=BY, user=cast.ben)
    until = timezone.now() + timedelta(hours=1)
    give_grant(by=BY, user=cast.ben, permission="security.see_operations", ends_at=until, reason="Audit")
    shown = lines(cast, "ben", limit=100)
    public = ("security.", "inbox.channel")
    seen = {line["subject"]["id"] for line in shown if not line["subject"]["kind"].startswith(public)}
    assert seen == {str(talk.pk), str(talk.contact_id)}
    assert "Chen" not in str(shown) and str(other.pk) not in str(shown)


def test_lines_are_found_by_person_deed_object_region_and_time(cast: Cast, talk: Conversation):
    fays = lines(cast, "dee", person=cast.fay.pk)
    assert {line["action"] for line in fays} == {"conversation.assigned", "person.added", "person.level_set"} | {
        "person.region_joined"
    }
    assert {line["action"].split(".")[0] for line in lines(cast, "dee", action="conversation")} == {"conversation"}
    assert lines(cast, "dee", action="conver") == []
    assert {line["subject"]["id"] for line in lines(cast, "dee", object=str(talk.pk))} == {str(talk.pk)}
    assert {line["region_id"] for line in lines(cast, "dee", region=cast.asia.pk)} == {cast.asia.pk}
    assert lines(cast, "dee", region=cast.europe.pk) == []
    now = timezone.now()
    assert lines(cast, "dee", **{"from": (now + timedelta(minutes=1)).isoformat()}) == []
    assert lines(cast, "dee", to=(now - timedelta(days=1)).isoformat()) == []
    assert lines(cast, "dee", **{"from": (now - timedelta(days=1)).isoformat()})


@pytest.mark.parametrize("text", ['週年慶 "促銷"', "Sale", "SALE"])
def test_words_in_the_details_are_found(cast: Cast, talk: Conversation, text: str):
    until = timezone.now() + timedelta(hours=1)
    reason = 'Sale: 週年慶 "促銷" 100%'
    give_grant(by=BY, user=cast.ben, permission="inbox.send_template", ends_at=until, reason=reason)
    assert [line["action"] for line in lines(cast, "dee", q=text)] == ["grant.given"]
    assert lines(cast, "dee", q="100_") == [] and lines(cast, "dee", q="nowhere") == []


@pytest.mark.parametrize("text", ["Ben", "bEn", "en"])
def test_lines_of_whoever_is_called_so_are_found(cast: Cast, talk: Conversation, text: str):
    found = lines(cast, "dee", q=text, limit=100)
    assert {line["action"] for line in found if line["actor"]["name"] == "Ben"} == {"contact.edited"}
    assert "person.level_set" in {line["action"] for line in found if line["subject"]["name"] == "Ben"}


def test_somebody_of_another_region_is_not_found_by_name(cast: Cast, talk: Conversation):
    from guardian.shortcuts import assign_perm

    from inbox.actions.replies import send_text

    assign_perm("inbox.see_conversation", cast.cho, talk)
    Conversation.objects.for_system("nobody has it").filter(pk=talk.pk).update(assignee=None)
    send_text(by=cast.access("cho"), conversation_id=talk.pk, client_ref="1", text="Hello")
    assert lines(cast, "dee", q="Cho") == []
    assert "message.queued" in {line["action"] for line in lines(cast, "ana", q="cho", limit=100)}


def test_sealed_words_are_not_found_by_searching(cast: Cast, talk: Conversation):
    assert lines(cast, "dee", q="Ms Lin") == []


def test_a_search_in_details_goes_on_where_it_stopped(cast: Cast, talk: Conversation, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "LOOKED_THROUGH", 5)
    until = timezone.now() + timedelta(hours=1)
    give_grant(by=BY, user=cast.ben, permission="inbox.send_template", ends_at=until, reason="Old news")
    for number in range(9):
        thread(channel(cast.asia), customer(f"Customer {number}"))
        add_canned_reply(by=cast.access("fay"), shortcut=f"r{number}", title="x", text="x")
    found: list[Any] = []
    cursor: Any = ""
    pages, browser = 0, cast.browser("dee")
    while cursor is not None:
        answer = browser.get("/api/v1/operations", {"q": "Old news", "cursor": cursor}).json()
        found, cursor, pages = [*found, *answer["results"]], answer["next"], pages + 1
    assert [line["action"] for line in found] == ["grant.given"] and pages > 2


def test_pages_follow_each_other_without_a_gap(cast: Cast, talk: Conversation):
    whole = [line["id"] for line in lines(cast, "dee", limit=100)]
    found: list[int] = []
    cursor: Any = ""
    while cursor is not None:
        answer = cast.browser("dee").get("/api/v1/operations", {"limit": 4, "cursor": cursor}).json()
        found, cursor = [*found, *(line["id"] for line in answer["results"])], answer["next"]
    assert found == whole == sorted(whole, reverse=True)


@pytest.mark.parametrize(
    "query",
    ["person=x", "person=-1", "region=1.5", "from=yesterday", "from=2026-01-01T00:00:00", "to=2026-13-01T00:00:00Z",
     f"q={'x' * 101}", "q=%00", f"person={'9' * 30}", "cursor=WzFd", "cursor=W10"],
)  # fmt: skip
def test_odd_filters_are_refused_by_name(cast: Cast, query: str):
    answer = cast.browser("dee").get(f"/api/v1/operations?{query}")
    if query == "cursor=WzFd":  # [1]: a position like any other
        assert answer.json() == {"results": [], "next": None}
        return
    assert (answer.status_code, answer.json()["field"]) == (400, query.split("=")[0])


def test_how_far_the_log_is_sealed_is_told(cast: Cast, talk: Conversation):
    dee = cast.browser("dee")
    assert dee.get("/api/v1/operations/seal").json() == {"number": 0, "last_id": 0, "digest": "", "sealed_at": None}
    seal_operations()
    told = dee.get("/api/v1/operations/seal").json()
    assert told["number"] == 1 and told["last_id"] == Operation.objects.order_by("-id")[0].pk
    assert all(line["sealed"] for line in lines(cast, "dee"))


def test_a_setting_is_called_what_the_admin_calls_it(cast: Cast):
    from security.actions.policies import change_policy
    from security.models import SecurityPolicy

    policy = SecurityPolicy.current()
    policy.history_days = 14
    change_policy(by=cast.access("ana"), policy=policy, changed=["history_days"], reason="Asked for")
    (line,) = lines(cast, "ana", action="policy")
    fact = next(fact for fact in line["facts"] if fact["name"] == "history_days")
    assert (fact["label"], fact["before"], fact["after"]) == ("history for agents (days)", "7", "14")
    assert lines(cast, "dee", action="policy") == [], "settings of the whole house are the admins'"


def test_a_page_costs_the_same_number_of_queries_however_many_lines(cast: Cast, talk: Conversation):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost() -> int:
        browser = cast.browser("dee")
        browser.get("/api/v1/operations?limit=100")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.get("/api/v1/operations?limit=100")
        return len(queries)

    add_canned_reply(by=cast.access("fay"), shortcut="first", title="x", text="x")
    few = cost()
    for number in range(6):
        other = thread(channel(cast.asia), customer(f"Customer {number}"))
        assign_conversation(by=cast.access("fay"), conversation_id=other.pk, to=cast.ben.pk)
        edit_contact(by=cast.access("ben"), contact_id=other.contact_id, name=f"C {number}")
    assert cost() == few
