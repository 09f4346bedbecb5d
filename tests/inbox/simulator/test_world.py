"""Seeding without a server, chance, settings, and what the package may not import."""

import ast
import time
from pathlib import Path

import pytest

from inbox.simulator import pictures
from inbox.simulator.behaviour import Behaviour, UnknownSetting
from inbox.simulator.chance import Chance
from inbox.simulator.errors import BadRequest
from inbox.simulator.storage import messages
from inbox.simulator.world import World, open_world

PACKAGE = Path(__file__).resolve().parents[3] / "inbox" / "simulator"


def seeded(world: World) -> str:
    world.add_number(phone_number_id="1", waba_id="2", verified_name="Shop")
    return str(world.add_customer(name="Mei")["id"])


def test_thousands_of_messages_are_added_quickly_and_survive(tmp_path: Path) -> None:
    state = tmp_path / "deep" / "world.sqlite3"
    begun = time.perf_counter()
    with open_world(state) as world:
        customer = seeded(world)
        with world.bulk():
            for index in range(8000):
                world.add_message(customer=customer, number="1", direction="in" if index % 2 else "out", kind="text",
                                  content={"body": f"{index}"}, at=1_700_000_000 + index)  # fmt: skip
    assert time.perf_counter() - begun < 10
    with open_world(state) as world:
        rows = messages.chat(world.database, customer, "1", limit=9000)
    assert [row["content"]["body"] for row in rows] == [f"{index}" for index in range(8000)]


def test_history_keeps_ids_quotes_reactions_and_statuses() -> None:
    with open_world(None) as world:
        customer = seeded(world)
        wamid = world.add_message(
            customer=customer,
            number="1",
            direction="in",
            kind="text",
            content={"body": "a"},
            at=1.0,
            wamid="wamid.given",
            reactions={"business": "👍"},
        )
        world.add_message(customer=customer, number="1", direction="out", kind="text", content={"body": "b"}, at=2.0,
                          quotes=wamid, statuses={"sent": 2.0, "delivered": 3.0, "read": 4.0})  # fmt: skip
        first, second = messages.chat(world.database, customer, "1")
        assert (first["wamid"], first["status"], second["status"]) == ("wamid.given", "read", "read")
        assert second["context"] == {"id": "wamid.given"}
        assert messages.reactions(world.database, [wamid]) == {wamid: [{"emoji": "👍", "side": "business"}]}
        assert world.database.value("SELECT count(*) FROM delivery") == 0


def test_media_can_be_seeded() -> None:
    with open_world(None) as world:
        seeded(world)
        assert world.add_media(number="1", data=pictures.draw("parcel", 64), mime_type="image/jpeg").isdigit()
        with pytest.raises(BadRequest):
            world.add_media(number="9", data=b"x", mime_type="image/jpeg")


def test_a_failed_bulk_leaves_nothing() -> None:
    with open_world(None) as world:
        customer = seeded(world)
        with pytest.raises(BadRequest), world.bulk():
            world.add_message(customer=customer, number="1", direction="in", kind="text", content={"body": "a"}, at=1.0)
            world.add_message(customer="nobody", number="1", direction="in", kind="text", content={"body": "b"}, at=1.0)
        assert world.database.value("SELECT count(*) FROM message") == 0


def test_the_same_seed_repeats_and_another_opening_does_not() -> None:
    assert Chance(5, 1).wamid("886900000001", "in") == Chance(5, 1).wamid("886900000001", "in")
    assert Chance(5, 1).wamid("886900000001", "in") != Chance(5, 2).wamid("886900000001", "in")
    ids = "".join(Chance(5, boot).wamid("886900000001", "out") for boot in range(40))
    assert {"+", "/", "="} <= set(ids) | {"="}


def test_a_fresh_state_draws_a_fresh_seed() -> None:
    with open_world(None) as one, open_world(None) as two:
        assert one.chance.seed != two.chance.seed


@pytest.mark.parametrize("country", ["TW", "US", "GB", "AU"])
def test_invented_numbers_are_of_fictional_ranges_and_distinct(country: str) -> None:
    with open_world(None) as world, world.bulk():
        phones = [world.add_customer(country=country)["phone"] for _ in range(120)]
    starts = {"TW": "+886900000", "US": "+1202555", "GB": "+447700900", "AU": "+6149157"}
    assert len(set(phones)) == 120
    assert all(phone.startswith(starts[country][:7]) for phone in phones)


@pytest.mark.parametrize(
    "fields",
    [{"phone": "12"}, {"country": "Taiwan"}, {"country": "ZZ"}, {"username": "NO SPACES"}, {"phone": "+447700900111"}],
)
def test_a_customer_must_make_sense(fields: dict[str, str]) -> None:
    with open_world(None) as world:
        world.add_customer(name="First", phone="+447700900111")
        with pytest.raises(BadRequest):
            world.add_customer(name="Second", **fields)


def test_settings_are_checked() -> None:
    behaviour = Behaviour()
    for wrong in (
        {"nonsense": 1},
        {"level": "soft"},
        {"sent_after": [2, 1]},
        {"pair_rate": 1},
        {"retry_base": "x"},
        {"retry_cap": -1},
    ):
        with pytest.raises(UnknownSetting):
            behaviour.change(wrong)
    behaviour.change({"sent_after": [0, 1], "level": "strict"})
    assert (behaviour["level"], behaviour["sent_after"]) == ("strict", [0, 1])


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def test_the_simulator_imports_nothing_of_kefu_and_no_django() -> None:
    others = {"django", "rest_framework", "channels", "celery", "config", "security", "contacts"}
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = imported(node)
            found |= {name for name in names if name.split(".")[0] in others}
            found |= {name for name in names if name.startswith("inbox") and not name.startswith("inbox.simulator")}
    assert found == set()


@pytest.mark.parametrize("name", pictures.NAMES)
def test_pictures_are_drawn(name: str) -> None:
    assert pictures.draw(name, 32).startswith(b"\xff\xd8")
