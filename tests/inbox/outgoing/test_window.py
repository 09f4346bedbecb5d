"""SR-1: 24 hours after the customer's last message only a template may leave; asked when composing and when sending."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from inbox.actions.replies import send_text
from inbox.errors import WindowClosed
from inbox.models import Conversation
from inbox.sending.rules import SendFacts, verdict
from tests.inbox.outgoing.conftest import Desk, state
from tests.worlds.answers import send_template
from tests.worlds.channels import calls
from tests.worlds.threads import fresh, messages
from tests.worlds.webhooks import message, says, status, status_arrives

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
TEMPLATE = {"name": "hello_world", "language": "en_US"}


def facts(**changes: object) -> SendFacts:
    usual = {
        "kind": "text",
        "now": NOW,
        "last_inbound_at": NOW - timedelta(hours=1),
        "window_hours": 24,
        "window_margin_seconds": 180,
        "channel_paused": False,
        "has_recipient": True,
    }
    return SendFacts(**{**usual, **changes})  # type: ignore[arg-type]


VERDICTS = {
    "an hour after": (facts(), ""),
    "just inside": (facts(last_inbound_at=NOW - timedelta(hours=24) + timedelta(seconds=181)), ""),
    "within the margin": (facts(last_inbound_at=NOW - timedelta(hours=24) + timedelta(seconds=180)), "window_closed"),
    "a day after": (facts(last_inbound_at=NOW - timedelta(hours=24)), "window_closed"),
    "never wrote": (facts(last_inbound_at=None), "window_closed"),
    "a template a day after": (facts(kind="template", last_inbound_at=NOW - timedelta(hours=30)), ""),
    "a template to one who never wrote": (facts(kind="template", last_inbound_at=None), ""),
    "a reaction a day after": (facts(kind="reaction", last_inbound_at=NOW - timedelta(hours=25)), "window_closed"),
    "a paused number": (facts(channel_paused=True), "channel_paused"),
    "a template on a paused number": (facts(kind="template", channel_paused=True), "channel_paused"),
    "nobody to send to": (facts(has_recipient=False), "no_recipient"),
    "a longer window": (facts(window_hours=72, last_inbound_at=NOW - timedelta(hours=71)), ""),
}


@pytest.mark.parametrize("case", VERDICTS)
def test_the_verdict(case: str):
    given, refusal = VERDICTS[case]
    assert (verdict(given).refusal, verdict(given).allowed) == (refusal, not refusal)


def close(desk: Desk) -> None:
    """A day passes."""
    rows = Conversation.objects.for_system("time passes").filter(pk=desk.talk.pk)
    rows.update(last_inbound_at=timezone.now() - timedelta(hours=24))


def test_a_text_outside_the_window_is_refused_before_anything_is_stored(desk: Desk):
    close(desk)
    with pytest.raises(WindowClosed):
        desk.answers()
    assert len(messages(desk.talk)) == 1
    assert fresh(desk.talk).assignee_id is None and fresh(desk.talk).version == desk.talk.version
    assert calls(desk.meta, desk.shop) == []


def test_the_api_says_so_with_409_and_a_remedy(desk: Desk):
    close(desk)
    body = {"type": "text", "text": "Hi", "client_ref": "1"}
    path = f"/api/v1/conversations/{desk.talk.pk}/messages"
    answer = desk.cast.browser("ben").post(path, body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "window_closed")
    assert "template" in answer.json()["remedy"]


def test_a_template_leaves_outside_the_window(desk: Desk):
    close(desk)
    sent = send_template(by=desk.cast.access("ben"), conversation_id=desk.talk.pk, client_ref="1", template=TEMPLATE)
    assert desk.sends() == 1 and state(sent) == ("accepted", "")


def test_a_text_that_waited_until_the_window_closed_fails_without_a_call(desk: Desk):
    answer = desk.answers()
    close(desk)
    desk.sends()
    assert state(answer) == ("failed", "window_closed")
    assert calls(desk.meta, desk.shop) == []


def test_one_that_may_not_leave_does_not_hold_up_the_template_behind_it(desk: Desk):
    late = desk.answers()
    template = send_template(
        by=desk.cast.access("ben"), conversation_id=desk.talk.pk, client_ref="2", template=TEMPLATE
    )
    close(desk)
    desk.sends()
    assert state(late) == ("failed", "window_closed") and state(template) == ("accepted", "")


def test_when_whatsapps_clock_says_otherwise_the_failure_arrives_later_and_says_why(desk: Desk):
    answer = desk.answers()
    desk.sends()
    ref = fresh(answer).provider_ref
    status_arrives(desk.shop, status(ref, "failed", errors=[{"code": 131047}]))
    assert state(answer) == ("failed", "131047")
    page = desk.cast.browser("ben").get(f"/api/v1/conversations/{desk.talk.pk}/messages").json()
    error = page["results"][0]["error"]
    assert not error["retryable"] and "24 hours" in error["words"]["en"]["message"]


def test_the_customer_writing_again_opens_it(desk: Desk):
    close(desk)
    says(desk.shop, desk.mei, message(desk.mei))
    desk.answers()
    assert desk.sends() == 1


def test_somebody_with_no_address_cannot_be_written_to(desk: Desk):
    from contacts.models import Identity
    from inbox.errors import NoRecipient

    Identity.objects.for_system("the test").update(current=False)
    with pytest.raises(NoRecipient):
        send_text(by=desk.cast.access("ben"), conversation_id=desk.talk.pk, client_ref="1", text="Hi")
