"""What account webhooks do to a number: it stops what WhatsApp forbids, and goes on when that is over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inbox.accounts.probing import probe
from inbox.actions.pauses import pause_for_failure
from inbox.actions.replies import repeat_message
from inbox.errors import ChannelPaused, MarketingStopped, TemplatesStopped
from inbox.models import ChannelHealth, ChannelPause
from inbox.sweeping import sweep
from tests.inbox.accounts.samples import TEMPLATE, ban, restriction
from tests.inbox.outgoing.conftest import Desk, desk, state
from tests.worlds.answers import send_template
from tests.worlds.customers import customer
from tests.worlds.threads import fresh, logged
from tests.worlds.webhooks import account_news, beside, message, says, seconds, status, status_arrives

__all__ = ["desk"]  # the fixture
REPLIES, TEMPLATES = "RESTRICTED_CUSTOMER_INITIATED_MESSAGING", "RESTRICTED_BIZ_INITIATED_MESSAGING"
HELLO = {"name": "hello_world", "language": "en_US"}


def template(desk: Desk, ref: str = "t", **more: str):
    given = {**HELLO, **more}
    return send_template(by=desk.cast.access("ben"), conversation_id=desk.talk.pk, client_ref=ref, template=given)


def health(desk: Desk) -> ChannelHealth:
    return ChannelHealth.objects.for_system("the test looks").get(channel=desk.shop)


def over(desk: Desk) -> None:
    rows = ChannelPause.objects.for_system("time passes").filter(channel=desk.shop, ended_at=None)
    rows.update(until=timezone.now())
    sweep()


# --- restrictions


def test_a_restriction_of_replies_stops_everything_until_it_ends_by_itself(desk: Desk):
    answer = desk.answers()
    account_news(desk.shop, "account_update", restriction(REPLIES, days=5))
    assert desk.sends() == 0 and state(answer) == ("queued", "")
    with pytest.raises(ChannelPaused):
        desk.answers("too")
    (running,) = ChannelPause.objects.for_system("the test").filter(channel=desk.shop)
    assert (running.kind, running.code) == ("account", "account_restricted")
    assert running.until - timezone.now() > timedelta(days=4)
    over(desk)
    assert desk.sends() == 1 and state(answer) == ("accepted", "")


def test_a_restriction_of_templates_fails_the_queued_one_at_once_and_lets_answers_through(desk: Desk):
    waiting, answer = template(desk), desk.answers()
    account_news(desk.shop, "account_update", restriction(TEMPLATES))
    assert fresh(desk.shop).state == "active" and fresh(desk.shop).templates_stopped
    with pytest.raises(TemplatesStopped):
        template(desk, "another")
    desk.sends()
    assert state(waiting) == ("failed", "templates_stopped"), "waiting it would hold up the answer"
    assert state(answer) == ("accepted", "")
    over(desk)
    assert not fresh(desk.shop).templates_stopped
    assert len(logged("channel.templates_resumed")) == 1
    repeat_message(by=desk.cast.access("ben"), message_id=waiting.pk)
    assert desk.sends() == 1 and state(waiting) == ("accepted", "")


def test_answers_go_on_while_templates_are_restricted(desk: Desk):
    account_news(desk.shop, "account_update", restriction(TEMPLATES))
    answer = desk.answers()
    assert desk.sends() == 1 and state(answer) == ("accepted", "")


@pytest.mark.parametrize(
    "told",
    [
        restriction(REPLIES, days=-1),
        restriction("RESTRICTED_ADD_PHONE_NUMBER_ACTION"),
        restriction("RESTRICTED_USER_INITIATED_CALLING"),
        {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "SCAM"}},
        ban("SCHEDULE_FOR_DISABLE"),
    ],
)
def test_what_forbids_no_answer_stops_none(desk: Desk, told: dict):
    account_news(desk.shop, "account_update", told)
    assert (fresh(desk.shop).state, fresh(desk.shop).templates_stopped) == ("active", False)


def test_the_same_restriction_told_twice_is_one_pause(desk: Desk):
    told = restriction(REPLIES)
    for ago in (60, 30):
        account_news(desk.shop, "account_update", told, ago=ago)
    assert ChannelPause.objects.for_system("the test").filter(channel=desk.shop).count() == 1


# --- bans and goodbyes


def test_a_disabled_account_stops_until_it_is_reinstated(desk: Desk):
    answer = desk.answers()
    account_news(desk.shop, "account_update", ban("DISABLE"), ago=60)
    assert fresh(desk.shop).paused_reason == "account_disabled"
    assert (health(desk).ban, health(desk).ban_date) == ("DISABLE", "a day in December")
    account_news(desk.shop, "account_update", ban("REINSTATE"), ago=30)
    assert desk.sends() == 1 and state(answer) == ("accepted", "")
    (ended,) = ChannelPause.objects.for_system("the test").filter(channel=desk.shop)
    assert ended.ended_how == "lifted"


def test_a_ban_that_comes_after_its_own_reinstatement_bans_nobody(desk: Desk):
    account_news(desk.shop, "account_update", ban("REINSTATE"), ago=30)
    account_news(desk.shop, "account_update", ban("DISABLE"), ago=60)
    assert fresh(desk.shop).state == "active" and health(desk).ban == "REINSTATE"


@pytest.mark.parametrize("event", ["ACCOUNT_DELETED", "PARTNER_REMOVED", "ACCOUNT_OFFBOARDED"])
def test_a_number_that_was_taken_away_stops(desk: Desk, event: str):
    account_news(desk.shop, "account_update", {"event": event}, ago=60)
    assert fresh(desk.shop).state == "paused"
    account_news(desk.shop, "account_update", {"event": "ACCOUNT_RECONNECTED"}, ago=30)
    assert fresh(desk.shop).state == "active"


def test_the_probe_does_not_lift_what_whatsapp_imposed(desk: Desk):
    from inbox.actions.pauses import due_probes

    account_news(desk.shop, "account_update", ban("DISABLE"))
    assert due_probes() == []


@pytest.mark.parametrize("order", [("ban", "lock"), ("lock", "ban")])
def test_a_probe_ends_the_lock_of_a_failed_call_and_never_the_ban(desk: Desk, order: tuple[str, str]):
    for what in order:
        if what == "ban":
            account_news(desk.shop, "account_update", ban("DISABLE"), ago=60)
        else:
            pause_for_failure(channel_id=desk.shop.pk, code="131031")
    rows = ChannelPause.objects.for_system("time passes").filter(channel=desk.shop, probe_at__isnull=False)
    rows.update(probe_at=timezone.now())
    assert probe(desk.shop.pk)
    assert fresh(desk.shop).paused_reason == "account_disabled"
    account_news(desk.shop, "account_update", ban("REINSTATE"), ago=30)
    assert fresh(desk.shop).state == "active"


def test_a_reinstated_account_whose_calls_failed_is_still_looked_at(desk: Desk):
    account_news(desk.shop, "account_update", restriction(REPLIES))
    pause_for_failure(channel_id=desk.shop.pk, code="131031")
    account_news(desk.shop, "account_update", ban("REINSTATE"))
    assert fresh(desk.shop).paused_reason == "131031"
    ChannelPause.objects.for_system("time passes").filter(ended_at=None).update(probe_at=timezone.now())
    assert probe(desk.shop.pk) and fresh(desk.shop).state == "active"


@pytest.mark.parametrize("order", [("ban", "removed"), ("removed", "ban")])
def test_a_reconnected_account_stays_banned(desk: Desk, order: tuple[str, str]):
    told = {"ban": ban("DISABLE"), "removed": {"event": "PARTNER_REMOVED"}}
    for ago, what in zip((60, 50), order, strict=True):
        account_news(desk.shop, "account_update", told[what], ago=ago)
    account_news(desk.shop, "account_update", {"event": "ACCOUNT_RECONNECTED"}, ago=30)
    assert fresh(desk.shop).paused_reason == "account_disabled"
    account_news(desk.shop, "account_update", ban("REINSTATE"), ago=20)
    assert fresh(desk.shop).state == "active"


# --- judgements


def test_what_was_told_later_counts_whatever_comes_last(desk: Desk):
    number = {"display_phone_number": desk.shop.phone.lstrip("+")}
    told = {**number, "event": "UNFLAGGED", "current_limit": "TIER_10K"}
    account_news(desk.shop, "phone_number_quality_update", told, ago=30)
    account_news(desk.shop, "phone_number_quality_update", {**told, "event": "FLAGGED"}, ago=60)
    assert (health(desk).quality, health(desk).limit) == ("GREEN", "TIER_10K")


def test_limits_names_and_reviews_show_on_the_number(desk: Desk):
    number = {"display_phone_number": desk.shop.phone}
    account_news(desk.shop, "business_capability_update", {"max_daily_conversation_per_phone": -1})
    account_news(desk.shop, "phone_number_quality_update", {**number, "event": "THROUGHPUT_UPGRADE"})
    account_news(desk.shop, "phone_number_name_update", {**number, "decision": "REJECTED"})
    account_news(desk.shop, "account_review_update", {"decision": "PENDING"})
    account_news(desk.shop, "business_username_updates", {"username": "teahouse", "status": "approved"})
    row = health(desk)
    assert (row.limit, row.throughput, row.name_status) == ("TIER_UNLIMITED", "HIGH", "REJECTED")
    assert (row.review, row.username) == ("PENDING", "teahouse")


def test_an_unpaid_message_shows_on_the_number_until_whatsapp_says_it_can_send(desk: Desk):
    from inbox.accounts.checking import check_health

    answer = desk.answers()
    desk.sends()
    status_arrives(desk.shop, status(fresh(answer).provider_ref, "failed", errors=[{"code": 131042}]))
    assert health(desk).payment == "PROBLEM"
    check_health(fresh(desk.shop))
    assert health(desk).payment == ""


# --- marketing


def known(desk: Desk, category: str) -> None:
    told = {**TEMPLATE, **{"message_template_name": "hello_world", "message_template_language": "en_US"}}
    account_news(desk.shop, "template_category_update", {**told, "previous_category": "", "new_category": category})


def choose(desk: Desk, choice: str, *, ago: float = 0) -> None:
    one = {"wa_id": desk.mei.wa_id, "category": "marketing_messages", "value": choice, "timestamp": int(seconds(ago))}
    beside(desk.shop, "user_preferences", user_preferences=[one])


def stopped_at(desk: Desk):
    return fresh(desk.talk.contact).marketing_stopped_at


def test_who_stopped_marketing_gets_none_but_still_gets_answers(desk: Desk):
    known(desk, "MARKETING")
    choose(desk, "stop")
    assert stopped_at(desk) is not None and len(logged("contact.marketing_stopped")) == 1
    with pytest.raises(MarketingStopped):
        template(desk)
    answer = desk.answers()
    desk.sends()
    assert state(answer) == ("accepted", "")


def test_order_news_are_no_marketing(desk: Desk):
    known(desk, "UTILITY")
    choose(desk, "stop")
    assert template(desk).status == "queued"


def test_marketing_that_was_queued_before_they_stopped_is_not_sent(desk: Desk):
    known(desk, "MARKETING")
    choose(desk, "signup", ago=60)
    waiting = template(desk)
    choose(desk, "stop")
    desk.sends()
    assert state(waiting) == ("failed", "marketing_stopped")


def test_the_newest_choice_counts_whatever_comes_last(desk: Desk):
    choose(desk, "resume", ago=30)
    choose(desk, "stop", ago=60)
    assert stopped_at(desk) is None
    choose(desk, "stop", ago=10)
    assert stopped_at(desk) is not None
    choose(desk, "resume")
    assert stopped_at(desk) is None


@pytest.mark.parametrize(
    ("button", "stops"),
    [
        ({"text": "Stop promotions", "payload": "x"}, True),
        ({"text": "不要了", "payload": "STOP"}, True),
        ({"text": "Stop the order", "payload": "order"}, False),
    ],
)
def test_a_tap_on_a_templates_stop_counts_like_their_own_word(desk: Desk, button: dict[str, str], *, stops: bool):
    says(desk.shop, desk.mei, message(desk.mei, "button", button=button))
    assert (stopped_at(desk) is not None) == stops


def test_a_refusal_because_they_had_stopped_is_remembered_like_their_own_word(desk: Desk):
    sent = template(desk)
    desk.sends()
    status_arrives(desk.shop, status(fresh(sent).provider_ref, "failed", errors=[{"code": 131050}]))
    assert stopped_at(desk) is not None
    card = desk.cast.browser("ben").get(f"/api/v1/contacts/{desk.talk.contact_id}").json()
    assert card["marketing_stopped_at"]


def test_a_preference_of_somebody_unknown_makes_no_contact(desk: Desk):
    from tests.worlds.threads import contacts

    beside(desk.shop, "user_preferences", user_preferences=[{"wa_id": customer().wa_id, "value": "stop"}])
    assert len(contacts()) == 1
