"""Short ways to play: write, do, and wait for what the business is told."""

from typing import Any

from tests.inbox.simulator.callback import Callback, until
from tests.inbox.simulator.conftest import NUMBER
from tests.inbox.simulator.running import Running

Customer = dict[str, Any]


def write(simulator: Running, customer: Customer, kind: str, **body: Any) -> dict[str, Any]:
    return simulator.sim("POST", f"customers/{customer['id']}/messages", {"number": NUMBER, "type": kind, **body})


def do(simulator: Running, customer: Customer, deed: str, **body: Any) -> Customer:
    return simulator.sim("POST", f"customers/{customer['id']}/deeds", {"number": NUMBER, "does": deed, **body})


def refused(simulator: Running, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """The refusal of a control call which cannot be."""
    answer = simulator.session.post(f"{simulator.url}/__sim/{path}", json=body, timeout=10)
    assert 400 <= answer.status_code < 500, answer.text
    return dict(answer.json())


def arrived(callback: Callback, wamid: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """(value, message) of one wamid."""

    def found() -> Any:
        for value in callback.values():
            for message in value.get("messages", []):
                if message["id"] == wamid:
                    return value, message
        return None

    return until(found)


def changes(callback: Callback, field: str) -> list[dict[str, Any]]:
    """The values of a field which arrived, in order."""
    return [
        change["value"]
        for body in callback.taken()
        for entry in body["entry"]
        for change in entry["changes"]
        if change["field"] == field
    ]


def of_kind(callback: Callback, kind: str) -> list[dict[str, Any]]:
    """Messages of one type which arrived."""
    return [message for message in callback.messages() if message["type"] == kind]


def delivered(simulator: Running, customer: Customer, wamid: str, status: str = "delivered") -> None:
    """Wait until the customer's phone has a message of the business."""

    def there() -> bool:
        rows = simulator.sim("GET", f"customers/{customer['id']}/chats/{NUMBER}")["results"]
        return any(row["wamid"] == wamid and row["status"] == status for row in rows)

    until(there)
