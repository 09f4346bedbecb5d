"""A business away for hours, and the storm afterwards; batches over numbers, accounts and fields."""

import json

from tests.inbox.simulator.callback import Callback, until
from tests.inbox.simulator.conftest import NUMBER, put_number, verified
from tests.inbox.simulator.playing import Customer, refused, write
from tests.inbox.simulator.running import Running


def test_what_waited_for_hours_comes_at_once_and_some_of_it_twice(
    simulator: Running, callback: Callback, mei: Customer
) -> None:
    until(lambda: callback.messages())
    simulator.sim("POST", "webhooks/outage", {"number": NUMBER, "seconds": 6 * 3600})
    wamids = [write(simulator, mei, "text", text=f"{number}")["wamid"] for number in range(20)]
    simulator.sim("POST", "clock", {"advance": 5 * 3600})
    assert len(callback.messages()) == 1
    over = {"number": NUMBER, "over": True, "duplicates": 1, "shuffled": True}
    assert simulator.sim("POST", "webhooks/outage", over)["duplicated"] == 20
    until(lambda: len(callback.messages()) == 41)
    ids = [message["id"] for message in callback.messages()[1:]]
    assert sorted(ids) == sorted(wamids * 2)


def test_an_outage_ends_by_itself_on_the_virtual_clock(simulator: Running, callback: Callback, mei: Customer) -> None:
    until(lambda: callback.messages())
    simulator.sim("POST", "webhooks/outage", {"number": NUMBER, "seconds": 3600})
    write(simulator, mei, "text", text="later")
    simulator.sim("POST", "clock", {"advance": 4000})
    until(lambda: len(callback.messages()) == 2)
    assert refused(simulator, "webhooks/outage", {"number": NUMBER, "seconds": 0})["field"] == "seconds"
    assert refused(simulator, "webhooks/outage", {"number": NUMBER, "over": True, "duplicates": 2})["field"] == (
        "duplicates"
    )


def test_one_post_may_hold_several_accounts_numbers_and_fields(
    simulator: Running, callback: Callback, mei: Customer
) -> None:
    until(lambda: callback.messages())
    put_number(simulator, callback, phone_number_id="100000000000002", waba_id="200000000000002")
    until(lambda: verified(simulator))
    entries = [
        {"number": NUMBER, "count": 2, "customers": [mei["id"]]},
        {"number": "100000000000002", "emit": [{"field": "calls", "event": "missed"}, {"field": "messages"}]},
    ]
    before = len(callback.posts)
    simulator.sim("POST", "webhooks/batch", {"entries": entries})
    until(lambda: len(callback.posts) > before)
    body = json.loads(callback.posts[-1]["body"])
    assert [(entry["id"], [change["field"] for change in entry["changes"]]) for entry in body["entry"]] == [
        ("200000000000001", ["messages", "messages"]), ("200000000000002", ["calls", "messages"]),
    ]  # fmt: skip
    numbers = {change["value"]["metadata"]["phone_number_id"] for entry in body["entry"] for change in entry["changes"]}
    assert numbers == {NUMBER, "100000000000002"}


def test_one_post_goes_to_one_callback(simulator: Running, callback: Callback) -> None:
    put_number(simulator, callback, phone_number_id="100000000000002", app_secret="another")
    body = {"entries": [{"number": NUMBER, "count": 1}, {"number": "100000000000002", "count": 1}]}
    assert refused(simulator, "webhooks/batch", body)["field"] == "entries"
