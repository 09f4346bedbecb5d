"""The shipped scenarios come true with the real Kefu, and nothing of the catalogue stops it."""

import pytest

from inbox.simulator.scenarios import script
from inbox.simulator.scenarios.runner import Runner
from tests.conftest import Cast
from tests.inbox.simulator.running import Running
from tests.inbox.simulator.with_kefu import PATIENCE, Shop
from tests.worlds.serving import Served
from tests.worlds.threads import messages
from tests.worlds.waiting import until

SHIPPED = sorted(path.stem for path in script.SHIPPED.glob("*.yaml"))
# Webhooks out of order and repeated, except where a notice about a person must not be overtaken.
BAD_WEATHER = {"disorder_probability": 0.8, "disorder_seconds": 0.6, "duplicate_probability": 0.3}
IN_ORDER = ("number_change", "recycled_number", "username_midway")


@pytest.fixture
def shop(cast: Cast, kefu: Served, meta: Running) -> Shop:
    return Shop(cast, kefu, meta)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_scenario_comes_true(shop: Shop, name: str) -> None:
    if name not in IN_ORDER:
        shop.meta.sim("PATCH", "settings", BAD_WEATHER)
    report = Runner(script.read_shipped(name), shop.control, shop.number, shop.says, patience=PATIENCE).run()
    assert report.state == "passed", [row for row in report.results if not row.ok]
    shop.settle()
    assert shop.set_aside_or_pending("set_aside") == 0
    refs = [row.provider_ref for row in messages()]
    assert shop.written() <= set(refs) and len(refs) == len(set(refs))
    until(shop.agrees_about_fates, seconds=PATIENCE)
    assert shop.meta.sim("GET", "lint")["findings"] == []


def test_every_webhook_there_is_is_taken_and_none_is_set_aside(shop: Shop) -> None:
    mei = shop.meta.sim("POST", "customers", {"name": "Mei"})
    hello = {"number": shop.number, "type": "text", "text": "Hi"}
    shop.meta.sim("POST", f"customers/{mei['id']}/messages", hello)
    known = shop.meta.sim("GET", "webhooks/catalogue")
    for row in known["results"]:
        shop.meta.sim("POST", "webhooks/emit", {"number": shop.number, "customer": mei["id"], **row})
    for kind in known["strange"]:
        for event in ("text", "image", "status_delivered"):
            wish = {"field": "messages", "event": event, "strange": [kind], "customer": mei["id"]}
            shop.meta.sim("POST", "webhooks/emit", {"number": shop.number, **wish})
    shop.settle()
    assert shop.set_aside_or_pending("set_aside") == 0
    assert all(row["attempts"] == 1 for row in shop.meta.sim("GET", "webhooks?limit=5000")["results"])
