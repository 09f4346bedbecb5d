"""In what order lists of conversations come, and where in one a reader has got to."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from inbox.models import Conversation
from inbox.models.conversation import PRIORITIES
from security.cursors import time_and_id
from security.errors import Invalid


@dataclass(frozen=True)
class Order:
    """``by``: the columns, of which the last is a time; each has an index. ``rising``: lowest first."""

    by: tuple[str, ...]
    rising: bool = False

    def position(self, row: Conversation) -> tuple[Any, ...]:
        """Where ``row`` stands."""
        *before, at = (getattr(row, column) for column in self.by)
        return (*before, at.isoformat(), row.pk)

    def after(self, rows: Any, position: list[Any]) -> Any:
        """Those of ``rows`` that come later; a damaged position is refused."""
        at, pk = time_and_id(position[-2:])
        towards = "gt" if self.rising else "lt"
        time = self.by[-1]
        later = Q(**{f"{time}__{towards}": at}) | Q(**{time: at, f"pk__{towards}": pk})
        if len(position) != len(self.by) + 1:
            raise Invalid(field="cursor")
        if len(self.by) == 1:
            return rows.filter(later)
        priority = _priority(position[0])
        return rows.filter(priority__lte=priority).filter(Q(priority__lt=priority) | (Q(priority=priority) & later))


ORDERS = {
    "newest": Order(("last_activity_at",)),
    "pressing": Order(("priority", "last_activity_at")),
    "due": Order(("due_at",), rising=True),
}
_PRESSING = ("mine", "unassigned", "all")


def order_of(view: str, sort: str) -> Order:
    """What is at risk comes as it is due, what is open as the reader likes, the rest newest first."""
    if sort not in ("newest", "pressing"):
        raise Invalid(field="sort")
    if view == "at_risk":
        return ORDERS["due"]
    return ORDERS[sort if view in _PRESSING else "newest"]


def _priority(raw: Any) -> int:
    if raw not in {str(number) for number in PRIORITIES.values()}:
        raise Invalid(field="cursor")
    return int(raw)
