"""The notation of the scenarios. One line of ``turns`` is one turn:

    > text            the customer writes          < text            the team writes
    + emoji           the customer reacts to the team's last message
    * emoji           the team reacts to the customer's last message
    ~ 40m             nothing happens for 40 minutes (``m`` or ``h``)
    ?60 > text        in 60 of 100 cases
    < ^1 text         quotes the other side's last message (``^2``: the one before)
    > @image:parcel_dented caption      any kind of message, with what it shows and its text

In ``text``, see ``wording`` for alternatives and facts.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from inbox.demo.material import material, scenario_files

_LINE = re.compile(r"(?:\?(?P<chance>\d+) )?(?P<mark>[<>+*~])\s*(?P<rest>.*)")
_SAID = re.compile(r"(?:\^(?P<quotes>\d) )?(?:@(?P<kind>\w+)(?::(?P<subject>\w+))?\s*)?(?P<text>.*)", re.DOTALL)
_PAUSE = re.compile(r"(\d+)([mh])")
_SIDES = {">": "in", "<": "out", "+": "in", "*": "out", "~": ""}
_ACTS = {">": "say", "<": "say", "+": "react", "*": "react", "~": "pause"}


class BadScript(ValueError):
    """A line of a scenario cannot be read."""


@dataclass(frozen=True)
class Turn:
    """``act`` is say, react or pause; ``side`` is in (customer) or out (team); ``quotes`` counts back, 0 is none."""

    act: str
    side: str
    chance: float
    text: str = ""
    kind: str = "text"
    subject: str = ""
    quotes: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Scenario:
    name: str
    language: str
    lines: frozenset[str]
    regions: frozenset[str] | None
    weight: int
    starts: str
    turns: tuple[Turn, ...]

    def fits(self, *, language: str, line: str, region: str) -> bool:
        return self.language == language and line in self.lines and (self.regions is None or region in self.regions)


@cache
def scenarios() -> tuple[Scenario, ...]:
    """Every scenario of ``data/scenarios``; the file's name begins with its language."""
    found = []
    for name in scenario_files():
        language = name.split("/")[1].split("_")[0]
        found += [_scenario(raw, language) for raw in material(name)]
    return tuple(found)


def _scenario(raw: dict[str, Any], language: str) -> Scenario:
    return Scenario(
        name=raw["name"],
        language=language,
        lines=frozenset(raw.get("lines", ["care"])),
        regions=frozenset(raw["regions"]) if "regions" in raw else None,
        weight=raw.get("weight", 1),
        starts=raw.get("starts", "customer"),
        turns=tuple(read_turn(line) for line in raw["turns"].splitlines() if line.strip()),
    )


def read_turn(line: str) -> Turn:
    """One line in this module's notation; raises ``BadScript``."""
    match = _LINE.fullmatch(line.strip())
    if match is None:
        raise BadScript(line)
    mark, rest = match["mark"], match["rest"]
    act, side, chance = _ACTS[mark], _SIDES[mark], int(match["chance"] or 100) / 100
    if act == "react":
        return Turn(act, side, chance, text=rest)
    if act == "pause":
        length = _PAUSE.fullmatch(rest)
        if length is None:
            raise BadScript(line)
        return Turn(act, side, chance, seconds=int(length[1]) * (60 if length[2] == "m" else 3600))
    said = _SAID.fullmatch(rest)
    assert said is not None  # every part of it is optional
    quotes = int(said["quotes"] or 0)
    return Turn(act, side, chance, said["text"], said["kind"] or "text", said["subject"] or "", quotes)
