"""WhatsApp stumbles: what certainly was not sent is tried again, what perhaps was sent never is."""

import pytest
from django.utils import timezone

from inbox.actions.pauses import resume_channel
from inbox.errors import ChannelPaused
from inbox.models import Channel, InboxPolicy, Message
from inbox.sweeping import sweep
from inbox.whatsapp.codes import known_codes, lookup
from security.policy import Policy
from tests.conftest import BY
from tests.inbox.outgoing.conftest import Desk, state
from tests.worlds.answers import send_media
from tests.worlds.channels import NOWHERE, calls
from tests.worlds.threads import fresh, logged, thread
from tests.worlds.waiting import until
from tests.worlds.webhooks import status, status_arrives


def policy(**numbers: object) -> None:
    InboxPolicy.objects.update_or_create(pk=1, defaults=numbers)
    Policy.forget()


def due(row: Message) -> None:
    """Its time has come."""
    Message.objects.for_system("time passes").filter(pk=row.pk).update(due_at=timezone.now())


def wait(row: Message) -> float:
    """Seconds until it is due."""
    return float((fresh(row).due_at - timezone.now()).total_seconds())


# --- certainly not sent, worth repeating


@pytest.mark.parametrize("code", [1, 2, 131016, 131056, 131057, 133004])
def test_what_whatsapp_asks_to_repeat_is_queued_again_for_later(desk: Desk, code: int):
    answer = desk.answers()
    desk.fault("send_error", code=code)
    desk.sends()
    assert state(answer) == ("queued", "")
    assert 3 < wait(answer) < 5, "4^1 seconds, give or take a fifth"
    assert desk.sends() == 0, "not before it is due"
    due(answer)
    assert desk.sends() == 1 and state(answer) == ("accepted", "")


def test_whatsapp_may_say_itself_when_to_repeat(desk: Desk):
    answer = desk.answers()
    desk.fault("send_error", code=131056, status=400, retry_after=60)
    desk.sends()
    assert state(answer) == ("queued", "") and 55 < wait(answer) <= 60


def test_each_further_attempt_waits_four_times_as_long_and_the_last_one_fails(desk: Desk):
    policy(send_attempts=3)
    answer = desk.answers()
    desk.fault("send_error", code=131056, count=3)
    for least, most in ((3, 5), (12, 20)):
        desk.sends()
        assert least < wait(answer) < most
        due(answer)
    desk.sends()
    assert state(answer) == ("failed", "131056")
    assert fresh(answer).attempts == 3 and len(calls(desk.meta, desk.shop)) == 3


def test_a_number_that_cannot_be_reached_at_all_is_tried_again_and_then_given_up(desk: Desk):
    policy(send_attempts=2)
    Channel.objects.for_system("the test").filter(pk=desk.shop.pk).update(base_url=NOWHERE)
    answer = desk.answers()
    desk.sends()
    assert state(answer) == ("queued", "")
    due(answer)
    desk.sends()
    assert state(answer) == ("failed", "attempts_used_up")


def test_the_messages_behind_one_that_waits_wait_too(desk: Desk):
    first, second = desk.answers("1"), desk.answers("2")
    desk.fault("send_error", code=131056)
    desk.sends()
    assert state(second) == ("queued", "") and desk.sent() == ["1"]
    due(first)
    desk.sends()
    assert desk.sent() == ["1", "1", "2"]


# --- refused for good


@pytest.mark.parametrize("code", [100, 131009, 131021, 131026, 131051, 132000, 132001, 131049, 131048, 132015, 999999])
def test_what_repeating_would_not_change_fails_at_once(desk: Desk, code: int):
    answer, next_one = desk.answers("1"), desk.answers("2")
    desk.fault("send_error", code=code, status=400)
    desk.sends()
    assert state(answer) == ("failed", str(code)) and fresh(answer).failed_at is not None
    assert state(next_one) == ("accepted", ""), "the next one has done nothing wrong"
    assert fresh(desk.shop).state == "active"


def test_only_codes_the_facts_allow_repeat_by_themselves():
    plain = {code for code in known_codes() if "/" not in code}
    by_themselves = {code for code in plain if lookup(code).repeats_by_itself}
    throttling = {code for code in plain if lookup(code).throttles}
    assert throttling == {"4", "17", "613", "80007", "130429", "http_429"}
    assert by_themselves == throttling | {"1", "2", "131000", "131016", "131056", "131057", "133004", "135000"}
    assert not any(lookup(code).stops_the_number for code in by_themselves)


# --- the number itself is down


@pytest.mark.parametrize(
    ("code", "http"), [(190, 401), (10, 403), (200, 403), (299, 403), (131005, 403), (131031, 403), (368, 403)]
)
def test_a_number_that_may_not_send_is_paused_and_keeps_its_messages(desk: Desk, code: int, http: int):
    first, second = desk.answers("1"), desk.answers("2")
    elsewhere = thread(desk.shop)
    third = desk.answers("3", talk=elsewhere)
    desk.fault("send_error", code=code, status=http)
    desk.sends()
    shop = fresh(desk.shop)
    assert (shop.state, shop.paused_reason) == ("paused", str(code))
    assert [line.details for line in logged("channel.paused")] == [{"code": str(code)}]
    for row in (first, second, third):
        assert state(row) == ("queued", "") and fresh(row).attempts == 0
    desk.sends()
    assert len(calls(desk.meta, desk.shop)) == 1, "nothing is tried while it is paused"


def test_a_revoked_token_pauses_and_the_mended_number_sends_what_waited(desk: Desk):
    answer = desk.answers()
    number = {"phone_number_id": desk.shop.phone_number_id}
    desk.meta.sim("POST", "numbers", {**number, "token_state": "revoked"})
    desk.sends()
    assert fresh(desk.shop).paused_reason == "190" and state(answer) == ("queued", "")
    with pytest.raises(ChannelPaused):
        desk.answers("while paused")
    desk.meta.sim("POST", "numbers", {**number, "token_state": "valid"})
    resume_channel(by=BY, channel=fresh(desk.shop))
    assert desk.sends() == 1 and state(answer) == ("accepted", "")
    assert fresh(answer).attempts == 1
    assert fresh(desk.shop).paused_reason == ""


def test_pausing_and_waiting_do_not_use_up_attempts(desk: Desk):
    policy(send_attempts=2)
    answer = desk.answers()
    Channel.objects.for_system("the test").update(state="paused")
    for _ in range(5):
        desk.sends()
        due(answer)
    assert fresh(answer).attempts == 0
    resume_channel(by=BY, channel=fresh(desk.shop))
    desk.fault("send_error", code=131056)
    desk.sends()
    assert state(answer) == ("queued", ""), "this was the first real attempt"


def test_a_file_that_expired_at_whatsapp_does_not_pause_the_number(desk: Desk):
    from inbox.actions.files import keep_upload
    from inbox.models import Media
    from tests.worlds.asia import photo

    ben = desk.cast.access("ben")
    media = keep_upload(by=ben, conversation_id=desk.talk.pk, file=photo())
    answer = send_media(by=ben, conversation_id=desk.talk.pk, client_ref="1", upload=media.pk)
    Media.objects.for_system("the test").update(provider_ref="1234567890123456")
    desk.sends()
    assert state(answer) == ("failed", "media_missing")
    assert fresh(desk.shop).state == "active"


# --- perhaps sent


UNCLEAR = {
    "the connection drops after acceptance": ("send_accept_then_drop", {}),
    "500 after acceptance": ("send_accept_then_status", {"status": 500}),
    "502 before anybody knows": ("send_status", {"status": 502}),
    "no answer in time": ("send_slow", {"seconds": 3}),
}


@pytest.mark.parametrize("case", UNCLEAR)
def test_what_perhaps_was_sent_is_unconfirmed_and_never_sent_again(desk: Desk, case: str):
    kind, detail = UNCLEAR[case]
    policy(send_timeout_seconds=1)
    first, second = desk.answers("1"), desk.answers("2")
    desk.fault(kind, **detail)
    desk.sends()
    assert fresh(first).status == "unconfirmed" and state(second) == ("accepted", "")
    sweep()
    desk.sends()
    until(lambda: "1" in desk.sent())  # the simulator notes a call when it has answered it
    assert desk.sent().count("1") == 1


def test_an_unconfirmed_message_is_settled_by_its_status_which_echoes_our_id(desk: Desk):
    answer = desk.answers()
    desk.fault("send_accept_then_drop")
    desk.sends()
    status_arrives(desk.shop, status("wamid.LATER", "delivered", biz_opaque_callback_data=str(answer.pk)))
    row = fresh(answer)
    assert (row.status, row.error_code, row.provider_ref) == ("delivered", "", "wamid.LATER")


def test_an_unconfirmed_message_that_turns_out_failed_says_so(desk: Desk):
    answer = desk.answers()
    desk.fault("send_accept_then_status", status=500)
    desk.sends()
    failed = status("wamid.LATER", "failed", biz_opaque_callback_data=str(answer.pk), errors=[{"code": 131026}])
    status_arrives(desk.shop, failed)
    assert state(answer) == ("failed", "131026")


def test_the_thread_says_that_the_fate_is_unknown_and_does_not_offer_to_repeat(desk: Desk):
    desk.answers()
    desk.fault("send_accept_then_drop")
    desk.sends()
    page = desk.cast.browser("ben").get(f"/api/v1/conversations/{desk.talk.pk}/messages").json()
    error = page["results"][0]["error"]
    assert not error["retryable"]
    assert "not known" in error["words"]["en"]["message"]


def test_an_error_page_of_a_gateway_is_no_proof_that_it_was_not_sent(desk: Desk):
    answer = desk.answers()
    desk.fault("send_error", code=131000)  # HTTP 500
    desk.sends()
    assert fresh(answer).status == "unconfirmed"


def test_what_follows_names_no_number_and_no_token_in_the_log(desk: Desk):
    from inbox.whatsapp.redaction import redact

    secret = "Bearer EAAtoken123 to +886900000001 at https://x?access_token=abc&y=1 EAAB1c2"
    assert not {"EAA", "886900000001", "abc", "Bearer"} & set(redact(secret).replace("=", " ").split())
    assert "886900000001" not in redact(secret) and "EAA" not in redact(secret) and "abc" not in redact(secret)
