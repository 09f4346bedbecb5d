"""What is said: episodes played once from the demo's scenarios, and repeated by many conversations."""

import json
from dataclasses import dataclass
from datetime import datetime
from random import Random

from inbox.demo.customers import Customer, invent_customers
from inbox.demo.episodes import play
from inbox.demo.facts import gather_facts
from inbox.demo.lines import Line
from inbox.demo.material import material
from inbox.demo.script import Scenario, scenarios

_EPISODES_A_LANGUAGE = 700


@dataclass(frozen=True)
class Said:
    """One message of an episode. ``plain`` is its content as Kefu seals it; ``quotes`` is the place of another line;
    ``later_us`` counts from the beginning of the episode."""

    inbound: bool
    kind: str
    plain: bytes
    later_us: int
    quotes: int | None
    reactions: tuple[tuple[str, bytes], ...]
    automatic: bool
    failure: str
    file: str


@dataclass(frozen=True)
class Piece:
    """One episode. ``first_answer`` and ``runs_in``, ``runs_out`` are how many lines it has until somebody of the team
    answers, and at the ends of what each side said in a row."""

    lines: tuple[Said, ...]
    first_answer: int
    runs_in: tuple[int, ...]
    runs_out: tuple[int, ...]

    @property
    def span_us(self) -> int:
        return self.lines[-1].later_us


class Repertoire:
    """Episodes by region and language."""

    def __init__(self, *, at: datetime, rng: Random) -> None:
        self._pieces = {
            (region["code"], language): self._learn(region, language, at, rng)
            for region in material("shop")["regions"]
            for language in ("zh", "en")
        }

    def pick(self, region: str, language: str, rng: Random) -> Piece:
        """Any episode of a conversation that there is."""
        pieces = self._pieces[region, language]
        return pieces[int(rng.random() * len(pieces))]

    def pick_opening(self, region: str, language: str, rng: Random) -> Piece:
        """One in which the customer speaks first: nobody else can begin a conversation."""
        while not (piece := self.pick(region, language, rng)).lines[0].inbound:
            pass
        return piece

    def _learn(self, region: dict[str, object], language: str, at: datetime, rng: Random) -> list[Piece]:
        card = {**region, "contacts": 60, "english": 1.0 if language == "en" else 0.0}
        customers = invent_customers(card, rng)
        fitting = [
            one
            for one in scenarios()
            if any(one.fits(language=language, line=line, region=str(region["code"])) for line in ("care", "trade"))
        ]
        weights = [one.weight for one in fitting]
        chosen = rng.choices(fitting, weights, k=_EPISODES_A_LANGUAGE)
        played = (_play(one, rng.choice(customers), at, rng) for one in chosen)
        return [_piece(lines) for lines in played if lines]


def as_sealed(value: object) -> bytes:
    """The JSON that ``EncryptedField`` seals."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _play(scenario: Scenario, customer: Customer, at: datetime, rng: Random) -> list[Line]:
    return play(scenario, customer, gather_facts(customer, agent="小茶", at=at, rng=rng), rng)


def _piece(lines: list[Line]) -> Piece:
    places = {line: place for place, line in enumerate(lines)}
    said = tuple(_said(line, places) for line in lines)
    ends = [
        place
        for place in range(1, len(said) + 1)
        if place == len(said) or said[place].inbound != said[place - 1].inbound
    ]
    answers = (place for place, line in enumerate(said) if not line.inbound and not line.automatic)
    return Piece(
        said,
        next(answers, len(said)),
        tuple(end for end in ends if said[end - 1].inbound),
        tuple(end for end in ends if not said[end - 1].inbound and not said[end - 1].automatic),
    )


def _said(line: Line, places: dict[Line, int]) -> Said:
    return Said(
        inbound=line.side == "in",
        kind=line.kind,
        plain=as_sealed(line.content),
        later_us=round(line.offset * 1_000_000),
        quotes=places[line.quotes] if line.quotes is not None else None,
        reactions=tuple((side, as_sealed(emoji)) for side, emoji in line.reactions.items()),
        automatic=line.automatic,
        failure=line.failure,
        file=line.file,
    )
