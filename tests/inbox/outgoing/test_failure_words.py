"""Every error code says in plain words of both languages what happened, whose fault it is and what helps (TS-1)."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from inbox.actions.replies import repeat_message
from inbox.errors import NotRepeatable, TooEarly
from inbox.failures import action_for, explain, fault_of, may_repeat, repeat_from
from inbox.models import Message
from inbox.whatsapp.codes import ACTIONS, CHANNEL_EFFECTS, FAULTS, REPEATS, code_of, known_codes, lookup, topics
from inbox.whatsapp.throttling import seconds_to_wait
from tests.inbox.outgoing.conftest import Desk, state
from tests.worlds.threads import fresh
from tests.worlds.webhooks import status, status_arrives

_HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("code", known_codes())
def test_every_code_is_complete(code: str):
    entry = lookup(code)
    assert entry.code == code and entry.title and entry.cause
    assert entry.fault in FAULTS and entry.action in ACTIONS
    assert entry.repeat in REPEATS and entry.channel in CHANNEL_EFFECTS
    assert entry.retryable in ("yes", "no", "after")
    words = explain(code)
    for language in ("en", "zh-hant"):
        said = words[language]
        assert said["message"].endswith((".", "。")) and said["remedy"].endswith((".", "。"))
        assert bool(_HAN.search(said["message"])) is (language == "zh-hant")


def test_every_entry_of_the_words_is_used_by_a_code():
    assert topics() - {lookup(code).words for code in known_codes()} == {"unlisted"}


def test_what_is_offered_fits_what_is_possible():
    for code in known_codes():
        entry = lookup(code)
        if entry.action in ("resend", "wait"):
            assert may_repeat(code), f"{code} offers what the server refuses"
        if entry.repeats_by_itself:
            assert entry.retryable != "no", f"{code} repeats by itself what nobody may repeat"


@pytest.mark.parametrize(
    ("code", "fault", "action"),
    [
        ("131047", "customer", "template"),
        ("131026", "customer", "number"),
        ("131050", "customer", "stop"),
        ("131049", "whatsapp", "wait"),
        ("131016", "whatsapp", "resend"),
        ("132001", "template", "template"),
        ("131053", "business", "edit"),
        ("190", "business", "channel"),
        ("267", "business", "channel"),
        ("network", "network", "none"),
    ],
)
def test_whose_fault_it_is_and_what_helps(code: str, fault: str, action: str):
    assert (fault_of(code), action_for(code)) == (fault, action)


def test_a_code_nobody_knows_is_blamed_on_nobody_and_named():
    assert fault_of("987654") is None and action_for("987654") == "none" and not may_repeat("987654")
    assert "987654" in explain("987654")["en"]["message"] and "987654" in explain("987654")["zh-hant"]["message"]


@pytest.mark.parametrize(
    ("code", "subcode", "called"),
    [
        ("100", "33", "100/33"),
        ("100", "2388024", "100/2388024"),
        ("100", "2388040", "2388040"),
        ("100", "7", "100"),
        ("190", "463", "190"),
        ("131047", "", "131047"),
    ],
)
def test_subcodes_count_in_both_positions(code: str, subcode: str, called: str):
    assert code_of(code, subcode) == called


def test_a_template_error_that_comes_as_a_code_of_its_own_has_the_same_words():
    assert explain("2388024") == explain("100/2388024")


_USAGE = '{"1": [{"type": "whatsapp", "estimated_time_to_regain_access": 3}, {"estimated_time_to_regain_access": 17}]}'


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "20"}, 20),
        ({"Retry-After": "99999999"}, 86400),
        ({"Retry-After": "tomorrow"}, None),
        ({"x-business-use-case-usage": _USAGE}, 17 * 60),
        ({"x-business-use-case-usage": '{"1": [{"estimated_time_to_regain_access": 0}]}'}, None),
        ({"x-business-use-case-usage": '{"1": 7, "2": ["x", {"estimated_time_to_regain_access": true}]}'}, None),
        ({"x-business-use-case-usage": "not JSON"}, None),
    ],
)
def test_how_long_whatsapp_says_to_wait(headers: dict[str, str], seconds: float | None):
    assert seconds_to_wait(headers) == seconds


# --- what a failed message shows


def failed(desk: Desk, code: int) -> Message:
    answer = desk.answers()
    desk.sends()
    status_arrives(desk.shop, status(fresh(answer).provider_ref, "failed", errors=[{"code": code}]))
    assert state(answer) == ("failed", str(code))
    return answer


def error_shown(desk: Desk) -> dict:
    page = desk.cast.browser("ben").get(f"/api/v1/conversations/{desk.talk.pk}/messages").json()
    return page["results"][0]["error"]


def test_a_failed_message_says_whose_fault_and_what_to_do(desk: Desk):
    failed(desk, 131047)
    error = error_shown(desk)
    assert (error["fault"], error["action"], error["retryable"], error["retry_at"]) == (
        "customer", "template", False, None,
    )  # fmt: skip
    assert "24 hours" in error["words"]["en"]["message"] and "24 小時" in error["words"]["zh-hant"]["message"]


def test_a_message_that_must_wait_says_until_when_and_is_not_sent_before(desk: Desk):
    answer = failed(desk, 131049)
    error = error_shown(desk)
    assert error["action"] == "wait" and error["retry_at"] > (timezone.now() + timedelta(hours=23)).isoformat()
    with pytest.raises(TooEarly) as refused:
        repeat_message(by=desk.cast.access("ben"), message_id=answer.pk)
    assert refused.value.remedy
    Message.objects.for_system("a day passes").filter(pk=answer.pk).update(
        failed_at=timezone.now() - timedelta(hours=25)
    )
    assert repeat_message(by=desk.cast.access("ben"), message_id=answer.pk).status == "queued"


def test_what_was_refused_because_the_window_closed_is_not_sent_again(desk: Desk):
    answer = failed(desk, 131047)
    with pytest.raises(NotRepeatable):
        repeat_message(by=desk.cast.access("ben"), message_id=answer.pk)


def test_when_something_may_be_sent_again_counts_from_the_failure():
    at = timezone.now()
    assert repeat_from("131049", at) == at + timedelta(hours=24)
    assert repeat_from("131016", at) is None and repeat_from("131049", None) is None
    assert repeat_from("132015", at) == at + timedelta(hours=3), "a paused template"


def test_a_message_of_a_code_that_may_be_tried_twice_is_tried_twice(desk: Desk):
    from tests.inbox.outgoing.test_faults import due

    answer = desk.answers()
    desk.fault("send_error", code=135000, status=400, count=3)
    desk.sends()
    assert state(answer) == ("queued", "")
    due(answer)
    desk.sends()
    assert state(answer) == ("failed", "135000")
