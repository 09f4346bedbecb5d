"""Nothing accepted is lost, by a stop or by a kill."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import requests

from tests.inbox.simulator.callback import Callback, until
from tests.inbox.simulator.conftest import NUMBER, customer_who_wrote, put_number, verified
from tests.inbox.simulator.running import TOKEN, Running

ROOT = Path(__file__).resolve().parents[3]


def test_a_restart_keeps_state_time_and_queue_and_never_repeats_an_id(tmp_path: Path, callback: Callback) -> None:
    state = tmp_path / "simulator.sqlite3"
    first = Running(state)
    put_number(first, callback)
    until(lambda: verified(first))
    first.sim("PATCH", "settings", {"sent_after": [3.0, 3.0], "delivered_after": [3.1, 3.1]})
    first.sim("POST", "clock", {"advance": 1000})
    customer = customer_who_wrote(first, name="Mei")
    until(lambda: callback.messages())
    callback.answers = [503] * 3
    body = {"number": NUMBER, "type": "text", "text": "Undelivered"}
    waiting = first.sim("POST", f"customers/{customer['id']}/messages", body)["wamid"]
    sent = first.send(customer["phone"]).json()["messages"][0]["id"]
    until(lambda: not callback.answers)
    first.stop()

    second = Running(state)
    assert second.sim("GET", "clock")["offset"] == 1000
    assert [row["name"] for row in second.sim("GET", "customers")["results"]] == ["Mei"]
    until(lambda: waiting in [message["id"] for message in callback.messages()])
    until(lambda: [row["status"] for row in callback.statuses(sent)] == ["sent", "delivered"], seconds=8)
    again = second.send(customer["phone"]).json()["messages"][0]["id"]
    chat = second.sim("GET", f"customers/{customer['id']}/chats/{NUMBER}")["results"]
    assert len({again, *(row["wamid"] for row in chat)}) == 4
    second.stop()


def test_a_killed_process_loses_no_accepted_message(tmp_path: Path, callback: Callback) -> None:
    state, port = tmp_path / "simulator.sqlite3", free_port()
    process, url = started(state, port), f"http://127.0.0.1:{port}"
    try:
        number = {"phone_number_id": NUMBER, "access_token": TOKEN}
        requests.post(f"{url}/__sim/numbers", json=number, timeout=5).raise_for_status()
        customer = requests.post(f"{url}/__sim/customers", json={"name": "Mei"}, timeout=5).json()
        inbound = {"number": NUMBER, "type": "text", "text": "Hi"}
        accepted = [
            requests.post(f"{url}/__sim/customers/{customer['id']}/messages", json=inbound, timeout=5).json()["wamid"]
        ]
        for index in range(30):
            accepted.append(send(url, customer["phone"], f"{index}"))
        os.kill(process.pid, signal.SIGKILL)
        process.wait(5)
        process = started(state, port)
        chat = requests.get(f"{url}/__sim/customers/{customer['id']}/chats/{NUMBER}", timeout=5).json()["results"]
        assert [row["wamid"] for row in chat] == accepted
        until(lambda: {row["status"] for row in requests.get(f"{url}/__sim/customers/{customer['id']}/chats/{NUMBER}",
                       timeout=5).json()["results"][1:]} == {"delivered"})  # fmt: skip
    finally:
        process.kill()
        process.wait(5)


def send(url: str, to: str, text: str) -> str:
    body = {"messaging_product": "whatsapp", "to": to, "type": "text", "text": {"body": text}}
    answer = requests.post(
        f"{url}/v24.0/{NUMBER}/messages", json=body, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=5
    )
    return str(answer.json()["messages"][0]["id"])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started(state: Path, port: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "inbox.simulator", "--port", str(port), "--state", str(state)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)

    def answers() -> Any:
        try:
            return requests.get(f"http://127.0.0.1:{port}/__sim/clock", timeout=1).ok
        except requests.ConnectionError:
            time.sleep(0.05)
            return False

    until(answers, seconds=20)
    return process
