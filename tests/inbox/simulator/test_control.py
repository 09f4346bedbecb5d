"""State, reset, settings, clock and guards of the control plane; live news."""

import json
from typing import Any

import pytest
import requests
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.inbox.simulator.callback import until
from tests.inbox.simulator.conftest import NUMBER
from tests.inbox.simulator.running import TOKEN, Running

Customer = dict[str, Any]


def test_the_state_tells_time_seed_counts_and_settings(simulator: Running, mei: Customer) -> None:
    state = simulator.sim("GET", "state")
    assert state["seed"] == 7 and state["now"].endswith("Z")
    assert (state["counts"]["customer"], state["counts"]["message"]) == (1, 1)
    assert state["settings"]["level"] == "meta-like"
    text = json.dumps(state)
    assert TOKEN not in text and "test_app_secret" not in text


def test_a_reset_forgets_everything(simulator: Running, mei: Customer) -> None:
    simulator.sim("POST", "clock", {"advance": 500})
    simulator.sim("PATCH", "settings", {"level": "strict"})
    simulator.sim("POST", "reset")
    state = simulator.sim("GET", "state")
    assert (state["numbers"], state["counts"]["message"], state["clock_offset"], state["settings"]["level"]) == (
        [],
        0,
        0,
        "meta-like",
    )


@pytest.mark.parametrize("seconds", [-1, "x", None, True])
def test_the_clock_only_moves_forward(simulator: Running, seconds: Any) -> None:
    answer = simulator.session.post(f"{simulator.url}/__sim/clock", json={"advance": seconds}, timeout=5)
    assert answer.status_code == 400


def test_customers_can_be_found_changed_and_not_made_up_of_wrong_types(simulator: Running, mei: Customer) -> None:
    assert [row["id"] for row in simulator.sim("GET", "customers?q=mei")["results"]] == [mei["id"]]
    assert [row["id"] for row in simulator.sim("GET", f"customers?id={mei['id']}")["results"]] == [mei["id"]]
    assert simulator.sim("GET", "customers?id=nobody") == {"results": []}
    changed = simulator.sim("PATCH", f"customers/{mei['id']}", {"hide_phone": True, "name": "梅"})
    assert changed["name"] == "梅" and changed["username"]
    for body in ({"online": "yes"}, {"phone": "+1"}):
        assert (
            simulator.session.patch(f"{simulator.url}/__sim/customers/{mei['id']}", json=body, timeout=5).status_code
            == 400
        )


@pytest.mark.parametrize("path", ["customers/none", "customers/none/chats", f"customers/none/chats/{NUMBER}"])
def test_unknown_customers_are_404(simulator: Running, path: str) -> None:
    assert simulator.session.get(f"{simulator.url}/__sim/{path}", timeout=5).status_code == 404


def test_the_page_of_another_site_cannot_steer_it(simulator: Running) -> None:
    foreign = {"Origin": "https://evil.example"}
    assert simulator.session.post(f"{simulator.url}/__sim/reset", headers=foreign, timeout=5).status_code == 403
    plain = {"Content-Type": "text/plain"}
    assert (
        simulator.session.post(
            f"{simulator.url}/__sim/customers", data='{"name": "x"}', headers=plain, timeout=5
        ).status_code
        == 400
    )
    own = {"Origin": simulator.url}
    assert (
        simulator.session.post(
            f"{simulator.url}/__sim/customers", json={"name": "x"}, headers=own, timeout=5
        ).status_code
        == 201
    )


def test_chats_show_the_newest_message_and_what_is_unread(simulator: Running, mei: Customer) -> None:
    simulator.send(mei["phone"])
    chat = until(
        lambda: [row for row in simulator.sim("GET", f"customers/{mei['id']}/chats")["results"] if row["unread"]]
    )[0]
    assert (chat["number"]["phone_number_id"], chat["unread"], chat["last"]["content"]["body"]) == (NUMBER, 1, "Hello")
    assert chat["window_closes_at"]


def test_older_messages_are_reached_by_the_oldest_known(simulator: Running, mei: Customer) -> None:
    for index in range(5):
        simulator.sim("POST", f"customers/{mei['id']}/messages", {"number": NUMBER, "type": "text", "text": f"{index}"})
    page = simulator.sim("GET", f"customers/{mei['id']}/chats/{NUMBER}?limit=4")
    rest = simulator.sim("GET", f"customers/{mei['id']}/chats/{NUMBER}?limit=4&before={page['results'][0]['id']}")
    assert ([row["content"]["body"] for row in rest["results"] + page["results"]]) == ["Hi", "0", "1", "2", "3", "4"]
    assert (page["more"], rest["more"]) == (True, False)


def test_an_open_page_hears_messages_statuses_and_typing(simulator: Running, mei: Customer) -> None:
    with connect(f"{simulator.url.replace('http', 'ws')}/__sim/live?customer={mei['id']}") as socket:
        assert json.loads(socket.recv(5)) == {"type": "hello"}
        read = {
            "messaging_product": "whatsapp",
            "status": "read",
            "message_id": mei["first"],
            "typing_indicator": {"type": "text"},
        }
        simulator.call("POST", f"{NUMBER}/messages", json=read)
        simulator.send(mei["phone"])
        heard: list[dict[str, Any]] = []
        while not any(
            news.get("message", {}).get("status") == "delivered" and news["message"]["direction"] == "out"
            for news in heard
        ):
            heard.append(json.loads(socket.recv(5)))
    assert {"type": "typing", "number": NUMBER, "seconds": 25} in heard
    assert any(news["type"] == "message" and news["message"]["status"] == "read" for news in heard)


def test_a_stopped_server_lets_go_of_open_pages(bare: Running) -> None:
    with connect(f"{bare.url.replace('http', 'ws')}/__sim/live") as socket:
        socket.recv(5)
        bare.stop()
        assert not bare.alive


def test_a_live_connection_from_another_site_is_refused(simulator: Running) -> None:
    url = f"{simulator.url.replace('http', 'ws')}/__sim/live"
    with pytest.raises(Exception, match="403"), connect(url, origin=Origin("https://evil.example")) as socket:
        socket.recv(5)


def test_hostile_files_are_offered_for_download_only(simulator: Running, mei: Customer) -> None:
    files = {"file": ("x.svg", b"<svg onload=alert(1)>", "image/svg+xml")}
    data = {"message": json.dumps({"number": NUMBER, "type": "document"})}
    sent = requests.post(
        f"{simulator.url}/__sim/customers/{mei['id']}/messages", data=data, files=files, timeout=5
    ).json()
    answer = simulator.session.get(f"{simulator.url}/__sim/media/{sent['content']['id']}", timeout=5)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment"
    assert "sandbox" in answer.headers["content-security-policy"]
