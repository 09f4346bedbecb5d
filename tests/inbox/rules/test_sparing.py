"""Whom rules leave alone, and what they do not lose or do twice (CM-1, SR-2)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from contacts.actions import rule_runs
from contacts.actions.suppression import suppress_contacts
from contacts.models import Contact, Rule, RuleBatch, RuleDue, RulesPolicy
from contacts.rules import running
from contacts.rules.running import judge_due, sweep_rules
from inbox.models import Channel, Conversation, KnownTemplate, Message
from tests.conftest import Cast
from tests.inbox.rules.conftest import judged, rule, runs, shipped, tag_id, tags_of
from tests.worlds.customers import customer
from tests.worlds.threads import thread
from tests.worlds.webhooks import message, says

_WHY = "the test looks"


def texts(talk: Conversation) -> list[str]:
    rows = Message.objects.for_system(_WHY).filter(conversation=talk, direction="out").order_by("pk")
    return [row.content["text"] for row in rows]


def test_whoever_begins_with_a_stop_gets_no_offer(cast: Cast, shop: Channel):
    shipped(cast, "welcome")
    talk = thread(shop, customer("Mei"), "STOP")
    assert judged(cast) == 1 and tags_of(talk.contact_id) == {"新客"}
    (run,) = runs()
    assert [deed["code"] for deed in run.deeds] == ["", "marketing_stopped"] and run.state == "fired"
    assert not [said for said in texts(talk) if "九折" in said]


def test_a_suppressed_customer_gets_no_text_of_a_rule_and_that_is_no_failure_of_it(cast: Cast, shop: Channel):
    RulesPolicy.objects.create(pk=1, failures=1)
    who = customer("Mei")
    talk = thread(shop, who)
    suppress_contacts(by=cast.access("dee"), contact_ids=[talk.contact_id], why="other")
    made = rule(cast, [{"do": "send_text", "text": "九折"}])
    says(shop, who)
    judged(cast)
    assert [deed["code"] for run in runs() for deed in run.deeds] == ["contact_suppressed"]
    assert texts(talk) == [] and Rule.objects.for_system(_WHY).get(pk=made.pk).paused_at is None


def test_that_somebody_never_agreed_pauses_no_rule(cast: Cast, shop: Channel):
    RulesPolicy.objects.create(pk=1, failures=1)
    KnownTemplate.objects.create(
        waba_id=shop.waba_id, name="come_back", language="zh_TW", status="APPROVED", category="MARKETING",
        told_at=timezone.now().isoformat(),
    )  # fmt: skip
    made = rule(cast, [{"do": "send_template", "template": "come_back|zh_TW", "text": "好久不見"}])
    talk = thread(shop, customer("Mei"))
    judged(cast)
    assert [(run.state, run.deeds[0]["code"]) for run in runs()] == [("fired", "marketing_not_agreed")]
    assert texts(talk) == [] and Rule.objects.for_system(_WHY).get(pk=made.pk).paused_at is None


def test_two_messages_of_one_rule_are_both_sent(cast: Cast, shop: Channel):
    rule(cast, [{"do": "send_text", "text": "一"}, {"do": "send_text", "text": "二"}])
    talk = thread(shop, customer("Mei"))
    assert judged(cast) == 1 and texts(talk) == ["一", "二"]


def test_an_older_message_that_comes_late_sets_off_nothing_within_the_cooldown(cast: Cast, shop: Channel):
    rule(cast, [{"do": "send_text", "text": "一"}], cooldown_hours=1)
    who = customer("Mei")
    talk = thread(shop, who)
    judged(cast)
    says(shop, who, message(who, ago=600))
    assert judged(cast) == 0 and texts(talk) == ["一"]


def test_where_the_database_gives_way_the_events_are_judged_again(
    cast: Cast, shop: Channel, monkeypatch: pytest.MonkeyPatch
):
    rule(cast, [{"do": "tag_contact", "tag": tag_id("VIP")}])
    talk = thread(shop, customer("Mei"))

    def deadlock(*_given: Any) -> Any:
        raise OperationalError("deadlock detected")

    with monkeypatch.context() as broken:
        broken.setattr(rule_runs, "_do", deadlock)
        assert judged(cast) == 0 and runs() == []
    RuleBatch.objects.for_system(_WHY).update(
        claimed_at=timezone.now() - timedelta(minutes=5), created_at=timezone.now() - timedelta(minutes=5)
    )
    sweep_rules()
    assert tags_of(talk.contact_id) == {"VIP"} and [run.state for run in runs()] == ["fired"]


def test_a_rule_about_time_that_breaks_holds_up_none_of_the_others(
    cast: Cast, shop: Channel, monkeypatch: pytest.MonkeyPatch
):
    broken = rule(cast, [{"do": "tag_contact", "tag": tag_id("VIP")}], after_hours=1)
    rule(cast, [{"do": "tag_contact", "tag": tag_id("新客")}], after_hours=2)
    thread(shop, customer("Mei"))
    judged(cast)
    now = timezone.now()
    RuleDue.objects.for_system(_WHY).update(due_at=now)
    due_of = running._due_of

    def breaking(book: Any, written: Any, rows: Any) -> int:
        if written.rule_id == broken.pk:
            raise RuntimeError("a fact that cannot be read")
        return due_of(book, written, rows)

    monkeypatch.setattr(running, "_due_of", breaking)
    assert judge_due() == 1
    assert tags_of(Contact.objects.for_system(_WHY).get().pk) == {"新客"}
    (left,) = RuleDue.objects.for_system(_WHY).all()
    assert left.rule_id == broken.pk and left.due_at > now
