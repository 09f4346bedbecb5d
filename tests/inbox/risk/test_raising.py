"""What customers write makes a conversation risky: when, how, and what follows at once (TS-7)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inbox.actions.assignments import assign_conversation
from inbox.actions.locks import lock_conversation
from inbox.actions.risks import close_risk, take_risk
from inbox.actions.snoozes import snooze_conversation
from inbox.ingest.drainer import drain
from inbox.models import Channel, Notification, RiskMention
from inbox.models.conversation import PRIORITIES
from inbox.risk.words import words_of
from security.actions.traineeships import start_traineeship
from security.models import StreamEvent
from tests.conftest import BY, Cast
from tests.inbox.risk.conftest import cases, only_case, rules, settings
from tests.inbox.together.conftest import call, listed
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.duty import at_work, can_take, holder
from tests.worlds.threads import conversations, fresh, logged, messages, thread
from tests.worlds.webhooks import envelope, message, says, store, value

_WHY = "the test looks"


def told(kind: str) -> set[int]:
    return set(Notification.objects.for_system(_WHY).filter(kind=kind).values_list("to_id", flat=True))


def test_one_mention_of_fraud_is_kept_and_three_raise(cast: Cast, shop: Channel):
    who = customer("Mei")
    talk = thread(shop, who, "你們是不是詐騙")
    says(shop, who, message(who, "text", "詐 騙!"))
    assert cases() == [] and fresh(talk).risk_severity == 0
    says(shop, who, message(who, "text", "我要告訴大家这是诈骗"))
    case, row = only_case(), fresh(talk)
    assert (case.kind, case.state, case.level, case.raised_by_id) == ("fraud", "open", 0, None)
    assert case.due_at is not None
    assert timedelta(minutes=9) < case.due_at - timezone.now() <= timedelta(minutes=10)
    assert (row.risk_severity, row.priority) == (2, PRIORITIES["urgent"])
    assert told("risk.raised") == {cast.fay.pk}
    shown = cast.browser("ben").get(f"/api/v1/conversations/{talk.pk}").json()["risk"]
    assert (shown["kind"], shown["state"], shown["taken_by"]) == ("fraud", "open", None)


def test_it_says_which_words_at_which_messages(cast: Cast, shop: Channel):
    talk = thread(shop, text="詐騙詐騙,騙子!")
    found = cast.browser("ben").get(f"/api/v1/conversations/{talk.pk}/risk").json()["results"]
    assert {(one["word"], one["times"]) for one in found[0]["words"]} == {("詐騙", 2), ("騙子", 1)}
    assert {one["message_id"] for one in found[0]["words"]} == {str(row.pk) for row in messages(talk)}
    assert "165" in found[0]["advice_zh"] and "165" in found[0]["advice_en"]
    assert (found[0]["may_take"], found[0]["may_close"]) == (False, False)


def test_mentions_count_within_the_hours_only(cast: Cast, shop: Channel):
    settings(cast, rules=rules(hours=2))
    who = customer()
    thread(shop, who, "詐騙", ago=4 * 3600)
    says(shop, who, message(who, "text", "詐騙", ago=3 * 3600))
    says(shop, who, message(who, "text", "詐騙"))
    assert cases() == []
    says(shop, who, message(who, "text", "詐騙詐騙"))
    assert len(cases()) == 1


def test_self_harm_is_raised_at_once_and_is_the_more_severe(cast: Cast, shop: Channel):
    who = customer()
    talk = thread(shop, who, "詐騙 詐騙 詐騙")
    assert only_case().severity == 2
    says(shop, who, message(who, "text", "我不想活了"))
    case = only_case()
    assert (case.kind, case.severity, fresh(talk).risk_severity) == ("self_harm", 3, 3)
    assert [row.details["kind"] for row in logged("risk.worsened")] == ["self_harm"]


def test_the_same_message_does_not_raise_it_again_and_a_new_one_does(cast: Cast, shop: Channel):
    who = customer()
    said = message(who, "text", "我不想活了")
    says(shop, who, said)
    talk = messages()[0].conversation
    close_risk(by=cast.access("fay"), conversation_id=talk.pk, reason="Talked to them", false_alarm=False)
    says(shop, who, said)
    says(
        shop,
        who,
        message(
            who,
            "edit",
            {"original_message_id": said["id"], "message": {"type": "text", "text": {"body": "我不想活了。"}}},
        ),
    )
    assert len(cases()) == 1 and fresh(talk).risk_severity == 0
    says(shop, who, message(who, "text", "真的不想活"))
    assert len(cases()) == 2 and fresh(talk).risk_severity == 3


def test_an_edit_that_adds_a_word_raises(cast: Cast, shop: Channel):
    who = customer()
    said = message(who, "text", "hello")
    says(shop, who, said)
    words = {"type": "text", "text": {"body": "I want to die"}}
    says(shop, who, message(who, "edit", {"original_message_id": said["id"], "message": words}))
    assert only_case().kind == "self_harm"


def test_what_sleeps_wakes_even_when_told_not_to(cast: Cast, shop: Channel):
    who = customer()
    talk = thread(shop, who)
    until = timezone.now() + timedelta(days=2)
    snooze_conversation(by=cast.access("ben"), conversation_id=talk.pk, until=until, wakes_on_reply=False)
    says(shop, who, message(who, "text", "詐騙詐騙"))
    assert fresh(talk).state == "snoozed"
    says(shop, who, message(who, "text", "詐騙"))
    row = fresh(talk)
    assert (row.state, row.woken_how) == ("open", "risk")


def test_what_nobody_has_goes_to_a_specialist_who_is_there(cast: Cast, shop: Channel):
    at_work(cast.fay, cast.ben)
    talk = thread(shop, text="我不想活了")
    assert holder(talk) == only_case().given_to_id == cast.fay.pk


def test_whoever_has_it_keeps_it_until_a_specialist_takes_it(cast: Cast, shop: Channel):
    at_work(cast.fay)
    who = customer()
    talk = thread(shop, who)
    assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.ben.pk)
    says(shop, who, message(who, "text", "我不想活了"))
    assert holder(talk) == cast.ben.pk
    take_risk(by=cast.access("fay"), conversation_id=talk.pk)
    assert holder(talk) == cast.fay.pk


@pytest.mark.parametrize("there", [True, False], ids=["specialist there", "nobody there"])
def test_a_trainee_does_not_keep_it(cast: Cast, shop: Channel, there: bool):
    who = customer()
    talk = thread(shop, who)
    assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.ben.pk)
    start_traineeship(by=BY, user=cast.ben)
    if there:
        at_work(cast.fay)
    says(shop, who, message(who, "text", "我不想活了"))
    assert holder(talk) == (cast.fay.pk if there else None)
    ben = cast.browser("ben")
    assert listed(ben) == [] and ben.get(f"/api/v1/conversations/{talk.pk}/risk").status_code == 404
    last = StreamEvent.objects.filter(kind="conversation.changed").latest("id")
    assert last.left_scope is not None and last.left_scope["assignee_id"] == cast.ben.pk
    refused = call(cast.browser("fay"), "post", f"conversations/{talk.pk}/assign", {"assignee": cast.ben.pk})
    assert refused.json()["code"] == "assignee_unfit"


def test_a_locked_one_stays_where_it_is(cast: Cast, shop: Channel):
    who = customer()
    talk = thread(shop, who)
    lock_conversation(by=cast.access("dee"), conversation_id=talk.pk, reason="A refund")
    at_work(cast.fay)
    says(shop, who, message(who, "text", "我不想活了"))
    assert holder(talk) is None and only_case().given_to_id == cast.fay.pk


def test_without_specialists_supervisors_are_told_and_then_admins(cast: Cast, shop: Channel):
    can_take(cast.fay)
    thread(shop, text="我不想活了")
    assert told("risk.raised") == {cast.dee.pk} and only_case().level == 1


def test_another_regions_words_raise_nothing_here(cast: Cast, shop: Channel):
    settings(cast, words=[])
    thread(shop, text="我不想活了")
    assert cases() == []
    thread(channel(cast.europe), text="我不想活了")
    assert only_case().conversation.region_id == cast.europe.pk


def test_a_region_that_does_not_watch_raises_nothing(cast: Cast, shop: Channel):
    settings(cast, watches=False)
    thread(shop, text="我不想活了")
    assert cases() == []


def test_a_batch_without_a_word_costs_no_statement(cast: Cast, shop: Channel):
    settings(cast)
    who = customer()
    says(shop, who, message(who, "text", "Hello"))
    batch = [message(who, "text", f"Where is my parcel {number}? 我的包裹呢") for number in range(5)]
    words_of(cast.asia.pk)
    with CaptureQueriesContext(connection) as asked:
        says(shop, who, *batch)
    assert len(messages()) == 6
    assert [one["sql"] for one in asked if "inbox_risk" in one["sql"]] == []


def test_who_deals_with_it_is_read_once_for_all_that_one_batch_raises(cast: Cast, shop: Channel):
    settings(cast)
    at_work(cast.fay, cast.ben)

    def asked_for(people: int) -> list[str]:
        for guest in [customer() for _ in range(people)]:
            said = value(shop, people=[guest], messages=[message(guest, "text", "不想活")])
            store(shop, envelope(shop, said))
        words_of(cast.asia.pk)
        with CaptureQueriesContext(connection) as asked:
            drain(shop.pk)
        assert {holder(one) for one in conversations(shop)[:people]} == {cast.fay.pk}
        return [one["sql"] for one in asked]

    asked_for(1)
    one, five = asked_for(1), asked_for(5)
    for table in ("security_workprofile", "inbox_riskstep", "inbox_riskpolicy", "security_presence"):
        reading = [sum(f'FROM "{table}"' in sql or f'JOIN "{table}"' in sql for sql in told) for told in (one, five)]
        assert reading[0] == reading[1], table
    assert len(five) - len(one) <= 4 * 9, "each of the others: its own case, assignment, notice and row"


def test_a_known_word_below_its_number_costs_four_statements(cast: Cast, shop: Channel):
    settings(cast)
    who = customer()
    says(shop, who, message(who, "text", "Hello"))
    counted = []
    for text in ("Hello again", "詐騙"):
        with CaptureQueriesContext(connection) as asked:
            says(shop, who, message(who, "text", text))
        counted.append(len(asked))
    assert counted[1] - counted[0] <= 4
    assert RiskMention.objects.for_system(_WHY).count() == 1
