"""Counting from both sides: what the senders were told against the rows, and the rows against what WhatsApp took."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.faults.desk import Desk
from tests.faults.meta import Meta
from tests.faults.patience import until
from tests.faults.place import Place
from tests.faults.tab import Tab

_SETTLED = ("sent", "delivered", "read", "failed")


@dataclass(frozen=True)
class Outcome:
    """``gap``: the longest time, in seconds, from the first sending of a customer's text until it was on a live
    screen. ``unconfirmed``: answers whose call began and never reached WhatsApp, so that no status will settle them;
    the thread shows them as such."""

    incoming: int = 0
    outgoing: int = 0
    lost: int = 0
    doubled: int = 0
    gap: float = 0.0
    unconfirmed: int = 0


def settled(place: Place) -> None:
    """Wait until nothing is on its way any more, in or out."""
    until(place.idle)


def count_incoming(place: Place, sending: Meta, tab: Tab | None = None) -> Outcome:
    """Everything acknowledged must be one row, counted once in its conversation, and on the tab's screen."""
    settled(place)
    prefix = sending.sender.ref(0)[:-9]
    rows = dict(
        place.rows(
            "SELECT provider_ref, count(*) FROM inbox_message WHERE provider_ref LIKE %s GROUP BY 1", prefix + "%"
        )
    )
    wanted = {sending.sender.ref(int(name)) for name in sending.acknowledged}
    gap = _longest_gap(sending, tab) if tab is not None else 0.0
    doubled = sum(times - 1 for times in rows.values()) + _counted_twice(place)
    return Outcome(incoming=len(wanted), lost=len(wanted - rows.keys()), doubled=doubled, gap=gap)


def _counted_twice(place: Place) -> int:
    """A batch applied twice would show in the counters of its conversations."""
    counted = place.count("SELECT coalesce(sum(inbound_count), 0) FROM inbox_conversation")
    rows = place.count("SELECT count(*) FROM inbox_message WHERE direction = 'in' AND kind <> 'system'")
    return abs(counted - rows)


def _longest_gap(sending: Meta, tab: Tab) -> float:
    texts = {name: f"Message {name}: is my order on its way?" for name in sending.acknowledged}
    until(lambda: all(text in tab.seen_at for text in texts.values()))
    return max((tab.seen_at[text] - sending.first_sent[name] for name, text in texts.items()), default=0.0)


def count_outgoing(place: Place, desk: Desk) -> Outcome:
    """Everything the server took must have been accepted by WhatsApp exactly once, and be settled by its status."""
    settled(place)
    ids = list(desk.queued.values())
    until(lambda: all(_is_over(state, one in taken) for one, state, taken in _fates(place, ids)))
    accepted = place.accepted_by_whatsapp()
    wanted = "SELECT client_ref, count(*) FROM inbox_message WHERE client_ref LIKE %s GROUP BY 1"
    rows = place.rows(wanted, desk.prefix + "%")
    unconfirmed = sum(state == "unconfirmed" for state in _states(place, ids).values())
    lost = sum(one not in accepted for one in ids) - unconfirmed
    doubled = sum(accepted.get(one, 1) - 1 for one in ids) + sum(int(times) - 1 for _, times in rows)
    return Outcome(outgoing=desk.wanted, lost=lost + desk.wanted - len(rows), doubled=doubled, unconfirmed=unconfirmed)


def _is_over(state: str, accepted: bool) -> bool:
    return state in _SETTLED or (state == "unconfirmed" and not accepted)


def _fates(place: Place, ids: Sequence[str]) -> list[tuple[str, str, Mapping[str, int]]]:
    """Each answer with its status and what WhatsApp accepted so far, read in this order."""
    states = _states(place, ids)
    accepted = place.accepted_by_whatsapp()
    return [(one, states[one], accepted) for one in ids]


def _states(place: Place, ids: Sequence[str]) -> Mapping[str, str]:
    rows = place.rows("SELECT id, status FROM inbox_message WHERE direction = 'out'")
    by_id = {str(one).replace("-", ""): str(status) for one, status in rows}
    return {one: by_id.get(one.replace("-", ""), "missing") for one in ids}


def together(*outcomes: Outcome) -> Outcome:
    """Both directions at once; neither may have been idle, or nothing would be shown of it."""
    assert any(one.incoming for one in outcomes) and any(one.outgoing for one in outcomes), outcomes
    return Outcome(
        incoming=sum(one.incoming for one in outcomes),
        outgoing=sum(one.outgoing for one in outcomes),
        lost=sum(one.lost for one in outcomes),
        doubled=sum(one.doubled for one in outcomes),
        gap=max(one.gap for one in outcomes),
        unconfirmed=sum(one.unconfirmed for one in outcomes),
    )
