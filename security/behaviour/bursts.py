"""Where the lines of one person become too many."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from security.behaviour.matching import Line
from security.models import BehaviourRule


@dataclass(frozen=True)
class Burst:
    """``measured``: how many there were, or how many rows they were about."""

    lines: tuple[Line, ...]
    measured: int

    @property
    def user_id(self) -> int:
        return self.lines[-1].user_id


def bursts(rule: BehaviourRule, lines: Iterable[Line], *, after: int = 0) -> Iterator[Burst]:
    """Each time the threshold is reached within the window by ``lines`` (one person's, in the order of time), with at
    least one line whose id is above ``after`` among them. A line that was counted for one counts for no second."""
    span = timedelta(minutes=rule.window_minutes)
    window: deque[Line] = deque()
    total = fresh = 0
    for line in lines:
        window.append(line)
        total, fresh = total + _weight(rule, line), fresh + (line.id > after)
        while window[0].at <= line.at - span:
            gone = window.popleft()
            total, fresh = total - _weight(rule, gone), fresh - (gone.id > after)
        if total >= rule.threshold and fresh:
            yield Burst(tuple(window), total)
            window.clear()
            total = fresh = 0


def _weight(rule: BehaviourRule, line: Line) -> int:
    return line.rows if rule.measure == "rows" else 1
