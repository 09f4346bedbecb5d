"""What a message costs where no rule can hold of it: nothing written, nothing opened; what may hold is never lost."""

from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from contacts.actions.tagging import tag_contact
from contacts.conditions.facts import Fact
from contacts.models import RuleBatch, RuleDue
from contacts.rules import sieve
from contacts.rules.book import book_of
from contacts.rules.why import explained
from inbox.models import Channel, Message
from tests.conftest import Cast
from tests.inbox.rules.conftest import judged, rule, runs, shipped, tag_id
from tests.worlds.customers import customer
from tests.worlds.threads import thread
from tests.worlds.webhooks import message, says

_WHY = "the test looks"
HIGH = [{"do": "set_priority", "priority": "high"}]


def waiting() -> list[tuple[str, list[Any]]]:
    return [(row.event, row.subjects) for row in RuleBatch.objects.for_system(_WHY).order_by("pk")]


def asked(**groups: list[tuple[Any, ...]]) -> dict[str, Any]:
    """``all=[(fact, op, value, hours)]``."""
    ((how, some),) = groups.items()
    names = ("fact", "op", "value", "within_hours")
    return {how: [dict(zip(names, one, strict=False)) for one in some]}


def test_a_message_no_rule_can_hold_of_leaves_no_trace(cast: Cast, shop: Channel):
    for key in ("refund", "returns"):
        shipped(cast, key)
    talk = thread(shop, customer("Mei"), "請問運費多少")
    says(shop, customer("Lin"), message(customer("Lin"), "image"))
    assert waiting() == [] and judged(cast) == 0
    rule_ = shipped(cast, "refund")
    (why,) = explained(access=cast.access("fay"), rule_id=rule_.pk, conversation_id=talk.pk, contact_id=talk.contact_id)
    assert (why.came, why.of_today, why.verdict["parts"][0]["seen"]) == ("conditions", True, [])


def test_what_may_hold_waits_with_the_rules_that_may(cast: Cast, shop: Channel):
    shipped(cast, "returns")
    refund = shipped(cast, "refund")
    mei, lin = customer("Mei"), customer("Lin")
    says(shop, mei, message(mei, "text", "你好"))
    says(shop, lin, message(lin, "text", "我要退 款！"))
    ((event, (subject,)),) = waiting()
    assert (event, subject[4]) == ("message.received", [str(refund.pk)])
    assert (judged(cast), [run.rule_id for run in runs()]) == (1, [refund.pk])


def test_a_count_that_cannot_be_reached_rules_out_and_one_that_can_is_judged(cast: Cast, shop: Channel):
    rule(cast, HIGH, asked(any=[("message.text", "contains_any", ["律師"]), ("contact.messages", "ge", 3, 24)]))
    mei = customer("Mei")
    for _ in range(2):
        says(shop, mei)
    assert waiting() == []
    says(shop, mei)
    assert len(waiting()) == 1 and judged(cast) == 1


def test_tags_and_the_number_are_told_where_the_message_is_stored(cast: Cast, shop: Channel):
    vip = tag_id("VIP")
    rule(cast, HIGH, asked(all=[("contact.tags", "has_any", [vip])]))
    rule(cast, HIGH, asked(none=[("conversation.channel", "is_any", [str(shop.pk)])]))
    mei = customer("Mei")
    talk = thread(shop, mei)
    assert waiting() == []
    tag_contact(by=cast.access("dee"), contact_id=talk.contact_id, tag_id=UUID(vip))
    says(shop, mei)
    assert (judged(cast), len(runs())) == (1, 1)


def test_what_a_message_does_not_tell_is_asked_after_the_commit(cast: Cast, shop: Channel):
    rule(cast, HIGH, asked(all=[("conversation.assigned", "is_false")]))
    thread(shop)
    assert len(waiting()) == 1 and judged(cast) == 1


def test_rules_about_time_wait_from_every_message(cast: Cast, shop: Channel):
    rule(cast, [{"do": "tag_contact", "tag": tag_id("VIP")}], after_hours=48)
    shipped(cast, "refund")
    thread(shop, customer("Mei"), "你好")
    ((_event, (subject,)),) = waiting()
    assert subject[4] == [] and judged(cast) == 0
    assert RuleDue.objects.for_system(_WHY).count() == 1


def test_what_was_written_down_before_names_no_rules_and_is_judged_by_all(cast: Cast, shop: Channel):
    shipped(cast, "refund")
    thread(shop, customer("Mei"), "退款")
    (row,) = RuleBatch.objects.for_system(_WHY).all()
    row.subjects = [one[:4] for one in row.subjects]
    row.save(update_fields=["subjects"])
    assert judged(cast) == 1


def test_fifty_rules_cost_a_message_at_most_a_statement_for_each_thing_they_ask(cast: Cast, shop: Channel):
    mei = customer("Mei")
    thread(shop, mei)

    def statements() -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            says(shop, mei, message(mei, "text", "請問運費"))
        return [one["sql"] for one in captured]

    before = statements()
    for number in range(50):
        rule(cast, HIGH, asked(any=[("message.text", "contains_any", [f"退款{number}", f"refund{number}"]),
                                    ("contact.orders", "ge", 2 + number, 24 + number)]), name=f"{number}")  # fmt: skip
    statements()  # the rules are read
    after = statements()
    assert len([one for one in after if '"contacts_order"' in one]) == 1  # for fifty windows
    assert _written(after) == _written(before)
    assert waiting() == []


def _written(statements: list[str]) -> list[str]:
    return [" ".join(one.split()[:3]) for one in statements if one.startswith(("INSERT", "UPDATE", "DELETE"))]


def test_a_question_that_breaks_holds_up_no_message(cast: Cast, shop: Channel, monkeypatch: pytest.MonkeyPatch):
    rule(cast, HIGH, asked(all=[("contact.tags", "has_any", [tag_id("VIP")])]))
    rule(cast, HIGH, name="always")
    tags = book_of(cast.asia.pk).facts["contact.tags"]

    def broken(subjects: object, within: object) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SELECT no_such_column FROM contacts_contact")
        raise DatabaseError

    known = book_of(cast.asia.pk).facts
    odd = Fact("contact.tags", "tags", tags.label, broken, quick=True)
    monkeypatch.setattr(book_of(cast.asia.pk), "facts", {**known, "contact.tags": odd})
    sieve._sieves.clear()
    thread(shop, customer("Mei"), "你好")
    assert Message.objects.for_system(_WHY).filter(direction="in").count() == 1
    ((_event, (subject,)),) = waiting()
    assert subject[4] is None
    monkeypatch.undo()
    assert (judged(cast), [run.version.name for run in runs()]) == (1, ["always"])
