"""An agent's browser that answers customers: like the real one it repeats a send, with the same ``client_ref``, until
the server has it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.faults.patience import until
from tests.faults.place import Place

_TIMEOUT_SECONDS = 30.0
_REPEAT_AFTER_SECONDS = 0.2


@dataclass
class Desk:
    """``queued``: the message id of each ``client_ref`` the server took; ``slowest`` answer in seconds."""

    place: Place
    prefix: str
    wanted: int = 0
    queued: dict[str, str] = field(default_factory=dict)
    slowest: float = 0.0

    def send(self, number: int) -> str:
        """Answer a customer; returns the message's id once the server took it."""
        ref = f"{self.prefix}{number}"
        people = self.place.world["customers"]
        conversation = people[number % len(people)]["conversation"]
        self.wanted += 1

        def taken() -> str | None:
            return self._post(conversation, {"type": "text", "client_ref": ref, "text": f"Answer {ref}"})

        self.queued[ref] = until(taken) or ""
        return self.queued[ref]

    def _post(self, conversation: str, body: dict[str, Any]) -> str | None:
        path = f"{self.place.house.url}/api/v1/conversations/{conversation}/messages"
        key = self.place.world["agents"][0]["api_key"]
        headers = {"Authorization": f"Api-Key {key}"}
        try:
            answer = requests.post(path, json=body, headers=headers, timeout=_TIMEOUT_SECONDS)
        except requests.RequestException:
            threading.Event().wait(_REPEAT_AFTER_SECONDS)
            return None
        if answer.status_code in (200, 201):
            self.slowest = max(self.slowest, answer.elapsed.total_seconds())
            return str(answer.json()["id"])
        # While the number is quiet nobody can write; an agent waits until the banner is gone.
        assert answer.status_code >= 500 or answer.json()["code"] == "channel_paused", answer.text
        threading.Event().wait(_REPEAT_AFTER_SECONDS)
        return None

    @contextmanager
    def answering(self, *, every: float = 0.2) -> Iterator["Desk"]:
        """Answers at an even pace while the block runs."""
        ended = threading.Event()

        def work() -> None:
            number = 0
            while not ended.wait(every):
                self.send(number)
                number += 1

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            ended.set()
            thread.join(150)


def desk(place: Place) -> Desk:
    return Desk(place, place.prefix())
