"""From a scenario to the messages of one episode, with the seconds between them."""

import math
from random import Random

from inbox.demo.contents import KIND_OF, content_of
from inbox.demo.customers import Customer
from inbox.demo.facts import Facts
from inbox.demo.lines import Line
from inbox.demo.manners import say
from inbox.demo.script import Scenario, Turn
from inbox.demo.wording import word

_WINDOW_SECONDS = 24 * 3600
_REACTS = 0.6
_PICTURES = 0.8
# Median seconds before somebody writes, by who wrote last and who writes now.
_PAUSES = {"inin": 9, "inout": 150, "outout": 18, "outin": 110}
_FAILS = 0.007
_FAILURES = ("131026", "131026", "131056", "attempts_used_up")


def play(scenario: Scenario, customer: Customer, facts: Facts, rng: Random) -> list[Line]:
    """The episode's lines in order; free team messages never leave the 24-hour window (Meta: windows)."""
    lines: list[Line] = []
    clock = 0.0
    linked: dict[str, float] = {}
    for turn in scenario.turns:
        if rng.random() >= turn.chance * (_PICTURES if turn.kind == "image" else 1):
            continue
        if turn.act == "pause":
            clock += turn.seconds * rng.uniform(0.7, 1.1)
        elif turn.act == "react":
            _react(lines, turn, rng)
        elif turn.side == "in" or turn.kind == "template" or _window_open(lines, clock):
            text = word(turn.text, facts.words, rng, linked)
            fresh = _said(turn, text, customer, facts, rng)
            clock = _time(lines, fresh, clock, rng)
            _link(lines, fresh[0], turn)
            lines += fresh
            lines += _failed_first(fresh, turn, rng)
            clock = lines[-1].offset
    return lines


def _said(turn: Turn, text: str, customer: Customer, facts: Facts, rng: Random) -> list[Line]:
    if turn.kind == "text":
        words = say(text, customer.manner, customer.language, rng) if turn.side == "in" else [text.rstrip("，")]
        return [Line(turn.side, "text", {"text": one}, 0.0) for one in words]
    content, file = content_of(turn, text, customer, facts, rng)
    kind = KIND_OF.get(turn.kind, turn.kind)
    return [Line(turn.side, kind, content, 0.0, file=file, automatic=turn.kind == "menu")]


def _time(lines: list[Line], fresh: list[Line], clock: float, rng: Random) -> float:
    previous = lines[-1].side if lines else None
    for line in fresh:
        if line.automatic:
            clock += rng.uniform(1, 3)
        elif previous is not None:
            median = _PAUSES[previous + line.side]
            clock += min(median * 6, max(2.5, median * math.exp(rng.gauss(0, 0.7))))
        line.offset = clock
        previous = line.side
    return clock


def _link(lines: list[Line], line: Line, turn: Turn) -> None:
    others = [other for other in lines if other.side != line.side]
    if turn.quotes and len(others) >= turn.quotes:
        line.quotes = others[-turn.quotes]
    elif turn.kind in ("choice", "button") and others:
        line.quotes = others[-1]  # WhatsApp's answers to buttons always name their message


def _react(lines: list[Line], turn: Turn, rng: Random) -> None:
    other = "out" if turn.side == "in" else "in"
    target = next((line for line in reversed(lines) if line.side == other and line.kind != "system"), None)
    if target is not None and not target.failure and rng.random() < _REACTS:
        target.reactions["contact" if turn.side == "in" else "team"] = turn.text


def _failed_first(fresh: list[Line], turn: Turn, rng: Random) -> list[Line]:
    """Now and then a message of the team fails, and is mostly sent anew."""
    line = fresh[-1]
    if line.side == "in" or line.kind != "text" or rng.random() >= _FAILS:
        return []
    line.failure = rng.choice(_FAILURES)
    if rng.random() < 0.25:
        return []
    return [Line("out", line.kind, dict(line.content), line.offset + rng.uniform(40, 200), quotes=line.quotes)]


def _window_open(lines: list[Line], clock: float) -> bool:
    last = next((line for line in reversed(lines) if line.side == "in"), None)
    return last is not None and clock - last.offset < _WINDOW_SECONDS - 3600
