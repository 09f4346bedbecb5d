"""Scenario files: shipped ones can be read, a run follows the script, and a mistake is found with its place."""

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from inbox.simulator.scenarios import script
from tests.house.house import ROOT
from tests.inbox.simulator.callback import Callback
from tests.inbox.simulator.conftest import NUMBER
from tests.inbox.simulator.playing import refused
from tests.inbox.simulator.running import Running

TALK = """
title: A question
people:
  mei: {name: Mei, country: TW}
talk:
  - mei: Where is my order?
  - shop: On its way
  - mei: {does: read}
  - wait: 25 hours
  - silence: 0.2 seconds
  - keep: [after_window, missing_plus]
"""


def answering(callback: Callback, simulator: Running, words: str) -> threading.Event:
    """A little business: to every new text it answers the same."""
    ended = threading.Event()
    answered: set[str] = set()

    def work() -> None:
        while not ended.wait(0.02):
            for message in callback.messages():
                if message["id"] not in answered and message["type"] == "text":
                    answered.add(message["id"])
                    simulator.send(f"+{message['from']}", type="text", text={"body": words})

    threading.Thread(target=work, daemon=True).start()
    return ended


def play(simulator: Running, text: str) -> dict[str, Any]:
    return simulator.sim("POST", "scenarios", {"yaml": text, "number": NUMBER, "wait": True})


def test_a_conversation_that_comes_true_passes(simulator: Running, callback: Callback) -> None:
    ended = answering(callback, simulator, "It is On its way, madam")
    report = play(simulator, TALK)
    ended.set()
    assert (report["state"], [row["ok"] for row in report["results"]]) == ("passed", [True] * 6), report
    assert simulator.sim("GET", "scenarios")["runs"][0]["title"] == "A question"


def test_a_file_can_be_played_from_the_command_line(simulator: Running, callback: Callback, tmp_path: Path) -> None:
    file = tmp_path / "talk.yaml"
    file.write_text(TALK.replace("On its way", "It left"), encoding="utf-8")
    ended = answering(callback, simulator, "On its way")
    command = [sys.executable, "-m", "inbox.simulator.scenarios", str(file), "--number", NUMBER]
    done = subprocess.run(
        [*command, "--simulator", simulator.url], cwd=ROOT, capture_output=True, text=True, timeout=90
    )
    ended.set()
    assert (done.returncode, done.stdout.splitlines()[1:]) == (
        1, ["x   2  shop: The business said 'On its way'.", "A question: failed"],
    ), done.stderr  # fmt: skip


def test_other_words_fail_at_their_step(simulator: Running, callback: Callback) -> None:
    ended = answering(callback, simulator, "Nothing of the kind")
    report = play(simulator, TALK)
    ended.set()
    assert (report["state"], len(report["results"])) == ("failed", 2)
    assert report["results"][1]["why"] == "The business said 'Nothing of the kind'."


def test_who_breaks_a_rule_fails_where_it_is_to_be_kept(simulator: Running, callback: Callback) -> None:
    text = TALK.replace("  - silence: 0.2 seconds\n", "").replace("  - mei: {does: read}\n", "")
    ended = answering(callback, simulator, "On its way")
    customers = {row["phone"] for row in simulator.sim("GET", "customers")["results"]}
    sending = threading.Thread(target=_send_late, args=(simulator, customers), daemon=True)
    sending.start()
    report = play(simulator, text.replace("wait: 25 hours", "wait: 25 hours\n  - expect: {at_least: 2, within: 5}"))
    ended.set()
    sending.join(10)
    assert (report["state"], report["results"][-1]["who"]) == ("failed", "keep"), report
    assert "after_window" in report["results"][-1]["why"]


def _send_late(simulator: Running, before: set[str]) -> None:
    """Once the clock has moved, something which only fits an open window."""
    while simulator.world.clock.offset < 3600:
        threading.Event().wait(0.01)
    for row in simulator.sim("GET", "customers")["results"]:
        if row["phone"] not in before:
            simulator.send(row["phone"])


def test_every_shipped_scenario_can_be_read(simulator: Running) -> None:
    names = [row["name"] for row in simulator.sim("GET", "scenarios")["shipped"]]
    assert len(names) >= 5
    for name in names:
        assert script.read_shipped(name).steps


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("talk: [", "not YAML"),
        ("title: x", "title, people and talk"),
        ("talk: [{nobody: hello}]", "Step 1: nobody is called 'nobody'"),
        ("talk: [{shop: a, wait: b}]", "Step 1 must be one line"),
        ("talk: [{wait: a while}]", "Step 1: a span is a number"),
        ("talk: [{shop: [1]}]", "Step 1: shop takes words or fields"),
    ],
)
def test_a_mistake_is_named_with_its_place(simulator: Running, text: str, words: str) -> None:
    assert words in refused(simulator, "scenarios", {"yaml": text, "number": NUMBER})["message"]


def test_two_scenarios_do_not_share_the_clock(simulator: Running) -> None:
    slow = "people: {mei: {}}\ntalk: [{mei: hello}, {shop: {says: x, within: 2.5}}]"
    simulator.sim("POST", "scenarios", {"yaml": slow, "number": NUMBER})
    assert "share the clock" in refused(simulator, "scenarios", {"yaml": slow, "number": NUMBER})["message"]


def test_people_who_cannot_be_end_it_before_it_begins(simulator: Running) -> None:
    report = play(simulator, "people: {mei: {country: Nowhere}}\ntalk: [{mei: hello}]")
    assert (report["state"], report["results"][0]["who"]) == ("failed", "people")
    assert "No fictional range for NOWHERE" in report["results"][0]["why"]
    assert play(simulator, "talk: [{wait: 1 seconds}]")["state"] == "passed"
