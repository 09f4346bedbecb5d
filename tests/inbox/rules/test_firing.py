"""What happens sets rules off: once each, with the rule as the one who acts, to be explained and taken back (CM-1)."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from contacts.actions.orders import upsert_orders
from contacts.actions.rule_runs import undo_run
from contacts.actions.rule_trials import begin_trial, run_trial
from contacts.actions.rules import Draft, change_rule, restore_version, version_of
from contacts.actions.tagging import untag_contact
from contacts.models import Rule, RuleBatch, RuleDue, RulesPolicy, RuleTrial
from contacts.rules.errors import UndoneAlready
from contacts.rules.queries import in_conversation, run_page
from contacts.rules.running import judge_due, sweep_rules
from contacts.rules.why import explained
from contacts.tag_queries import tags_of_contact
from inbox.actions.priorities import set_priority
from inbox.actions.resolutions import resolve_conversation
from inbox.models import Channel, Conversation, Message, Notification
from inbox.models.conversation import PRIORITIES
from security.errors import Refusal
from security.models import Operation
from tests.conftest import BY, Cast
from tests.contacts.exchange.rows import order
from tests.inbox.rules.conftest import judged, only_contact, rule, runs, shipped, tag_id, tags_of
from tests.worlds.customers import customer
from tests.worlds.threads import fresh, thread
from tests.worlds.webhooks import message, says

_WHY = "the test looks"


def sent(talk: Conversation) -> list[Message]:
    return list(Message.objects.for_system(_WHY).filter(conversation=talk, direction="out"))


def test_a_first_customer_is_tagged_and_welcomed_once(cast: Cast, shop: Channel):
    shipped(cast, "welcome")
    who = customer("Mei")
    talk = thread(shop, who, "你好")
    assert judged(cast) == 1
    (welcome,) = sent(talk)
    assert (tags_of(talk.contact_id), welcome.author_id, welcome.status) == ({"新客"}, None, "queued")
    assert "九折" in welcome.content["text"] and fresh(talk).waiting_since is not None  # a person still has to answer
    line = Operation.objects.get(action="contact.tagged")
    assert (line.actor_kind, line.actor_id) == ("rule", "第一次來訊：新客與歡迎優惠")
    resolve_conversation(by=cast.access("fay"), conversation_id=talk.pk)
    says(shop, who)
    assert (judged(cast), len(sent(talk)), len(runs())) == (0, 1, 1)


def test_a_refund_jumps_the_queue_and_what_it_did_is_taken_back(cast: Cast, shop: Channel):
    rule_ = shipped(cast, "refund")
    talk = thread(shop, customer("Mei"), "我要退 款!")
    assert judged(cast) == 1
    assert fresh(talk).priority == PRIORITIES["urgent"]
    (run,) = runs()
    assert (run.verdict["parts"][0]["seen"], run.version.number, run.state) == (["退款"], 1, "fired")
    (why,) = explained(access=cast.access("fay"), rule_id=rule_.pk, conversation_id=talk.pk, contact_id=talk.contact_id)
    assert (why.came, why.run_id) == ("fired", str(run.pk))
    undo_run(by=cast.access("dee"), run_id=run.pk)
    assert fresh(talk).priority == PRIORITIES["normal"] and not fresh(talk).tags.for_system(_WHY).exists()
    with pytest.raises(UndoneAlready):
        undo_run(by=cast.access("dee"), run_id=run.pk)


def test_what_somebody_changed_since_stays(cast: Cast, shop: Channel):
    shipped(cast, "refund")
    talk = thread(shop, customer("Mei"), "退款")
    judged(cast)
    set_priority(by=cast.access("fay"), conversation_id=talk.pk, priority="low")
    run = undo_run(by=cast.access("dee"), run_id=runs()[0].pk)
    assert [(deed["do"], deed["undo"]) for deed in run.deeds] == [
        ("tag_conversation", ""), ("set_priority", "changed_meanwhile")
    ]  # fmt: skip
    assert fresh(talk).priority == PRIORITIES["low"]


def test_the_second_order_within_a_day_makes_a_frequent_buyer(cast: Cast, shop: Channel):
    shipped(cast, "frequent")
    now = timezone.now()
    first = order("o1", placed_at=now - timedelta(hours=30), paid_at=now - timedelta(hours=30))
    upsert_orders(by=BY, region=cast.asia, source="shop", rows=[first])
    upsert_orders(by=BY, region=cast.asia, source="shop", rows=[order("o2", placed_at=now - timedelta(hours=2))])
    assert (judged(cast), tags_of(only_contact().pk)) == (0, set())
    upsert_orders(by=BY, region=cast.asia, source="shop", rows=[order("o3", placed_at=now - timedelta(minutes=1))])
    assert (judged(cast), tags_of(only_contact().pk)) == (1, {"高頻買家"})
    upsert_orders(by=BY, region=cast.asia, source="shop", rows=[replace(first, state="shipped")])
    assert judged(cast) == 0


def test_orders_are_explained_in_any_conversation_of_their_customer(cast: Cast, shop: Channel):
    rule_, now, fay = shipped(cast, "frequent"), timezone.now(), cast.access("fay")
    for ref, ago in (("o1", 2), ("o2", 1)):
        at = now - timedelta(hours=ago)
        upsert_orders(by=BY, region=cast.asia, source="shop", rows=[order(ref, placed_at=at, paid_at=at)])
        judged(cast)
    who, talk_id = only_contact(), uuid4()
    whys = explained(access=fay, rule_id=rule_.pk, conversation_id=talk_id, contact_id=who.pk)
    assert [one.came for one in whys] == ["fired", "conditions"]
    (run,) = run_page(access=fay, after=None, limit=5, of=in_conversation(talk_id, who.pk))
    (tag,) = tags_of_contact(who)
    assert run.conversation_id is None
    assert tag.rule is not None and (tag.rule.id, tag.rule.name) == (str(rule_.pk), rule_.name)
    of_another = in_conversation(talk_id, uuid4())
    assert run_page(access=fay, after=None, limit=5, of=of_another) == []


def test_time_that_passes_is_a_row_that_moves(cast: Cast, shop: Channel):
    rule(cast, [{"do": "tag_contact", "tag": tag_id("沉睡客戶")}], after_hours=48)
    who = customer("Mei")
    says(shop, who, message(who, ago=50 * 3600))
    says(shop, who, message(who, ago=49 * 3600))
    assert (judged(cast), RuleDue.objects.for_system(_WHY).count()) == (0, 1)
    says(shop, who, message(who, ago=3600))
    judged(cast)
    assert judge_due() == 0
    RuleDue.objects.for_system(_WHY).update(due_at=timezone.now())
    assert (judge_due(), judge_due(), tags_of(only_contact().pk)) == (1, 0, {"沉睡客戶"})


def test_a_repetition_a_crash_and_a_cooldown_fire_nothing_twice(cast: Cast, shop: Channel):
    rule(cast, [{"do": "notify", "people": [str(cast.fay.pk)]}], cooldown_hours=1)
    who = customer("Mei")
    thread(shop, who, "一")
    (row,) = RuleBatch.objects.for_system(_WHY).all()
    assert judged(cast) == 1
    row.created_at, row.claimed_at = timezone.now() - timedelta(minutes=5), timezone.now() - timedelta(minutes=5)
    row.save(force_insert=True)  # as if the worker had died before it was deleted
    says(shop, who)
    assert (sweep_rules(), judged(cast), len(runs())) == (0, 0, 1)
    assert Notification.objects.for_system(_WHY).filter(kind="rule.notice").count() == 1


def test_rules_set_each_other_off_only_so_deep(cast: Cast, shop: Channel):
    a, b = tag_id("新客"), tag_id("VIP")
    rule(cast, [{"do": "tag_contact", "tag": a}])
    turn = [{"do": "untag_contact", "tag": a}, {"do": "untag_contact", "tag": b}]
    for mine, other in ((a, b), (b, a)):
        asked = {"all": [{"fact": "event.tag", "op": "is_any", "value": [mine]}]}
        rule(cast, [*turn, {"do": "tag_contact", "tag": other}], asked, event="tag.added")
    talk = thread(shop)
    fired = judged(cast)
    assert (fired, [run.depth for run in runs()]) == (4, [0, 1, 2, 3])
    assert [run.cut for run in runs()] == [False, False, False, True] and len(tags_of(talk.contact_id)) == 1


def test_a_rule_that_keeps_failing_pauses_and_tells(cast: Cast, shop: Channel):
    RulesPolicy.objects.create(pk=1, failures=2)
    made = rule(cast, [{"do": "assign_person", "person": str(cast.ben.pk)}, {"do": "set_priority", "priority": "high"}])
    cast.ben.is_active = False
    cast.ben.save()
    talk = thread(shop, customer("Mei"))
    thread(shop, customer("Lin"))
    judged(cast)
    assert [(run.state, run.error) for run in runs()] == [("failed", "assignee_unfit")] * 2
    assert fresh(talk).priority == PRIORITIES["high"]  # the others are done all the same
    assert Rule.objects.for_system(_WHY).get(pk=made.pk).paused_at is not None
    told = Notification.objects.for_system(_WHY).filter(kind="rule.paused")
    assert set(told.values_list("to_id", flat=True)) == {cast.ana.pk, cast.dee.pk}
    thread(shop, customer("Wu"))
    assert RuleBatch.objects.for_system(_WHY).count() == 0


def test_versions_are_kept_and_a_dry_run_says_what_would_have_happened(cast: Cast, shop: Channel):
    who = customer("Mei")
    talk = thread(shop, who, "請問運費")
    says(shop, who, message(who, "text", "退貨要運費嗎"))
    dee = cast.access("dee")
    asked = {"all": [{"fact": "message.text", "op": "contains_any", "value": ["運費"]}]}
    made = rule(cast, [{"do": "tag_contact", "tag": tag_id("VIP")}], asked)
    trial = begin_trial(by=dee, region_id=cast.asia.pk, days=7, rule_id=made.pk)
    run_trial(trial.pk)
    trial = RuleTrial.objects.for_system(_WHY).get()
    assert (trial.state, trial.looked, trial.fired, trial.contacts, trial.of_today) == ("done", 2, 2, 1, [])
    assert {one["conversation"] for one in trial.found} == {str(talk.pk)} and tags_of(talk.contact_id) == set()
    said = Draft(name="退貨", event="message.received", actions=[{"do": "set_priority", "priority": "high"}])
    assert change_rule(by=dee, rule_id=made.pk, draft=said, seen=1).current == 2
    back = restore_version(by=dee, rule_id=made.pk, number=1)
    assert (back.current, version_of(back).conditions) == (3, asked)
    whys = explained(access=dee, rule_id=made.pk, conversation_id=talk.pk, contact_id=talk.contact_id)
    assert [one.came for one in whys] == ["before", "before"]  # it was not written then


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"actions": []}, "actions"),
        ({"actions": [{"do": "nothing"}]}, "actions.0.do"),
        ({"actions": [{"do": "tag_contact", "tag": str(uuid4())}]}, "actions.0.tag"),
        ({"actions": [{"do": "set_priority", "priority": "high", "loud": 1}]}, "actions.0.loud"),
        ({"event": "moon.rises"}, "event"),
        ({"conditions": {"all": []}}, "conditions.all"),
        ({"conditions": {"all": [{"fact": "order.total", "op": "ge", "value": 1}]}}, "conditions.all.0.fact"),
        ({"after_hours": 0}, "after_hours"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_field(
    cast: Cast, shop: Channel, change: dict[str, object], field: str
):
    usual = {"actions": [{"do": "set_priority", "priority": "high"}], **change}
    with pytest.raises(Refusal) as refused:
        rule(cast, usual.pop("actions"), usual.pop("conditions", None), **usual)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_tag_put_on_by_hand_meanwhile_is_not_taken_off(cast: Cast, shop: Channel):
    rule(cast, [{"do": "tag_contact", "tag": tag_id("VIP")}])
    talk = thread(shop)
    judged(cast)
    ben = cast.access("ben")
    untag_contact(by=ben, contact_id=talk.contact_id, tag_id=tag_id("VIP"))  # type: ignore[arg-type]
    run = undo_run(by=cast.access("dee"), run_id=runs()[0].pk)
    assert run.deeds[0]["undo"] == "conflict"
