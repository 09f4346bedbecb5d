"""Sending a failed message again: the statuses of the first sending do not settle the second."""

from typing import Any

from inbox.actions.replies import repeat_message
from inbox.whatsapp.client import GraphClient
from inbox.whatsapp.faults import Retry
from inbox.whatsapp.wire import Credentials, Outbound
from tests.inbox.outgoing.conftest import Desk, state
from tests.worlds.threads import fresh
from tests.worlds.webhooks import status, status_arrives


def _failed_and_repeated(desk: Desk):
    answer = desk.answers()
    desk.sends()
    first_ref = fresh(answer).provider_ref
    failed: Any = {"errors": [{"code": 131016, "title": "held back"}], "biz_opaque_callback_data": str(answer.pk)}
    status_arrives(desk.shop, status(first_ref, "failed", **failed))
    assert state(answer) == ("failed", "131016")
    repeat_message(by=desk.cast.access("ben"), message_id=answer.pk)
    return answer, first_ref


def test_a_late_status_of_the_first_sending_leaves_the_repetition_queued(desk: Desk) -> None:
    answer, first_ref = _failed_and_repeated(desk)
    status_arrives(desk.shop, status(first_ref, "sent", biz_opaque_callback_data=str(answer.pk)))
    assert state(answer) == ("queued", "")
    assert desk.sends() == 1
    assert fresh(answer).provider_ref not in (None, first_ref)


def test_a_late_failure_of_the_first_sending_does_not_fail_the_second(desk: Desk) -> None:
    answer, first_ref = _failed_and_repeated(desk)
    desk.sends()
    again: Any = {"errors": [{"code": 131016}], "biz_opaque_callback_data": str(answer.pk)}
    status_arrives(desk.shop, status(first_ref, "failed", **again))
    assert state(answer)[0] == "accepted"


def test_a_name_that_cannot_be_resolved_means_certainly_not_sent() -> None:
    nowhere = GraphClient(Credentials("http://no-such-host.invalid", "v26.0", "1", "token"))
    try:
        nowhere.send(Outbound("text", {"text": "x"}, "ref", "886900000001", None), timeout=5)
    except Retry as fault:
        assert fault.code == "network"
    else:
        raise AssertionError("a message to nowhere was accepted")
