"""Who of those on duty is given a conversation, and why: a pure choice over what was read before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from security.access import Access

# What kept somebody out, as ``Assignment.why`` says it.
TEAM, SKILL, LANGUAGE, FULL, PUT_BACK = "team", "skill", "language", "full", "put_back"
_MOST_TOLD = 30


@dataclass
class Worker:
    """Somebody on duty: available, with a tab open, and allowed to answer. ``load`` grows as they are given more."""

    access: Access
    load: int
    capacity: int
    languages: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    teams: frozenset[int] = frozenset()

    @property
    def id(self) -> int:
        return self.access.user_id


@dataclass(frozen=True)
class Wanted:
    """What a conversation asks for. ``language``: as two letters, empty when nobody knows it; ``before``: who looked
    after this customer last, if that is not too long ago; ``put_back``: who gave it back while the customer waits."""

    language: str = ""
    language_wish: str = "off"
    skill: str = ""
    team: int | None = None
    before: int | None = None
    put_back: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Choice:
    """``method`` and ``why`` are what the ``Assignment`` row keeps."""

    worker: Worker
    method: str
    why: dict[str, Any]


def choose(method: str, wanted: Wanted, workers: Sequence[Worker], *, last: int | None) -> Choice | None:
    """``None``: it goes on waiting. ``workers`` may all see the conversation; ``last`` is who had the turn before."""
    out = {worker.id: _kept_out(worker, wanted) for worker in workers}
    free = [worker for worker in workers if not out[worker.id]]
    if wanted.language and wanted.language_wish == "prefer":
        speakers = [worker for worker in free if wanted.language in worker.languages]
        if speakers:
            out |= {worker.id: LANGUAGE for worker in free if worker not in speakers}
            free = speakers
    if not free:
        return None
    chosen, rule = _of_the_free(method, wanted, free, last)
    return Choice(chosen, "returning" if rule == "returning" else method, _why(rule, wanted, workers, out))


def _kept_out(worker: Worker, wanted: Wanted) -> str:
    if wanted.team is not None and wanted.team not in worker.teams:
        return TEAM
    if wanted.skill and wanted.skill not in worker.skills:
        return SKILL
    if wanted.language and wanted.language_wish == "require" and wanted.language not in worker.languages:
        return LANGUAGE
    if worker.load >= worker.capacity:
        return FULL
    return PUT_BACK if worker.id in wanted.put_back else ""


def _of_the_free(method: str, wanted: Wanted, free: Sequence[Worker], last: int | None) -> tuple[Worker, str]:
    known = next((worker for worker in free if worker.id == wanted.before), None)
    if known is not None:
        return known, "returning"
    if len(free) == 1:
        return free[0], "only"
    # From whoever follows the last one in the order of ids, around to that one.
    turn = sorted(free, key=lambda worker: (last is not None and worker.id <= last, worker.id))
    if method == "least_loaded":
        return min(turn, key=lambda worker: worker.load), "least"
    return turn[0], "turn"


def _why(rule: str, wanted: Wanted, workers: Sequence[Worker], out: dict[int, str]) -> dict[str, Any]:
    """The free ones first; of a large crowd only some are named."""
    told = sorted(workers, key=lambda worker: (bool(out[worker.id]), worker.id))
    why: dict[str, Any] = {
        "rule": rule,
        "candidates": [[one.id, one.load, one.capacity, out[one.id]] for one in told[:_MOST_TOLD]],
        "more": len(told[_MOST_TOLD:]),
    }
    if wanted.language and wanted.language_wish != "off":
        why["language"] = wanted.language
    if wanted.skill:
        why["skill"] = wanted.skill
    if wanted.team is not None:
        why["team"] = wanted.team
    return why
