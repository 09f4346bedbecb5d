"""WhatsApp's side of the webhooks: every body is posted again until it is acknowledged, whatever happens meanwhile."""

import http.client
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.bench.webhooks import Sender
from tests.faults.patience import until
from tests.faults.place import Place

_REPEAT_AFTER_SECONDS = 0.2
_TIMEOUT_SECONDS = 30.0
_LARGEST_BACKLOG = 20


@dataclass(frozen=True)
class Delivery:
    """``name``: what the test calls this body."""

    name: str
    body: bytes


@dataclass
class Meta:
    """``first_sent`` (monotonic) and ``acknowledged`` by name; ``attempts`` counts every POST."""

    url: Callable[[], str]
    sender: Sender
    connections: int = 4
    first_sent: dict[str, float] = field(default_factory=dict)
    acknowledged: dict[str, float] = field(default_factory=dict)
    attempts: int = 0
    refused: int = 0
    _waiting: "queue.Queue[Delivery | None]" = field(default_factory=queue.Queue)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def post(self, deliveries: Sequence[Delivery]) -> None:
        for delivery in deliveries:
            self._waiting.put(delivery)

    @property
    def backlog(self) -> int:
        return self._waiting.qsize()

    @property
    def sent(self) -> int:
        """How many different bodies were sent at least once."""
        return len(self.first_sent)

    def until_sent(self, more: int) -> None:
        """Wait until so many further bodies were sent."""
        wanted = self.sent + more
        until(lambda: self.sent >= wanted)

    def text(self, number: int) -> None:
        """A customer's text; its words hold its name."""
        self.post([Delivery(f"{number}", self.sender.text(number))])

    @contextmanager
    def at_work(self) -> Iterator["Meta"]:
        """Posting in the background; at the end everything posted so far has been acknowledged."""
        threads = [threading.Thread(target=self._work, daemon=True) for _ in range(self.connections)]
        for thread in threads:
            thread.start()
        try:
            yield self
            until(lambda: not self.backlog and len(self.acknowledged) == len(self.first_sent))
        finally:
            for _ in threads:
                self._waiting.put(None)

    def _work(self) -> None:
        connection: http.client.HTTPConnection | None = None
        while (delivery := self._waiting.get()) is not None:
            with self._lock:
                self.first_sent.setdefault(delivery.name, time.monotonic())
                self.attempts += 1
            connection = connection or _connect(self.url())
            try:
                status = self._send(connection, delivery.body)
            except (OSError, http.client.HTTPException):
                connection.close()
                connection, status = None, 0
            if status == 200:
                self.acknowledged.setdefault(delivery.name, time.monotonic())
                continue
            self.refused += 1
            time.sleep(_REPEAT_AFTER_SECONDS)
            self._waiting.put(delivery)

    def _send(self, connection: http.client.HTTPConnection, body: bytes) -> int:
        headers = dict(line.split(": ", 1) for line in self.sender.headers(body).decode().strip().split("\r\n"))
        connection.request("POST", self.sender.path, body=body, headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status


def _connect(url: str) -> http.client.HTTPConnection:
    address = urlsplit(url)
    return http.client.HTTPConnection(str(address.hostname), address.port, timeout=_TIMEOUT_SECONDS)


def meta(place: Place, *, url: Callable[[], str] | None = None, connections: int = 4, channel: int = 0) -> Meta:
    number = place.world["channels"][channel]
    people = [one for one in place.world["customers"] if one["channel"] == number["id"]]
    return Meta(url or (lambda: place.house.url), Sender(number, people, prefix=place.prefix()), connections)


@contextmanager
def steady(sending: Meta, *, every: float = 0.05) -> Iterator[Meta]:
    """Texts at an even pace while the block runs, each the customer's next; all are acknowledged at the end. While
    nobody takes them only a few pile up, so that what follows shows how long Kefu was away and not how slow we are."""
    ended = threading.Event()

    def tell() -> None:
        number = 0
        while not ended.wait(every):
            if sending.backlog < _LARGEST_BACKLOG:
                sending.text(number)
                number += 1

    with sending.at_work():
        thread = threading.Thread(target=tell, daemon=True)
        thread.start()
        with suppress(GeneratorExit):
            yield sending
        ended.set()
        thread.join()
