"""``kill -9`` of what drains and sends: on the embedded default that is the one process, with everything in it."""

import random

import requests

from tests.faults.conftest import Report, long
from tests.faults.count import count_incoming, count_outgoing, settled, together
from tests.faults.desk import desk
from tests.faults.meta import meta, steady
from tests.faults.patience import until
from tests.faults.place import Place
from tests.faults.tab import tabs


def shown(place: Place, message_id: str) -> str:
    """The status an agent sees."""
    agent = place.world["agents"][0]
    for one in place.world["customers"]:
        url = f"{place.house.url}/api/v1/conversations/{one['conversation']}/messages"
        page = requests.get(url, headers={"Authorization": f"Api-Key {agent['api_key']}"}, timeout=10).json()
        for row in page["results"]:
            if row["id"] == message_id:
                return str(row["status"])
    raise AssertionError("it is in no thread")


def test_killed_between_send_and_record_it_is_unconfirmed_until_its_status_settles_it(standing: Place, report: Report):
    settled(standing)
    standing.sim("PATCH", "settings", {"sent_after": [3600, 3600], "delivered_after": [3600, 3600]})
    standing.sim("POST", "faults", {"kind": "send_slow", "seconds": 4})
    answers = desk(standing)
    message = answers.send(0)
    calling = (
        "SELECT count(*) FROM inbox_message WHERE client_ref LIKE %s AND status = 'sending' AND calling_at IS NOT NULL"
    )
    standing.kill_when(
        standing.worker,
        lambda: standing.count(calling, answers.prefix + "%") and message in standing.accepted_by_whatsapp(),
    )
    standing.restart(standing.worker)
    until(lambda: shown(standing, message) == "unconfirmed")
    standing.sim("POST", "clock", {"advance": 7300})
    until(lambda: shown(standing, message) in ("sent", "delivered"))
    standing.sim("PATCH", "settings", {"sent_after": [0.1, 0.2], "delivered_after": [0.3, 0.5]})
    found = count_outgoing(standing, answers)
    report(
        "worker killed between send and record", "unconfirmed after the claim's time-out, settled by its status", found
    )


def test_killed_in_the_middle_of_a_drained_batch_nothing_is_lost_or_applied_twice(standing: Place, report: Report):
    settled(standing)
    sending = meta(standing)
    with tabs(standing) as (tab,):
        until(lambda: tab.loaded)
        with steady(sending, every=0.02):
            draining = (
                "SELECT count(*) FROM inbox_storedwebhook w JOIN inbox_channel c ON c.id = w.channel_id"
                " WHERE w.state = 'pending' AND c.drain_lease IS NOT NULL"
            )
            standing.kill_when(standing.worker, lambda: standing.count(draining) > 3)
            standing.restart(standing.worker)
        found = count_incoming(standing, sending, tab)
    report(
        "worker killed in the middle of a drained batch",
        "the batch rolls back; the lease runs out, the sweeper drains",
        found,
    )


def test_told_to_stop_it_first_finishes_the_send_that_is_on_its_way(standing: Place):
    settled(standing)
    standing.sim("PATCH", "settings", {"sent_after": [3600, 3600]})
    standing.sim("POST", "faults", {"kind": "send_slow", "seconds": 2})
    message = desk(standing).send(0)
    until(lambda: message in standing.accepted_by_whatsapp())
    standing.house.stop(standing.worker)
    standing.restart(standing.worker)
    assert shown(standing, message) == "accepted"
    standing.sim("PATCH", "settings", {"sent_after": [0.1, 0.2]})
    standing.sim("POST", "clock", {"advance": 3700})


@long
def test_killed_between_claim_and_send_it_is_sent_later_and_once(standing: Place, report: Report):
    settled(standing)
    slow = {"pace_first_month": 60, "pace_after": 60, "pace_hard_stop": 60}
    answers = desk(standing)
    with standing.policy(**slow):
        for number in range(4):
            answers.send(number)
        waiting = (
            "SELECT count(*) FROM inbox_message WHERE client_ref LIKE %s AND status = 'sending' AND calling_at IS NULL"
        )
        standing.kill_when(standing.worker, lambda: standing.count(waiting, answers.prefix + "%"))
    standing.restart(standing.worker)
    found = count_outgoing(standing, answers)
    report("worker killed between claim and send", "back in the queue after the claim's time-out, then sent", found)


@long
def test_killed_again_and_again_while_both_directions_are_busy(standing: Place, report: Report):
    settled(standing)
    sending, answers, chance = meta(standing), desk(standing), random.Random(5)
    with tabs(standing) as (tab,):
        until(lambda: tab.loaded)
        with steady(sending), answers.answering():
            for _ in range(5):
                sending.until_sent(20 + chance.randrange(60))
                standing.house.kill(standing.worker)
                standing.restart(standing.worker)
        found = together(count_incoming(standing, sending, tab), count_outgoing(standing, answers))
    report("worker killed five times at random, both directions busy", "as above", found)
