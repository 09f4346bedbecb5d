"""The simulator is harmless: it connects to nobody it was not told of, takes no live token, and invents its people."""

import re
import socket
import subprocess
import sys
import threading
from typing import Any

import pytest
import requests

from inbox.simulator.tables import load_yaml
from tests.house.house import ROOT, free_port
from tests.inbox.simulator.callback import Callback, until
from tests.inbox.simulator.conftest import NUMBER, WABA, put_number
from tests.inbox.simulator.playing import Customer, refused
from tests.inbox.simulator.running import Running
from tests.inbox.simulator.test_sending import wamid_of

LIVE_LOOKING = "EAA" + "x" * 180


class Trap:
    """A port of this machine under another name than the allow-list has; it counts who comes."""

    def __init__(self) -> None:
        self.visits = 0
        self._listener = socket.create_server(("0.0.0.0", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.visits += 1
            connection.close()

    def close(self) -> None:
        self._listener.close()


def private_address() -> str:
    """This machine's own address in its network; where it has none, one from the documentation range."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing: it only chooses the address
        except OSError:
            return "192.0.2.1"
        return str(probe.getsockname()[0])


@pytest.mark.parametrize("way", ["media", "raw", "override"])
def test_no_address_outside_the_list_is_ever_asked(
    simulator: Running, callback: Callback, mei: Customer, way: str
) -> None:
    trap = Trap()
    url = f"http://{private_address()}:{trap.port}/secret"
    if way == "media":
        wamid = wamid_of(simulator.send(mei["phone"], type="image", image={"link": url}))
        assert until(lambda: callback.statuses(wamid))[0]["errors"][0]["code"] == 131053
    elif way == "raw":
        assert refused(simulator, "webhooks/raw", {"number": NUMBER, "body": {}, "url": url})["field"] == "url"
    else:
        body = {"override_callback_uri": url, "verify_token": "x"}
        assert simulator.call("POST", f"{WABA}/subscribed_apps", json=body).status_code == 400
    assert trap.visits == 0
    trap.close()


def test_a_token_that_looks_real_is_refused_unless_forced(bare: Running) -> None:
    body: dict[str, Any] = {"phone_number_id": NUMBER, "access_token": LIVE_LOOKING}
    assert refused(bare, "numbers", body)["field"] == "access_token"
    assert bare.sim("POST", "numbers", {**body, "force": True})["phone_number_id"] == NUMBER


def test_a_live_token_that_calls_is_named_as_such_and_kept_nowhere(bare: Running) -> None:
    put_number(bare, None)
    answer = bare.call("GET", NUMBER, token=LIVE_LOOKING)
    assert answer.status_code == 401 and "looks real" in answer.json()["error"]["message"]
    assert LIVE_LOOKING not in requests.get(f"{bare.url}/__sim/calls", timeout=5).text


def test_people_are_drawn_from_ranges_that_belong_to_nobody(bare: Running) -> None:
    for country, pattern in load_yaml("fictional_numbers.yaml").items():
        phone = bare.sim("POST", "customers", {"country": country})["phone"]
        assert re.fullmatch(r"\+" + pattern.replace("x", r"\d"), phone), phone


def test_it_runs_alone_beside_nothing(tmp_path: Any) -> None:
    port = free_port()
    command = [sys.executable, "manage.py", "simulator", "--port", str(port), "--memory", "--seed", "5"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        state = until(lambda: _state(port), seconds=90)
        assert (state["seed"], state["numbers"]) == (5, [])
    finally:
        process.terminate()
        process.wait(20)


def _state(port: int) -> Any:
    try:
        return requests.get(f"http://127.0.0.1:{port}/__sim/state", timeout=2).json()
    except requests.RequestException:
        return None
