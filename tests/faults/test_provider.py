"""WhatsApp stumbles while real workers send: refused at the door, slow, cut off after acceptance, silent."""

import pytest

from tests.faults.conftest import Report, long
from tests.faults.count import count_outgoing, settled
from tests.faults.desk import desk
from tests.faults.patience import until
from tests.faults.place import Place

# Each: what the simulator does to the next calls, and how it heals.
STUMBLES: dict[str, tuple[list[dict[str, object]], str]] = {
    "too many messages to one customer": (
        [{"kind": "send_error", "code": 131056, "status": 400}],
        "sent again after 4^n seconds",
    ),
    "WhatsApp answers 429 with Retry-After": (
        [{"kind": "send_error", "code": 130429, "status": 429, "retry_after": 2}],
        "the number is quiet for as long as WhatsApp said, then goes on",
    ),
    "WhatsApp answers 500 after accepting": (
        [{"kind": "send_accept_then_status", "status": 500}],
        "unconfirmed, settled by its status",
    ),
    "WhatsApp closes after accepting": ([{"kind": "send_accept_then_drop"}], "unconfirmed, settled by its status"),
    "WhatsApp's first byte takes 3 s": ([{"kind": "send_slow", "seconds": 3}], "waited for"),
    "WhatsApp is silent beyond the time-out": (
        [{"kind": "send_slow", "seconds": 8}],
        "unconfirmed after the time-out, settled by its status",
    ),
}


def stumble(place: Place, report: Report, names: list[str], *, answers: int) -> None:
    settled(place)
    for name in names:
        for fault in STUMBLES[name][0]:
            place.sim("POST", "faults", {**fault, "count": answers})
        sending = desk(place)
        for number in range(answers * 2):
            sending.send(number)
        until(lambda: not place.sim("GET", "faults")["results"])
        report(name, STUMBLES[name][1], count_outgoing(place, sending))


def test_cut_off_after_acceptance_nothing_is_sent_twice(standing: Place, report: Report):
    stumble(standing, report, ["WhatsApp closes after accepting"], answers=4)


@long
@pytest.mark.parametrize("name", [name for name in STUMBLES if "closes" not in name])
def test_whatever_whatsapp_answers_everything_arrives_once(standing: Place, report: Report, name: str):
    stumble(standing, report, [name], answers=6)


@long
def test_an_error_page_whose_meaning_nobody_knows_is_not_repeated(standing: Place):
    """Here WhatsApp refused before accepting, and no status will ever come: it stays unconfirmed, for people to see."""
    settled(standing)
    standing.sim("POST", "faults", {"kind": "send_status", "status": 500, "count": 1})
    answers = desk(standing)
    message = answers.send(0)
    state = "SELECT count(*) FROM inbox_message WHERE client_ref LIKE %s AND status = 'unconfirmed'"
    until(lambda: standing.count(state, answers.prefix + "%"))
    assert message not in standing.accepted_by_whatsapp()
